//! The bench on a terminal, from made-up results.

use anstream::adapter::strip_str;
use benches::law_readings::LawReading;
use benches::results::{Results, Trouble};
use benches::terminal::summary;

use crate::made_up;

const COUNTS: [usize; 12] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

fn laws() -> Vec<LawReading> {
    let sentences = vec!["1 % of the sum cannot be shared.".into(), "So 100x is the end.".into()];
    vec![LawReading { kernel: "integers".into(), strategy: "scoped".into(), sentences }]
}

fn text(results: &Results, width: usize) -> String {
    strip_str(&summary(results, width, &laws())).to_string()
}

fn longest(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

#[test]
fn every_part_is_there() {
    let text = text(&made_up::results(3, &[1, 2, 4, 8, 16], 8), 80);
    for part in [
        "scaling, integers: times as fast as one core, by workers",
        "8 cores brought pi 8.00x, all that was possible; memory stops first, at 1.50x:",
        "primes     7.92x   ±0 % ",
        "workers         1      2      4     16      8        0x ",
        "scoped      1.00x  2.00x  4.00x  8.00x  8.00x   ±0 % ",
        "simd        1.00x      -      -      -      -\n",
        "weak, integers",
        "scoped, primes, 8 workers, ",
        "peers, nothing: our time over theirs\n",
        "peers, memory, 1e4 terms: our time over theirs\n",
        "openmp-static          8  525 us  546 us  1.04 1.04-1.04 scoped   slower\n",
        "▒▒▒▒",
        "████",
        "900 us",
        "1 % of the sum cannot be shared. So 100x is the end.",
        "peers/*/openmp-static skipped: no C++ compiler was found",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("Not shown here"), "{text}");
}

/// What is drawn beside a column is that column, and whatever is drawn has its spread.
#[test]
fn the_column_of_all_cores_stands_beside_its_dots() {
    let text = text(&made_up::results(3, &[1, 2, 4], 2), 80);
    let lines: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("workers")).collect();
    assert!(lines[0].starts_with("workers         1      4      2        0x"), "{text}");
    let mut dots = Vec::new();
    for line in &lines[1..4] {
        let spread = line.find('±').expect("its spread");
        let dot = line.find('●').filter(|dot| *dot > spread).expect("its dot");
        dots.push(line[..dot].chars().count());
    }
    assert!(dots.is_sorted_by(|one, other| one >= other), "the fastest first: {text}");
    assert!(!text.contains("1/"), "no slowdown as a fraction: {text}");
}

/// A run of half the time has lanes of half the length.
#[test]
fn lanes_share_one_scale() {
    let mut results = made_up::results(3, &[1, 2], 2);
    results.timelines.truncate(2);
    let wall = results.timelines[0].wall;
    results.timelines[1] = results.timelines[0].clone();
    results.timelines[1].strategy = "slow".into();
    results.timelines[1].wall = 2.0 * wall;
    for one in results.timelines[1].lanes.iter_mut().flat_map(|lane| &mut lane.boxes) {
        (one.start, one.end) = (2.0 * one.start, 2.0 * one.end);
    }
    let text = text(&results, 80);
    let blocks = |name: &str| {
        let lanes = text.lines().skip_while(|line| !line.starts_with(&format!("{name}, primes")));
        let lanes = lanes.skip(1).take(2).map(|line| line.matches(['█', '▒', '·']).count());
        lanes.max().expect("two lanes")
    };
    let (fast, slow) = (blocks("scoped"), blocks("slow"));
    assert!((2 * fast).abs_diff(slow) <= 2 && slow > 60, "{fast} and {slow}: {text}");
}

#[test]
fn hidden_worker_counts_are_listed() {
    let results = made_up::results(8, &COUNTS, 32);
    let text = text(&results, 80);
    assert!(longest(&text) <= 80, "{text}");
    let head = text.lines().find(|line| line.starts_with("workers")).expect("a table");
    // One, the physical cores (16), the usable ones (32) and more than those.
    for kept in ["  1 ", " 16 ", " 32 ", " 48 "] {
        assert!(head.contains(kept), "{head}");
    }
    assert!(text.contains("Not shown here: 2, 3, 4"), "{text}");
}

#[test]
fn no_width_is_too_small_or_too_large() {
    let results = made_up::results(8, &COUNTS, 32);
    for width in 1..=200 {
        let text = text(&results, width);
        assert!(longest(&text) <= width.clamp(40, 80), "{width}\n{text}");
    }
    assert!(!text(&results, usize::MAX).is_empty());
    let narrow = text(&results, 40);
    assert!(narrow.contains("self-scheduled") && narrow.contains("●"), "{narrow}");
}

#[test]
fn odd_results_do_not_panic() {
    let mut results = made_up::results(3, &[1, 2, 4], 2);
    results.complete = false;
    results.machine.usable_cores = 0;
    let escape = format!("\u{1b}[2J\u{7}\n漢字{}", "x".repeat(300));
    results.troubles.push(Trouble { id: escape.clone(), failed: true, reason: escape.clone() });
    for (place, measured) in results.measured.iter_mut().enumerate() {
        match place % 6 {
            0 => measured.strategy.clone_from(&escape),
            1 => measured.seconds = vec![0.0, 1e300, 5e-324],
            2 => measured.kernel.clone_from(&escape),
            3 => (measured.terms, measured.workers) = (u64::MAX, usize::MAX),
            4 => measured.baseline = vec![1e308; 10],
            _ => (measured.terms, measured.workers, measured.dispatches) = (0, 0, 0),
        }
    }
    for timeline in &mut results.timelines {
        timeline.wall = 0.0;
        timeline.lanes[0].id.clone_from(&escape);
        timeline.lanes[0].boxes[0].start = -1e308;
        timeline.lanes[0].boxes[0].end = 1e308;
        timeline.shares.summing = -1.0;
    }
    for width in 1..=120 {
        let raw = summary(&results, width, &laws());
        assert!(!raw.contains("\u{1b}[2J") && !raw.contains('\u{7}'), "{width}");
        let text = strip_str(&raw).to_string();
        assert!(longest(&text) <= width.clamp(40, 80), "{width}\n{text}");
        assert!(!text.contains("NaN"), "{text}");
    }
    let flat = text(&results, 80).replace('\n', " ");
    assert!(flat.contains("This bench was interrupted after"), "{flat}");
}

#[test]
fn empty_results_print_nothing() {
    let mut results = made_up::results(0, &[], 2);
    results.measured.clear();
    results.timelines.clear();
    results.ladder = None;
    results.troubles.clear();
    results.machine.virtual_machine = None;
    assert_eq!(summary(&results, 80, &[]), "");
}
