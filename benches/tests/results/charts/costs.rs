//! What sharing costs, and how it compares: rows on one axis.

use benches::chart::{Chart, charts};
use benches::results::Measured;

use super::named;
use crate::made_up;

#[test]
fn dispatches_are_sorted_from_cheap_to_expensive() {
    let results = made_up::results(8, &[1, 2, 4], 2);
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
    let results = made_up::results(8, &[1, 2, 4], 2);
    let drawn = charts(&results);
    let of = |group: &str| results.measured.iter().filter(|one| one.group() == group).count();
    for group in ["peers/nothing", "peers/memory-10000", "peers/primes-1000000"] {
        let chart = named(&drawn, &group.replace('/', "-"));
        assert_eq!(chart.svg.matches("<circle class=\"dot\"").count(), of(group));
        assert_eq!(chart.table.rows.len(), of(group));
    }
    assert_eq!((of("peers/nothing"), of("peers/memory-10000")), (6, 7));
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
    let mut results = made_up::results(8, &[1, 2, 4], 2);
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
    for (name, class, right) in
        [("peers-pi-20000000", "whisker", 372.0), ("overhead", "whisker", 310.0)]
    {
        let chart = named(&drawn, name);
        let left = lines(chart, "grid").iter().map(|line| line.0).fold(f64::MAX, f64::min);
        let ends = lines(chart, class);
        assert_eq!(ends.len(), chart.table.rows.len());
        for (from, to) in ends {
            assert!(from + 2.0 < to && to < right - 1.0, "{name}: {from} to {to}");
            assert!(from > left - 60.0, "{name}: {from} is left of the axis");
        }
    }
    let (even, _) = lines(named(&drawn, "peers-pi-20000000"), "even")[0];
    let grid = lines(named(&drawn, "peers-pi-20000000"), "grid");
    assert!(grid.len() >= 3 && grid.iter().any(|line| (line.0 - even).abs() < 0.2), "{grid:?}");
}

#[test]
fn peers_within_noise_are_no_extremes() {
    let mut results = made_up::results(8, &[1, 2, 4], 2);
    for measured in &mut results.measured {
        let Some(peer) = &mut measured.peer else { continue };
        // The farthest ratios of all, on both sides of 1, and two that are near and sure.
        let ratio = |place: usize| match measured.strategy.as_str() {
            "openmp-static" | "rayon" => 0.97,
            _ => [0.01, 90.0][place % 2],
        };
        let of = |(place, theirs): (usize, &f64)| theirs * ratio(place);
        peer.seconds = measured.seconds.iter().enumerate().map(of).collect();
    }
    let drawn = charts(&results);
    let reading = named(&drawn, "peers-pi-20000000").reading.join(" ");
    let title = &named(&drawn, "peers-pi-20000000").title;
    assert_eq!(title, "pi, 2e7 terms: ours is faster in 2 of 7");
    assert!(reading.contains("5 of 7 cannot be told apart"), "{reading}");
    assert!(!reading.contains("Theirs is faster"), "{reading}");
    let best =
        "Ours (scoped) takes 0.97 (0.97 to 0.97) times as long as the best of C++ (OpenMP static).";
    assert!(reading.contains(best), "{reading}");
    let svg = &named(&drawn, "peers-pi-20000000").svg;
    assert!(svg.contains(">ours is faster<") && svg.contains(">theirs is faster<"));
}

/// The best of C++ is one way where the others are surely slower, and all that cannot be told from it otherwise.
#[test]
fn the_best_of_cpp_is_named_as_far_as_it_can_be_told() {
    let said = |change: fn(&mut Measured)| {
        let mut results = made_up::results(8, &[1, 2, 4], 2);
        let mine = results.measured.iter_mut().filter(|one| one.group() == "peers/pi-20000000");
        mine.for_each(change);
        named(&charts(&results), "peers-pi-20000000").reading.join(" ")
    };
    let level = said(|one| {
        let ours = &mut one.peer.as_mut().expect("it took turns").seconds;
        ours.iter_mut().enumerate().for_each(|(place, it)| *it *= [0.94, 0.98][place % 2]);
    });
    assert!(
        level.contains("Ours (scoped) is level with the best of C++ (OpenMP static)."),
        "{level}"
    );
    let alike = said(|one| {
        if one.strategy.starts_with("one") {
            one.seconds.iter_mut().for_each(|it| *it *= 0.95);
        }
    });
    assert!(alike.contains("the best of C++ (oneTBB static and OpenMP static)"), "{alike}");
    let wide = said(|one| {
        let ours = &mut one.peer.as_mut().expect("it took turns").seconds;
        ours.iter_mut().enumerate().for_each(|(place, it)| *it *= [0.3, 3.0][place % 2]);
    });
    assert!(!wide.contains("the best of C++"), "{wide}");
    let alone = said(|one| {
        if benches::cpp::Way::of(&one.strategy).is_some_and(|way| way.is_shared()) {
            one.peer = None;
        }
    });
    assert!(!alone.contains("the best of C++"), "nothing of it shares: {alone}");
}

#[test]
fn costs_name_their_workers() {
    let drawn = charts(&made_up::results(8, &[1, 2, 4], 2));
    let reading = &named(&drawn, "overhead").reading[0];
    assert!(reading.contains("with 2 workers, child-process costs"), "{reading}");
    assert!(reading.ends_with("with 1 worker."), "{reading}");
}
