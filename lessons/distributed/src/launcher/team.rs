use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use children::{Child, Killer};
use kernels::Workers;
use measure::{Cancellation, Error};
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use super::ending::{Ending, GRACE};
use super::failure;
use crate::messages::{Hello, Order};
use crate::{folder, supervisor};

/// No answer is longer, with all its notes: nobody has to wait for more.
const LONGEST: u64 = 64 << 20;

/// A persistent team of ranks, and the supervisor of its `mpirun`.
#[derive(Debug)]
pub struct Team {
    ranks: Workers,
    /// Who they are.
    pub hello: Hello,
    supervisor: Child,
    ending: Ending,
    /// The supervisor removes it; where that was killed, this side does.
    _folder: TempDir,
}

impl Team {
    /// Starts so many ranks through `mpirun`, on these hosts if there are any, and waits until they know
    /// each other. `begun` is given how to end them before the first process is started.
    ///
    /// # Errors
    ///
    /// Where they can't be started, or are not all the same program.
    pub fn start(
        mpirun: PathBuf,
        (ranks, hosts): (Workers, Option<&Path>),
        cancellation: &Cancellation,
        begun: impl FnOnce(&Ending),
    ) -> Result<Self, Error> {
        let refused = |cause: String| Error::Refused {
            what: format!("a start of {ranks} ranks"),
            cause,
            remedy: "see that mpirun works here: mpirun hostname",
        };
        let folder = tempfile::Builder::new().prefix(folder::PREFIX).tempdir();
        let folder = folder.map_err(|cause| refused(format!("no temporary folder: {cause}")))?;
        let mut command = children::this_program().map_err(|cause| Error::Refused {
            what: format!("a start of {ranks} ranks"),
            cause: cause.to_string(),
            remedy: Error::NO_PROC,
        })?;
        command.arg(supervisor::OPTION).arg(folder.path()).arg(mpirun).arg(ranks.to_string());
        command.args(hosts);
        let killer = Killer::of_family();
        let ending = Ending::new(&killer, folder.path());
        let _cancelled = ending.cancelled_with(cancellation);
        begun(&ending);
        let supervisor = Child::spawn(&mut command, &killer, GRACE);
        let mut team = Team {
            ranks,
            hello: Hello { processes: Vec::new(), hosts: Vec::new(), stranger: None },
            supervisor: supervisor.map_err(|error| refused(error.to_string()))?,
            ending,
            _folder: folder,
        };
        team.hello = team.receive()?;
        if let Some(stranger) = team.hello.stranger {
            return Err(Error::Worker {
                worker: format!("rank {stranger}"),
                cause: "it is another build of this program than rank 0".to_owned(),
                remedy: "copy the same file to all hosts",
            });
        }
        team.ending.watch(&team.hello.processes);
        Ok(team)
    }

    /// Gives an order to all ranks, and waits for the answer of rank 0.
    ///
    /// # Errors
    ///
    /// Where a rank fails, or they were cancelled.
    pub fn ask<A: DeserializeOwned>(
        &mut self,
        order: &Order,
        cancellation: &Cancellation,
    ) -> Result<A, Error> {
        // For as long as this takes the team belongs to the run that asks, and ends at its time limit.
        let _cancelled = self.ending.cancelled_with(cancellation);
        let line = serde_json::to_string(order).expect("an order is plain data") + "\n";
        self.supervisor.write_all(line.as_bytes()).map_err(|cause| self.lost(&cause))?;
        self.receive()
    }

    fn receive<A: DeserializeOwned>(&mut self) -> Result<A, Error> {
        let mut line = String::new();
        match (&mut self.supervisor).take(LONGEST).read_line(&mut line) {
            Ok(1..) => {}
            Ok(0) => return Err(self.lost(&io::ErrorKind::UnexpectedEof.into())),
            Err(cause) if cause.kind() == io::ErrorKind::InvalidData => line.clear(),
            Err(cause) => return Err(self.lost(&cause)),
        }
        serde_json::from_str(&line).map_err(|_| Error::Worker {
            worker: "rank 0".to_owned(),
            cause: "it answered nonsense".to_owned(),
            remedy: "print nothing to standard output in a strategy",
        })
    }

    /// Closes the input, which tells all ranks to end; does not wait for it.
    pub fn close_input(&mut self) {
        self.supervisor.close_input();
    }

    /// They have ended, or are about to: why.
    fn lost(&mut self, cause: &io::Error) -> Error {
        let stopped = self.ending.stopped();
        let exit = match stopped {
            // It was seen before all of them were cancelled: nobody has to say more.
            Some(_) => Some(self.supervisor.kill()),
            None => match self.supervisor.failure(cause) {
                children::Error::Ended(exit) => Some(exit),
                _ => None,
            },
        };
        let text = self.supervisor.errors().text();
        failure::error(&text, self.ranks, (&self.hello.processes, stopped), exit)
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        self.close_input();
        self.ending.end(GRACE);
        self.supervisor.kill();
    }
}
