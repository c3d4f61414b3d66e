//! What a learner does: edit `your_turn.rs`, build, and read the own row.
//!
//! The sources are copied, the body is replaced by a right parallel one and then by a wrong one, and the
//! programs are built and run each time.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What a learner writes into the file of a lesson.
struct Turn {
    lesson: &'static str,
    /// A right body, in the words of the file itself.
    right: &'static str,
    /// How many of two workers get something to do with it.
    busy: RangeInclusive<usize>,
    /// A body that loses the last term.
    wrong: &'static str,
}

const LOSES_A_TERM: &str = "let _ = workers; Ok(kernel.sum(terms.start..terms.end - 1))";

const TURNS: [Turn; 4] = [
    Turn {
        lesson: "sequential",
        right: "let (a, b) = kernels::split::halves(&terms); let _ = workers;
                Ok(kernel.sum(b) + kernel.sum(a))",
        busy: 1..=1,
        wrong: LOSES_A_TERM,
    },
    Turn {
        lesson: "threads",
        right: "let ranges: Vec<_> = kernels::split::ranges(&terms, workers).collect();
                let partials = crate::crew(workers, |worker| kernel.sum(ranges[worker].clone()))?;
                Ok(partials.into_iter().sum())",
        busy: 2..=2,
        wrong: LOSES_A_TERM,
    },
    Turn {
        lesson: "processes",
        right: "pool.sum(kernel, terms, crate::frame::Message::Sum)",
        busy: 2..=2,
        wrong: "let _ = pool; Ok(kernel.sum(terms.start..terms.end - 1))",
    },
    Turn {
        lesson: "work-stealing",
        right: "let _ = workers; let (a, b) = kernels::split::halves(&terms);
                let (a, b) = rayon::join(|| kernel.sum(a), || kernel.sum(b));
                Ok(a + b)",
        busy: 1..=2,
        wrong: LOSES_A_TERM,
    },
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace").to_owned()
}

/// A copy of the sources, and what was built of it. Both stay in the target folder, so that a second run
/// builds little.
struct Workspace {
    sources: PathBuf,
    target: PathBuf,
}

impl Workspace {
    fn copied() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("your-turn");
        let workspace =
            Workspace { sources: folder.join("sources"), target: folder.join("target") };
        fs::create_dir_all(&workspace.sources).expect("a folder for the copy");
        for part in ["Cargo.toml", "Cargo.lock", "lessons", "shared", "benches"] {
            mirror(&root().join(part), &workspace.sources.join(part));
        }
        workspace
    }

    /// Puts `body` in the place of the one in the `your_turn.rs` of a lesson.
    fn write(&self, lesson: &str, body: &str) {
        let file = format!("lessons/{lesson}/src/your_turn.rs");
        let original = fs::read_to_string(root().join(&file)).expect("a lesson has the file");
        let (head, _) = original.split_once("-> Result<u64, Error> {").expect("a function");
        let edited = format!("{head}-> Result<u64, Error> {{\n{body}\n}}\n");
        fs::write(self.sources.join(file), edited).expect("the copy");
    }

    /// Builds the programs, without optimising: here nothing is measured.
    fn build(&self) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--offline", "--bins"]);
        for turn in &TURNS {
            cargo.args(["-p", turn.lesson]);
        }
        cargo.current_dir(&self.sources).env("CARGO_TARGET_DIR", &self.target);
        cargo.env("CARGO_PROFILE_DEV_OPT_LEVEL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
        let built = cargo.output().expect("cargo runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    }

    /// The exit code of a lesson's program, and the learner's row.
    fn run(&self, lesson: &str) -> (Option<i32>, Value) {
        let arguments = "-s your-turn -k pi -n 1e6 -w 2 --rounds 1 --json";
        let program = self.target.join("debug").join(lesson);
        let ended = testkit::run(
            program.to_str().expect("a plain path"),
            &arguments.split(' ').collect::<Vec<_>>(),
        );
        let runs = ended.runs();
        assert_eq!(runs.len(), 1, "{ended:?}");
        (ended.code(), runs[0].clone())
    }
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

#[test]
fn a_right_body_is_right_and_a_wrong_one_is_wrong() {
    let workspace = Workspace::copied();
    TURNS.iter().for_each(|turn| workspace.write(turn.lesson, turn.right));
    workspace.build();
    for Turn { lesson, busy, .. } in &TURNS {
        let (code, row) = workspace.run(lesson);
        assert_eq!((code, &row["verdict"]), (Some(0), &"right".into()), "{lesson}: {row}");
        let audit = row["audit"].as_array().expect("audited");
        let worked = audit.iter().filter(|worker| worker["terms"].as_u64() > Some(0)).count();
        assert!(busy.contains(&worked), "{lesson}: {row}");
    }
    TURNS.iter().for_each(|turn| workspace.write(turn.lesson, turn.wrong));
    workspace.build();
    for Turn { lesson, .. } in &TURNS {
        let (code, row) = workspace.run(lesson);
        assert_eq!((code, &row["verdict"]), (Some(1), &"wrong".into()), "{lesson}: {row}");
        assert!(row["sum"].is_null(), "{lesson}: a wrong sum is never shown");
    }
}
