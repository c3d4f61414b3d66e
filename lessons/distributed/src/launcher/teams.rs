use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use kernels::Workers;
use measure::{Cancellation, Error, Registration};

use super::ending::{Ending, GRACE};
use super::team::Team;
use super::{locked, mpirun};

/// The teams of one run of the program. Each serves all rows with its number of ranks.
///
/// All of them end with this value, and when the program is cancelled.
#[derive(Debug, Default)]
pub struct Teams {
    hosts: OnceLock<PathBuf>,
    cancellation: Cancellation,
    /// Those that have been started, each with its number of ranks.
    started: Mutex<Vec<(Workers, Arc<Mutex<Team>>)>>,
    /// How to end all that have not ended, also those for which a thread waits just now.
    endings: Mutex<Vec<Ending>>,
}

impl Teams {
    /// From here on ranks are started on the hosts of this file.
    pub fn use_hosts(&self, file: PathBuf) {
        let _ = self.hosts.set(file); // There is one file in a run.
    }

    /// Does `work`, after which all ranks are ended; `program` may cancel them before.
    pub fn during<T>(self: &Arc<Self>, program: &Cancellation, work: impl FnOnce() -> T) -> T {
        let teams = Arc::clone(self);
        let _cancelled: Registration = program.on_cancel(move || teams.cancel());
        let done = work();
        self.end();
        done
    }

    /// What cancels all of them.
    pub fn cancellation(&self) -> &Cancellation {
        &self.cancellation
    }

    /// The team of so many ranks: the one that was started, or a new one, which `cancellation` ends, too,
    /// while it is being started.
    pub(super) fn team(
        &self,
        ranks: Workers,
        cancellation: &Cancellation,
    ) -> Result<Arc<Mutex<Team>>, Error> {
        if let Some((_, team)) = locked(&self.started).iter().find(|(count, _)| *count == ranks) {
            return Ok(Arc::clone(team));
        }
        // Not under the lock: it may take long, and may have to be ended meanwhile.
        let hosts = self.hosts.get().map(PathBuf::as_path);
        let begun = |ending: &Ending| {
            locked(&self.endings).push(ending.clone());
            if self.cancellation.is_cancelled() {
                ending.end(Duration::ZERO);
            }
        };
        let team = Team::start(mpirun()?, (ranks, hosts), cancellation, begun);
        let team = Arc::new(Mutex::new(team.inspect_err(|_| self.forget_the_ended())?));
        locked(&self.started).push((ranks, Arc::clone(&team)));
        Ok(team)
    }

    /// Drops a team that has failed: the next row gets a new one.
    pub(super) fn drop_team(&self, team: Arc<Mutex<Team>>) {
        locked(&self.started).retain(|(_, other)| !Arc::ptr_eq(other, &team));
        drop(team);
        self.forget_the_ended();
    }

    fn forget_the_ended(&self) {
        locked(&self.endings).retain(|ending| !ending.has_ended());
    }

    /// Ends all ranks: in good order, or by force where a thread still waits for them.
    pub fn end(&self) {
        let teams = std::mem::take(&mut *locked(&self.started));
        // All end side by side.
        for (_, team) in &teams {
            team.try_lock().into_iter().for_each(|mut team| team.close_input());
        }
        drop(teams);
        // A thread that was given up may hold its team.
        locked(&self.endings).drain(..).for_each(|ending| ending.end(GRACE));
    }

    /// Ends all ranks by force. The program ends next; it leaves when the ranks are gone.
    fn cancel(&self) {
        self.cancellation.cancel();
        let endings = locked(&self.endings).clone();
        endings.iter().for_each(Ending::cancel);
        endings.iter().for_each(|ending| ending.end(GRACE / 10));
    }
}

impl Drop for Teams {
    fn drop(&mut self) {
        self.end();
    }
}
