//! The charts are drawn from results alone: the same bytes for the same results, well-formed, safe,
//! and honest to the numbers.

mod costs;
mod lessons;
mod work;

use benches::chart::{Chart, charts};
use benches::results::{Results, Timeline};

use crate::made_up;

const MANY: [usize; 12] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128];

fn named<'a>(charts: &'a [Chart], name: &str) -> &'a Chart {
    charts.iter().find(|chart| chart.name == name).unwrap_or_else(|| panic!("no {name}"))
}

/// Fails where a chart is no XML document of its own with a title that it points to.
fn check(chart: &Chart) {
    let document = roxmltree::Document::parse(&chart.svg)
        .unwrap_or_else(|error| panic!("{}: {error}", chart.name));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    let ids: Vec<&str> =
        root.attribute("aria-labelledby").expect("it names its texts").split(' ').collect();
    for id in &ids {
        let text = document.descendants().find(|node| node.attribute("id") == Some(id));
        let text = text.and_then(|node| node.text()).unwrap_or_default();
        assert!(!text.is_empty(), "{}: {id} is empty", chart.name);
        assert!(id.starts_with(&chart.name), "{id} may stand in two charts of a page");
    }
    let safe =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    assert!(chart.name.chars().all(safe) && chart.name.len() < 60, "{}", chart.name);
    assert!(!chart.reading.is_empty() && !chart.table.rows.is_empty(), "{}", chart.name);
    for row in &chart.table.rows {
        assert_eq!(row.len(), chart.table.columns.len(), "{}", chart.name);
    }
    for text in [&chart.svg, &chart.reading.join(" "), &format!("{:?}", chart.table)] {
        let odd = text.find("NaN").or_else(|| text.find("inf")).unwrap_or(text.len());
        assert_eq!(&text[odd..text.len().min(odd + 40)], "", "{}", chart.name);
    }
    for node in document.descendants() {
        assert!(!["script", "image", "a", "foreignObject"].contains(&node.tag_name().name()));
    }
}

#[test]
fn the_same_results_give_the_same_well_formed_charts() {
    for (counts, usable) in [(&[1, 2, 4][..], 2), (&MANY[..], 64)] {
        let results = made_up::results(8, counts, usable);
        let drawn = charts(&results);
        assert_eq!(drawn, charts(&made_up::results(8, counts, usable)));
        drawn.iter().for_each(check);
        let mut names: Vec<&str> = drawn.iter().map(|chart| chart.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), drawn.len());
        let sections: Vec<_> = drawn.iter().map(|chart| chart.section).collect();
        assert!(sections.is_sorted(), "{sections:?}");
    }
}

#[test]
fn the_ladder_lists_rungs_and_what_is_missing() {
    let results = made_up::results(8, &[1, 2, 4], 4);
    let drawn = charts(&results);
    let ladder = named(&drawn, "ladder");
    let rows: Vec<&str> = ladder.table.rows.iter().map(|row| row[1].as_str()).collect();
    let expected: Vec<&str> = benches::ladder::RUNGS.iter().map(|rung| rung.row).collect();
    assert_eq!(rows, expected[..expected.len() - 1]);
    assert_eq!(ladder.svg.matches("<circle class=\"dot\"").count(), rows.len());
    assert!(!ladder.svg.contains("class=\"bar\""), "no bar on a logarithmic axis");
    // Each rung is twice as fast as the one above.
    assert_eq!(ladder.svg.matches(">2.00x</text>").count(), rows.len() - 1);
    assert_eq!(ladder.title, "Better code on one core brought 256x, more workers another 8.00x");
    let reading = ladder.reading.join(" ");
    // 2^8 from the first rung to the ninth, and 2^3 more to the twelfth, of four workers.
    for words in
        ["256 times", "another 8.00 times", "more at that moment", "reduce (MPI is missing)"]
    {
        assert!(reading.contains(words), "{words}: {reading}");
    }
}

#[test]
fn the_largest_report_stays_small() {
    for usable in [2, 16, 64] {
        let mut results = made_up::results(8, &MANY, usable);
        // As if all kernels had timelines.
        for kernel in ["integers", "memory", "pi"] {
            let primes = results.timelines.iter().filter(|one| one.kernel == "primes").cloned();
            let alike: Vec<_> =
                primes.map(|one| Timeline { kernel: kernel.into(), ..one }).collect();
            results.timelines.extend(alike);
        }
        let drawn = charts(&results);
        let report = benches::report::html(&results, &drawn, &[]);
        assert!(report.len() < 2_000_000, "{} bytes for {usable} cores", report.len());
        assert!(named(&drawn, "timeline-pi").svg.contains("class=\"hatched\""), "{usable}");
    }
}

#[test]
fn every_point_and_every_range_is_there() {
    let results = made_up::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    let speedup = named(&drawn, "speedup-integers");
    // The sequential row has one point, eight strategies have three.
    assert_eq!(speedup.table.rows.len(), 25);
    // With few counts a row for each: all cores, and more workers than cores.
    assert_eq!(speedup.svg.matches("data-tip=").count(), 17);
    assert_eq!(speedup.svg.matches("<circle class=\"dot hollow\"").count(), 8);
    assert_eq!(speedup.svg.matches("class=\"series ").count(), 0);
    let scoped = results.measured.iter().find(|one| one.id() == "scaling/integers/scoped/2");
    let median = scoped.expect("it is measured").speedup().expect("it has samples").median;
    assert!(speedup.svg.contains(&format!("scoped, 2 workers: {median:.2}x (")), "{median}");
    assert!(speedup.svg.contains(">4 workers<") && speedup.svg.contains(">simd, 1 worker<"));
    let mut texts: Vec<f64> = texts(speedup).filter_map(|text| text.parse().ok()).collect();
    texts.truncate(9);
    assert!(texts.is_sorted_by(|one, other| one >= other), "the fastest first: {texts:?}");

    let timeline = named(&drawn, "timeline-primes");
    assert_eq!(timeline.table.rows.len(), 12);
    assert!(timeline.svg.contains("stolen"));
}

/// The right-hand words of the rows: `1.97x` without its x.
fn texts(chart: &Chart) -> impl Iterator<Item = String> + '_ {
    let texts = chart.svg.split("<text class=\"small end\"").skip(1);
    texts.filter_map(|text| Some(text.split('>').nth(1)?.split("x<").next()?.to_owned()))
}

#[test]
fn from_five_counts_on_there_are_lines() {
    let drawn = charts(&made_up::results(8, &[1, 2, 4, 8, 16], 16));
    let speedup = named(&drawn, "speedup-integers");
    assert_eq!(speedup.svg.matches("class=\"series ").count(), 9);
    assert_eq!(speedup.svg.matches("data-tip=").count(), 8 * 5 + 1);
    assert!(speedup.subtitle.ends_with("by the number of workers"), "{}", speedup.subtitle);
}

/// A row for each kernel: its best strategy, what the machine gave it, and the ceiling where that is near.
#[test]
fn the_first_chart_has_the_best_of_each_kernel() {
    let results = made_up::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    assert_eq!(drawn[0].name, "answer");
    let best: Vec<&str> = drawn[0].table.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(best, ["scoped", "scoped", "scoped", "rayon-join"]);
    assert_eq!(drawn[0].svg.matches("class=\"band\"").count(), 4 + 1, "and one in the legend");
    assert!(drawn[0].wide.as_ref().is_some_and(|wide| wide.contains("answer-wide-title")));
    assert_eq!(Some(drawn[0].title.clone()), benches::in_words::answer(&results));
    let alone = charts(&made_up::results(8, &[1], 1));
    assert_ne!(alone[0].name, "answer", "one worker answers nothing");
}

#[test]
fn efficiency_does_not_repeat_the_speedup() {
    let drawn = charts(&made_up::results(8, &MANY, 64));
    assert!(drawn.iter().all(|chart| !chart.name.starts_with("efficiency")));
}

/// The marks of a section are explained once; a file stands alone, and explains its own.
#[test]
fn a_section_has_one_legend_and_each_file_its_own() {
    let drawn = charts(&made_up::results(8, &[1, 2, 4], 2));
    let has = |svg: &str| svg.contains(">what the machine gave<");
    let speedups =
        ["integers", "memory", "pi"].map(|kernel| named(&drawn, &format!("speedup-{kernel}")));
    assert_eq!(speedups.map(|chart| has(&chart.svg)), [true, false, false]);
    assert_eq!(speedups.map(|chart| has(&chart.file)), [true; 3]);
    let ceiling = |svg: &str| svg.contains(">measured ceiling<");
    assert_eq!(speedups.map(|chart| ceiling(&chart.svg)), [false, true, false], "where it is new");
    let file = roxmltree::Document::parse(&speedups[1].file).expect("good XML");
    let heads = file.descendants().filter(|node| node.attribute("class") == Some("head"));
    let heads: Vec<&str> = heads.filter_map(|node| node.text()).collect();
    assert_eq!(heads.join(" "), speedups[1].title);
}

#[test]
fn empty_results_have_no_charts() {
    let made_up = made_up::results(1, &[1], 1);
    let empty = Results { measured: vec![], timelines: vec![], ladder: None, ..made_up };
    assert_eq!(charts(&empty), []);
    let mut bare = made_up::results(2, &[1, 2], 2);
    for measured in &mut bare.measured {
        measured.seconds.clear();
    }
    bare.timelines.iter_mut().for_each(|timeline| timeline.lanes.clear());
    bare.ladder.iter_mut().for_each(|ladder| ladder.steps.clear());
    let names: Vec<String> = charts(&bare).into_iter().map(|chart| chart.name).collect();
    assert_eq!(names, Vec::<String>::new());
}

#[test]
fn one_worker_count_and_one_sample_are_enough() {
    let mut results = made_up::results(3, &[1], 1);
    for measured in &mut results.measured {
        measured.seconds.truncate(1);
        measured.baseline.truncate(1);
        measured.cores.truncate(1);
    }
    let drawn = charts(&results);
    assert!(!drawn.is_empty());
    drawn.iter().for_each(check);
}

#[test]
fn odd_numbers_neither_panic_nor_show() {
    let odd =
        [0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, 1e-300, f64::MIN_POSITIVE];
    for value in odd {
        let mut results = made_up::results(3, &[1, 2, 4], 2);
        for (place, measured) in results.measured.iter_mut().enumerate() {
            match place % 4 {
                0 => measured.seconds.fill(value),
                1 => measured.baseline.fill(value),
                2 => measured.cores.fill(value),
                _ => (measured.workers, measured.terms) = (usize::MAX, u64::MAX),
            }
            measured.distance = measured.distance.map(|_| u64::MAX);
        }
        results.machine.ceilings.read_bytes_per_second = value;
        results.machine.ceilings.additions_per_second_per_core = value;
        results.machine.cpu_quota = Some(value);
        results.machine.usable_cores = 0;
        for timeline in &mut results.timelines {
            timeline.wall = value;
            timeline.shares.waiting = value;
            timeline.lanes[0].boxes[0].end = value;
        }
        for step in results.ladder.iter_mut().flat_map(|ladder| &mut ladder.steps).step_by(2) {
            (step.seconds.median, step.seconds.low, step.workers) =
                (value, Some(value), usize::MAX);
        }
        charts(&results).iter().for_each(check);
    }
}

#[test]
fn hostile_names_stay_text() {
    let hostile = [
        "<script>alert(1)</script>",
        "\"'><svg onload=x>",
        "../../etc/passwd",
        "a\0\u{1b}[31mb",
        "",
    ];
    let long = "x".repeat(200);
    for name in hostile.into_iter().chain([long.as_str()]) {
        let mut results = made_up::results(2, &[1, 2, 4], 2);
        for measured in &mut results.measured {
            measured.strategy = format!("{}{name}", measured.strategy);
            measured.kernel = format!("{name}{}", measured.kernel);
            if let Some(peer) = &mut measured.peer {
                peer.strategy = name.to_owned();
            }
        }
        for timeline in &mut results.timelines {
            timeline.kernel = name.to_owned();
            timeline.strategy = name.to_owned();
            timeline.lanes[0].id = name.to_owned();
        }
        let ladder = results.ladder.as_mut().expect("it is made up");
        name.clone_into(&mut ladder.cpu);
        name.clone_into(&mut ladder.began);
        ladder.missing.push((name.to_owned(), "<script>".to_owned()));
        for step in &mut ladder.steps {
            step.lesson = name.to_owned();
            step.row = format!("{}{name}", step.row);
        }
        for chart in charts(&results) {
            check(&chart);
            assert!(!chart.svg.contains("<script") && !chart.svg.contains(&"x".repeat(60)));
        }
    }
}

/// One strategy was measured while the machine was half as fast; its ratios do not know.
#[test]
fn times_that_are_shown_have_the_ratio_of_their_speedups() {
    let mut results = made_up::results(3, &[1, 2, 4], 4);
    for slow in results.measured.iter_mut().filter(|one| one.strategy == "deques") {
        slow.seconds.iter_mut().chain(&mut slow.baseline).for_each(|seconds| *seconds *= 2.0);
    }
    let drawn = charts(&results);
    let number = |cell: &String| cell.parse::<f64>().expect("a number");
    let alone: Vec<f64> = named(&drawn, "speedup-integers")
        .table
        .rows
        .iter()
        .map(|row| number(&row[2]) * number(&row[5]))
        .collect();
    assert_eq!(alone.len(), 10);
    assert!(alone.iter().all(|alone| (alone / 4.0 - 1.0).abs() < 0.01), "{alone:?}");
}

/// The machine gave less beside the other strategies.
#[test]
fn a_share_is_that_of_the_cores_that_were_given_beside_it() {
    let mut results = made_up::results(3, &[1, 2, 4], 4);
    for other in results.measured.iter_mut().filter(|one| one.strategy != "rayon-join") {
        other.cores.iter_mut().for_each(|cores| *cores *= 0.8);
        other.seconds.iter_mut().for_each(|seconds| *seconds *= 1.25);
    }
    let reading = named(&charts(&results), "speedup-integers").reading.join(" ");
    assert!(reading.contains("rayon-join is the fastest: 3.96x"), "{reading}");
    assert!(reading.contains("rayon-join used 99 % of what the machine gave"), "{reading}");
}

#[test]
fn section_texts_match_their_charts() {
    let results = made_up::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    let page = benches::report::html(&results, &drawn, &[]);
    let seen = [
        ("Grey is what the machine gave", "speedup-integers", ">what the machine gave<"),
        ("The scaled speedup says", "weak-pi", "scaled speedup of each strategy"),
        ("the time of the mean worker", "time-primes", "a stroke ends the whole run"),
        ("A line is the time of a sum", "size-integers", ">time of one sum<"),
        ("simd is the best on one core", "size-integers", ">simd<"),
        ("equal steps are equal ratios", "overhead", "equal steps are equal ratios"),
        (
            "by the distance between two counters",
            "contention-distance",
            "from one counter to the next<",
        ),
        ("Left of 1 ours was faster", "peers-primes-1000000", ">ours is faster<"),
    ];
    for (reading, chart, shown) in seen {
        assert!(page.contains(reading), "{reading}");
        assert!(named(&drawn, chart).svg.contains(shown), "{chart} has no {shown}");
    }
}

#[test]
fn the_recorded_charts_are_drawn_from_the_recorded_results() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../lessons/recorded");
    let results = Results::load(&folder.join("results.json")).expect("it is recorded");
    for chart in charts(&results) {
        let path = folder.join("charts").join(format!("{}.svg", chart.name));
        let recorded = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            recorded.starts_with(&chart.file),
            "{} is of another version; draw it again: cargo run -p benches -- draw \
             lessons/recorded/results.json",
            path.display()
        );
    }
}
