//! A kernel is one file and one line: a fifth one, added to a copy of the sources, is known everywhere.

use std::fs;

use serde_json::Value;

use super::workspace::Workspace;

/// The file: the sum of the squares, which has a formula, too.
const FILE: &str = r#"
use std::hint::black_box;
use std::ops::Range;

use crate::simd::Level;
use crate::{Ceiling, Error, Expected, Home, Kernel, KernelName, Known, Spec};

/// The sum of the squares 0, 1, 4, 9, ...
#[derive(Debug, Clone)]
pub struct Squares {
    terms: u64,
    mask: u64,
}

impl Known for Squares {
    const NAME: KernelName = KernelName::new("squares");
    const LARGEST: u64 = 1_000_000;
    const DEFAULT_TERMS: u64 = 1_000_000;
    const ABOUT: &'static str = "0 + 1 + 4 + 9 + ...; the limit is how fast a core adds";
    const CEILING: Option<Ceiling> = Some(Ceiling::Additions);

    fn title(terms: u64) -> String {
        format!("the squares of 0..{}", units::grouped(terms))
    }

    fn with_home(terms: u64, _home: Home) -> Result<Self, Error> {
        Self::check_terms(terms)?;
        Ok(Squares { terms, mask: black_box(0) })
    }

    fn expected(&self) -> Expected {
        let n = u128::from(self.terms);
        let sum = (n * n.saturating_sub(1) * (2 * n).saturating_sub(1) / 6) as u64;
        Expected::Exact(sum.into())
    }

    fn level(&self) -> Level {
        Level::baseline()
    }
}

impl Kernel for Squares {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        range.map(|i| self.term(i)).sum()
    }

    fn term(&self, i: u64) -> u64 {
        (i * i) ^ self.mask
    }

    fn grain(&self) -> u64 {
        20_000
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Self::NAME, terms: self.terms, data: None }
    }
}
"#;

/// Table, JSON, the short second table, findings, bench and worker processes: all of them sum it.
#[test]
#[ignore = "builds a copy of the workspace: cargo test -p benches --test commands -- --ignored"]
fn a_fifth_kernel_is_one_file_and_one_line() {
    let workspace = Workspace::copied("fifth-kernel");
    let folder = workspace.sources.join("shared/kernels/src");
    fs::write(folder.join("squares.rs"), FILE.trim_start()).expect("the file");
    let registry = fs::read_to_string(folder.join("lib.rs")).expect("the registry");
    let longer =
        registry.replace("    primes: Primes,\n", "    primes: Primes,\n    squares: Squares,\n");
    assert_eq!(longer.lines().count(), registry.lines().count() + 1, "one line");
    fs::write(folder.join("lib.rs"), longer).expect("the line");
    workspace.build(&["threads", "processes"]);

    let table = workspace.run("threads", "-k squares --rounds 6").stdout;
    for part in ["squares: the squares of 0..1,000,000", "additions/ns", "What the numbers say"] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let list = workspace.run("threads", "--list").stdout;
    assert!(list.contains("squares"), "{list}");
    let all = workspace.run("threads", "--budget 3").stdout;
    let others = all.split("on other work").nth(1).expect("the short second table");
    assert!(others.contains("  squares "), "{all}");

    for lesson in ["threads", "processes"] {
        let ended = workspace.run(lesson, "-k squares -n 1e5 -w 1,2 --rounds 2 --json");
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        let document = ended.document();
        assert_eq!(document["kernel"]["name"], "squares");
        assert_eq!(document["kernel"]["expected"], "333328333350000");
        let runs = ended.runs();
        assert!(!runs.is_empty() && runs.iter().all(is_right), "{lesson}: {runs:?}");
    }

    let tests = ["test", "--quiet", "--offline", "-p", "benches", "--bench", "benches"];
    let benched = workspace.cargo(&[&tests[..], &["--", "--test", "scaling/squares"]].concat());
    assert!(benched.contains("scaling/squares/scoped"), "{benched}");
}

fn is_right(run: &Value) -> bool {
    run["verdict"] == "right" && run["sum"] == "333328333350000"
}
