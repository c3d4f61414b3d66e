//! The charts are drawn from results alone: the same bytes for the same results, well-formed, safe,
//! and honest to the numbers.

#[path = "../testing/synthetic.rs"]
mod synthetic;

use benches::chart::{Chart, charts};
use benches::results::Results;

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
        let results = synthetic::results(8, counts, usable);
        let drawn = charts(&results);
        assert_eq!(drawn, charts(&synthetic::results(8, counts, usable)));
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
fn the_largest_report_stays_small() {
    let drawn = charts(&synthetic::results(8, &MANY, 64));
    let bytes: usize = drawn.iter().map(|chart| chart.svg.len()).sum();
    assert!(bytes < 2_000_000, "{bytes} bytes");
}

#[test]
fn every_point_and_every_range_is_there() {
    let results = synthetic::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    let speedup = named(&drawn, "speedup-integers");
    // The sequential row has one point, eight strategies have three.
    assert_eq!(speedup.svg.matches("data-tip=").count(), 25);
    assert_eq!(speedup.table.rows.len(), 25);
    assert_eq!(speedup.svg.matches("class=\"series ").count(), 9);
    let scoped = results.measured.iter().find(|one| one.id() == "scaling/integers/scoped/2");
    let median = scoped.expect("it is measured").speedup().expect("it has samples").median;
    assert!(speedup.svg.contains(&format!("scoped, 2 workers: {median:.2}x (")), "{median}");
    assert!(speedup.svg.contains("more workers"));

    let timeline = named(&drawn, "timeline-primes");
    assert_eq!(timeline.table.rows.len(), 12);
    assert!(timeline.svg.contains("stolen"));
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let empty = Results { measured: vec![], timelines: vec![], ..synthetic::results(1, &[1], 1) };
    assert_eq!(charts(&empty), []);
    let mut bare = synthetic::results(2, &[1, 2], 2);
    for measured in &mut bare.measured {
        measured.seconds.clear();
    }
    bare.timelines.iter_mut().for_each(|timeline| timeline.lanes.clear());
    let names: Vec<String> = charts(&bare).into_iter().map(|chart| chart.name).collect();
    assert_eq!(names, Vec::<String>::new());
}

#[test]
fn one_worker_count_and_one_sample_are_enough() {
    let mut results = synthetic::results(3, &[1], 1);
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
        let mut results = synthetic::results(3, &[1, 2, 4], 2);
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
        let mut results = synthetic::results(2, &[1, 2, 4], 2);
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
        for chart in charts(&results) {
            check(&chart);
            assert!(!chart.svg.contains("<script") && !chart.svg.contains(&"x".repeat(60)));
        }
    }
}

/// The widths of all boxes of `class` in the group of `series`, together.
fn drawn_width(chart: &Chart, series: &str, class: &str) -> f64 {
    let document = roxmltree::Document::parse(&chart.svg).expect("it is well-formed");
    let group = document.descendants().find(|node| node.attribute("data-series") == Some(series));
    let boxes = group.expect("it is drawn").children();
    let boxes = boxes.filter(|node| node.attribute("class") == Some(class));
    let width = |node: roxmltree::Node<'_, '_>| -> f64 {
        let number = |text: &str| text.parse::<f64>().expect("a number");
        match (node.attribute("width"), node.attribute("d")) {
            (Some(width), _) => number(width),
            // A path of boxes: M1 2h3v4h-3z
            (None, path) => {
                let paths = path.expect("a box or a path").split("M").skip(1);
                paths.map(|one| number(one.split(['h', 'v']).nth(1).expect("its width"))).sum()
            }
        }
    };
    boxes.map(width).sum()
}

#[test]
fn what_was_stolen_stays_visible_at_every_number_of_lanes() {
    for usable in [2, 16, 24, 64] {
        let results = synthetic::results(8, &[1, 2], usable);
        let drawn = charts(&results);
        let chart = named(&drawn, "timeline-primes");
        for timeline in &results.timelines {
            let busy = |stolen: bool| -> f64 {
                let boxes = timeline.lanes.iter().flat_map(|lane| &lane.boxes);
                boxes.filter(|one| one.stolen == stolen).map(|one| one.end - one.start).sum()
            };
            let width = |class: &str| drawn_width(chart, &timeline.strategy, class);
            let share = busy(true) / (busy(true) + busy(false));
            let seen = width("stolen") / (width("stolen") + width("own"));
            let place = format!("{} with {usable}: {seen} of {share}", timeline.strategy);
            assert!((seen - share).abs() < 0.1 * share + 1e-9, "{place}");
        }
    }
}

#[test]
fn many_lanes_are_said_to_be_more_than_drawn() {
    let timeline = charts(&synthetic::results(1, &[1], 100));
    assert!(named(&timeline, "timeline-primes").svg.contains("64 of 100 lanes"));
}

#[test]
fn the_parts_of_each_time_bar_add_up_to_the_wall_time() {
    let results = synthetic::results(8, &[1, 2, 4], 2);
    for timeline in &results.timelines {
        let off = timeline.shares.wall() - timeline.wall;
        assert!(off.abs() < 1e-6, "{}: {off}", timeline.strategy);
    }
    let drawn = charts(&results);
    let bars = named(&drawn, "time-primes");
    assert_eq!(bars.svg.matches("data-tip=").count(), 5 * results.timelines.len());
    assert_eq!(bars.table.rows.len(), results.timelines.len());
}

#[test]
fn dispatches_are_sorted_from_cheap_to_expensive() {
    let results = synthetic::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    let overhead = named(&drawn, "overhead");
    let mut costs: Vec<(f64, &str)> = results
        .of(benches::results::Question::Overhead)
        .map(|one| (one.cost_of_dispatch().expect("it has samples").median, &*one.strategy))
        .collect();
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let rows: Vec<&str> = overhead.table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(rows, costs.iter().map(|(_, name)| *name).collect::<Vec<_>>());
}

#[test]
fn every_pair_of_peers_has_its_dot() {
    let results = synthetic::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    let pairs = results.of(benches::results::Question::Peers).count();
    assert!(pairs > 0);
    assert_eq!(named(&drawn, "peers").svg.matches("<circle class=\"dot\"").count(), pairs);
}

#[test]
fn what_a_section_says_can_be_seen_in_its_chart() {
    let results = synthetic::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    let page = benches::report::html(&results, &drawn, &[]);
    let seen = [
        ("The wide grey line is what the machine gave", "speedup-pi", ">what the machine gave<"),
        ("The scaled speedup says", "weak-pi", ">scaled speedup<"),
        ("on the ideal line, twice", "weak-pi", ">ideal<"),
        ("the time of the mean worker", "time-primes", ">time of the mean worker, and of"),
        ("A line is the time of a sum", "size-integers", ">time of one sum<"),
        ("simd is the best on one core", "size-integers", ">simd<"),
        ("equal steps are equal ratios", "overhead", "equal steps are equal ratios<"),
        (
            "by the distance between two counters",
            "contention-distance",
            "from one counter to the next<",
        ),
        ("Left of 1 ours was faster", "peers", ">ours is faster<"),
    ];
    for (said, chart, shown) in seen {
        assert!(page.contains(said), "{said}");
        assert!(named(&drawn, chart).svg.contains(shown), "{chart} has no {shown}");
    }
}

/// From where to where the lines of `class` reach, each of them.
fn lines(chart: &Chart, class: &str) -> Vec<(f64, f64)> {
    let document = roxmltree::Document::parse(&chart.svg).expect("it is well-formed");
    let mine = document.descendants().filter(|node| node.attribute("class") == Some(class));
    let at = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).expect("a line has its ends").parse().expect("a number")
    };
    mine.map(|node| (at(&node, "x1"), at(&node, "x2"))).collect()
}

#[test]
fn no_interval_is_cut_at_the_end_of_its_axis() {
    use benches::results::Question::{Overhead, Peers};
    let mut results = synthetic::results(8, &[1, 2, 4], 2);
    for measured in
        results.measured.iter_mut().filter(|one| [Overhead, Peers].contains(&one.question))
    {
        // The outer samples are far off, and the median is not.
        let (last, middle) = (measured.seconds.len() - 1, measured.seconds[5]);
        for place in [0, 1, last - 1, last] {
            measured.seconds[place] = if place < 2 { middle / 9.0 } else { middle * 9.0 };
        }
    }
    let drawn = charts(&results);
    for (name, class, right) in [("peers", "whisker", 464.0), ("overhead", "over", 408.0)] {
        let chart = named(&drawn, name);
        let left = lines(chart, "grid").iter().map(|line| line.0).fold(f64::MAX, f64::min);
        let ends = lines(chart, class);
        assert_eq!(ends.len(), chart.table.rows.len());
        for (from, to) in ends {
            assert!(from + 2.0 < to && to < right - 1.0, "{name}: {from} to {to}");
            assert!(from > left - 60.0, "{name}: {from} is left of the axis");
        }
    }
    let (even, _) = lines(named(&drawn, "peers"), "even")[0];
    let grid = lines(named(&drawn, "peers"), "grid");
    assert!(grid.len() >= 3 && grid.iter().any(|line| (line.0 - even).abs() < 0.2), "{grid:?}");
}

#[test]
fn peers_within_the_noise_are_called_no_extreme() {
    let mut results = synthetic::results(8, &[1, 2, 4], 2);
    for measured in &mut results.measured {
        let Some(peer) = &mut measured.peer else { continue };
        // The farthest ratios of all, on both sides of 1, and one that is near and sure.
        let ratio = |place: usize| match measured.kernel.as_str() {
            "pi" => 0.97,
            _ => [0.01, 90.0][place % 2],
        };
        let of = |(place, theirs): (usize, &f64)| theirs * ratio(place);
        peer.seconds = measured.seconds.iter().enumerate().map(of).collect();
    }
    let drawn = charts(&results);
    let said = named(&drawn, "peers").reading.join(" ");
    assert!(said.contains("Ours is faster in 3 of 12, most of all in pi"), "{said}");
    assert!(said.contains("9 of 12 cannot be told apart"), "{said}");
    assert!(!said.contains("Theirs is faster") && !said.contains("memory"), "{said}");
    let svg = &named(&drawn, "peers").svg;
    assert!(svg.contains(">ours is faster<") && svg.contains(">theirs is faster<"));
}

#[test]
fn a_cost_is_said_with_its_workers() {
    let drawn = charts(&synthetic::results(8, &[1, 2, 4], 2));
    let said = &named(&drawn, "overhead").reading[0];
    assert!(said.contains("with 2 workers, child-process costs"), "{said}");
    assert!(said.ends_with("with 1 worker."), "{said}");
}

#[test]
fn parts_that_miss_the_wall_time_are_said_to() {
    let mut results = synthetic::results(8, &[1, 2, 4], 2);
    let wall = results.timelines[0].wall;
    let said = |results: &Results| named(&charts(results), "time-primes").reading.join(" ");
    assert!(!said(&results).contains("do not trust"), "{}", said(&results));
    results.timelines[0].wall = wall * 2.0;
    assert!(said(&results).contains("do not trust"), "{}", said(&results));
    let drawn = charts(&results);
    let chart = named(&drawn, "time-primes");
    let shown = shared::report::units::seconds(wall * 2.0);
    assert_eq!(chart.table.rows[0].last(), Some(&shown));
    assert!(chart.svg.contains(&format!(">{shown}<")), "the wall time stands at its bar");
}

const LESSON: &str = r#"{"schema": 1, "lesson": "jit", "machine": {"cpu": "Example <9000>", "usable_cores": 2},
    "kernel": {"name": "integers", "terms": 1000}, "runs": [
    {"strategy": "compiled", "workers": 1, "terms": 1000, "verdict": "right",
     "seconds": {"median": 1e-6, "low": null, "high": null, "samples": [1e-6]}},
    {"strategy": "broken", "workers": 1, "terms": 1000, "verdict": "wrong", "seconds": null}]}"#;

#[test]
fn what_other_lessons_left_is_drawn_with_its_run_and_the_rest_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
    };
    write("jit.json", LESSON);
    write("newer.json", &LESSON.replace("\"schema\": 1", "\"schema\": 2"));
    write("damaged.json", &LESSON[..100]);
    write("notes.txt", "not of our making");
    let (drawn, troubles) = benches::chart::lessons(folder.path());
    assert_eq!(drawn.len(), 1);
    drawn.iter().for_each(check);
    assert!(drawn[0].reading[0].contains("Example <9000>"), "{:?}", drawn[0].reading);
    assert_eq!(drawn[0].table.rows.len(), 1, "a wrong row has no time");
    let ids: Vec<&str> = troubles.iter().map(|trouble| trouble.id.as_str()).collect();
    assert_eq!(ids, ["lessons/damaged.json", "lessons/newer.json"]);
    assert!(troubles[1].reason.contains("schema 2"), "{troubles:?}");
    assert_eq!(benches::chart::lessons(&folder.path().join("none")), (vec![], vec![]));
}
