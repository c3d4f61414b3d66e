use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use kernels::Workers;
use measure::{Error, cleanup};

use super::kept::{FAREWELL, Kept};
use super::last_words::LastWords;
use super::locked;
use crate::messages::{Hello, Order};
use crate::{family, keeper};

/// Ranks that stand ready, and the process that keeps them.
#[derive(Debug)]
pub struct Team {
    /// How many.
    pub ranks: Workers,
    /// Who they are.
    pub hello: Hello,
    kept: Kept,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_words: Arc<Mutex<LastWords>>,
    _ended_at_the_end: cleanup::Entry,
}

impl Team {
    /// Starts so many ranks through `mpirun`, and waits until they know each other.
    ///
    /// # Errors
    ///
    /// Where they can't be started, or are not all the same program.
    pub fn start(mpirun: PathBuf, ranks: Workers, hosts: Option<&Path>) -> Result<Self, Error> {
        let refused = |cause: String| Error::Refused {
            what: format!("a start of {ranks} ranks"),
            cause,
            remedy: "see that mpirun works here: mpirun hostname",
        };
        let program = std::env::current_exe().map_err(|cause| refused(cause.to_string()))?;
        let folder = tempfile::Builder::new().prefix(keeper::FOLDER).tempdir();
        let folder = folder.map_err(|cause| refused(format!("no temporary folder: {cause}")))?;
        let mut command = Command::new(program);
        command
            .arg(keeper::OPTION)
            .arg(folder.path())
            .arg(mpirun)
            .arg(ranks.to_string())
            .args(hosts);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.process_group(0); // Ctrl-C is for the launcher alone.
        let mut keeper = command.spawn().map_err(|cause| refused(cause.to_string()))?;
        let (input, output) = (keeper.stdin.take(), keeper.stdout.take());
        let output = output.expect("it is piped");
        let last_words = Arc::default();
        if let Some(errors) = keeper.stderr.take() {
            keep_the_end(errors, Arc::clone(&last_words));
        }
        let kept = Kept::new(keeper, folder);
        let entry = ended_by_cleanup(&kept, &last_words);
        let nobody = Hello { processes: Vec::new(), hosts: Vec::new(), stranger: None };
        let mut team = Team {
            ranks,
            hello: nobody,
            kept,
            input,
            output: BufReader::new(output),
            last_words,
            _ended_at_the_end: entry,
        };
        team.hello = team.receive()?;
        if let Some(stranger) = team.hello.stranger {
            return Err(Error::Worker {
                worker: format!("rank {stranger}"),
                cause: "it is another build of this program than rank 0".to_owned(),
                remedy: "copy the same file to all hosts",
            });
        }
        locked(&team.last_words).processes.clone_from(&team.hello.processes);
        Ok(team)
    }

    /// Gives an order to all ranks, and waits for the answer of rank 0.
    ///
    /// # Errors
    ///
    /// Where a rank fails, or they were told to end.
    pub fn ask<A: serde::de::DeserializeOwned>(&mut self, order: &Order) -> Result<A, Error> {
        // For as long as this takes it belongs to the run that asks, and ends at its time limit.
        let _entry = ended_by_cleanup(&self.kept, &self.last_words);
        let line = serde_json::to_string(order).expect("an order is plain data") + "\n";
        let sent = self.input.as_mut().map(|input| input.write_all(line.as_bytes()));
        if !matches!(sent, Some(Ok(()))) {
            return Err(self.ended());
        }
        self.receive()
    }

    fn receive<A: serde::de::DeserializeOwned>(&mut self) -> Result<A, Error> {
        let mut line = String::new();
        if !matches!(self.output.read_line(&mut line), Ok(1..)) {
            return Err(self.ended());
        }
        serde_json::from_str(&line).map_err(|_| Error::Worker {
            worker: "rank 0".to_owned(),
            cause: "it answered nonsense".to_owned(),
            remedy: "print nothing to standard output in a strategy",
        })
    }

    /// Closes the input, which tells all ranks to end; does not wait for it.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// They have ended, or are about to: why.
    fn ended(&mut self) -> Error {
        let how = self.kept.wait(FAREWELL);
        thread::sleep(Duration::from_millis(20)); // What was said last may still be on its way.
        locked(&self.last_words).error(self.ranks, how)
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        self.hang_up();
        self.kept.end(FAREWELL);
    }
}

/// At the time limit and at Ctrl-C all ranks are killed. Before that it is noted which of them is stopped.
fn ended_by_cleanup(kept: &Kept, words: &Arc<Mutex<LastWords>>) -> cleanup::Entry {
    let (kept, words) = (kept.clone(), Arc::clone(words));
    cleanup::register(move || {
        let mut words = locked(&words);
        if words.hung.is_none() {
            words.hung = words.processes.iter().position(|process| family::is_stopped(*process));
        }
        drop(words);
        kept.tell_to_end();
        if cleanup::interrupted() {
            kept.end(FAREWELL / 10); // This program ends next; it leaves when the ranks are gone.
        }
    })
}

/// Reads what `mpirun` and the ranks write to standard error, and keeps the end of it.
fn keep_the_end(mut errors: impl Read + Send + 'static, words: Arc<Mutex<LastWords>>) {
    let read = move || {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = errors.read(&mut buffer) {
            locked(&words).hear(&buffer[..length]);
        }
    };
    // Without a thread nobody reads it, and an error has no last words.
    let _ = thread::Builder::new().name("last-words".into()).spawn(read);
}
