use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use children::itself;
use course::signals;
use kernels::{AnyKnown, Home, KernelName, Workers};
use measure::{Context, Error, Setup, panics};
use serde::{Deserialize, Serialize};

use crate::scenario::{Scenario, Version};
use crate::silent::Deviation;
use crate::{Fault, Faulty, WorkerKind, careful, careless};

/// One run that may go wrong: a program of its own, so that nothing of it is left afterwards.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Case {
    pub(crate) version: Version,
    pub(crate) scenario: Scenario,
    pub(crate) kernel: KernelName,
    pub(crate) terms: u64,
    pub(crate) workers: usize,
    /// How long the sum may take, where the version has a time limit.
    pub(crate) seconds: f64,
    /// How often a lost range may be given to another worker.
    pub(crate) retries: u32,
}

/// What a case that comes to a sum reports: this line of JSON on standard output.
///
/// A wrong sum itself is not reported, only how far off it is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct CaseReport {
    #[serde(flatten)]
    pub(crate) deviation: Deviation,
    pub(crate) seconds: f64,
    pub(crate) retries: u32,
}

/// The argument that makes this program a case.
pub(crate) const CASE: &str = "--case";

/// A wrong sum does not tell whose it is.
const WRONG_SUM: &str = "the sum is not the known answer, so it is refused; nobody reported a fault: \
                         compare each worker's partial with a sum of the same range";

/// No case takes more memory than this, which is what `flood` would otherwise do.
const MOST_MEMORY: u64 = 1 << 30;

/// Turns this process into a case, or into a careless worker of one, if it was started as one.
pub fn case_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() != Some(OsStr::new(CASE)) {
        return careless::worker_if_asked();
    }
    let case = arguments.next().and_then(|case| serde_json::from_str(case.to_str()?).ok());
    let Some(case): Option<Case> = case else {
        return Some(complain("a case is described by the lesson, not by hand", 2));
    };
    Some(match case.run() {
        // A careless version believes its sum, whatever it is.
        Ok(report) if report.deviation.right || case.version == Version::Careless => print(&report),
        Ok(_) => complain(WRONG_SUM, 1),
        Err(error) => complain(&error.to_string(), error.exit_code()),
    })
}

fn print(report: &CaseReport) -> ExitCode {
    let text = serde_json::to_string(report).expect("plain data");
    let printed = writeln!(io::stdout(), "{text}");
    ExitCode::from(if printed.is_ok() { 0 } else { 74 })
}

fn complain(line: &str, code: u8) -> ExitCode {
    // If standard error is gone as well, the exit code has to speak.
    let _ = writeln!(io::stderr(), "{line}");
    ExitCode::from(code)
}

impl Case {
    fn run(&self) -> Result<CaseReport, Error> {
        itself::limit_memory(MOST_MEMORY);
        // The lesson starts its cases on its main thread, which ends last.
        itself::end_with_parent();
        let workers = Workers::new(self.workers).unwrap_or(Workers::ONE);
        let context = Setup::default().with_retries(self.retries).context(workers);
        let (deviation, time) = match (self.scenario, self.version) {
            (Scenario::Silent(mistake), version) => {
                let (deviation, time) = measure::time(|| match version {
                    Version::Careless => mistake.broken(&context),
                    Version::Careful => mistake.fixed(&context),
                });
                (deviation?, time)
            }
            (Scenario::Fault(fault, kind), Version::Careless) => {
                self.careless(kind, fault, &context)?
            }
            (Scenario::Fault(fault, kind), Version::Careful) => {
                panics::quiet();
                signals::become_errors();
                let kernel = self.kernel()?;
                let limit = Duration::from_secs_f64(self.seconds);
                let sums = kernel.kernel();
                let (sum, time) = careful::sum(kind, fault, &sums, self.terms, &context, limit)?;
                (Deviation::between(&sum, &careful::expected(&kernel, self.terms)), time)
            }
        };
        let (seconds, retries) = (time.as_secs_f64(), context.take_retries());
        Ok(CaseReport { deviation, seconds, retries })
    }

    fn careless(
        &self,
        kind: WorkerKind,
        fault: Fault,
        context: &Context,
    ) -> Result<(Deviation, Duration), Error> {
        let known = self.kernel()?;
        let expected = careful::expected(&known, self.terms);
        let kernel = Faulty::new(known.kernel(), fault, self.terms, context.workers());
        let (sum, time) = measure::time(|| match kind {
            WorkerKind::Threads => careless::threads(&kernel, self.terms, context),
            WorkerKind::WorkStealing => careless::queue(&kernel, self.terms, context),
            WorkerKind::Processes => {
                careless::processes(self.terms, fault, context).map(Into::into)
            }
        });
        Ok((Deviation::between(&sum?, &expected), time))
    }

    fn kernel(&self) -> Result<AnyKnown, Error> {
        Ok(AnyKnown::with_home(self.kernel, self.terms, Home::Private)?)
    }
}
