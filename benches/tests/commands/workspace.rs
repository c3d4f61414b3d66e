use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held by the copy whose programs are in the folder into which all copies are built.
static BUILT: Mutex<()> = Mutex::new(());

/// A copy of the sources, and what was built of it. Both stay in the target folder, so that a second run
/// builds little.
pub(super) struct Workspace {
    pub(super) sources: PathBuf,
    target: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl Workspace {
    /// The copy called `name`. All copies are built into one folder, so one test after the other has it.
    pub(super) fn copied(name: &str) -> Self {
        let alone = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copies");
        let workspace =
            Workspace { sources: folder.join(name), target: folder.join("target"), _alone: alone };
        fs::create_dir_all(&workspace.sources).expect("a folder for the copy");
        for part in ["Cargo.toml", "Cargo.lock", "lessons", "shared", "benches", "yours"] {
            mirror(&root().join(part), &workspace.sources.join(part));
        }
        workspace
    }

    /// Runs cargo in the copy, without optimising: here nothing is measured. Gives its standard output.
    pub(super) fn cargo(&self, arguments: &[&str]) -> String {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(&self.sources).env("CARGO_TARGET_DIR", &self.target);
        cargo.env("CARGO_PROFILE_DEV_OPT_LEVEL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
        let ended = cargo.output().expect("cargo runs");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8_lossy(&ended.stdout).into_owned()
    }

    /// Builds the programs of these lessons.
    pub(super) fn build(&self, lessons: &[&str]) {
        let packages = lessons.iter().flat_map(|lesson| ["-p", lesson]);
        let common = ["build", "--quiet", "--offline", "--bins"].into_iter();
        self.cargo(&common.chain(packages).collect::<Vec<_>>());
    }

    /// Runs the program of a lesson to its end.
    pub(super) fn run(&self, lesson: &str, arguments: &str) -> testkit::Ended {
        let program = self.target.join("debug").join(lesson);
        let arguments: Vec<&str> = arguments.split(' ').collect();
        testkit::run(program.to_str().expect("a plain path"), &arguments)
    }
}

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace").to_owned()
}

/// Makes `to` the same as `from`. Files that are the same already stay as old as they are.
fn mirror(from: &Path, to: &Path) {
    if from.is_file() {
        let content = fs::read(from).expect("a file of the sources");
        if fs::read(to).ok().as_ref() != Some(&content) {
            fs::write(to, content).expect("a file of the copy");
        }
        return;
    }
    fs::create_dir_all(to).expect("a folder of the copy");
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names.collect::<Vec<_>>()
    };
    let wanted = names(from);
    for stale in names(to).into_iter().filter(|name| !wanted.contains(name)) {
        let stale = to.join(stale);
        let gone = if stale.is_dir() { fs::remove_dir_all(stale) } else { fs::remove_file(stale) };
        gone.expect("it can be removed");
    }
    for name in wanted {
        mirror(&from.join(&name), &to.join(&name));
    }
}
