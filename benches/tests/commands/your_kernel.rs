//! What a reader does who brings a kernel along: write `yours/src/lib.rs`, build, and read the rows.

use std::fs;

use super::workspace::Workspace;

/// The smallest of some numbers, and its place; `join` is to be filled in.
const SMALLEST: &str = r#"
use std::ops::Range;

use parts::Parts;

pub struct Yours(Vec<u64>);

impl Parts for Yours {
    type Partial = (u64, u64);

    const TITLE: &'static str = "the smallest of some numbers";
    const TERMS: u64 = 1_000_000;
    const BYTES_PER_TERM: u64 = 8;

    fn new(terms: u64) -> Self {
        Yours((0..terms).map(|i| (i + 7).wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect())
    }

    fn sum(&self, range: Range<u64>) -> (u64, u64) {
        SUM
        range.map(|i| (self.0[i as usize], i)).min().expect("no range is empty")
    }

    fn join(left: (u64, u64), right: (u64, u64)) -> (u64, u64) {
        JOIN
    }

    fn same(one: &(u64, u64), other: &(u64, u64)) -> bool {
        one == other
    }
}
"#;

fn write(workspace: &Workspace, sum: &str, join: &str) {
    let file = SMALLEST.trim_start().replace("SUM", sum).replace("JOIN", join);
    fs::write(workspace.sources.join("yours/src/lib.rs"), file).expect("the file");
    workspace.build(&["threads", "processes", "work-stealing"]);
}

const RUN: &str = "-k yours -w 2 --rounds 1 --json";

#[test]
#[ignore = "builds lessons anew: cargo test -p benches --test commands -- --ignored"]
fn a_kernel_of_ones_own_is_summed_by_all_rows_that_it_suits() {
    let workspace = Workspace::copied("your-kernel");
    write(&workspace, "", "left.min(right)");
    for (lesson, right, skipped) in
        [("threads", 8, 3), ("work-stealing", 9, 0), ("processes", 1, 2)]
    {
        let ended = workspace.run(lesson, RUN);
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        let runs = ended.runs();
        let with = |verdict: &str| runs.iter().filter(|run| run["verdict"] == verdict).count();
        assert_eq!((with("right"), with("skipped")), (right, skipped), "{lesson}: {runs:?}");
    }
    let ended = workspace.run("threads", "-k yours -n 0 -s scoped --json");
    assert_eq!((ended.code(), &ended.runs()[0]["sum"]), (Some(0), &"0".into()));

    write(&workspace, "", "if left < right { left } else { (right.0, 0) }");
    for lesson in ["threads", "processes"] {
        let ended = workspace.run(lesson, RUN);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
        assert!(ended.stderr.contains("`join` loses something"), "{ended:?}");
    }

    let late = "assert!(self.0.len() != 1_000_000 || range.end < 500_000, \"a bad\\nterm\");\n\
                if self.0.len() == 900_000 { loop { std::thread::park() } }";
    write(&workspace, late, "left.min(right)");
    let ended = workspace.run("threads", RUN);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(70), ""), "{ended:?}");
    assert!(
        ended.stderr.contains("your kernel failed: it panicked at yours/src/lib.rs")
            && ended.stderr.ends_with(": a bad term; fix it in yours/src/lib.rs\n"),
        "{ended:?}"
    );
    // One core never comes to its sum, which is the known answer.
    for lesson in ["threads", "processes"] {
        let ended = workspace.run(lesson, "-k yours -n 900000 -w 2 --timeout 1");
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(75), ""), "{ended:?}");
        assert!(ended.stderr.contains("your kernel took longer than 1.00 s"), "{ended:?}");
        assert!(ended.took < std::time::Duration::from_secs(30), "{ended:?}");
    }
}
