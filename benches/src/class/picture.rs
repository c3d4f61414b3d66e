//! Hand-ins as dots: one strip for each kind of machine, and one for the wrong answers.
//!
//! A strip is a grid of equal columns, and a dot stands on those before it. What is drawn is HTML, not SVG: the text
//! keeps its size on a phone, and the dots follow the width.

mod strip;

use serde::Serialize;
use units::{count, grouped, percent};

use self::strip::{Dot, LOOKS, Strip};
use super::entry::Entry;
use super::section::{Section, WrongAnswer};
use super::standing::Standing;

/// The share at its right end.
const HIGHEST_SHARE: f64 = 1.1;

/// So many kinds of machines have a strip of their own.
const MOST_KINDS: usize = 12;

/// So many dots may stand on each other at their full size; more of them overlap.
const TALLEST: usize = 10;

/// Strips above a common axis.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Picture {
    /// What the axis shows.
    axis: String,
    strips: Vec<Strip>,
    /// Place in percent, and text.
    ticks: Vec<(f64, String)>,
    /// How much of a dot the next one hides, in percent of it.
    overlap: f64,
    /// The looks that occur, with their names.
    legend: Vec<(&'static str, &'static str)>,
    /// Whether columns have labels.
    has_labels: bool,
    /// Whether a dot may stand beside the axis, since its place is not known.
    has_unplaced: bool,
}

/// The right hand-ins by the share of the capacity that they used, a strip for each kind of machine; `None` where none
/// is right.
pub(super) fn shares(section: &Section<'_>) -> Option<Picture> {
    let strip = |(name, entries): (&str, Vec<&Entry>)| {
        let dots = entries.iter().filter_map(|entry| {
            let standing = entry
                .standings
                .first()
                .filter(|standing| standing.outcome == super::Outcome::Right)?;
            // A place says how large it is; where that is not sure, it has none.
            let sure = standing.share.filter(|share| !share.is_wide());
            let share = sure.map(|share| share.median);
            Some((share.map(|share| share / HIGHEST_SHARE), dot(entry, standing)))
        });
        Strip::new(name, entries.len(), dots.collect())
    };
    let kinds = few(section.kinds());
    let strips = kinds.iter().map(|(name, entries)| strip((name, entries.clone()))).collect();
    let ticks =
        [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (100.0 * share / HIGHEST_SHARE, percent(share)));
    let axis =
        "share of the capacity: what the learner's row used of the cores that the machine gave";
    Picture::new(axis, strips, ticks.to_vec())
}

/// The kinds, of which those with the fewest hand-ins are put together where there are too many for a picture.
fn few<'c>(kinds: Vec<(&'c str, Vec<&'c Entry>)>) -> Vec<(String, Vec<&'c Entry>)> {
    let mut sizes: Vec<usize> = kinds.iter().map(|(_, entries)| entries.len()).collect();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    let least = sizes.get(MOST_KINDS).map_or(0, |size| size + 1);
    let (shown, others): (Vec<_>, Vec<_>) =
        kinds.into_iter().partition(|(_, entries)| entries.len() >= least);
    let mut shown: Vec<(String, Vec<&Entry>)> =
        shown.into_iter().map(|(name, entries)| (name.to_owned(), entries)).collect();
    if !others.is_empty() {
        let name = count(others.len() as u64, "other kind");
        shown.push((name, others.into_iter().flat_map(|(_, entries)| entries).collect()));
    }
    shown
}

/// The wrong answers by how far they are off; `None` where there are none.
pub(super) fn wrong(answers: &[WrongAnswer<'_>]) -> Option<Picture> {
    let sizes = || answers.iter().map(|answer| answer.off.by).filter(|by| *by > 0.0);
    let low = sizes().fold(f64::INFINITY, f64::min).log10().floor();
    let high = sizes().fold(0.0, f64::max).log10().floor() + 1.0;
    if !low.is_finite() || !high.is_finite() {
        return None;
    }
    let high = high.max(low + 2.0);
    let strip = |name: &str, is_small: bool| {
        let chosen = answers.iter().filter(|answer| answer.off.is_small == is_small);
        let dots: Vec<(Option<f64>, Dot)> = chosen
            .flat_map(|answer| {
                let place = (answer.off.by.log10() - low) / (high - low);
                let tip = |entry: &&Entry| format!("{}: {}", entry.name, in_words(answer));
                let what = Some(in_words(answer));
                answer.entries.iter().map(move |entry| {
                    (Some(place), Dot { look: "wrong", tip: tip(entry), what: what.clone() })
                })
            })
            .collect();
        Strip::new(name, dots.len(), dots)
    };
    let strips = [strip("too small", true), strip("too large", false)];
    let strips = strips.into_iter().filter(|strip| !strip.columns.is_empty()).collect();
    let decades = (high - low) as i32;
    let every = (decades / 6).max(1) as usize;
    let tick =
        |step: i32| (100.0 * f64::from(step) / f64::from(decades), power_of_ten(low as i32 + step));
    let ticks = (0..=decades).step_by(every).map(tick).collect();
    Picture::new("how far the wrong sum is off", strips, ticks)
}

/// A wrong answer, with the sum that it is of.
pub(super) fn in_words(answer: &WrongAnswer<'_>) -> String {
    if answer.off.run.is_empty() {
        return answer.off.text.clone();
    }
    format!("{} ({})", answer.off.text, answer.off.run)
}

/// The standings of each exercise, as dots in a row; an exercise that nobody handed in has none.
pub(super) fn exercises(section: &Section<'_>) -> Option<Picture> {
    let mut names: Vec<&str> = Vec::new();
    for (_, standing) in section.standings() {
        if !names.contains(&standing.about.as_str()) {
            names.push(&standing.about);
        }
    }
    names.sort_unstable();
    let strip = |name: &&str| {
        let of = section.standings().filter(|(_, standing)| standing.about == **name);
        let dots: Vec<(Option<f64>, Dot)> =
            of.map(|(entry, standing)| (None, dot(entry, standing))).collect();
        Strip::new(name, dots.len(), dots)
    };
    Picture::new("", names.iter().map(strip).collect(), Vec::new())
}

impl Picture {
    fn new(axis: &str, strips: Vec<Strip>, ticks: Vec<(f64, String)>) -> Option<Self> {
        let is_empty = |strip: &Strip| strip.columns.is_empty() && strip.unplaced.is_empty();
        if strips.iter().all(is_empty) {
            return None;
        }
        let stacks =
            || strips.iter().flat_map(|strip| &strip.columns).map(|column| column.dots.len());
        let tallest =
            stacks().chain(strips.iter().map(|strip| strip.unplaced.len() / 3)).max().unwrap_or(0);
        let overlap = if tallest > TALLEST {
            100.0 * (1.0 - (TALLEST - 1) as f64 / (tallest - 1) as f64)
        } else {
            0.0
        };
        let columns = || strips.iter().flat_map(|strip| &strip.columns);
        let placed = || columns().flat_map(|column| &column.dots);
        let dots = || placed().chain(strips.iter().flat_map(|strip| &strip.unplaced));
        let legend =
            LOOKS.into_iter().filter(|(look, _)| dots().any(|dot| dot.look == *look)).collect();
        let has_unplaced = strips.iter().any(|strip| !strip.unplaced.is_empty());
        let has_labels = columns().any(|column| column.label.is_some());
        Some(Picture {
            axis: axis.to_owned(),
            strips,
            ticks,
            overlap,
            legend,
            has_labels,
            has_unplaced,
        })
    }
}

fn dot(entry: &Entry, standing: &Standing) -> Dot {
    let look = standing.look();
    let share =
        standing.share.map_or_else(String::new, |share| format!(", {}", percent(share.median)));
    Dot { look, what: None, tip: format!("{}: {}{share}", entry.name, standing.in_a_word()) }
}

fn power_of_ten(exponent: i32) -> String {
    match exponent {
        0..=3 => grouped(10_u64.pow(exponent as u32)),
        other => {
            let digit = |letter: char| match letter {
                '-' => '⁻',
                '1' => '¹',
                '2' => '²',
                '3' => '³',
                other => char::from_u32('⁰' as u32 + (other as u32 - '0' as u32)).unwrap_or(other),
            };
            format!("10{}", other.to_string().chars().map(digit).collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_written_short() {
        assert_eq!([0, 3, 12, -7].map(power_of_ten), ["1", "1,000", "10¹²", "10⁻⁷"]);
    }
}
