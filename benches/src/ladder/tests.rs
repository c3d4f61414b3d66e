use course::{Run, Seconds, made_up};
use kernels::Primes;
use measure::Interval;

use super::*;

/// A document that was written and read back.
fn document(runs: &[Run]) -> Document {
    let mut written = made_up::document("sequential", Integers::NAME, runs.to_vec());
    (written.machine.cpu, written.machine.usable_cores) = ("a processor".to_owned(), 4);
    Document::parse(&written.to_json()).expect("it is one")
}

fn right(row: &str, workers: usize, terms: u64, seconds: f64) -> Run {
    let interval = Interval { median: seconds, low: Some(seconds * 0.9), high: None };
    let seconds = Some(Seconds { interval, samples: vec![seconds] });
    Run { terms, seconds, ..made_up::run(row, workers, 1.0) }
}

fn nothing() -> Ladder {
    Ladder::measured(&[], |_| unreachable!("no lesson is wanted"))
}

const SIMD: Rung = rung("sequential", "simd", "");
const SCOPED: Rung = rung("threads", "scoped", "");

#[test]
fn a_rung_is_taken_out_of_its_document() {
    let mut ladder = nothing();
    ladder.take(&[&SIMD], &Ok(document(&[right("other", 1, 9, 9.0), right("simd", 1, 500, 1.0)])));
    assert_eq!((ladder.cpu.as_str(), ladder.usable_cores), ("a processor", 4));
    let time = ladder.steps[0].per_term();
    assert_eq!((time.median, time.low, time.high), (0.002, Some(0.0018), None));
    assert_eq!(ladder.missing, []);
}

#[test]
fn what_is_missing_says_why() {
    let mut skipped = right("simd", 1, 5, 1.0);
    (skipped.seconds, skipped.verdict) = (None, Verdict::Skipped);
    skipped.note = Some("Python is missing".to_owned());
    let mut primes = document(&[right("simd", 1, 5, 1.0)]);
    primes.kernel.name = Primes::NAME;
    let cases = [
        (Ok(document(&[skipped])), "skipped: Python is missing"),
        (Ok(document(&[])), "the lesson has no such row"),
        (Ok(primes), "it summed primes"),
        (Err("cargo said no".to_owned()), "cargo said no"),
    ];
    for (said, why) in cases {
        let mut ladder = nothing();
        ladder.take(&[&SIMD], &said);
        assert_eq!(ladder.steps, []);
        assert_eq!(ladder.missing, [("sequential: simd".to_owned(), why.to_owned())]);
    }
}

#[test]
fn the_landmarks_are_the_slowest_and_the_fastest_alone_and_together() {
    let mut ladder = nothing();
    assert_eq!(ladder.landmarks(), None);
    let loop_ = rung("python", "loop", "");
    ladder.take(&[&loop_], &Ok(document(&[right("loop", 1, 10, 1.0)])));
    ladder.take(&[&SIMD], &Ok(document(&[right("simd", 1, 1000, 1.0)])));
    assert_eq!(ladder.landmarks(), None, "nobody has several workers");
    ladder.take(&[&SCOPED], &Ok(document(&[right("scoped", 4, 1000, 0.4)])));
    let rows = ladder.landmarks().expect("all three are there").map(|step| step.row.as_str());
    assert_eq!(rows, ["loop", "simd", "scoped"]);
}

/// A rung that no lesson has would always be missing, and nobody would see why.
#[test]
fn every_rung_is_a_row_of_its_lesson() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../lessons");
    for Rung { lesson, row, .. } in RUNGS {
        let table = ["lesson.rs", "table.rs", "rung.rs"].into_iter();
        let texts =
            table.map(|file| std::fs::read_to_string(format!("{root}/{lesson}/src/{file}")));
        let text: String = texts.flatten().collect();
        let named = text.contains(&format!("\"{row}\"")) || text.contains(&row.replace('-', "_"));
        assert!(named, "{lesson} has no row {row}");
    }
}
