use std::time::Duration;

use children::orphans;
use course::hand_in::Contents;
use course::{Document, LearnerFile, Lesson, Program};
use indicatif::ProgressBar;
use measure::Error;
use measure::check::joins_within;

use crate::case::Case;
use crate::comparison::{Comparison, Comparisons};
use crate::observer::observe;
use crate::options::Options;
use crate::scenario::{Scenario, Version};
use crate::{Fault, WorkerKind, limit, report};

/// The lesson.
#[derive(Debug)]
pub struct Faults;

impl Lesson for Faults {
    const NAME: &'static str = "faults";
    const QUESTION: &'static str = crate::QUESTION;
    type Options = Options;

    fn examples() -> String {
        "Examples:\n  -s panic,exit           only these two\n  \
         --retries 0             no second chance for a lost range\n  \
         --json                  everything, for a program to read"
            .to_owned()
    }

    fn color(options: &Options) -> clap::ColorChoice {
        options.color
    }

    /// Lets everything go wrong that was asked for, and reports what was seen. The exit code is 0 where the
    /// strategies of this workspace did what they promise, whatever the careless ones did.
    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        if options.list {
            options.hand_in.refuse("--list", "what was observed")?;
            program.output.result(&report::list())?;
            return Ok(0);
        }
        (options.kernel.description().check_terms)(options.terms())?;
        options.check()?;
        program.handle_signals()?;
        joins_within(options.timeout.unwrap_or(limit::LONGEST), options.kernel)?;
        // The faults are the lesson's; of the learner's there is at most a kernel.
        let yours = || match options.kernel.is_yours() {
            true => Ok(vec![LearnerFile::kernel()?]),
            false => Ok(Vec::new()),
        };
        let hand_in = options.hand_in.open(Self::NAME, yours, program)?;
        orphans::adopt();
        let document = Document::new(Self::NAME, observed(options, program)?);
        let handed_in = hand_in.map(|file| file.write(Contents::of(&document))).transpose();
        program.output.result(&if options.json {
            document.to_json()
        } else {
            report::table(&document, options.wants_all())
        })?;
        let refused = document.runs.iter().filter(|run| run.is_refused()).inspect(|run| {
            let error = run.careful.error.as_deref().unwrap_or_default();
            program.complain(&format!("{}: {error}", run.scenario.title()));
        });
        let refused = refused.count();
        let broken = document.runs.iter().filter(|run| !run.keeps_promise()).inspect(|run| {
            let error = run.careful.error.as_ref();
            let error = error.map(|error| format!(": {error}")).unwrap_or_default();
            program.complain(&format!("{} broke its promise{error}", run.scenario.title()));
        });
        let broken = broken.count();
        handed_in?.iter().for_each(|note| program.output.complain(note));
        Ok(match (broken, refused) {
            (0, 0) => 0,
            (0, _) => measure::REFUSED,
            _ => 1,
        })
    }
}

/// One scenario after the other, in both versions.
fn observed(options: &Options, program: &Program) -> Result<Comparisons, Error> {
    let scenarios = options.scenarios();
    let bar =
        if options.json { ProgressBar::hidden() } else { ProgressBar::new(scenarios.len() as u64) };
    let mut runs: Vec<Comparison> = Vec::new();
    for scenario in scenarios {
        let outcome = |version, limit: Duration| {
            let case = Case {
                version,
                scenario,
                kernel: options.kernel,
                terms: options.terms(),
                workers: options.workers.main().get(),
                seconds: limit.as_secs_f64(),
                retries: options.retries,
            };
            let most = match version {
                Version::Careless => limit,
                Version::Careful => limit + time_to_report(scenario),
            };
            let outcome = observe(&case, most, &program.cancellation);
            program.stand_still_if_interrupted();
            outcome
        };
        let under_a_fault = matches!(scenario, Scenario::Fault(..)) && !scenario.is_without_fault();
        let at_first = if under_a_fault { limit::under_a_fault(&runs) } else { limit::LONGEST };
        let at_first = options.timeout.unwrap_or(at_first);
        // The careful version first: what it takes says when a silent mistake counts as one that hangs.
        let careful = outcome(Version::Careful, at_first)?;
        let limit = match (options.timeout, scenario) {
            (None, Scenario::Silent(_)) => limit::beside([&careful]),
            _ => at_first,
        };
        let tries = (0..scenario.tries()).map(|_| outcome(Version::Careless, limit));
        runs.push(Comparison::new(scenario, limit, tries.collect::<Result<_, _>>()?, careful));
        bar.inc(1);
    }
    bar.finish_and_clear();
    let limit = options.timeout.unwrap_or_else(|| limit::under_a_fault(&runs));
    Ok(Comparisons::new(options, limit, runs))
}

/// How much longer than its own time limit a careful version may take to report that. One that is stopped
/// as a whole reports nothing.
fn time_to_report(scenario: Scenario) -> Duration {
    match scenario {
        Scenario::Fault(Fault::Stop, WorkerKind::Threads | WorkerKind::WorkStealing) => {
            Duration::ZERO
        }
        _ => Duration::from_secs(2),
    }
}
