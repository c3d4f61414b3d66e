//! Time against the number of terms, with the points from which sharing pays.

use std::collections::{BTreeMap, BTreeSet};

use draw::{Across, Line, Mark, Plot, Point};
use units::{self, grouped};

use super::caption::Caption;
use super::words::{self, sound};
use super::{BROAD, Chart, Section, Table, curves, lines};
use crate::break_even::{BreakEven, break_even, sure_break_even};
use crate::figures::{self, distinct};
use crate::gate::doubt;
use crate::results::{Measured, Question, Results};
use crate::text::{listed, short};

/// `size-<kernel>`, kernel by kernel.
pub(super) fn size(results: &Results) -> Vec<Chart> {
    let kernels = curves::kernels(results, Question::Size).into_iter();
    kernels.filter_map(|(kernel, slug)| chart(results, kernel, &slug)).collect()
}

fn chart(results: &Results, kernel: &str, slug: &str) -> Option<Chart> {
    let timed =
        |one: &&Measured| one.kernel == kernel && one.terms > 0 && sound(one.time()).is_some();
    let mine: Vec<&Measured> = results.of(Question::Size).filter(timed).collect();
    let names = distinct(mine.iter().map(|one| one.strategy.as_str()));
    let lines = names.iter().zip(curves::looks(&names)).map(|(name, look)| {
        let of_name = mine.iter().filter(|one| one.strategy == *name);
        let by_terms: BTreeMap<u64, &Measured> = of_name.map(|&one| (one.terms, one)).collect();
        let points = by_terms.values().filter_map(|one| point(results, one)).collect();
        Line { name: short(name), look, points }
    });
    let sizes: BTreeSet<u64> = mine.iter().map(|one| one.terms).collect();
    let values = sizes.iter().map(|terms| *terms as f64).collect();
    let across = Across::Log { values, write: |terms| words::terms(terms as u64) };
    let plot = lines::times((across, "terms"), "time of one sum", lines.collect())?;
    let plot = Plot { marks: marks(results, kernel, &names), width: draw::COLUMN, ..plot };
    let rows = mine.iter().map(|one| {
        let time =
            sound(figures::time(results, one)).map(|time| words::time(&time)).unwrap_or_default();
        let speedup = sound(one.speedup()).map(|speedup| words::speedup(&speedup));
        let (workers, terms) = (one.workers.to_string(), grouped(one.terms));
        vec![short(&one.strategy), workers, terms, time, speedup.unwrap_or_default()]
    });
    let table = Table::new(&["strategy", "workers", "terms", "time", "speedup"], rows);
    let caption = Caption {
        name: format!("size-{slug}"),
        section: Section::Size,
        title: finding(results, kernel, &names),
        subtitle: "time of one sum, by its number of terms".into(),
        reading: reading(results, kernel, &names),
        table,
    };
    let broad = Plot { width: BROAD, ..plot.clone() }.drawn();
    Some(caption.with_both(plot.drawn(), broad))
}

/// From how many terms on the first strategy surely pays; only what is drawn, where none does.
fn finding(results: &Results, kernel: &str, names: &[&str]) -> String {
    let from = |name: &&&str| match sure_break_even(results, kernel, name)? {
        BreakEven::From(terms) => Some(terms),
        _ => None,
    };
    let parallel = names.iter().filter(|name| **name != "simd");
    let firsts = parallel.filter_map(|name| Some((name, from(&name)?)));
    let first = firsts.min_by(|one, other| one.1.total_cmp(&other.1));
    match first.filter(|_| doubt(results).is_none()) {
        Some((name, terms)) => format!(
            "{}: sharing pays from about {} terms on, with {}",
            short(kernel),
            about(terms),
            short(name)
        ),
        None => format!("{}: the time of a sum by its size", short(kernel)),
    }
}

/// Where the strategies surely begin to pay; those that do at nearly the same place share a mark.
fn marks(results: &Results, kernel: &str, names: &[&str]) -> Vec<Mark> {
    let parallel = names.iter().filter(|name| **name != "simd");
    let mut places: Vec<(f64, Vec<String>)> = Vec::new();
    for name in parallel {
        let Some(BreakEven::From(at)) = sure_break_even(results, kernel, name) else { continue };
        let near = places.iter_mut().find(|(other, _)| (0.8..1.25).contains(&(at / *other)));
        match near {
            Some((_, together)) => together.push(short(name)),
            None => places.push((at, vec![short(name)])),
        }
    }
    let mark = |(at, names): (f64, Vec<String>)| {
        let verb = if names.len() == 1 { "pays" } else { "pay" };
        Mark { at, name: format!("{} {verb}", names.join(", ")) }
    };
    places.into_iter().map(mark).collect()
}

fn point(results: &Results, one: &Measured) -> Option<Point> {
    let time = sound(figures::time(results, one))?;
    let speedup = sound(one.speedup()).map(|speedup| units::speedup(speedup.median));
    let speedup = speedup.map(|speedup| format!(", {speedup}")).unwrap_or_default();
    let (name, terms) = (short(&one.strategy), grouped(one.terms));
    let tip = format!("{name}, {terms} terms: {}{speedup}", words::time(&time));
    Some(lines::point(one.terms as f64, &time, false, tip))
}

/// From how many terms on each strategy pays, as far as intervals tell, and why there is such a number.
fn reading(results: &Results, kernel: &str, names: &[&str]) -> Vec<String> {
    let parallel = names.iter().filter(|name| **name != "simd");
    let mut unclear: Vec<String> = Vec::new();
    let mut sentences: Vec<String> = Vec::new();
    for name in parallel {
        let shown = short(name);
        if break_even(results, kernel, name).is_none() {
            continue;
        }
        match sure_break_even(results, kernel, name) {
            None => unclear.push(shown),
            Some(BreakEven::From(terms)) => sentences.push(format!(
                "{shown} is faster than one core from about {} terms on.",
                about(terms)
            )),
            Some(BreakEven::AlreadyAt(terms)) => sentences.push(format!(
                "{shown} is faster than one core with {} terms already.",
                words::terms(terms)
            )),
            Some(BreakEven::NotUpTo(terms)) => sentences.push(format!(
                "{shown} is not faster than one core up to {} terms.",
                words::terms(terms)
            )),
        }
    }
    if !unclear.is_empty() {
        let (who, verb) = (listed(&unclear), if unclear.len() == 1 { "is" } else { "are" });
        sentences.push(format!(
            "From how many terms on {who} {verb} faster than one core cannot be told from these times."
        ));
    }
    if !sentences.is_empty() && doubt(results).is_none() && starts_level(results, kernel, names) {
        sentences.push(
            "To hand out work costs the same however little there is to do: the left end of a shared sum's line \
             is this cost alone."
                .to_owned(),
        );
    }
    sentences
}

/// Whether the lines of all strategies that share begin level: with the two fewest numbers of terms a sum takes
/// about the same time.
fn starts_level(results: &Results, kernel: &str, names: &[&str]) -> bool {
    let is_level = |name: &&str| {
        let mine =
            results.of(Question::Size).filter(|one| one.kernel == kernel && one.strategy == **name);
        let by_terms: BTreeMap<u64, &Measured> = mine.map(|one| (one.terms, one)).collect();
        let mut times = by_terms.values().filter_map(|one| sound(figures::time(results, one)));
        times.next().zip(times.next()).is_some_and(|(fewest, more)| {
            let alike = (1.0 / 1.5..1.5).contains(&(more.median / fewest.median));
            alike && !fewest.is_wide() && !more.is_wide()
        })
    };
    names.iter().filter(|name| **name != "simd").all(is_level)
}

/// A number of terms with two digits: `240,000`.
fn about(terms: f64) -> String {
    let unit = 10_f64.powf(terms.max(1.0).log10().floor() - 1.0).max(1.0);
    grouped(((terms / unit).round() * unit) as u64)
}
