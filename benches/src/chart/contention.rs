//! What it costs to write to the same place: by workers, and by the distance between two places.

use std::collections::{BTreeMap, BTreeSet};

use draw::{Across, Line, Plot, tick};
use units::{count, seconds, three_digits};

use super::caption::Caption;
use super::curves::looks;
use super::words::{self, sound};
use super::{Chart, Section, Table, lines};
use crate::figures::{distinct, per_term, surely_above};
use crate::in_words::distance_explains;
use crate::results::{Measured, Question, Results};
use crate::text::short;

/// `contention-workers` and `contention-distance`.
pub(super) fn contention(results: &Results) -> Vec<Chart> {
    [by_workers(results), by_distance(results)].into_iter().flatten().collect()
}

fn by_workers(results: &Results) -> Option<Chart> {
    let all: Vec<&Measured> =
        results.of(Question::Contention).filter(|one| one.distance.is_none()).collect();
    let names = distinct(all.iter().map(|one| one.strategy.as_str()));
    let usable = results.machine.usable_cores.max(1);
    let series = names.iter().map(|name| {
        let of_name = all.iter().filter(|one| one.strategy == *name);
        (short(name), of_name.map(|&one| (one.workers as u64, one)).collect())
    });
    let lines = lines(series.collect(), usable);
    let counts: BTreeSet<usize> = all.iter().map(|one| one.workers).collect();
    let log = counts.last().is_some_and(|most| *most > 16);
    let plot = lines::times(lines::workers(counts, usable, log), "a term", lines)?;
    let caption = Caption {
        name: "contention-workers".into(),
        section: Section::Contention,
        title: dearer(&all, &names).unwrap_or_else(|| "One total for all".into()),
        subtitle: "time of one term where all add to one total, by the number of workers".into(),
        reading: names.iter().filter_map(|name| more_workers(&all, name)).collect(),
        table: table(&all),
    };
    Some(caption.with(Plot { height: 190.0, width: draw::COLUMN, ..plot }.drawn()))
}

fn by_distance(results: &Results) -> Option<Chart> {
    let all: Vec<&Measured> =
        results.of(Question::Contention).filter(|one| one.distance.is_some()).collect();
    let counts: BTreeSet<usize> = all.iter().map(|one| one.workers).collect();
    let series = counts.iter().map(|workers| {
        let of_count = all.iter().filter(|one| one.workers == *workers);
        let points = of_count.map(|&one| (one.distance.unwrap_or(1).max(1), one)).collect();
        (count(*workers as u64, "worker"), points)
    });
    let distances: BTreeSet<u64> = all.iter().filter_map(|one| one.distance).collect();
    let values = distances.iter().map(|bytes| (*bytes).max(1) as f64).collect();
    let across = (Across::Log { values, write: tick }, "bytes from one counter to the next");
    let plot = lines::times(across, "a term", lines(series.collect(), usize::MAX))?;
    let caption = Caption {
        name: "contention-distance".into(),
        section: Section::Contention,
        title: match distance_explains(results) {
            true => "A counter for each: those of one cache line wait for each other".into(),
            false => "A counter for each".into(),
        },
        subtitle:
            "time of one term where each worker has a counter, by the bytes from one to the next"
                .into(),
        reading: farther(&counts, &all, distance_explains(results)),
        table: table(&all),
    };
    Some(caption.with(Plot { height: 190.0, width: draw::COLUMN, ..plot }.drawn()))
}

/// The lines of some series, each with its name and its measurements by place.
fn lines(series: Vec<(String, BTreeMap<u64, &Measured>)>, usable: usize) -> Vec<Line> {
    let names: Vec<&str> = series.iter().map(|(name, _)| name.as_str()).collect();
    let looks = looks(&names);
    let point = |(x, one): (u64, &Measured)| {
        let time = sound(one.per_term())?;
        let workers = count(one.workers as u64, "worker");
        let tip = format!("{}, {workers}: {} a term", short(&one.strategy), words::time(&time));
        Some(lines::point(x as f64, &time, one.workers > usable, tip))
    };
    let line = |((name, points), look): ((String, BTreeMap<u64, &Measured>), _)| Line {
        name,
        look,
        points: points.into_iter().filter_map(point).collect(),
    };
    series.into_iter().zip(looks).map(line).collect()
}

/// The way to add to one total that becomes dearest with more workers, where one surely does.
fn dearer(all: &[&Measured], names: &[&str]) -> Option<String> {
    let ends = names.iter().filter_map(|name| {
        let mine = || all.iter().filter(|one| one.strategy == **name);
        let few = mine().min_by_key(|one| one.workers)?;
        let many = mine().max_by_key(|one| one.workers)?;
        let factor = per_term(many)? / per_term(few)?;
        surely_above(many.per_term(), few.per_term()).then_some((*name, factor, many.workers))
    });
    let (name, factor, workers) = ends.max_by(|one, other| one.1.total_cmp(&other.1))?;
    Some(format!(
        "One total for all: {} takes {} times as long with {}",
        short(name),
        three_digits(factor),
        count(workers as u64, "worker")
    ))
}

/// How the time of a term of `strategy` changes from its fewest workers to its most.
fn more_workers(all: &[&Measured], strategy: &str) -> Option<String> {
    let mine: BTreeMap<usize, f64> = all
        .iter()
        .filter(|one| one.strategy == strategy)
        .filter_map(|one| Some((one.workers, per_term(one)?)))
        .collect();
    let (few, first) = mine.first_key_value()?;
    let (many, last) = mine.last_key_value()?;
    let name = short(strategy);
    let (one, all) = (seconds(*first), seconds(*last));
    let workers = |number: &usize| count(*number as u64, "worker");
    Some(if few == many {
        format!("{name} costs {one} a term with {}.", workers(few))
    } else {
        format!(
            "{name} costs {one} a term with {}, and {all} with {}.",
            workers(few),
            workers(many)
        )
    })
}

/// What distance does for the most workers, and why where it `explains` these times.
fn farther(counts: &BTreeSet<usize>, all: &[&Measured], explains: bool) -> Vec<String> {
    let times = |workers: usize| -> BTreeMap<u64, f64> {
        let of_count = all.iter().filter(|one| one.workers == workers);
        of_count.filter_map(|one| Some((one.distance?, per_term(one)?))).collect()
    };
    let by_count = counts.iter().rev().map(|workers| (*workers, times(*workers)));
    let Some((most, times)) = by_count.into_iter().find(|(_, times)| !times.is_empty()) else {
        return Vec::new();
    };
    let (near, close) = times.first_key_value().expect("it is not empty");
    let (far, apart) = times.last_key_value().expect("it is not empty");
    let workers = count(most as u64, "worker");
    let (close, apart) = (seconds(*close), seconds(*apart));
    let why = if explains {
        "No counter is shared. But memory moves in lines of 64 bytes or more: counters in one line are \
         taken from core to core, and each addition waits for that."
    } else {
        "No counter is shared. What the distance does cannot be told from these times."
    };
    vec![
        format!("With {workers}, a term costs {close} at {near} bytes and {apart} at {far} bytes."),
        why.to_owned(),
    ]
}

fn table(all: &[&Measured]) -> Table {
    let rows = all.iter().filter_map(|one| {
        let time = words::time(&sound(one.per_term())?);
        let distance = one.distance.map(|bytes| bytes.to_string()).unwrap_or_default();
        Some(vec![short(&one.strategy), one.workers.to_string(), distance, time])
    });
    Table::new(&["strategy", "workers", "bytes apart", "time of one term"], rows)
}
