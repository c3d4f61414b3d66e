//! Two benches beside each other: from two commits, or from two machines.

mod origin;
mod rows;

use course::BOLD;
use rows::Change;
pub(crate) use rows::{Line, row, tables, time};

use crate::results::{Measured, Results};
use crate::text::folded;

/// Two benches that cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// One of them was measured in another way.
    #[error(
        "the {which} is of schema {found}, in which `cores` and the share of the control followed the \
         slowest worker; since schema {} they follow what all workers did together, so the two cannot \
         be compared; run `cargo bench` again",
        Results::SCHEMA
    )]
    OtherSchema {
        /// The first or the second.
        which: &'static str,
        /// The schema that it names.
        found: u32,
    },

    /// The same ids summed other numbers of terms.
    #[error(
        "the two did not do the same work, so their times cannot be compared: {}; run both with the \
         same options", first_few(.0)
    )]
    UnequalWork(Vec<String>),

    /// No id was measured in both.
    #[error(
        "the two have no id in common ({before} in the first, {after} in the second); run both with \
         the same options"
    )]
    NothingInCommon {
        /// How many ids the first one has.
        before: usize,
        /// How many the second one has.
        after: usize,
    },

    /// No id has times in both.
    #[error(
        "no id has times in both, all of them above 0, so there is nothing to compare: {}; run \
         `cargo bench` again", first_few(.0)
    )]
    NoTimes(Vec<String>),
}

/// What changed from `before` to `after`: for each id in both the times, their ratio with its
/// interval, the shares of the control, and whether they differ beyond noise.
///
/// # Errors
///
/// [`Error`], where there is nothing to compare.
pub fn compare(before: &Results, after: &Results) -> Result<String, Error> {
    let other = [("first", before.schema), ("second", after.schema)]
        .into_iter()
        .find(|(_, schema)| *schema != Results::SCHEMA);
    if let Some((which, found)) = other {
        return Err(Error::OtherSchema { which, found });
    }
    let pairs: Vec<(&Measured, &Measured)> = before
        .measured
        .iter()
        .filter_map(|one| Some((one, after.measured.iter().find(|it| it.id() == one.id())?)))
        .collect();
    if pairs.is_empty() {
        let (before, after) = (before.measured.len(), after.measured.len());
        return Err(Error::NothingInCommon { before, after });
    }
    let unequal: Vec<String> =
        pairs.iter().filter_map(|(one, other)| unequal(one, other)).collect();
    if !unequal.is_empty() {
        return Err(Error::UnequalWork(unequal));
    }
    let (pairs, timeless): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|(one, other)| rows::has_times(one) && rows::has_times(other));
    let timeless: Vec<String> =
        timeless.iter().map(|(one, _)| crate::text::plain(&one.id())).collect();
    if pairs.is_empty() {
        return Err(Error::NoTimes(timeless));
    }
    let (table, changes) = rows::table(&pairs);
    let count = |change: Change| changes.iter().filter(|it| **it == change).count();
    let mut text = origin::differences(before, after);
    text += &table;
    text += &format!(
        "\n{BOLD}{} faster, {} slower{BOLD:#}, {} without a difference beyond noise",
        count(Change::Faster),
        count(Change::Slower),
        count(Change::NoDifference)
    );
    text += &match count(Change::TooFew) {
        0 => ".\n".to_owned(),
        few => format!(",\n{few} with too few samples to say (six are needed on both sides).\n"),
    };
    text += &left_out(&timeless, "not all of whose times are above 0");
    text += &left_out(&only_in(before, after), "of the first only");
    text += &left_out(&only_in(after, before), "of the second only");
    Ok(text)
}

/// The ids of `one` that `other` does not have.
fn only_in(one: &Results, other: &Results) -> Vec<String> {
    let has = |id: &String| other.measured.iter().any(|it| it.id() == *id);
    let ids = one.measured.iter().map(Measured::id).filter(|id| !has(id));
    ids.map(|id| crate::text::plain(&id)).collect()
}

fn left_out(ids: &[String], why: &str) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let sentence = format!("Left out, {} {why}: {}.", ids.len(), first_few(ids));
    folded(&sentence, 80).join("\n") + "\n"
}

/// What differs in the work of two measurements of one id.
fn unequal(one: &Measured, other: &Measured) -> Option<String> {
    let work = |it: &Measured| (it.terms, it.baseline_terms, it.distance);
    (work(one) != work(other)).then(|| {
        let id = crate::text::plain(&one.id());
        format!("{id} has {} terms in one and {} in the other", one.terms, other.terms)
    })
}

fn first_few(ids: &[String]) -> String {
    const FEW: usize = 3;
    let shown = ids[..ids.len().min(FEW)].join(", ");
    match ids.len().saturating_sub(FEW) {
        0 => shown,
        more => format!("{shown}, and {more} more"),
    }
}
