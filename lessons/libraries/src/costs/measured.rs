use std::collections::BTreeMap;
use std::time::Duration;

use course::{Document, Options};
use measure::verdict::Verdict;
use measure::{Cancellation, Context, Error, Interval, Setup, limited};
use rng::Rng;

use super::row::{self, Sample};
use super::{Costs, Delays, Seconds, TABLE};

/// A nested sum takes some milliseconds. If it takes this long, it is stuck: where a thread waits for work that only
/// it could do, it waits for ever.
const STUCK: Duration = Duration::from_secs(2);

/// What was seen of one library.
#[derive(Default)]
struct Seen {
    samples: Vec<Sample>,
    nested: Vec<f64>,
    stuck: bool,
    failed: Option<Error>,
}

/// Measures what the libraries cost whose rows are right, with as many workers as the table shows, and writes it
/// into their runs. In each round all of them, in an order that is drawn anew. With fewer than six rounds: nothing.
pub(crate) fn annotate(options: &Options, document: &mut Document) {
    let workers = options.workers.main();
    let setup = if options.pin { Setup::default().pinned() } else { Setup::default() };
    let is_wanted = |run: &&mut course::Run| {
        run.workers == workers.get()
            && run.verdict == Verdict::Right
            && run.seconds.is_some()
            && run.strategy != "your-turn"
    };
    let names = document.runs.iter_mut().filter(is_wanted).map(|run| run.strategy.clone());
    let mut seen: BTreeMap<String, Seen> = names.map(|name| (name, Seen::default())).collect();
    let mut rng = Rng::new(options.seed);
    for _ in 0..options.timing.rounds_below(TABLE) {
        let mut order: Vec<_> = seen.iter_mut().collect();
        rng.shuffle(&mut order);
        for (name, seen) in order {
            look(name, &setup.context(workers), options.timing.timeout, seen);
        }
    }
    for run in document.runs.iter_mut().filter(is_wanted) {
        if let Some(costs) = seen.get(&run.strategy).and_then(|seen| seen.costs(&run.strategy)) {
            costs.write(run);
        }
    }
    let failed = seen.iter().filter_map(|(name, seen)| Some((name, seen.failed.as_ref()?)));
    let notes = failed.map(|(name, error)| format!("{name}: its costs are not known: {error}"));
    document.notes.extend(notes);
}

/// One library in one round. What has failed or is stuck is not tried again.
fn look(name: &str, context: &Context, timeout: Duration, seen: &mut Seen) {
    if seen.failed.is_some() {
        return;
    }
    let cancellation = Cancellation::default();
    let under = |limit, part: &str, work: fn(&str, &Context) -> Result<Sample, Error>| {
        let (name, context) = (name.to_owned(), context.clone());
        let run = format!("{part} of {name}");
        limited(limit, &run, &cancellation, move || work(&name, &context))
    };
    match under(timeout, "the costs", row::sample) {
        Ok(sample) => seen.samples.push(sample),
        Err(error) => return seen.failed = Some(error),
    }
    if seen.stuck || row::never_nested(name).is_some() {
        return;
    }
    let (owned, theirs) = (name.to_owned(), context.clone());
    let nested = move || row::nested(&owned, &theirs);
    match limited(STUCK.min(timeout), &format!("a nested sum of {name}"), &cancellation, nested) {
        Ok(seconds) => seen.nested.push(seconds),
        Err(Error::TimedOut { .. }) => seen.stuck = true,
        Err(error) => seen.failed = Some(error),
    }
}

impl Seen {
    /// Everything that was seen of library `name`; `None` where it failed, or was never looked at.
    fn costs(&self, name: &str) -> Option<Costs> {
        if self.failed.is_some() {
            return None;
        }
        let all = |of: fn(&Sample) -> f64| -> Vec<f64> { self.samples.iter().map(of).collect() };
        let some = |of: &dyn Fn(&Sample) -> Option<f64>| -> Vec<f64> {
            self.samples.iter().filter_map(of).collect()
        };
        let [quiet, summing] = [0, 1].map(|place| some(&|sample| Some(sample.timer?[place])));
        Some(Costs {
            dispatch: Seconds::of(&all(|sample| sample.dispatch))?,
            short: Seconds::of(&all(|sample| sample.short))?,
            short_alone: Seconds::of(&all(|sample| sample.short_alone))?,
            idle_cores: Interval::of(&some(&|sample| sample.idle_cores)),
            uneven: Seconds::of(&all(|sample| sample.uneven))?,
            nested: if self.stuck { None } else { Seconds::of(&self.nested) },
            not_nested: row::never_nested(name).map(str::to_owned),
            stuck: self.stuck,
            timer: Seconds::of(&quiet)
                .zip(Seconds::of(&summing))
                .map(|(quiet, summing)| Delays { quiet, summing }),
        })
    }
}
