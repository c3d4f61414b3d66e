//! Who worked when, and where the time went.

use benches::chart::{Chart, charts};
use benches::results::Results;

use super::named;
use crate::made_up;

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
fn the_stolen_share_stays_visible() {
    for usable in [2, 16, 24, 64] {
        let results = made_up::results(8, &[1, 2], usable);
        let drawn = charts(&results);
        let chart = named(&drawn, "timeline-primes");
        for timeline in &results.timelines {
            let busy = |stolen: bool| -> f64 {
                let boxes = timeline.lanes.iter().flat_map(|lane| &lane.boxes);
                boxes.filter(|one| one.stolen == stolen).map(|one| one.end - one.start).sum()
            };
            let width = |class: &str| drawn_width(chart, &timeline.strategy, class);
            let share = busy(true) / (busy(true) + busy(false));
            let seen = width("hatched") / (width("hatched") + width("plain"));
            let place = format!("{} with {usable}: {seen} of {share}", timeline.strategy);
            assert!((seen - share).abs() < 0.1 * share + 1e-9, "{place}");
        }
    }
}

#[test]
fn lanes_left_out_are_counted() {
    let timeline = charts(&made_up::results(1, &[1], 100));
    assert!(named(&timeline, "timeline-primes").svg.contains("64 of 100 lanes"));
}

#[test]
fn the_parts_of_each_time_bar_add_up_to_the_wall_time() {
    let results = made_up::results(8, &[1, 2, 4], 2);
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
fn parts_that_miss_the_wall_time_are_flagged() {
    let mut results = made_up::results(8, &[1, 2, 4], 2);
    let wall = results.timelines[0].wall;
    let reading = |results: &Results| named(&charts(results), "time-primes").reading.join(" ");
    assert!(!reading(&results).contains("do not trust"), "{}", reading(&results));
    results.timelines[0].wall = wall * 2.0;
    assert!(reading(&results).contains("do not trust"), "{}", reading(&results));
    let drawn = charts(&results);
    let chart = named(&drawn, "time-primes");
    let shown = units::seconds(wall * 2.0);
    assert_eq!(chart.table.rows[0].last(), Some(&shown));
    assert!(chart.svg.contains(&format!(">{shown}<")), "the wall time stands at its bar");
}
