//! What captions say, on made-up results: a cause or a winner only where the numbers tell.

use benches::chart::charts;
use benches::in_words::in_words;
use benches::law_readings::law_readings;
use benches::results::{Measured, Question, Results};

use crate::made_up;

fn whole() -> Results {
    made_up::results(3, &[1, 2, 3, 4, 8, 16], 8)
}

/// What stands beside the chart of that name.
fn reading(results: &Results, name: &str) -> String {
    let charts = charts(results);
    let chart = charts.iter().find(|chart| chart.name == name);
    chart.unwrap_or_else(|| panic!("no chart {name}")).reading.join(" ")
}

/// The same bench, of two samples each or of times that jump.
fn doubted() -> [Results; 2] {
    let (mut few, mut busy) = (whole(), whole());
    for it in &mut few.measured {
        for samples in [&mut it.seconds, &mut it.baseline, &mut it.cores] {
            samples.truncate(2);
        }
    }
    for it in &mut busy.measured {
        let jump = |place: usize| [1.0, 2.6][place % 2];
        it.seconds.iter_mut().enumerate().for_each(|(place, seconds)| *seconds *= jump(place));
        it.baseline.iter_mut().enumerate().for_each(|(place, seconds)| *seconds *= jump(place));
    }
    [few, busy]
}

#[test]
fn in_doubt_captions_say_what_is_drawn() {
    for results in doubted() {
        let said = reading(&results, "speedup-integers");
        assert!(said.starts_with("With 8 workers the medians lie between "), "{said}");
        for (chart, explains) in [
            ("speedup-integers", "fastest"),
            ("speedup-integers", "what the machine gave"),
            ("speedup-memory", "Reading is the limit"),
            ("size-integers", "on."),
            ("size-integers", "costs the same"),
            ("contention-distance", "taken from core to core"),
        ] {
            let said = reading(&results, chart);
            assert!(!said.contains(explains), "{chart}: {said}");
        }
        assert!(law_readings(&results).is_empty());
        assert_eq!(in_words(&results).len(), 1);
    }
    let [few, _] = doubted();
    let said = in_words(&few).join(" ");
    assert!(
        said.contains("2 samples cannot explain anything") && said.contains("--quick"),
        "{said}"
    );
    assert!(!said.contains("--rounds"), "the bench has no such option: {said}");
}

#[test]
fn the_fastest_is_named_where_it_can_be_told() {
    let mut results = whole();
    let sure = reading(&results, "speedup-integers");
    assert!(sure.contains("scoped is the fastest: 8.00x"), "{sure}");
    assert!(sure.contains("The slowest is deques: 7.84x"), "{sure}");
    for it in results.measured.iter_mut().filter(|it| it.kernel == "integers" && it.workers == 8) {
        it.seconds = (0..10).map(|place| 5e-4 * (1.0 + 0.004 * (place as f64 - 4.5))).collect();
    }
    let alike = reading(&results, "speedup-integers");
    assert!(alike.contains("2 of the other 2 cannot be told from it"), "{alike}");
    assert!(!alike.contains("fastest") && !alike.contains("slowest"), "{alike}");
}

/// As recorded: 10,000 terms took six times as long as 1,000,000.
#[test]
fn where_few_terms_take_longer_than_many_the_cost_is_not_called_constant() {
    let mut results = whole();
    let level = reading(&results, "size-integers");
    assert!(
        level.contains("costs the same") && level.contains("faster than one core from"),
        "{level}"
    );
    for it in results.measured.iter_mut().filter(|it| it.question == Question::Size) {
        if it.strategy == "scoped" && it.terms == 100 {
            it.seconds.iter_mut().for_each(|seconds| *seconds *= 6.0);
        }
    }
    assert!(!reading(&results, "size-integers").contains("costs the same"));
    // A speedup on both sides of 1 pays nowhere in particular.
    for it in results.measured.iter_mut().filter(|it| it.question == Question::Size) {
        let wobble = |place: usize| [0.7, 1.4][place % 2];
        it.seconds.iter_mut().enumerate().for_each(|(place, seconds)| *seconds *= wobble(place));
    }
    let said = reading(&results, "size-integers");
    assert!(
        said.contains("From how many terms on scoped is faster than one core cannot be told"),
        "{said}"
    );
}

/// As seen on a busy machine: "our time is 0.28 to 3.02 times C's".
#[test]
fn peers_are_compared_where_their_ratios_are_sure() {
    let mut results = whole();
    results.measured.retain(|it| it.question == Question::Peers);
    let said = |results: &Results| in_words(results).join(" ");
    let all = said(&results);
    for part in [
        "On all cores ours beside the best of C++, over 5 sums: slower in 5, up to 10.0 times as long on memory with \
         1e4 terms (scoped beside OpenMP static).",
        "On one core our time is 1.04 to 10.0 times that of C++.",
        "Our time is 1.04 to 10.0 times that of rayon.",
    ] {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert!(!all.contains("nothing"), "{all}");
    let is_wide = |it: &&mut Measured| it.kernel != "pi" || it.strategy != "c";
    for it in results.measured.iter_mut().filter(is_wide) {
        let ours = &mut it.peer.as_mut().expect("it took turns").seconds;
        ours.iter_mut()
            .enumerate()
            .for_each(|(place, seconds)| *seconds *= [0.03, 30.0][place % 2]);
    }
    let one = said(&results);
    assert!(
        one.ends_with("share its units. On one core our time is 1.04 times that of C++."),
        "{one}"
    );
    results.measured.retain(|it| it.kernel != "pi");
    assert!(!said(&results).contains("C++"), "{}", said(&results));
}

#[test]
fn lanes_that_do_not_end_together_are_not_said_to() {
    let mut results = whole();
    assert!(reading(&results, "timeline-primes").contains("the lanes end together"));
    for timeline in &mut results.timelines {
        let wall = timeline.wall;
        timeline.lanes[0].boxes.retain(|one| one.end < 0.7 * wall);
    }
    let said = reading(&results, "timeline-primes");
    assert!(said.contains("were stolen.") && !said.contains("end together"), "{said}");
}

#[test]
fn more_workers_than_cores_are_judged_by_intervals() {
    let mut results = whole();
    results.measured.retain(|it| it.question == Question::Scaling);
    let beyond = |change: fn(usize) -> f64| {
        let mut results = results.clone();
        let more = results.measured.iter_mut().filter(|it| it.workers == 16);
        more.for_each(|it: &mut Measured| {
            it.seconds
                .iter_mut()
                .enumerate()
                .for_each(|(place, seconds)| *seconds *= change(place));
        });
        in_words(&results)
            .into_iter()
            .find(|said| said.starts_with("16 workers"))
            .unwrap_or_default()
    };
    let worse = beyond(|_| 1.2);
    assert!(worse.contains("in 12 of 12") && worse.ends_with("do harm here."), "{worse}");
    // A median that is lower by chance is no harm.
    let noisy = beyond(|place| [0.94, 1.08][place % 2]);
    assert!(noisy.contains("in 0 of 12") && noisy.ends_with("bring nothing."), "{noisy}");
    let better = beyond(|_| 0.95);
    assert!(better.contains("either some of them waited"), "{better}");
}

/// A title states a finding only where the numbers tell it.
#[test]
fn titles_state_what_was_found_and_in_doubt_what_is_drawn() {
    let title = |results: &Results, name: &str| {
        let charts = charts(results);
        charts.into_iter().find(|chart| chart.name == name).expect("it is drawn").title
    };
    let results = whole();
    for (name, finding) in [
        ("speedup-integers", "integers: 8 workers bring up to 8.00x"),
        ("speedup-primes", "primes: 8 workers bring up to 7.92x of 8.00x possible"),
        ("weak-pi", "pi: 8 workers sum up to 7.76x as much in the same time"),
        ("timeline-primes", "primes: scoped leaves its workers idle for"),
        ("size-integers", "integers: sharing pays from about"),
        ("overhead", "One dispatch costs 100 ns (rayon-join) to 900 us (child-process)"),
        ("contention-workers", "One total for all: atomic takes 8.00 times as long with 8 workers"),
        ("contention-distance", "A counter for each: those of one cache line wait for each other"),
        ("peers-pi-20000000", "pi, 2e7 terms: theirs is faster in 7 of 7"),
    ] {
        assert!(title(&results, name).starts_with(finding), "{}", title(&results, name));
    }
    for doubted in doubted() {
        assert_eq!(title(&doubted, "speedup-integers"), "integers: speedup with 8 workers");
        assert_eq!(title(&doubted, "weak-pi"), "pi: scaled speedup with 8 workers");
        assert!(title(&doubted, "size-integers").ends_with("the time of a sum by its size"));
        assert!(title(&doubted, "answer").contains("explain anything"));
        let first = &charts(&doubted)[0];
        assert!(!first.subtitle.contains("strategy") && !first.svg.contains("the best strategy"));
    }
}
