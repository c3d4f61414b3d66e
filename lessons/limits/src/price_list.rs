//! `prices`: what does each thing cost on this machine?

mod beside;
mod document;
mod findings;
mod text;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use course::options::values::{self, FROM_THE_CLOCK};
use measure::machine::Machine;
use measure::{Cancellation, Error};

use crate::probes::prices::{Price, Rounds, TABLE, dispatch, rounds};
use crate::section::Section;
use document::PriceList;

/// Options of `prices`.
#[derive(Debug, Clone, Args)]
pub(crate) struct PriceOptions {
    /// Prices of another machine, or of an earlier day: what this command wrote with --json
    #[arg(long, value_name = "FILE")]
    beside: Option<PathBuf>,

    /// Timed rounds, 1000 at most [default: 9 to 51, as many as fit into 4 seconds]
    #[arg(long, value_name = "R", value_parser = at_most_a_thousand, allow_hyphen_values = true)]
    rounds: Option<NonZeroUsize>,

    /// What the order within the rounds is drawn from
    #[arg(long, value_name = "NUMBER", default_value = FROM_THE_CLOCK, value_parser = values::seed,
          allow_hyphen_values = true)]
    seed: u64,
}

/// A round takes a tenth of a second and more, and a median of a thousand is as sure as one of a million.
fn at_most_a_thousand(text: &str) -> Result<NonZeroUsize, String> {
    let rounds = values::rounds(text)?;
    let few = rounds.get() <= 1000;
    few.then_some(rounds)
        .ok_or_else(|| "1000 rounds are the most; for example: --rounds 51".to_owned())
}

/// Measures everything that has a price: some seconds. What another program measures is ended with `cancellation`.
pub(crate) fn prices(
    options: &PriceOptions,
    cancellation: &Cancellation,
) -> Result<Section, Error> {
    // Before it takes time: the file may be no good.
    let other = options.beside.as_deref().map(document::read).transpose()?;
    let plan = Rounds { count: options.rounds.map(Into::into), seed: options.seed };
    let found = rounds(&TABLE, plan)?;
    let mut prices: Vec<Price> = found.iter().map(|one| Price::of(one, &found)).collect();
    prices.push(dispatch(cancellation));
    let mut list = PriceList::new(Machine::asked(), options.seed, prices);
    list.rounds = found.iter().map(|one| one.samples.len()).max().unwrap_or(0);
    list.findings = findings::findings(&list);
    list.beside = other.as_ref().map(|other| beside::beside(&list, other));
    Ok(Section::new("prices", text::text(&list, other.as_ref()), &list))
}
