use std::collections::BTreeSet;

use kernels::{Integers, Kernel};
use measure::{Context, Error};
use serde::Serialize;

use super::contestants::Contestant;
use crate::program::Marking;
use crate::ready::Ready;
use crate::session::Session;

/// What came of a kernel in several runs.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    pub(super) shader: String,
    pub(super) about: &'static str,
    pub(super) file: String,
    /// Whether it has a race, seen or not.
    pub(super) racy: bool,
    /// The sums, as they came.
    #[serde(serialize_with = "as_strings")]
    pub(super) sums: Vec<u64>,
    /// How many of them are wrong.
    pub(super) wrong: usize,
    /// How many different ones there are.
    pub(super) different: usize,
}

impl Outcome {
    /// Lets a kernel sum all terms of `kernel`, `runs` times.
    ///
    /// # Errors
    ///
    /// Where the device fails.
    pub(super) fn new(
        contestant: Contestant,
        session: &Session,
        kernel: &Integers,
        runs: u32,
        context: &Context,
    ) -> Result<Self, Error> {
        let (spec, right) = (kernel.spec(), kernel.sum(0..kernel.spec().terms));
        let name = contestant.name();
        let mut ready = Ready::new(session, &contestant.shader, &spec, Marking::Off, context)?;
        let mut sum = || ready.sum(&(0..spec.terms)).map(|answer| answer.sum);
        let sums = (0..runs).map(|_| sum()).collect::<Result<Vec<_>, Error>>()?;
        let Contestant { shader, about, racy } = contestant;
        Ok(Outcome {
            shader: name,
            about,
            file: shader.file.into_owned(),
            racy,
            wrong: sums.iter().filter(|&&sum| sum != right).count(),
            different: sums.iter().collect::<BTreeSet<_>>().len(),
            sums,
        })
    }

    /// The sums, and how often each of them came in a row.
    pub(super) fn in_a_row(&self) -> impl Iterator<Item = (u64, usize)> {
        self.sums.chunk_by(|one, next| one == next).map(|alike| (alike[0], alike.len()))
    }
}

fn as_strings<S: serde::Serializer>(sums: &[u64], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(sums.iter().map(u64::to_string))
}
