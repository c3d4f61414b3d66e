//! The pairs of `peers`, sum by sum: who stood beside ours, and what can be said of the best of them.

use std::cmp::Ordering;

use measure::Interval;

use crate::cpp::Way;
use crate::figures::{distinct, median, side_of_one};
use crate::results::{Measured, Question, Results};
use crate::text::{listed, short};

/// Everything that took turns with ours over the same sum.
pub(crate) struct Beside<'a> {
    /// The id without strategy and workers: `peers/memory-10000`.
    pub(crate) group: String,
    /// The kernel, and how many terms; none where nothing was summed.
    pub(crate) kernel: &'a str,
    pub(crate) terms: u64,
    /// Each foreign way with our time over its own.
    pub(crate) pairs: Vec<(&'a Measured, Interval)>,
}

/// The best of C++ that shares a sum, and what ours is to it.
pub(crate) struct Best<'a> {
    /// The way with the shortest time, and our time over its own.
    pub(crate) way: &'a Measured,
    pub(crate) ratio: Interval,
    /// Its name, and those of the ways that cannot be told from it.
    pub(crate) names: String,
}

/// All sums, in the order in which they were measured; those without a ratio are left out.
pub(crate) fn beside(results: &Results) -> Vec<Beside<'_>> {
    let ratio = |one: &Measured| one.ratio_to_peer().filter(|it| median(Some(*it)).is_some());
    let all: Vec<(String, &Measured, Interval)> = results
        .of(Question::Peers)
        .filter_map(|one| Some((one.group(), one, ratio(one)?)))
        .collect();
    let groups = distinct(all.iter().map(|(group, ..)| group.as_str()));
    let of_group = |group: &str| {
        let mine = || all.iter().filter(|(of, ..)| of == group);
        let (_, first, _) = mine().next()?;
        let pairs = mine().map(|(_, one, ratio)| (*one, *ratio)).collect();
        let (kernel, terms) = (first.kernel.as_str(), first.terms);
        Some(Beside { group: group.to_owned(), kernel, terms, pairs })
    };
    groups.into_iter().filter_map(of_group).collect()
}

impl<'a> Beside<'a> {
    /// The best of C++; `None` where no way of it that shares the sum was measured, or too few samples were.
    pub(crate) fn best_of_cpp(&self) -> Option<Best<'a>> {
        let is_shared = |one: &Measured| Way::of(&one.strategy).is_some_and(Way::is_shared);
        let shared = self.pairs.iter().filter(|(one, _)| is_shared(one));
        let mut timed: Vec<(&Measured, Interval, Interval)> =
            shared.filter_map(|(one, ratio)| Some((*one, *ratio, one.time()?))).collect();
        timed.sort_by(|one, other| one.2.median.total_cmp(&other.2.median));
        let (way, ratio, time) = *timed.first()?;
        let slowest = time.high?;
        let alike = timed.iter().filter(|(_, _, time)| time.low.is_none_or(|low| low <= slowest));
        let names: Vec<String> = alike.map(|(one, ..)| title(&one.strategy)).collect();
        Some(Best { way, ratio, names: listed(&names) })
    }
}

impl Best<'_> {
    /// Whether ours takes a shorter or a longer time, or the same, as far as can be told. `None` where the interval
    /// is too wide to say.
    pub(crate) fn side(&self) -> Option<Ordering> {
        match side_of_one(&self.ratio) {
            None if self.ratio.is_wide() => None,
            side => Some(side.unwrap_or(Ordering::Equal)),
        }
    }
}

/// The name of a foreign way in a sentence.
pub(crate) fn title(name: &str) -> String {
    Way::of(name).map_or_else(|| short(name), |way| way.title.to_owned())
}

/// The name of ours in a sentence.
pub(crate) fn ours(one: &Measured) -> String {
    one.peer.as_ref().map(|peer| short(&peer.strategy)).unwrap_or_default()
}
