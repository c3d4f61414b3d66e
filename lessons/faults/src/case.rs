use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use course::signals;
use kernels::{Known, Primes, Workers};
use measure::{Error, panics, retry};
use serde::{Deserialize, Serialize};

use crate::silent::{Answer, Silent};
use crate::{Fault, Faulty, Place, careful, naive, orphans};

/// One run that may go wrong: a program of its own, so that nothing of it is left afterwards.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Case {
    pub(crate) version: Version,
    pub(crate) what: What,
    pub(crate) terms: u64,
    pub(crate) workers: usize,
    /// How long the sum may take, where the version has a time limit.
    pub(crate) seconds: f64,
    /// How often a lost range may be given to another worker.
    pub(crate) retries: u32,
}

/// The code that everyone writes first, or that of this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Version {
    Naive,
    Careful,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum What {
    /// A worker fails.
    Fault(Fault, Place),
    /// Nothing fails.
    Silent(Silent),
}

/// What a case that comes to an answer says of it: this line of JSON on standard output.
///
/// A wrong sum itself is not told anywhere, only how far off it is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Said {
    #[serde(flatten)]
    pub(crate) answer: Answer,
    pub(crate) seconds: f64,
    pub(crate) retries: u32,
}

/// The argument that makes this program a case.
pub(crate) const CASE: &str = "--case";

/// No case takes more memory than this, which is what `flood` would otherwise do.
#[cfg(unix)]
const MOST_MEMORY: u64 = 1 << 30;

/// Turns this process into a case, or into a naive worker of one, if it was started as one.
pub fn case_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() != Some(OsStr::new(CASE)) {
        return naive::worker_if_asked();
    }
    let case = arguments.next().and_then(|case| serde_json::from_str(case.to_str()?).ok());
    let Some(case): Option<Case> = case else {
        return Some(complain("a case is described by the lesson, not by hand", 2));
    };
    Some(match case.run() {
        // A naive version believes its answer, whatever it is.
        Ok(said) if said.answer.right || case.version == Version::Naive => tell(&said),
        Ok(_) => complain("the sum is wrong; fix the code of this strategy", 1),
        Err(error) => complain(&error.to_string(), error.exit_code()),
    })
}

fn tell(said: &Said) -> ExitCode {
    let text = serde_json::to_string(said).expect("plain data");
    let told = writeln!(io::stdout(), "{text}");
    ExitCode::from(if told.is_ok() { 0 } else { 74 })
}

fn complain(line: &str, code: u8) -> ExitCode {
    // If standard error is gone as well, the exit code has to speak.
    let _ = writeln!(io::stderr(), "{line}");
    ExitCode::from(code)
}

impl Case {
    fn run(&self) -> Result<Said, Error> {
        limit_memory();
        orphans::end_with_the_lesson();
        let workers = Workers::new(self.workers).unwrap_or(Workers::ONE);
        match (self.what, self.version) {
            (What::Silent(silent), version) => {
                let start = Instant::now();
                let answer = match version {
                    Version::Naive => silent.broken(workers),
                    Version::Careful => silent.fixed(workers),
                }?;
                Ok(Said { answer, seconds: start.elapsed().as_secs_f64(), retries: 0 })
            }
            (What::Fault(fault, place), Version::Naive) => {
                self.naive(place, fault, workers, careful::expected(self.terms)?)
            }
            (What::Fault(fault, place), Version::Careful) => {
                panics::quiet();
                signals::become_errors();
                retry::allow(self.retries);
                let expected = careful::expected(self.terms)?;
                let limit = Duration::from_secs_f64(self.seconds);
                let (sum, time) = careful::sum(place, fault, self.terms, workers, limit)?;
                let (answer, seconds) = (Answer::of(sum, expected), time.as_secs_f64());
                Ok(Said { answer, seconds, retries: retry::taken() })
            }
        }
    }

    fn naive(
        &self,
        place: Place,
        fault: Fault,
        workers: Workers,
        expected: u64,
    ) -> Result<Said, Error> {
        let kernel = Faulty::new(Primes::new(self.terms)?, fault, self.terms, workers);
        let start = Instant::now();
        let sum = match place {
            Place::Threads => naive::threads(&kernel, self.terms, workers),
            Place::WorkStealing => naive::queue(&kernel, self.terms, workers),
            Place::Processes => naive::processes(self.terms, workers, fault),
        }?;
        let (answer, seconds) = (Answer::of(sum, expected), start.elapsed().as_secs_f64());
        Ok(Said { answer, seconds, retries: 0 })
    }
}

#[cfg(unix)]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::As);
    let most = Some(maximum.map_or(MOST_MEMORY, |maximum| maximum.min(MOST_MEMORY)));
    // Without the limit the time limit ends it.
    let _ = setrlimit(Resource::As, Rlimit { current: most, maximum });
}

#[cfg(not(unix))]
fn limit_memory() {}
