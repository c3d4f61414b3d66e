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

const STRIDED: Rung = rung("gpu", "strided", "a GPU");

/// The answer of the lesson whose device is of this `kind`; of none where that is empty.
fn on_device(kind: &str, seconds: f64) -> Result<Document, String> {
    let mut written = document(&[right("strided", 1, 1000, seconds)]);
    let device = serde_json::json!({"name": "a card", "kind": kind, "driver": "a driver"});
    written.extra.extend((!kind.is_empty()).then(|| ("device".to_owned(), device)));
    Ok(Document::parse(&written.to_json()).expect("it is one"))
}

/// Rungs of the cores, the fastest of which takes 0.4 ms for a term, and one of a device.
fn with_device(kind: &str, seconds: f64) -> Ladder {
    let mut ladder = nothing();
    let loop_ = rung("python", "loop", "");
    ladder.take(&[&loop_], &Ok(document(&[right("loop", 1, 10, 1.0)])));
    ladder.take(&[&SIMD], &Ok(document(&[right("simd", 1, 1000, 1.0)])));
    ladder.take(&[&SCOPED], &Ok(document(&[right("scoped", 4, 1000, 0.4)])));
    ladder.take(&[&STRIDED], &on_device(kind, seconds));
    // As sure as a quiet machine is.
    for step in &mut ladder.steps {
        step.seconds.high = Some(step.seconds.median * 1.1);
    }
    ladder
}

#[test]
fn a_device_is_no_landmark_of_the_cores() {
    for kind in ["software", "discrete"] {
        for seconds in [1e-6, 1e6] {
            let ladder = with_device(kind, seconds);
            assert_eq!(ladder.device().expect("it is told").kind, kind);
            let rows = ladder.landmarks().expect("all are there").map(|step| step.row.as_str());
            assert_eq!(rows, ["loop", "simd", "scoped"], "{kind}, {seconds} s");
        }
    }
}

#[test]
fn nothing_follows_from_the_time_of_a_device_in_software() {
    for seconds in [1e-6, 0.4, 1e6] {
        let ladder = with_device("software", seconds);
        let step = ladder.steps.last().expect("it was taken");
        assert_eq!(step.name(), "strided (gpu), in software");
        assert_eq!((step.is_in_software(), step.what_is_new()), (true, IN_SOFTWARE));
        let said = reading(&ladder);
        let of_device = said.iter().filter(|said| said.contains("strided")).collect::<Vec<_>>();
        assert_eq!(
            of_device,
            [
                "strided (gpu), in software: a card is a program on the cores. Its sum is right, and its time says \
                 nothing of a GPU."
            ],
            "{said:?}"
        );
        // The others say what they say without it.
        let without = reading(&Ladder { steps: ladder.steps[..3].to_vec(), ..ladder.clone() });
        assert_eq!(said.len(), without.len() + 1, "{said:?}");
        assert!(without.iter().all(|sentence| said.contains(sentence)), "{said:?}");
    }
    let alone = Ladder { steps: with_device("software", 1.0).steps[3..].to_vec(), ..nothing() };
    assert!(reading(&alone)[0].contains("says nothing of a GPU"), "{alone:?}");
}

#[test]
fn a_device_stands_beside_the_fastest_on_the_cores() {
    let said = |seconds| reading(&with_device("integrated", seconds)).join(" ");
    let faster = said(0.1);
    let beside = "beside the fastest on the cores, scoped (threads), 4.";
    let words = format!("On a card: another 4.00 times, strided (gpu) {beside}");
    assert!(faster.contains(&words), "{faster}");
    assert!(faster.contains("another 2.50 times, with scoped (threads), 4"), "{faster}");
    let level = said(0.41);
    assert!(level.contains("On a card: no difference that can be told from noise"), "{level}");
    let slower = said(2.0);
    assert!(slower.contains("On a card: nothing was gained"), "{slower}");
    let alone = Ladder { steps: with_device("discrete", 1.0).steps[3..].to_vec(), ..nothing() };
    assert!(reading(&alone)[0].starts_with("Measured "), "beside nothing: {alone:?}");
}

#[test]
fn a_device_that_is_not_told_is_not_taken_for_the_cores() {
    let ladder = with_device("", 1e-6);
    assert_eq!((ladder.steps.len(), ladder.device()), (3, None));
    let why = "it does not tell its device".to_owned();
    assert_eq!(ladder.missing, [("gpu: strided".to_owned(), why)]);
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
