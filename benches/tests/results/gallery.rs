//! The gallery, through the library and through the real program.

use std::path::Path;
use std::process::{Command, Output};

use benches::chart::{Chart, charts, charts_beside};
use benches::gallery::{add, entry, list};
use benches::results::{Measured, Question, Results, Trouble};
use course::gallery::{Entry, Kind};

use crate::made_up;

/// A whole bench on a desktop.
fn results() -> Results {
    let mut results = made_up::results(3, &[1, 2, 4, 8], 8);
    results.machine.cpu = "A processor".into();
    results.machine.arch = "x86_64".into();
    results.machine.physical_cores = 8;
    results.machine.virtual_machine = Some(false);
    results
}

fn scaling(results: &mut Results) -> impl Iterator<Item = &mut Measured> {
    results.measured.iter_mut().filter(|measured| measured.question == Question::Scaling)
}

fn refusal(results: &Results, kind: Option<Kind>) -> String {
    entry(results, kind).expect_err("it is refused").to_string()
}

#[test]
fn a_whole_bench_becomes_one_machine() {
    let entry = entry(&results(), Some(Kind::Desktop)).expect("nothing speaks against it");
    assert_eq!((entry.recorded.as_str(), entry.commit.as_str()), ("2026-03-01", "0123456789ab"));
    let curve = entry.curve("integers", "scoped").expect("it was measured");
    let counts: Vec<usize> = curve.points.iter().map(|point| point.workers).collect();
    assert_eq!(counts, [1, 2, 4, 8]);
    assert!(entry.curve("integers", "simd").is_none(), "one point is no curve");
    let folder = tempfile::tempdir().expect("a folder");
    let path = add(folder.path(), &entry, false).expect("there is room");
    // Numbers may come back in another last bit.
    assert_eq!(Entry::load(&path).expect("it keeps the rules").curves.len(), entry.curves.len());
    let twice = add(folder.path(), &entry, false).expect_err("it is there already");
    assert!(twice.to_string().contains("--replace"), "{twice}");
    add(folder.path(), &entry, true).expect("it may be replaced");
    let text = list(folder.path()).expect("it keeps the rules");
    let (there, missing) = text.split_once("Missing").expect("some are missing");
    assert!(there.contains("A processor, 8 cores") && missing.contains("arm-mac"), "{text}");
    assert!(!missing.contains("desktop "), "{text}");
}

#[test]
fn a_bench_that_explains_nothing_is_no_machine() {
    let desktop = Some(Kind::Desktop);
    let interrupted = Results { complete: false, ..results() };
    assert!(refusal(&interrupted, desktop).contains("it was interrupted"));
    let mut failed = results();
    failed.troubles = vec![Trouble { id: "weak".into(), failed: true, reason: "it died".into() }];
    assert!(refusal(&failed, desktop).contains("weak failed"));
    let mut quick = results();
    for measured in scaling(&mut quick) {
        measured.seconds.truncate(2);
        measured.baseline.truncate(2);
        measured.cores.truncate(2);
    }
    let text = refusal(&quick, desktop);
    assert!(text.contains("without --quick") && text.contains("no curve"), "{text}");
    let changed = Results { commit: Some("0123456789ab+changes".into()), ..results() };
    assert!(refusal(&changed, desktop).contains("no commit that others can look up"));
    let mut renamed = results();
    renamed.machine.cpu = "\\\\alices\\laptop".into();
    assert!(refusal(&renamed, desktop).contains("may be private"));
    let mut forged = results();
    for measured in scaling(&mut forged) {
        measured.terms *= 10_000;
        measured.baseline_terms *= 10_000;
    }
    assert!(refusal(&forged, desktop).contains("faster than anybody can add"));
}

#[test]
fn the_kind_is_what_the_machine_can_be() {
    let text = refusal(&results(), None);
    assert!(text.contains("can stand for desktop, two-sockets: choose with --kind"), "{text}");
    let mut two = made_up::results(3, &[1, 2], 2);
    two.machine = results().machine;
    two.machine.usable_cores = 2;
    two.machine.virtual_machine = Some(true);
    assert_eq!(entry(&two, None).expect("only one fits").kind, Kind::TwoCoreVm);
    assert!(refusal(&two, Some(Kind::ArmMac)).contains("not a Mac"));
}

/// The chart of the speedups of a kernel, with the desktop behind.
fn beside(mine: &Results, kernel: &str) -> Chart {
    let machine = entry(&results(), Some(Kind::Desktop)).expect("nothing speaks against it");
    let charts = charts_beside(mine, Some(&machine));
    let name = format!("speedup-{kernel}");
    charts.into_iter().find(|chart| chart.name == name).expect("it was measured")
}

#[test]
fn another_machine_is_grey_behind_the_same_strategy_and_kernel() {
    // A line over many counts of workers, and dots for few.
    for (counts, most) in [(&[1, 2, 3, 4, 5, 6][..], 6), (&[1, 2], 2)] {
        let mine = made_up::results(3, counts, most);
        let chart = beside(&mine, "primes");
        assert!(chart.svg.contains("behind") && chart.svg.contains("A processor, 8 cores"));
        let said = chart.reading.last().expect("what may be compared");
        assert!(said.starts_with("In grey: ") && said.contains("the shapes"), "{said}");
        let alone = charts(&mine).into_iter().find(|one| one.name == chart.name);
        assert!(!alone.expect("the same chart").svg.contains("A processor, 8 cores"));
    }
    // Another kernel than any there is no curve to hold it against.
    let mut yours = made_up::results(3, &[1, 2], 2);
    for measured in &mut yours.measured {
        measured.kernel =
            if measured.kernel == "primes" { "yours".into() } else { measured.kernel.clone() };
    }
    let chart = beside(&yours, "yours");
    assert!(!chart.svg.contains("A processor, 8 cores"));
    assert!(!chart.reading.iter().any(|said| said.contains("In grey")), "{:?}", chart.reading);
}

#[test]
fn a_report_is_drawn_beside_a_machine_of_the_gallery() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, into) = (folder.path().join("mine.json"), folder.path().join("drawn"));
    std::fs::write(&file, made_up::results(3, &[1, 2], 2).to_json()).expect("there is room");
    let drawn = |kind: &str| {
        let mut benches = Command::new(env!("CARGO_BIN_EXE_benches"));
        benches.arg("draw").arg(&file).args(["--beside", kind, "--into"]).arg(&into);
        benches.output().expect("it runs")
    };
    let ended = drawn("two-core-vm");
    assert!(ended.status.success(), "{ended:?}");
    let chart = std::fs::read_to_string(into.join("charts/speedup-primes.svg")).expect("a chart");
    assert!(chart.contains("AMD EPYC, 2 cores"), "{chart}");
    let missing = drawn("arm-board");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("there is two-core-vm"));
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut benches = Command::new(env!("CARGO_BIN_EXE_benches"));
    benches.arg("gallery").args(arguments).arg("--from").arg(folder);
    benches.output().expect("it runs")
}

#[test]
fn the_program_adds_and_lists() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.json");
    std::fs::write(&file, results().to_json()).expect("there is room");
    let (file, machines) = (file.to_str().expect("plain"), folder.path().join("machines"));
    let refused = run(&machines, &["add", file]);
    assert_eq!(refused.status.code(), Some(65), "{refused:?}");
    assert!(run(&machines, &["add", file, "--kind", "desktop"]).status.success());
    assert_eq!(run(&machines, &["add", file, "--kind", "desktop"]).status.code(), Some(2));
    assert_eq!(run(&machines, &["add", file, "--kind", "mainframe"]).status.code(), Some(2));
    let listed = run(&machines, &["list"]);
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.status.success() && text.contains("desktop"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    std::fs::write(machines.join("windows.json"), "{}").expect("there is room");
    assert_eq!(run(&machines, &["list"]).status.code(), Some(65), "a damaged one is named");
}
