//! How does the time change if the sum grows with the workers? This is called weak scaling.

use benches::results::{Question, Trouble};
use criterion::{Criterion, SamplingMode};
use kernels::{Integers, Known, Pi, Workers};
use measure::Error;

use crate::course::Course;
use crate::recorder::Recorder;
use crate::sample::{Beside, Subject};

/// Two kernels, three strategies. Every worker count has terms of its own: so many for each worker.
pub fn weak(criterion: &mut Criterion, course: &Course, recorder: &Recorder) {
    kernel::<Integers>(criterion, course, recorder);
    kernel::<Pi>(criterion, course, recorder);
}

fn kernel<K: Known>(criterion: &mut Criterion, course: &Course, recorder: &Recorder) {
    if course.quick {
        return;
    }
    let mut group = criterion.benchmark_group(format!("weak/{}", K::NAME));
    group.sampling_mode(SamplingMode::Flat);
    for workers in course.counts() {
        let each = if course.measures { terms_of_one_worker::<K>() } else { 1000 };
        let terms = each * workers.get() as u64;
        let subject = match K::new(terms)
            .map_err(Error::from)
            .and_then(|kernel| Subject::new(kernel, terms, each))
        {
            Ok(subject) => subject,
            Err(error) => {
                let id = format!("weak/{}", K::NAME);
                recorder.trouble(Trouble { id, failed: true, reason: error.to_string() });
                continue;
            }
        };
        let scoped = benches::strategies::<threads::Threads, K>(&["scoped"]);
        let names = ["rayon-join", "deques"];
        let stealing = benches::strategies::<work_stealing::WorkStealing, K>(&names);
        for strategy in scoped.into_iter().chain(stealing) {
            let what = subject.measured(Question::Weak, &strategy.name, workers);
            let passes = subject.passes(&strategy, workers, Beside::BaselineAndControl);
            recorder.measure(&mut group, what, passes);
        }
    }
    group.finish();
}

/// Half of the kernel's own size; less where so many workers would exceed its largest.
fn terms_of_one_worker<K: Known>() -> u64 {
    let most_workers = 2 * Workers::usable().get() as u64;
    (K::DEFAULT_TERMS / 2).min(K::LARGEST / most_workers)
}
