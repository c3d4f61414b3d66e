use std::process::{self, Command};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::system::{Here, System};
use crate::{Error, Exit, Usage, watchdog};

/// Kills one child, from any thread and at any moment.
///
/// It exists before its child, so a caller can leave it with whoever cancels work and only then start
/// the child: a child that is cancelled too early does not start, and one that is cancelled too late has
/// ended. Clones kill the same child.
#[derive(Debug, Clone)]
pub struct Killer {
    reach: Reach,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Leader,
    Group,
    /// The group, in two steps: whoever cleans up after the others has this long for it.
    CleaningGroup(Duration),
    Family,
}

#[derive(Debug)]
struct State {
    killed: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    NotStarted,
    Starting(<Here as System>::Starter),
    /// Running, or ended and not yet reaped: either way its number is its own.
    Started(process::Child, <Here as System>::Group),
    /// Its number may be another process's by now.
    Reaped(Exit),
}

impl Killer {
    /// Kills the child and all that it has started, unless that has left the child's process group.
    pub fn of_group() -> Self {
        Killer::new(Reach::Group)
    }

    /// The same for a group in which somebody cleans up after the others, as a pool of Python's does: those
    /// that a SIGTERM ends are ended by it, and the rest has `grace` to end by itself before it is killed.
    pub fn of_cleaning_group(grace: Duration) -> Self {
        Killer::new(Reach::CleaningGroup(grace))
    }

    /// Kills the child alone: for callers that want to see what it leaves behind.
    pub fn of_leader() -> Self {
        Killer::new(Reach::Leader)
    }

    /// Kills the child and all that it has started, wherever that has gone: on Linux, and while the child
    /// has not ended. Elsewhere and afterwards, as [`Killer::of_group`].
    pub fn of_family() -> Self {
        Killer::new(Reach::Family)
    }

    fn new(reach: Reach) -> Self {
        let state = State { killed: false, stage: Stage::NotStarted };
        Killer { reach, state: Arc::new(Mutex::new(state)) }
    }

    /// Kills the child in a way that also ends one that is stopped: by SIGKILL, or with its job. It is [`Child`](crate::Child)
    /// that reaps it.
    pub fn kill(&self) {
        let mut state = self.locked();
        state.killed = true;
        state.kill(self.reach);
    }

    /// Asks the child to end: SIGTERM, and SIGCONT in case it is stopped. Other systems than Unix have no
    /// such request; there the end of its input is all there is.
    pub fn terminate(&self) {
        let mut state = self.locked();
        if state.peek().is_none()
            && let Stage::Started(child, _) = &state.stage
        {
            Here::terminate(child);
        }
    }

    /// Starts the child; gives its number and its ends of the pipes.
    pub(crate) fn start(&self, command: &mut Command) -> Result<(u32, Streams), Error> {
        let mut state = self.locked();
        if state.killed {
            state.stage = Stage::Reaped(Exit::Unknown);
            return Err(Error::Cancelled);
        }
        state.stage = Stage::Starting(Here::starter());
        drop(state); // It can be killed meanwhile.
        Here::prepare();
        Here::lead_group(command);
        let spawned = command.spawn();
        let mut state = self.locked();
        // Where there is no child, nobody has to wait for its end.
        state.stage = Stage::Reaped(Exit::Unknown);
        let not_started = |cause| Error::NotStarted {
            program: command.get_program().to_string_lossy().into_owned(),
            cause,
        };
        let mut child = spawned.map_err(not_started)?;
        let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let id = child.id();
        match Here::group_of(&child) {
            Ok(group) => {
                state.stage = Stage::Started(child, group);
                watchdog::started(id);
            }
            Err(cause) => {
                let _ = child.kill().and_then(|()| child.wait());
                return Err(not_started(cause));
            }
        }
        if state.killed {
            state.kill(self.reach);
            drop(state);
            self.reap();
            return Err(Error::Cancelled);
        }
        Ok((id, streams))
    }

    /// How the child has ended, if it has. It is not reaped yet.
    pub(crate) fn peek(&self) -> Option<Exit> {
        self.locked().peek()
    }

    /// Waits for the child to end, `within` a time; gives how. It does not reap it.
    pub fn wait(&self, within: Duration) -> Option<Exit> {
        let start = Instant::now();
        // A time beyond the reach of the clock is a year.
        let deadline = start.checked_add(within);
        let deadline = deadline.unwrap_or(start + Duration::from_hours(365 * 24));
        loop {
            let now = Instant::now();
            let exit = self.peek();
            if exit.is_some() || now >= deadline {
                return exit;
            }
            thread::sleep(nap(now - start).min(deadline - now));
        }
    }

    /// Kills what is left of the child and reaps it.
    pub(crate) fn reap(&self) -> Exit {
        self.locked().kill(self.reach);
        // Not under the lock. No process outlives SIGKILL, so this is short, but for one that waits for a
        // broken disk, say.
        let exit = self.wait(Duration::MAX).unwrap_or(Exit::Unknown);
        let mut state = self.locked();
        if let Stage::Started(child, _) = &mut state.stage {
            // What was seen says more than this: the system may have forgotten it by now.
            let _ = child.wait();
            state.reaped(exit);
        }
        exit
    }

    /// What waits for the end of the child without a lock; `None` once that was seen.
    pub(crate) fn watch(&self) -> Option<<Here as System>::Watch> {
        match &self.locked().stage {
            Stage::Started(child, _) => Here::watch(child).ok(),
            _ => None,
        }
    }

    /// Reaps a child that has ended, and kills what is left of its group; gives how it ended, and what all of them
    /// have used.
    pub(crate) fn reap_with_usage(&self) -> (Exit, Usage) {
        let mut state = self.locked();
        let exit = state.peek().unwrap_or(Exit::Unknown);
        let usage = match &mut state.stage {
            Stage::Started(child, group) => Here::reap_group(child, group),
            _ => Usage::default(),
        };
        state.reaped(exit);
        (exit, usage)
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) type Streams =
    (Option<process::ChildStdin>, Option<process::ChildStdout>, Option<process::ChildStderr>);

impl State {
    fn kill(&mut self, reach: Reach) {
        self.peek(); // Where the system has reaped it, its number may be another's.
        match &mut self.stage {
            Stage::Started(child, group) => {
                if reach == Reach::Family {
                    Here::kill_descendants_of(child.id());
                }
                if let Reach::CleaningGroup(grace) = reach
                    && Here::terminate_group(child)
                {
                    let is_alive = |child: &_| Here::is_group_of_alive(child, group);
                    if !is_gone_within(|| is_alive(child), grace / 2) {
                        // Where SIGTERM is ignored, the others see the end of their parent.
                        let _ = child.kill();
                        is_gone_within(|| is_alive(child), grace / 2);
                    }
                }
                if reach != Reach::Leader {
                    Here::kill_group(child, group);
                }
                // It may have ended by itself, and that is just as well.
                let _ = child.kill();
            }
            Stage::Starting(starter) => Here::kill_half_started(starter),
            Stage::NotStarted | Stage::Reaped(_) => {}
        }
    }

    /// From here on its number may be another's.
    fn reaped(&mut self, exit: Exit) {
        if let Stage::Started(child, _) = &self.stage {
            watchdog::reaped(child.id());
        }
        self.stage = Stage::Reaped(exit);
    }

    fn peek(&mut self) -> Option<Exit> {
        match &mut self.stage {
            Stage::Reaped(exit) => Some(*exit),
            Stage::Started(child, _) => {
                let (exit, reaped) = Here::peek(child)?;
                if reaped {
                    self.reaped(exit);
                }
                Some(exit)
            }
            Stage::NotStarted | Stage::Starting(_) => None,
        }
    }
}

/// Waits until nobody is left in the group, for as long as this at most; for all of it where the system does
/// not tell. Whether nobody is left.
fn is_gone_within(is_alive: impl Fn() -> Option<bool>, within: Duration) -> bool {
    let start = Instant::now();
    loop {
        if is_alive() == Some(false) {
            return true;
        }
        if start.elapsed() >= within {
            return false;
        }
        thread::sleep(nap(start.elapsed()));
    }
}

/// How long to sleep between two looks: an eighth of the time waited so far, so that neither a quick end
/// is noticed late nor a slow one costs many looks.
fn nap(waited: Duration) -> Duration {
    (waited / 8).clamp(Duration::from_micros(50), Duration::from_millis(5))
}
