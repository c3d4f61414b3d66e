use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{self, Command, ExitCode};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, SystemTime};

use children::family::children_of;

/// The argument with which this program is one of the small programs that exercises on processes start.
pub(crate) const PART: &str = "--small-program";

/// So long a program works, so that two that work at the same time are seen to do so.
const WORK: Duration = Duration::from_millis(120);

/// What a small program does beside its sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// It writes the sum, as text and with a line break, and ends with status 0.
    Sums,
    /// It first writes 200,000 bytes to its standard error, more than any pipe holds.
    Chats,
    /// It first writes 200,000 spaces to its standard output, and then 200,000 bytes to its standard error.
    Floods,
    /// It writes 0, and ends with status 3.
    Fails,
    /// It writes nothing, and ends with status 3.
    FailsSilently,
    /// The first time it is given a range it dies without a word; the next time it sums.
    DiesOnce,
    /// It always dies without a word.
    Dies,
    /// It writes the sum, and then dies.
    DiesAfterwards,
    /// It first reads its standard input to its end.
    Reads,
}

/// Small programs that sum ranges of whole numbers: what exercises on processes are given.
#[derive(Debug)]
pub struct Programs {
    behaviour: Behaviour,
    /// Where they say that they have begun, and that they end.
    folder: PathBuf,
}

impl Programs {
    /// Programs that behave like this, of which nobody has started one yet.
    ///
    /// # Errors
    ///
    /// Where the system refuses a folder.
    pub fn new(behaviour: Behaviour) -> Result<Self, String> {
        static FOLDERS: AtomicU32 = AtomicU32::new(0);
        let name = format!("programs-{}-{}", process::id(), FOLDERS.fetch_add(1, Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).map_err(|error| format!("a folder was refused: {error}"))?;
        Ok(Programs { behaviour, folder })
    }

    /// A program that sums the numbers in `range`, ready to be started.
    ///
    /// # Panics
    ///
    /// Where the system does not say which program is running.
    pub fn command(&self, range: Range<u64>) -> Command {
        let mut command = children::this_program().expect("the system knows which program runs");
        command.arg(PART).arg(format!("{:?}", self.behaviour)).arg(&self.folder);
        command.args([range.start.to_string(), range.end.to_string()]);
        command
    }

    /// How many were started.
    pub fn started(&self) -> usize {
        self.marks("began").len()
    }

    /// How many have come to their end by themselves.
    pub fn ended(&self) -> usize {
        self.marks("ended").len()
    }

    /// How many were at work at the same time, at most.
    pub fn at_once(&self) -> usize {
        let mut steps: Vec<(u128, i32)> = Vec::new();
        steps.extend(self.marks("began").into_iter().map(|time| (time, 1)));
        steps.extend(self.marks("ended").into_iter().map(|time| (time, -1)));
        steps.sort_unstable();
        let mut now = 0;
        let running = steps.iter().map(|(_, step)| {
            now += step;
            now
        });
        running.max().unwrap_or(0).max(0) as usize
    }

    /// How many processes were started and not waited for; none where the system does not tell.
    pub fn not_waited_for(&self) -> usize {
        children_of(process::id()).len()
    }

    fn marks(&self, what: &str) -> Vec<u128> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let files = files.filter(|path| path.extension().is_some_and(|end| end == what));
        files.filter_map(|path| fs::read_to_string(path).ok()?.parse().ok()).collect()
    }
}

impl Drop for Programs {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The part of a small program, with the arguments after [`PART`].
pub(crate) fn part(arguments: &[String]) -> ExitCode {
    let [behaviour, folder, start, end] = arguments else { return ExitCode::from(2) };
    let (Ok(start), Ok(end)) = (start.parse::<u64>(), end.parse::<u64>()) else {
        return ExitCode::from(2);
    };
    let folder = Path::new(folder);
    mark(folder, "began");
    thread::sleep(WORK);
    if behaviour == "Floods" {
        let _ = io::stdout().write_all(" ".repeat(200_000).as_bytes());
    }
    if matches!(behaviour.as_str(), "Chats" | "Floods") {
        let line = "still at work, and nothing to complain of\n";
        let _ = io::stderr().write_all(line.repeat(200_000 / line.len() + 1).as_bytes());
    }
    if behaviour == "Reads" {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    }
    let first = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(folder.join(format!("{start}-{end}.first")))
        .is_ok();
    if behaviour == "Dies" || behaviour == "DiesOnce" && first {
        process::abort();
    }
    let (sum, status) = match behaviour.as_str() {
        "Fails" => (Some(0), 3),
        "FailsSilently" => (None, 3),
        _ => (Some((start..end).sum::<u64>()), 0),
    };
    mark(folder, "ended");
    if let Some(sum) = sum {
        let mut output = io::stdout();
        let _ = writeln!(output, "{sum}").and_then(|()| output.flush());
    }
    if behaviour == "DiesAfterwards" {
        process::abort();
    }
    ExitCode::from(status)
}

fn mark(folder: &Path, what: &str) {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let _ = fs::write(folder.join(format!("{}.{what}", process::id())), now.as_nanos().to_string());
}
