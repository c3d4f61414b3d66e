//! Three wrong shaders, run for real: what comes out, and who sees it.

mod contestants;
mod layer;
mod message;
mod outcome;
mod report;
mod under_the_layer;
mod witness;

use clap::Args;
use course::options::values;
use course::{Document, Program};
use kernels::{Integers, Kernel, Known, Workers};
use measure::{Error, Setup};
use serde::Serialize;

use crate::adapters::{self, Facts};
use crate::options::DeviceOptions;
use crate::session::{Asked, Session};
use contestants::contestants;
use outcome::Outcome;
use under_the_layer::Witness;

pub use witness::witness_if_asked;

/// Run three wrong shaders for real, each with a race, and ask the validation layer which lines race
#[derive(Debug, Clone, Args)]
pub(crate) struct Races {
    #[command(flatten)]
    device: DeviceOptions,

    /// How many terms [default: 1000000, and 100000 on a software device]
    #[arg(short = 'n', long, value_name = "N", value_parser = values::terms, allow_hyphen_values = true)]
    terms: Option<u64>,

    /// How often each shader sums
    #[arg(long, value_name = "N", default_value_t = 10,
          value_parser = clap::value_parser!(u32).range(1..=1000))]
    runs: u32,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    json: bool,
}

/// Enough to keep a GPU busy, so that invocations meet.
const TERMS: u64 = 1_000_000;

/// A barrier costs a device in software dearly.
const TERMS_IN_SOFTWARE: u64 = 100_000;

/// What was seen.
#[derive(Debug, Serialize)]
struct Report {
    /// What it was seen on.
    device: Facts,
    terms: u64,
    /// The known answer.
    right: String,
    shaders: Vec<Outcome>,
    /// What the validation layer saw.
    witness: Witness,
}

impl Races {
    /// Runs all kernels, shows what came, and gives the exit code: 1 where the kernel without a race is wrong, too.
    ///
    /// # Errors
    ///
    /// Where the device fails, or there is none of that name.
    pub(crate) fn run(&self, program: &Program) -> Result<u8, Error> {
        if self.device.list_devices {
            return program.output.result(&adapters::list()).map(|()| 0);
        }
        self.terms.map_or(Ok(()), Integers::check_terms)?;
        program.handle_signals()?;
        let session = Session::default();
        session.ask(Asked { device: self.device.device.clone(), ..Asked::default() });
        let device = match session.device() {
            // As in the table: what is missing here is no fault of this program.
            Err(missing @ Error::Missing { .. }) => {
                let text = format!("Nothing to run here: {missing}.");
                return program.output.result(&course::wrapped(&text, 0)).map(|()| 0);
            }
            opened => opened?,
        };
        let usual = if device.facts.is_software() { TERMS_IN_SOFTWARE } else { TERMS };
        let kernel = Integers::new(self.terms.unwrap_or(usual))?;
        let terms = kernel.spec().terms;
        let context = Setup::new(program.cancellation.clone()).context(Workers::ONE);
        let observe = |contestant| Outcome::new(contestant, &session, &kernel, self.runs, &context);
        let shaders = contestants().into_iter().map(observe).collect::<Result<_, Error>>()?;
        let witness = Witness::ask(&device.facts, terms, &program.cancellation);
        program.stand_still_if_interrupted();
        let right = kernel.sum(0..terms).to_string();
        let seen = Report { device: device.facts.clone(), terms, right, shaders, witness };
        let wrong = seen.shaders.iter().filter(|observed| !observed.racy && observed.wrong > 0);
        let wrong: Vec<_> = wrong.map(|observed| observed.shader.clone()).collect();
        let text =
            if self.json { Document::new("gpu", &seen).to_json() } else { report::text(&seen) };
        program.output.result(&text)?;
        for name in &wrong {
            program
                .complain(&format!("{name} is wrong, and has no race: do not trust this device"));
        }
        Ok(u8::from(!wrong.is_empty()))
    }
}
