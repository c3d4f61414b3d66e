//! `machine`: what this machine says it is, and what it can do.

mod pictures;
mod roofline;
mod text;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use kernels::{Integers, Kernel, Known, Workers};
use measure::{Error, cores_given, machine::Machine};
use serde::Serialize;

use crate::cores::{Source, disagreements, sources};
use crate::description::Description;
use crate::probes::{
    Addition, Mountain, Pairs, Prices, Roof, additions, mountain, pairs, prices, roofline as roofs,
};
use crate::told::Told;

/// Everything that was asked and measured.
#[derive(Debug, Serialize)]
struct Measured {
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
///
/// # Errors
///
/// Where the system refuses a thread, a process, or memory.
pub(crate) fn machine() -> Result<Told, Error> {
    let measured = Measured::here()?;
    Ok(Told {
        name: "machine",
        text: text::text(&measured),
        json: serde_json::to_value(&measured).expect("plain data"),
        pictures: pictures::pictures(&measured),
    })
}

/// This machine as a file that `--machine` reads.
///
/// # Errors
///
/// Where the system refuses a thread or a process.
pub(crate) fn described() -> Result<String, Error> {
    Ok(Description::written(Workers::usable().get(), prices()?.costs()))
}

impl Measured {
    fn here() -> Result<Self, Error> {
        let mut facts = Machine::measured(None)?;
        let additions = additions()?;
        for way in &additions {
            facts.ceilings.seen(Integers::NAME, way.per_second);
        }
        let sources = sources(&facts, Path::new("/"));
        let given = given()?;
        Ok(Measured {
            disagreements: disagreements(&facts, &sources, Some(given)),
            sources,
            cores_given: given,
            additions,
            mountain: mountain(&facts)?,
            pairs: pairs()?,
            prices: prices()?,
            roofline: roofs(&facts.ceilings)?,
            facts,
        })
    }
}

/// How many cores as many threads as there are usable cores get just now.
fn given() -> Result<f64, Error> {
    let terms = 0..50_000_000;
    let kernel = Integers::new(terms.end)?;
    let start = Instant::now();
    black_box(black_box(&kernel).sum(black_box(terms.clone())));
    let alone = start.elapsed().as_secs_f64();
    cores_given(&kernel, &terms, Workers::usable(), 1, alone)
}
