use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// So many files that differ are named at most.
const MOST_FILES: usize = 200;

/// And so much of what git prints is read.
const MOST_BYTES: u64 = 64 << 10;

/// No answer of git is waited for longer; a folder on the network may take its time.
const LONGEST: Duration = Duration::from_secs(5);

/// How often it is looked whether git has ended.
const LOOK: Duration = Duration::from_millis(2);

/// What git says of this workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkout {
    /// The commit, shortened.
    pub(crate) commit: String,
    /// The files that it tracks and that differ from it.
    pub(crate) changed: Vec<String>,
}

impl Checkout {
    /// That of the workspace in which this program was built; `None` without git, and where it is part of another
    /// repository, whose files are nobody's business.
    pub(crate) fn of_this_workspace() -> Option<Self> {
        Checkout::of(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")))
    }

    fn of(root: &Path) -> Option<Self> {
        let until = Instant::now() + LONGEST;
        // Two lines: how far above the root of the repository is, and the commit.
        let head = git(root, &["rev-parse", "--show-cdup", "--short=12", "HEAD"], until)?;
        let commit = head.strip_prefix('\n')?.trim_end().to_owned();
        let changed = git(root, &["diff", "--name-only", "-z", "HEAD"], until)?;
        let mut changed: Vec<String> = changed.split_terminator('\0').map(str::to_owned).collect();
        if changed.len() > MOST_FILES {
            let more = changed.split_off(MOST_FILES).len();
            changed.push(format!("... and {more} more"));
        }
        Some(Checkout { commit, changed })
    }
}

/// What git prints; `None` where it is missing, fails, or is not done in time.
fn git(root: &Path, words: &[&str], until: Instant) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["--no-optional-locks", "-c", "core.fsmonitor=false"]);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let output = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    let read = move || {
        let mut text = Vec::new();
        let read = output.take(MOST_BYTES).read_to_end(&mut text);
        let _ = sender.send(read.map(|_| text));
    };
    // Not waited for: what git has started may keep the pipe open.
    let reading = thread::Builder::new().spawn(read).is_ok();
    let mut ended = None;
    while reading && ended.is_none() && Instant::now() < until {
        thread::sleep(LOOK);
        ended = child.try_wait().ok()?;
    }
    if ended.is_none() {
        let _ = child.kill();
        let _ = child.wait();
    }
    let left = until.saturating_duration_since(Instant::now());
    let text = receiver.recv_timeout(left).ok()?.ok()?;
    ended?.success().then(|| String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn run(root: &Path, words: &[&str]) -> bool {
        let known = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command.arg("-C").arg(root).args(known).args(words).stdout(Stdio::null());
        command.status().is_ok_and(|ended| ended.success())
    }

    #[test]
    fn a_folder_without_a_repository_has_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Checkout::of(folder.path()), None);
        assert_eq!(Checkout::of(&folder.path().join("nowhere")), None);
    }

    #[test]
    #[cfg_attr(not(unix), ignore = "the tests on Windows need no git")]
    fn tracked_files_that_differ_are_named_and_a_folder_within_is_not_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir(root.join("inner")).expect("a folder");
        fs::write(root.join("inner/a b.rs"), "one").expect("a file");
        assert!(run(root, &["init", "-q"]) && run(root, &["add", "."]), "git is there");
        assert_eq!(Checkout::of(root), None, "nothing is committed yet");
        assert!(run(root, &["commit", "-qm", "first"]));
        let clean = Checkout::of(root).expect("a repository");
        assert_eq!((clean.commit.len(), &clean.changed[..]), (12, &[][..]));
        fs::write(root.join("inner/a b.rs"), "two").expect("a file");
        fs::write(root.join("new"), "not tracked").expect("a file");
        assert_eq!(Checkout::of(root).expect("a repository").changed, ["inner/a b.rs"]);
        assert_eq!(Checkout::of(&root.join("inner")), None, "it belongs to another");
    }
}
