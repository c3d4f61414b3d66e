//! A Python that stands ready, in a process of its own.

use std::ffi::OsStr;
use std::io::{self, BufReader, Read};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{self, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use command_fds::{CommandFdExt, FdMapping};
use measure::{Error, cleanup};
use serde_json::{Value, json};

use crate::frame::Frame;
use crate::{place, temporary};

/// The descriptor under which a child finds the numbers of `memory`.
pub const DATA: i32 = 3;

/// How long a child may take to end once its input is closed.
const FAREWELL: Duration = Duration::from_millis(900);

/// How much is kept of what a child writes to its standard error.
const LAST_WORDS: usize = 2000;

/// What a child sees of the environment: where programs and libraries are. What libraries of Python
/// read beside that could change what is measured.
const KEPT: [&str; 3] = ["PATH", "HOME", "SYSTEMROOT"];

/// Where the system looks for libraries. Cargo adds the folders in which it builds, which have libraries of
/// the same names as those that `setup` built.
const LIBRARIES: &str = "LD_LIBRARY_PATH";

/// A Python that stands ready to be asked. It ends when it is dropped, with all that it has started.
#[derive(Debug)]
pub struct Child {
    name: String,
    id: u32,
    number: u32,
    process: Arc<Mutex<process::Child>>,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_words: Arc<Mutex<Vec<u8>>>,
    started: Duration,
    _killed_at_the_end: cleanup::Entry,
}

impl Child {
    /// Starts `python` with the lesson's worker, and waits for its first word. `name` is how messages
    /// call it, and `data` what it finds as descriptor [`DATA`].
    ///
    /// # Errors
    ///
    /// [`Error::Worker`] where it does not start, or says something else.
    pub fn start(python: &Path, name: &str, data: Option<OwnedFd>) -> Result<Self, Error> {
        let begin = Instant::now();
        let mut command = command(python, [place::lesson().join("worker.py")]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(data) = data {
            let mapping = FdMapping { parent_fd: data, child_fd: DATA };
            command.fd_mappings(vec![mapping]).expect("one descriptor collides with no other");
        }
        let started = command.spawn();
        let mut process =
            started.map_err(|cause| failed(name, format!("it did not start: {cause}")))?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let (output, errors) = (output.expect("it is piped"), process.stderr.take());
        let last_words = Arc::default();
        if let Some(errors) = errors {
            keep_the_end(errors, Arc::clone(&last_words));
        }
        let id = process.id();
        let process = Arc::new(Mutex::new(process));
        let to_kill = Arc::clone(&process);
        let mut child = Child {
            name: format!("{name} (process {id})"),
            id,
            number: 0,
            process,
            input,
            output: BufReader::new(output),
            last_words,
            started: Duration::ZERO,
            _killed_at_the_end: cleanup::register(move || kill(&mut locked(&to_kill))),
        };
        let first = child.receive()?;
        if first["process"] != id {
            return Err(child.failed(format!("its first word was {first}")));
        }
        child.started = begin.elapsed();
        Ok(child)
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// How long it took until it could be asked.
    pub fn started(&self) -> Duration {
        self.started
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    ///
    /// [`Error::Worker`] where it raises an exception, ends, or answers nonsense.
    pub fn ask(&mut self, question: Value) -> Result<Value, Error> {
        self.number += 1;
        let frame = Frame { number: self.number, message: question };
        let sent = self.input.as_ref().map(|input| frame.write(input));
        if !matches!(sent, Some(Ok(()))) {
            return Err(self.ended());
        }
        let answer = self.receive()?;
        match answer["error"].as_str() {
            Some(raised) => Err(failed(&self.name, format!("it raised {raised}"))),
            None => Ok(answer),
        }
    }

    fn receive(&mut self) -> Result<Value, Error> {
        match Frame::read(&mut self.output) {
            Ok(Some(frame)) if frame.number == self.number => Ok(frame.message),
            Ok(Some(_)) => Err(self.failed("it answered another question".to_owned())),
            Ok(None) => Err(self.ended()),
            Err(cause) if cause.kind() == io::ErrorKind::InvalidData => {
                Err(self.failed("it answered nonsense: something that is no frame".to_owned()))
            }
            Err(_) => Err(self.ended()),
        }
    }

    /// Closes its input, which is its end; does not wait for it.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// An error that is this child's.
    pub fn failed(&self, cause: String) -> Error {
        failed(&self.name, cause)
    }

    /// It has ended, or is about to: how, and what it said last.
    fn ended(&mut self) -> Error {
        let status = wait(&self.process, FAREWELL);
        let mut cause = match status {
            Some(status) => format!("it ended ({status})"),
            None => "it closed its output".to_owned(),
        };
        thread::sleep(Duration::from_millis(20)); // What it said last may still be on its way.
        let said = String::from_utf8_lossy(&locked(&self.last_words)).into_owned();
        if let Some(line) = said.lines().rev().find(|line| !line.trim().is_empty()) {
            cause += &format!(", and said last: {}", line.trim());
        }
        self.failed(cause)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.hang_up();
        wait(&self.process, FAREWELL);
        let mut process = locked(&self.process);
        kill(&mut process);
        let _ = process.wait();
    }
}

/// `python` with `arguments`, as a leader of a group of processes, in an environment that changes nothing.
pub fn command<S: AsRef<OsStr>>(python: &Path, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(python);
    // Isolated: neither variables nor the user's own packages change what is run. And nothing is written
    // beside the sources.
    command.args(["-I", "-B", "-X", "utf8"]);
    command.args(arguments).env_clear();
    if let Some(folder) = temporary::folder() {
        command.env("TMPDIR", folder);
    }
    let target = course::target();
    if let Some(folders) = std::env::var_os(LIBRARIES) {
        let own = |folder: &PathBuf| target.as_ref().is_some_and(|own| folder.starts_with(own));
        let others = std::env::split_paths(&folders).filter(|folder| !own(folder));
        command.envs(std::env::join_paths(others).ok().map(|others| (LIBRARIES, others)));
    }
    command.envs(KEPT.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))));
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// What is asked of a child first: which rung, and what it will sum.
pub fn first_question(
    module: &str,
    file: Option<&Path>,
    needs: &[&str],
    kernel: &str,
    (terms, workers): (u64, Option<usize>),
    folders: &[&Path],
) -> Value {
    json!({
        "rung": module,
        "file": file,
        "needs": needs,
        "kernel": kernel,
        "terms": terms,
        "data": DATA,
        "parallel": workers.is_some(),
        "workers": workers.unwrap_or(1),
        "folders": folders,
    })
}

/// Ends the process and all that it has started. It is waited for later, so its number is still its own.
pub(crate) fn kill(process: &mut process::Child) {
    #[cfg(unix)]
    {
        use nix::sys::signal::{Signal, killpg};
        use nix::unistd::Pid;
        if let Ok(group) = i32::try_from(process.id()) {
            let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
        }
    }
    let _ = process.kill();
}

/// Waits a while for a process to end, without giving up its number.
fn wait(process: &Mutex<process::Child>, most: Duration) -> Option<String> {
    let begin = Instant::now();
    while begin.elapsed() < most {
        if let Some(status) = ended(&locked(process)) {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(1));
    }
    None
}

/// How the process ended, if it has. It stays a process that nobody has waited for, so that its number,
/// which is that of its group, goes to no other.
#[cfg(target_os = "linux")]
fn ended(process: &process::Child) -> Option<String> {
    use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
    let id = nix::unistd::Pid::from_raw(i32::try_from(process.id()).ok()?);
    let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOHANG | WaitPidFlag::WNOWAIT;
    match waitid(Id::Pid(id), flags).ok()? {
        WaitStatus::Exited(_, code) => Some(format!("exit code {code}")),
        WaitStatus::Signaled(_, signal, _) => Some(format!("killed by {signal}")),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn ended(_process: &process::Child) -> Option<String> {
    None
}

/// Reads what a child writes to its standard error, and keeps the end of it.
fn keep_the_end(mut errors: impl Read + Send + 'static, kept: Arc<Mutex<Vec<u8>>>) {
    let read = move || {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = errors.read(&mut buffer) {
            let mut kept = locked(&kept);
            kept.extend(&buffer[..length]);
            let surplus = kept.len().saturating_sub(LAST_WORDS);
            kept.drain(..surplus);
        }
    };
    // Without a thread nobody reads it, and an error has no last words.
    let _ = thread::Builder::new().name("last-words".into()).spawn(read);
}

fn failed(name: &str, cause: String) -> Error {
    Error::Worker {
        worker: name.to_owned(),
        cause,
        remedy: "mend its file, or leave the row out with -s",
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
