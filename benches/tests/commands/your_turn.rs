//! What a learner does: edit `your_turn.rs`, build, and read the own row.
//!
//! The sources are copied, the body is replaced by a right parallel one and then by a wrong one, and the
//! programs are built and run each time.

use std::fs;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::workspace::{Workspace, root};

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

const LOSES_A_TERM: &str = "let _ = context; Ok(kernel.sum(terms.start..terms.end - 1))";

/// A right sum without the kernel.
const ADDS_ITSELF: &str =
    "let _ = (kernel, context); Ok(terms.map(std::hint::black_box).sum::<u64>().into())";

const WAITS_FOR_ITSELF: &str = "let lock = std::sync::Mutex::new(context.workers());
                                let _held = lock.lock(); let _again = lock.lock(); Ok(kernel.sum(terms))";

const TURNS: [Turn; 4] = [
    Turn {
        lesson: "sequential",
        right: "let (a, b) = kernels::split::halves(&terms); let _ = context;
                Ok(kernel.sum(b) + kernel.sum(a))",
        busy: 1..=1,
        wrong: LOSES_A_TERM,
    },
    Turn {
        lesson: "threads",
        right: "let ranges: Vec<_> = kernels::split::ranges(&terms, context.workers()).collect();
                let partials = crate::on_threads(context, &|worker| kernel.sum(ranges[worker].clone()))?;
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
        right: "let _ = context; let (a, b) = kernels::split::halves(&terms);
                let (a, b) = rayon::join(|| kernel.sum(a), || kernel.sum(b));
                Ok(a + b)",
        busy: 1..=2,
        wrong: LOSES_A_TERM,
    },
];

/// Puts `body` in the place of the one in the `your_turn.rs` of a lesson.
fn write(workspace: &Workspace, lesson: &str, body: &str) {
    let file = format!("lessons/{lesson}/src/your_turn.rs");
    let original = fs::read_to_string(root().join(&file)).expect("a lesson has the file");
    let (head, _) = original.split_once("-> Result<K::Partial, Error> {").expect("a function");
    let edited = format!("{head}-> Result<K::Partial, Error> {{\n{body}\n}}\n");
    fs::write(workspace.sources.join(file), edited).expect("the copy");
}

/// The exit code of a lesson's program, and the learner's row.
fn run(workspace: &Workspace, lesson: &str, kernel: &str) -> (Option<i32>, Value) {
    let options = format!("-s your-turn -k {kernel} -n 1e6 -w 2 --rounds 1 --json");
    let ended = workspace.run(lesson, &options);
    let runs = ended.runs();
    assert_eq!(runs.len(), 1, "{ended:?}");
    (ended.code(), runs[0].clone())
}

#[test]
#[ignore = "builds lessons anew: cargo test -p benches --test commands -- --ignored"]
fn a_right_body_is_right_and_a_wrong_one_is_wrong() {
    let workspace = Workspace::copied("your-turn");
    TURNS.iter().for_each(|turn| write(&workspace, turn.lesson, turn.right));
    workspace.build(&TURNS.map(|turn| turn.lesson));
    for Turn { lesson, busy, .. } in &TURNS {
        let (code, row) = run(&workspace, lesson, "pi");
        assert_eq!((code, &row["verdict"]), (Some(0), &"right".into()), "{lesson}: {row}");
        let audit = row["audit"].as_array().expect("audited");
        let worked = audit.iter().filter(|worker| worker["terms"].as_u64() > Some(0)).count();
        assert!(busy.contains(&worked), "{lesson}: {row}");
    }
    TURNS.iter().for_each(|turn| write(&workspace, turn.lesson, turn.wrong));
    workspace.build(&TURNS.map(|turn| turn.lesson));
    for Turn { lesson, .. } in &TURNS {
        let (code, row) = run(&workspace, lesson, "pi");
        assert_eq!((code, &row["verdict"]), (Some(1), &"wrong".into()), "{lesson}: {row}");
        assert!(row["sum"].is_null(), "{lesson}: a wrong sum is never shown");
    }
    // What only looks right, and what never answers.
    write(&workspace, "threads", ADDS_ITSELF);
    write(&workspace, "work-stealing", WAITS_FOR_ITSELF);
    workspace.build(&["threads", "work-stealing"]);
    let (code, row) = run(&workspace, "threads", "integers");
    assert_eq!((code, &row["verdict"]), (Some(0), &"unaudited".into()), "{row}");
    let (code, row) = run(&workspace, "work-stealing", "integers");
    assert_eq!((code, &row["verdict"]), (Some(70), &"failed".into()), "{row}");
    assert!(row["note"].as_str().is_some_and(|note| note.contains("a deadlock")), "{row}");
}
