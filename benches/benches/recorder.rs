//! Keeps what criterion measures, sample by sample, with what stood beside it.
//!
//! Criterion's own files hold the times only, are private to it, and stay on disk from run to run.
//! So each closure that is timed leaves its samples here: they are of this run, all of them.

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::process::exit;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use benches::results::{Measured, Peer, Results, Timeline, Trouble};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode};
use measure::{Cancellation, Error, panics};
use rng::Rng;

use crate::finish;
use crate::plan::Plan;

/// What this run has measured so far. A clone is another handle to it.
#[derive(Debug, Clone)]
pub struct Recorder {
    results: Arc<Mutex<Results>>,
    began: Instant,
    quick: bool,
    measures: bool,
    /// What a signal cancels.
    pub cancellation: Cancellation,
}

/// A group of ids, as criterion has it.
pub type Group<'c> = BenchmarkGroup<'c, WallTime>;

/// What one sample of an id brought.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pass {
    /// The time of all calls of the sample.
    pub time: Duration,
    /// Seconds of the baseline, beside it.
    pub alone: Option<f64>,
    /// The capacity beside it, in cores.
    pub cores: Option<f64>,
    /// Seconds of our own strategy, where this one is a foreign one.
    pub ours: Option<f64>,
}

impl Recorder {
    /// Notes where and when this run begins.
    pub fn begin(plan: &Plan) -> Result<Self, Error> {
        let results = Arc::new(Mutex::new(benches::results_of_nothing(&plan.arguments)?));
        let Plan { quick, measures, .. } = *plan;
        let cancellation = Cancellation::default();
        Ok(Recorder { results, began: Instant::now(), quick, measures, cancellation })
    }

    /// The ids that begin with `name`. Each of their samples makes the same number of calls.
    pub fn group<'c>(&self, criterion: &'c mut Criterion, name: &str) -> Group<'c> {
        let mut group = criterion.benchmark_group(name);
        group.sampling_mode(SamplingMode::Flat);
        group
    }

    /// What was made for the ids that begin with `id`; `None` once an error is noted for them.
    pub fn noted<T>(&self, id: &str, made: Result<T, Error>) -> Option<T> {
        made.map_err(|error| self.failed(id.to_owned(), error.to_string())).ok()
    }

    /// Hands one id to criterion. `what` says what is measured, with all samples still empty; `pass`
    /// makes one sample of so many calls, in an order that it draws. An error ends this id, and is noted; the
    /// others go on.
    pub fn measure(
        &self,
        group: &mut Group<'_>,
        what: Measured,
        mut pass: impl FnMut(u64, &mut Rng) -> Result<Pass, Error>,
    ) {
        let mut rng = self.rng(&what.id());
        let id = BenchmarkId::new(&what.strategy, what.workers);
        let mut passes: Vec<(u64, Pass)> = Vec::new();
        let timed = catch_unwind(AssertUnwindSafe(|| {
            group.bench_function(id, |bencher| {
                bencher.iter_custom(|calls| {
                    let pass = pass(calls, &mut rng).unwrap_or_else(|error| panic_any(error));
                    passes.push((calls, pass));
                    pass.time
                });
            });
        }));
        self.wait_if_interrupted();
        match timed {
            Ok(()) if passes.is_empty() => {} // It was not asked for.
            Ok(()) => {
                let samples = &passes[first_sample(&passes, self.quick)..];
                self.locked().measured.push(filled(what, samples));
            }
            Err(payload) if finish::is_output(&*payload) => {
                // Criterion prints also when a group ends: a panic on the way there would be a second
                // one, and abort. So the program ends here.
                let measured = self.measures.then(|| self.so_far(false));
                exit(finish::broken(measured.as_ref(), &*payload).into());
            }
            Err(payload) => {
                let reason = match payload.downcast_ref::<Error>() {
                    Some(error) => error.to_string(),
                    None => panics::text(&*payload),
                };
                finish::complain(&format!("error: {} failed: {reason}", what.id()));
                self.failed(what.id(), reason);
            }
        }
    }

    /// Notes that what has this id, or begins with it, failed.
    pub fn failed(&self, id: String, reason: String) {
        self.locked().troubles.push(Trouble { id, failed: true, reason });
    }

    /// Notes that it was skipped, because something is missing on this machine.
    pub fn skipped(&self, id: &str, reason: String) {
        self.locked().troubles.push(Trouble { id: id.to_owned(), failed: false, reason });
    }

    /// Notes the timeline of an audited run.
    pub fn timeline(&self, timeline: Timeline) {
        self.locked().timelines.push(timeline);
    }

    /// The median time of an id that was measured.
    pub fn median(&self, id: &str) -> Option<f64> {
        let results = self.locked();
        Some(results.measured.iter().find(|measured| measured.id() == id)?.time()?.median)
    }

    /// What there is so far. `complete` says whether this is all that was asked for.
    pub fn so_far(&self, complete: bool) -> Results {
        let took = self.began.elapsed().as_secs_f64();
        Results { complete, took, ..self.locked().clone() }
    }

    /// The generator of one id: its samples are drawn alike from the same seed, whatever else is measured.
    fn rng(&self, id: &str) -> Rng {
        let seed = self.locked().seed.unwrap_or_default();
        Rng::new(id.bytes().fold(seed, |seed, byte| Rng::new(seed ^ u64::from(byte)).bits()))
    }

    /// A signal is ending this program, from another thread: what fails now is only its echo.
    fn wait_if_interrupted(&self) {
        while self.cancellation.is_cancelled() {
            std::thread::park();
        }
    }

    fn locked(&self) -> MutexGuard<'_, Results> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the samples begin: criterion's warm-up makes one call, then two, four, ...; the samples
/// make the same number each. A quick run warms up with its first call only.
fn first_sample(passes: &[(u64, Pass)], quick: bool) -> usize {
    let last = passes.len() - 1;
    if quick {
        return last.min(1);
    }
    let alike = passes.iter().rev().take_while(|(calls, _)| *calls == passes[last].0).count();
    // The very first call is never a sample, unless it is all there is.
    (passes.len() - alike).max(last.min(1))
}

fn filled(what: Measured, samples: &[(u64, Pass)]) -> Measured {
    let all = |part: fn(&Pass) -> Option<f64>| -> Vec<f64> {
        samples.iter().filter_map(|(_, pass)| part(pass)).collect()
    };
    let seconds = samples.iter().map(|(calls, pass)| pass.time.as_secs_f64() / *calls as f64);
    let ours = all(|pass| pass.ours);
    Measured {
        seconds: seconds.collect(),
        baseline: all(|pass| pass.alone),
        cores: all(|pass| pass.cores),
        peer: what.peer.map(|peer| Peer { seconds: ours, ..peer }),
        ..what
    }
}
