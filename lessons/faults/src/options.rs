use std::time::Duration;

use clap::Args;
use course::options::values::{seconds, terms};
use course::options::{HandInOption, WorkerList};
use kernels::{KernelName, Known, Primes};
use measure::Error;

use crate::WorkerKind;
use crate::scenario::Scenario;

/// The options of this lesson: those of all lessons that mean something here, and its own.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// How many terms: 500000, 500_000, 5e5 or 500k [default: the kernel's own]
    #[arg(short = 'n', long, value_name = "N", value_parser = terms, allow_hyphen_values = true)]
    terms: Option<u64>,

    /// What to sum: primes or yours
    #[arg(short, long, value_name = "NAME", default_value = "primes", value_parser = kernel,
          allow_hyphen_values = true)]
    pub(crate) kernel: KernelName,

    /// How many workers: 4; of a list, the count that the other lessons would show
    #[arg(short, long, value_name = "LIST", default_value = "2",
          value_parser = WorkerList::parse, allow_hyphen_values = true)]
    pub(crate) workers: WorkerList,

    /// Only these faults, separated by commas; --list shows them
    #[arg(short, long = "strategy", visible_alias = "fault", value_name = "NAMES",
          value_delimiter = ',', value_parser = scenario)]
    strategies: Vec<String>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,

    /// The longest that one run may take; unless given, 20 times what it takes without a fault, and half a
    /// second at least
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_hyphen_values = true)]
    pub(crate) timeout: Option<Duration>,

    /// How often a lost worker's range may be given to another, in one sum (processes)
    #[arg(long, value_name = "K", default_value = "1", value_parser = processes::retries,
          allow_hyphen_values = true)]
    pub(crate) retries: u32,

    #[command(flatten)]
    pub(crate) hand_in: HandInOption,

    /// When to use colours: auto, always or never
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub(crate) color: clap::ColorChoice,

    /// Show the faults and the silent mistakes, and end
    #[arg(long)]
    pub(crate) list: bool,
}

fn kernel(text: &str) -> Result<KernelName, String> {
    let known = [Primes::NAME, KernelName::YOURS];
    let found = known.into_iter().find(|kernel| kernel.as_str() == text);
    found.ok_or_else(|| "the kernels here are primes and yours; for example: -k yours".to_owned())
}

fn scenario(text: &str) -> Result<String, String> {
    let mut names: Vec<&str> = Scenario::all().map(Scenario::name).collect();
    names.dedup(); // A fault is the same for all kinds of workers.
    let found = names.iter().find(|name| **name == text).map(|name| (*name).to_owned());
    found.ok_or_else(|| format!("the faults are {}; for example: -s panic", names.join(", ")))
}

impl Options {
    /// Whether nothing in particular was asked for.
    pub(crate) fn wants_all(&self) -> bool {
        self.strategies.is_empty()
    }

    /// How many terms are summed.
    pub(crate) fn terms(&self) -> u64 {
        self.terms.unwrap_or(self.kernel.description().default_terms)
    }

    /// Whether all that was asked for can be shown with this kernel.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] that names what cannot.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let is_lost = |name: &&String| {
            let mut named = Scenario::all().filter(|scenario| scenario.name() == **name);
            named.all(|scenario| !self.has(&scenario))
        };
        match self.strategies.iter().find(is_lost) {
            Some(name) => Err(Error::Usage(format!(
                "{name} is a fault of processes, which -k yours leaves out: the children of the careless version \
                 print whole numbers; for example: -k primes -s {name}"
            ))),
            None => Ok(()),
        }
    }

    /// Whether a scenario has both of its versions: the children of the careless one print whole numbers.
    fn has(&self, scenario: &Scenario) -> bool {
        !self.kernel.is_yours() || !matches!(scenario, Scenario::Fault(_, WorkerKind::Processes))
    }

    /// What was asked for; where that is a fault, after the same sums without one, which say how long they take.
    pub(crate) fn scenarios(&self) -> Vec<Scenario> {
        let named =
            |scenario: &Scenario| self.strategies.iter().any(|name| name == scenario.name());
        let wanted = |scenario: &Scenario| self.wants_all() || named(scenario);
        let any_fault = Scenario::all()
            .any(|scenario| matches!(scenario, Scenario::Fault(..)) && wanted(&scenario));
        Scenario::all()
            .filter(|scenario| wanted(scenario) || any_fault && scenario.is_without_fault())
            .filter(|scenario| self.has(scenario))
            .collect()
    }
}
