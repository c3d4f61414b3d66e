//! The program, as it is run once.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use children::{Killer, Timed, shell};
use course::TemporaryFolder;
use measure::{Cancellation, Error, Registration};

use crate::options::Common;
use crate::output::Output;
use crate::template::{Place, Template, Values};

/// A program with all that its runs need.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    words: Vec<Template>,
    env: Vec<(String, Template)>,
    stdin: Option<Template>,
    prepare: Option<Template>,
    folders: Arc<Folders>,
}

/// The folders that {dir} stands for. They go with the run, also when a signal ends it.
#[derive(Debug)]
pub(crate) struct Folders {
    folder: TemporaryFolder,
    next: AtomicU64,
    _removed: Registration,
}

/// A run that went well.
#[derive(Debug)]
pub struct Ended {
    /// What it took.
    pub timed: Timed,
    /// What it wrote on standard output.
    pub output: Output,
    /// And on standard error.
    pub errors: Output,
    /// What {dir} stood for in it.
    pub(crate) folder: Option<RunFolder>,
}

/// The folder of one run. What the program wrote there is gone before the next run, which has another.
#[derive(Debug)]
pub(crate) struct RunFolder(PathBuf);

impl RunFolder {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        // If it cannot be removed, the folder around it will.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How often it is looked how much a program has written.
const LOOK: Duration = Duration::from_millis(50);

/// Its output may take this part of the free memory.
const PART_FOR_OUTPUT: u64 = 4;

impl Folders {
    pub(crate) fn create(cancellation: &Cancellation) -> Result<Self, Error> {
        let folder = TemporaryFolder::create()?;
        let theirs = folder.clone();
        let removed = cancellation.on_cancel(move || theirs.remove());
        Ok(Folders { folder, next: AtomicU64::new(0), _removed: removed })
    }

    /// A folder that stays for the whole run of this program; another one at each call.
    pub(crate) fn path(&self) -> Result<PathBuf, Error> {
        let folder = self.fresh()?;
        let path = folder.path().to_owned();
        std::mem::forget(folder);
        Ok(path)
    }

    /// A new folder for one run.
    fn fresh(&self) -> Result<RunFolder, Error> {
        let path = self.folder.path().join(self.next.fetch_add(1, Relaxed).to_string());
        fs::create_dir(&path).map_err(|cause| Error::Refused {
            what: "a folder for {dir}".to_owned(),
            cause: cause.to_string(),
            remedy: "make room in the temporary folder, or name another one with TMPDIR",
        })?;
        Ok(RunFolder(path))
    }
}

impl Subject {
    /// The program of these words.
    pub(crate) fn new(words: &[Template], options: &Common, folders: Arc<Folders>) -> Self {
        let (stdin, prepare) = (options.stdin.clone(), options.prepare.clone());
        Subject { words: words.to_vec(), env: options.env.clone(), stdin, prepare, folders }
    }

    /// Another program in its place, with the same input.
    pub(crate) fn with_words(&self, words: Vec<Template>) -> Self {
        Subject { words, ..self.clone() }
    }
    /// Prepares a run, runs, and gives what it took and wrote. `title` says which run it is.
    pub(crate) fn run(
        &self,
        title: &str,
        (workers, terms): (usize, Option<u64>),
        cancellation: &Cancellation,
    ) -> Result<Ended, Error> {
        let folder = self.needs_folder().then(|| self.folders.fresh()).transpose()?;
        let dir = folder.as_ref().map_or(Path::new(""), RunFolder::path);
        let values = Values { workers, terms, dir };
        self.prepared(&values, cancellation)?;
        let ended = timed(title, &mut self.command(&values)?, cancellation)?;
        Ok(Ended { folder, ..succeeded(title, ended, "run it by itself to see more")? })
    }

    fn needs_folder(&self) -> bool {
        let variables = self.env.iter().map(|(_, value)| value);
        let all = self.words.iter().chain(variables).chain(&self.prepare).chain(&self.stdin);
        all.into_iter().any(|template| template.names(Place::Dir))
    }

    fn prepared(&self, values: &Values, cancellation: &Cancellation) -> Result<(), Error> {
        let Some(line) = &self.prepare else { return Ok(()) };
        let ended =
            timed("--prepare", shell(&line.filled(values)).stdin(Stdio::null()), cancellation)?;
        succeeded("--prepare", ended, "it runs before each run, in a shell").map(drop)
    }

    fn command(&self, values: &Values) -> Result<Command, Error> {
        let mut words = self.words.iter().map(|word| word.filled(values));
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        command.envs(self.env.iter().map(|(name, value)| (name, value.filled(values))));
        command.stdin(match &self.stdin {
            None => Stdio::null(),
            Some(path) => opened(Path::new(&path.filled(values)))?.into(),
        });
        Ok(command)
    }
}

/// Runs a line of the shell that reads `input`; why it did not end well, if so.
pub(crate) fn check(
    line: &str,
    input: &Output,
    cancellation: &Cancellation,
) -> Result<Option<String>, Error> {
    let ended = timed("--check", shell(line).stdin(input.stream()?), cancellation)?;
    Ok(match succeeded("--check", ended, "") {
        Err(Error::Worker { cause, .. }) => Some(cause),
        _ => None,
    })
}

/// How long it takes at least to start a program that does nothing, and to see its end.
pub(crate) fn start_seconds(cancellation: &Cancellation) -> Option<f64> {
    const STARTS: usize = 11;
    let start = |_| {
        let mut command = children::this_program().ok()?;
        let ended =
            timed("a start", command.arg(crate::NOTHING).stdin(Stdio::null()), cancellation)
                .ok()?;
        Some(ended.timed.wall.as_secs_f64())
    };
    (0..STARTS).map_while(start).reduce(f64::min)
}

/// Runs a command that has to end well; `title` is how messages call it. It ends with `cancellation`, and with it all
/// that it has started.
///
/// # Errors
///
/// [`Error::Worker`] where it does not end well, with what it said; [`Error::Row`] where it cannot be run.
pub fn quietly(
    title: &str,
    command: &mut Command,
    cancellation: &Cancellation,
) -> Result<Ended, Error> {
    succeeded(title, timed(title, command, cancellation)?, "run it by itself to see more")
}

/// Runs it under the stopwatch, and keeps what it writes in memory; ends it where that is too much.
fn timed(title: &str, command: &mut Command, cancellation: &Cancellation) -> Result<Ended, Error> {
    let (output, errors) = (Output::new()?, Output::new()?);
    command.stdout(output.stream()?).stderr(errors.stream()?);
    // Also those that have left its group: they would outlive a Ctrl-C.
    let killer = Killer::of_family();
    let theirs = killer.clone();
    let _killed = cancellation.on_cancel(move || theirs.kill());
    let (done, look) = channel::<()>();
    let most = kernels::available_memory() / PART_FOR_OUTPUT;
    let is_too_much = || output.length().max(errors.length()) > most;
    let timed = thread::scope(|scope| {
        let (killer, is_too_much) = (&killer, &is_too_much);
        let watch = move || {
            while look.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if is_too_much() {
                    killer.kill();
                }
            }
        };
        // Without the thread the time limit has to do.
        let _ = thread::Builder::new().spawn_scoped(scope, watch);
        let timed = Timed::run(command, killer);
        drop(done);
        timed
    });
    if is_too_much() {
        return Err(Error::Refused {
            what: format!("memory for the output of {title}"),
            cause: format!(
                "it wrote more than {:.1} GB, a quarter of the free memory",
                most as f64 / 1e9
            ),
            remedy: "let it write less, or into {dir}",
        });
    }
    let timed = timed.map_err(|error| not_started(title, error))?;
    Ok(Ended { timed, output, errors, folder: None })
}

fn succeeded(title: &str, ended: Ended, remedy: &'static str) -> Result<Ended, Error> {
    if ended.timed.exit.is_success() {
        return Ok(ended);
    }
    let said = ended.errors.first_line().or_else(|| ended.output.first_line());
    let said = said.map(|line| format!(", and said: {line}")).unwrap_or_default();
    let cause = format!("it {}{said}", ended.timed.exit);
    Err(Error::Worker { worker: title.to_owned(), cause, remedy })
}

/// The file that a run reads.
fn opened(path: &Path) -> Result<File, Error> {
    let opened = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
        true => Err(ErrorKind::IsADirectory.into()),
        false => Ok(file),
    });
    opened.map_err(|cause| Error::Input {
        path: path.to_owned(),
        cause: cause.to_string(),
        remedy: "give --stdin a file that can be read",
    })
}

/// Why a program did not start: because it is none, or because the system refuses any.
fn not_started(title: &str, error: children::Error) -> Error {
    let children::Error::NotStarted { program, cause } = error else {
        return Error::Worker {
            worker: title.to_owned(),
            cause: error.to_string(),
            remedy: "run it again",
        };
    };
    let refused = matches!(cause.kind(), ErrorKind::WouldBlock | ErrorKind::OutOfMemory);
    // No more descriptors, for this program or for all.
    if refused || matches!(cause.raw_os_error(), Some(23 | 24)) {
        return Error::Refused {
            what: format!("a process for {title}"),
            cause: cause.to_string(),
            remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u, ulimit -n)",
        };
    }
    let cause =
        format!("it cannot be run: {cause}; name a program that is there, and that you may run");
    Error::Row { row: program, cause, exit_code: 66 }
}
