//! `machine`: what this machine says it is, and what it can do.

mod pictures;
mod roofs;
mod text;

use std::hint::black_box;

use clap::Args;
use kernels::{Integers, Kernel, Known, Workers};
use measure::{Context, Error, Weights, capacity, facts::Facts, machine::Machine, time};
use serde::Serialize;

use crate::cores::{Source, disagreements, sources};
use crate::description::Description;
use crate::probes::{
    Addition, Mountain, Pairs, Prices, Roof, additions, mountain, pairs, prices, roofline,
};
use crate::section::Section;

/// Options of `machine`.
#[derive(Debug, Clone, Args)]
pub(crate) struct MachineOptions {
    /// Show it as a file for --machine instead
    #[arg(long, conflicts_with = "json")]
    pub(crate) describe: bool,
}

/// Everything that was asked and measured.
#[derive(Debug, Serialize)]
struct MachineReport {
    facts: Machine,
    sources: Vec<Source>,
    /// How many cores as many threads got just now.
    cores_given: f64,
    disagreements: Vec<String>,
    additions: Vec<Addition>,
    mountain: Mountain,
    pairs: Pairs,
    prices: Prices,
    roofline: Vec<Roof>,
}

/// Asks and measures: a few seconds.
pub(crate) fn machine() -> Result<Section, Error> {
    let report = MachineReport::new()?;
    let section = Section::new("machine", text::text(&report), &report);
    Ok(Section { pictures: pictures::pictures(&report), ..section })
}

/// This machine as a file that `--machine` reads.
pub(crate) fn description() -> Result<String, Error> {
    Ok(Description::written(Workers::usable().get(), prices()?.costs()))
}

impl MachineReport {
    fn new() -> Result<Self, Error> {
        let mut facts = Machine::measured(&Context::new(Workers::usable()), None)?;
        let additions = additions()?;
        for way in &additions {
            facts.ceilings.seen(Integers::NAME, way.per_second);
        }
        let sources = sources(&facts, &Facts::asked());
        let given = given()?;
        Ok(MachineReport {
            disagreements: disagreements(&facts, &sources, Some(given)),
            sources,
            cores_given: given,
            additions,
            mountain: mountain(&facts)?,
            pairs: pairs()?,
            prices: prices()?,
            roofline: roofline(&facts.ceilings)?,
            facts,
        })
    }
}

/// How many cores as many threads as there are usable cores get just now.
fn given() -> Result<f64, Error> {
    let terms = 0..50_000_000;
    let kernel = Integers::new(terms.end)?;
    let (_, alone) = time(|| black_box(&kernel).sum(black_box(terms.clone())));
    let context = Context::new(Workers::usable());
    Ok(capacity(&kernel, &Weights::new(terms), &context, alone.as_secs_f64())?.cores())
}
