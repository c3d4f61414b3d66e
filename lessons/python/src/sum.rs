//! A child Python that was made ready for one rung, and sums by its own clock.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use children::Killer;
use kernels::{Event, Home, Kernel, Known, Memory, Span, Spec, WorkerId, Workers};
use measure::{Error, Registration, Summed};
use serde_json::{Value, json};

use crate::child::{Child, DATA};
use crate::place;
use crate::record::Record;
use crate::report::Stages;
use crate::rung::{Count, Rung};
use crate::session::Session;

/// What a child is made ready for.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) rung: &'static Rung,
    /// A file that replaces the rung's own.
    pub(crate) file: Option<PathBuf>,
    /// The terms.
    pub(crate) spec: Spec,
    /// How many workers it has.
    pub(crate) workers: Workers,
}

impl Task {
    /// Whether both are the same rung with the same terms, from the same data.
    pub(crate) fn is_same(&self, other: &Task) -> bool {
        let data = match (&self.spec.data, &other.spec.data) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true, // The numbers of `memory` are the same for the same number of terms.
            _ => false,
        };
        let rung = self.rung.name == other.rung.name && self.file == other.file;
        let terms = (self.spec.kernel, self.spec.terms) == (other.spec.kernel, other.spec.terms);
        rung && terms && data && self.workers == other.workers
    }

    /// The first request to a child.
    fn request(&self, made: Option<&Path>) -> Value {
        let built = made.map(place::built);
        let folders: Vec<&Path> =
            [Some(place::lesson()), built.as_deref()].into_iter().flatten().collect();
        let asked = self.rung.workers == Count::Asked;
        json!({
            "rung": self.rung.module(),
            "file": self.file,
            "needs": self.rung.needs,
            "kernel": self.spec.kernel.as_str(),
            "terms": self.spec.terms,
            "data": DATA,
            "parallel": asked,
            "workers": if asked { self.workers.get() } else { 1 },
            "folders": folders,
        })
    }
}

/// A child, and what it was made ready for.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) child: Child,
    pub(crate) task: Task,
    /// How many bytes of numbers its last sum has sent to its processes.
    pub(crate) bytes_sent: Option<u64>,
}

impl Ready {
    /// Starts `python` for `task`. The killer can end it already meanwhile.
    pub(crate) fn start(
        session: &Session,
        python: &Path,
        task: Task,
        killer: (Killer, Registration),
    ) -> Result<(Self, Stages), Error> {
        let mut data = task.spec.data.clone();
        if task.spec.kernel == Memory::NAME && data.is_none() {
            // The numbers are always the same; a child can only see those that lie in a file.
            data = Memory::with_home(task.spec.terms, Home::Shared)?.spec().data;
        }
        let name = format!("the Python of {}", task.rung.name);
        let (child, started) =
            measure::time(|| Child::start(session, python, &name, data.as_deref(), killer));
        let mut child = child?;
        let made = place::made();
        let answer = child.ask(&task.request(made.as_deref()))?;
        let seconds = |name: &str| answer[name].as_f64().unwrap_or_default();
        let record = made.and_then(|made| Record::read(&made));
        let stages = Stages {
            start: started.as_secs_f64(),
            import: seconds("import"),
            load: seconds("load"),
            first_call: seconds("first_call"),
            build: record.and_then(|record| Some(record.rungs.get(task.rung.name)?.seconds)),
        };
        Ok((Ready { child, task, bytes_sent: None }, stages))
    }

    /// Asks for the sum of a range.
    pub(crate) fn sum<K: Kernel>(
        &mut self,
        kernel: &K,
        terms: Range<u64>,
    ) -> Result<Summed<u64>, Error> {
        let answer = self.child.ask(&json!({"low": terms.start, "high": terms.end}))?;
        let end = Instant::now();
        let sum = answer["sum"].as_str().and_then(|sum| sum.parse().ok());
        let (Some(sum), Some(took)) = (sum, duration(&answer["seconds"])) else {
            return Err(self.child.failed(format!("it answered {}", short(&answer))));
        };
        let start = end.checked_sub(took).unwrap_or(end);
        match answer["spans"].as_array() {
            None => {
                let worker = WorkerId::Process(self.child.id());
                kernel.record(Event::Summed(Span { worker, range: terms, start, end }));
            }
            Some(spans) => {
                for span in spans {
                    let nonsense = || self.child.failed(format!("it reported {}", short(span)));
                    let span = self.span(span, start).ok_or_else(nonsense)?;
                    kernel.record(Event::Summed(span));
                }
            }
        }
        for name in ["sending", "summing", "collecting"] {
            if let Some(time) = duration(&answer["phases"][name]) {
                kernel.record(Event::Phase(name, time));
            }
        }
        self.bytes_sent = answer["bytes"].as_u64();
        Ok(Summed { sum, took: Some(took) })
    }

    /// What one thread or process of the child summed, on this program's clock.
    fn span(&self, reported: &Value, start: Instant) -> Option<Span> {
        let number = |name: &str| reported[name].as_u64();
        let at = |name: &str| {
            let seconds = reported[name].as_f64()?.max(0.0);
            start.checked_add(Duration::try_from_secs_f64(seconds).ok()?)
        };
        let worker = match number("process") {
            Some(process) => WorkerId::Process(u32::try_from(process).ok()?),
            None => WorkerId::ThreadOf(self.child.id(), u32::try_from(number("thread")?).ok()?),
        };
        let range = number("low")?..number("high")?;
        Some(Span { worker, range, start: at("begin")?, end: at("end")? })
    }
}

fn duration(seconds: &Value) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds.as_f64()?).ok()
}

/// A message that was not understood, short enough for a line.
fn short(message: &Value) -> String {
    let text = message.to_string();
    text.chars().take(200).collect()
}
