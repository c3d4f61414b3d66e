//! A curve from what another lesson wrote with `--save` or `--json`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use course::{Document, Seconds};
use laws::Round;
use measure::{Error, Interval, verdict::Verdict};
use serde::Deserialize;
use serde_json::Value;

use super::FittedCurve;

const REMEDY: &str =
    "write one with, for example, cargo run -p threads -- -w ladder --save run.json";

/// The part of a document of measurements that a curve is made of; a file may have no more than this.
#[derive(Debug, Deserialize)]
struct Timings {
    /// An object with `usable_cores`, if it is to be used.
    #[serde(default)]
    machine: Value,
    /// An object with a `name`, if another machine is to stand beside it.
    #[serde(default)]
    kernel: Value,
    /// What the machine gave to several workers; without it, each is taken to have had a core.
    #[serde(default)]
    controls: Option<Vec<Given>>,
    runs: Vec<TimedRun>,
}

#[derive(Debug, Deserialize)]
struct Given {
    workers: usize,
    cores: Interval,
    /// Round by round.
    #[serde(default)]
    samples: Vec<f64>,
}

#[derive(Debug, Deserialize)]
struct TimedRun {
    strategy: String,
    workers: usize,
    /// Slow rows may have summed fewer.
    #[serde(default = "one")]
    terms: u64,
    #[serde(default = "right")]
    verdict: Verdict,
    seconds: Option<Seconds>,
}

fn one() -> u64 {
    1
}

fn right() -> Verdict {
    Verdict::Right
}

/// The curve of `strategy` in the file, or of the fastest among those with the most worker counts.
pub(super) fn read(path: &Path, strategy: Option<&str>) -> Result<FittedCurve, Error> {
    let text = course::read_text(path, REMEDY)?;
    let document = Document::parse(&text);
    document.and_then(|document| fitted(&document, strategy)).map_err(|cause| Error::Data {
        path: path.to_owned(),
        line: None,
        cause,
        remedy: REMEDY,
    })
}

fn fitted(document: &Document<Timings>, strategy: Option<&str>) -> Result<FittedCurve, String> {
    let cores = document.machine["usable_cores"].as_u64().filter(|cores| *cores > 0);
    let cores = cores.and_then(|cores| usize::try_from(cores).ok());
    let timed = || document.runs.iter().filter_map(|run| Some((run, seconds_per_term(run)?)));
    // Workers that take turns on a core follow no law of scaling.
    let (within, beyond): (Vec<_>, Vec<_>) =
        timed().partition(|(run, _)| cores.is_none_or(|cores| run.workers <= cores));
    // A table shows only some of its rows with more than one worker count, and a curve needs several.
    let counts = |name: &str| {
        let counts = within.iter().filter(|(run, _)| run.strategy == name);
        counts.map(|(run, _)| run.workers).collect::<BTreeSet<usize>>().len()
    };
    let longest = within.iter().map(|(run, _)| counts(&run.strategy)).max();
    let curves = within.iter().filter(|(run, _)| Some(counts(&run.strategy)) == longest);
    let fastest = curves.min_by(|a, b| a.1.total_cmp(&b.1));
    let fastest = fastest.map(|(run, _)| run.strategy.as_str());
    let name = strategy.or(fastest).ok_or("nothing in it was timed and right")?;
    let of_name = |runs: &[(_, _)]| -> Vec<_> {
        runs.iter()
            .map(|(run, _): &(&TimedRun, f64)| *run)
            .filter(|run| run.strategy == name)
            .collect()
    };
    let (runs, left_out) = (of_name(&within), of_name(&beyond));
    // With other numbers of terms at other counts, each counts as if it had summed the most.
    let most = runs.iter().map(|run| run.terms).max().ok_or_else(|| {
        let mut names: Vec<&str> = within.iter().map(|(run, _)| run.strategy.as_str()).collect();
        names.dedup();
        format!("it has no strategy `{}`, but {}", plain(name), plain(&names.join(", ")))
    })?;
    let mut points = BTreeMap::<usize, Vec<Round>>::new();
    for run in runs {
        let scale = most as f64 / run.terms as f64;
        let samples = run.seconds.iter().flat_map(|seconds| &seconds.samples);
        let all = samples.clone().count();
        let round = |(place, seconds): (usize, &f64)| Round {
            seconds: seconds * scale,
            cores: document.cores(run.workers, place, all),
        };
        points.entry(run.workers).or_default().extend(samples.enumerate().map(round));
    }
    let origin = format!("{} of {}, from the file", plain(name), plain(&document.lesson));
    let left_out: BTreeSet<usize> = left_out.into_iter().map(|run| run.workers).collect();
    let curve = FittedCurve::new(origin, points.into_iter().collect());
    let left_out = left_out.into_iter().collect();
    let of = document.kernel["name"].as_str().map(|kernel| (kernel.to_owned(), name.to_owned()));
    Ok(FittedCurve { of, usable_cores: cores, left_out, ..curve })
}

impl Timings {
    /// The cores of so many workers in the round `place` of `rounds`: where the control has other rounds,
    /// the median of these. One worker has one core, by definition.
    fn cores(&self, workers: usize, place: usize, rounds: usize) -> f64 {
        let controls = self.controls.iter().flatten();
        let given = controls.filter(|_| workers > 1).find(|given| given.workers == workers);
        given.map_or(workers as f64, |given| {
            let beside = given.samples.get(place).filter(|_| given.samples.len() == rounds);
            beside.copied().unwrap_or(given.cores.median)
        })
    }
}

/// Seconds of a term, where somebody summed it, and right.
fn seconds_per_term(run: &TimedRun) -> Option<f64> {
    let summed = run.verdict == Verdict::Right && run.workers > 0 && run.terms > 0;
    let seconds = run.seconds.as_ref().filter(|_| summed)?;
    Some(seconds.interval.median / run.terms as f64)
}

/// What is shown of names that may be anything.
fn plain(text: &str) -> String {
    const SHOWN: usize = 60;
    let shown = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().take(SHOWN).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use course::{Run, made_up};

    use super::*;

    /// A run of one round on a machine with two cores.
    fn run(strategy: &str, workers: usize, terms: u64, seconds: f64) -> Run {
        let mut run = Run { terms, ..made_up::run(strategy, workers, seconds) };
        run.seconds.as_mut().expect("timed").samples.truncate(1);
        run
    }

    /// One round in which each worker had a core.
    fn point(workers: usize, seconds: f64) -> (usize, Vec<Round>) {
        (workers, vec![Round { seconds, cores: workers as f64 }])
    }

    #[test]
    fn the_fastest_curve_is_taken_and_not_a_faster_point() {
        let runs = vec![
            run("channel", 2, 10, 0.4),
            run("spawned", 1, 10, 1.0),
            run("spawned", 2, 10, 0.5),
            run("scoped", 1, 10, 1.0),
            run("scoped", 2, 10, 0.6),
        ];
        let document = Document::parse(&made_up::integers(runs).to_json()).expect("it is read");
        let curve = fitted(&document, None).expect("a curve");
        assert!(curve.origin.starts_with("spawned"), "{}", curve.origin);
        assert_eq!(curve.points, [point(1, 1.0), point(2, 0.5)]);
    }

    /// Each time stands beside the capacity of its round.
    #[test]
    fn the_cores_that_were_given_are_read() {
        let mut two = run("scoped", 2, 10, 0.5);
        two.seconds.as_mut().expect("timed").samples = vec![0.5, 0.8];
        let cores = |samples: &[f64]| {
            let mut document = made_up::integers(vec![run("scoped", 1, 10, 1.0), two.clone()]);
            let mut given = made_up::control(&[1.0, 0.5], &[1.0, 0.5]);
            given.samples = samples.to_vec();
            document.controls = Some(vec![given]);
            let document = Document::parse(&document.to_json()).expect("what is written is read");
            let curve = fitted(&document, None).expect("two counts");
            let cores = |point: &(usize, Vec<Round>)| -> Vec<f64> {
                point.1.iter().map(|round| round.cores).collect()
            };
            curve.points.iter().map(cores).collect::<Vec<_>>()
        };
        assert_eq!(cores(&[1.9, 1.2]), [vec![1.0], vec![1.9, 1.2]]);
        assert_eq!(cores(&[1.9]), [vec![1.0], vec![1.5, 1.5]], "the rounds are others");
    }

    fn fit(runs: &[Run], strategy: Option<&str>) -> Result<FittedCurve, String> {
        let text = made_up::integers(runs.to_vec()).to_json();
        fitted(&Document::parse(&text).expect("what is written is read"), strategy)
    }

    #[test]
    fn the_fastest_is_taken_where_none_is_named() {
        let runs = [run("slow", 1, 10, 2.0), run("fast", 2, 10, 0.5), run("fast", 1, 10, 1.0)];
        let points = |strategy| fit(&runs, strategy).expect("it has this strategy").points;
        assert_eq!(points(None), [point(1, 1.0), point(2, 0.5)]);
        assert_eq!(points(Some("slow")), [point(1, 2.0)]);
    }

    #[test]
    fn a_missing_strategy_is_an_error_that_names_the_others() {
        let runs = [run("slow", 1, 10, 2.0), run("fast", 2, 10, 0.5)];
        let error = fit(&runs, Some("other")).expect_err("it has no such strategy");
        assert!(error.contains("no strategy `other`, but slow, fast"), "{error}");
        let error = fit(&[], None).expect_err("it has no strategy at all");
        assert_eq!(error, "nothing in it was timed and right");
    }

    #[test]
    fn the_fastest_is_so_by_the_time_of_a_term_and_was_right() {
        let runs = [
            run("few", 1, 10, 0.1),
            run("many", 1, 1000, 1.0),
            run("many", 2, 500, 0.3),
            Run { verdict: Verdict::Folded, ..run("formula", 1, 1000, 1e-9) },
        ];
        let curve = fit(&runs, None).expect("two of them were right");
        assert_eq!(curve.points, [point(1, 1.0), point(2, 0.6)]);
        let error = fit(&runs, Some("formula")).expect_err("nobody added");
        assert!(error.contains("no strategy `formula`, but few, many"), "{error}");
    }

    #[test]
    fn a_file_needs_no_more_than_the_workers_and_their_times() {
        let run = |workers: usize, median: f64| {
            let seconds = serde_json::json!({"median": median, "samples": [median]});
            serde_json::json!({"strategy": "mine", "workers": workers, "seconds": seconds})
        };
        let document = serde_json::json!({"lesson": "other", "runs": [run(1, 8.0), run(64, 0.5)]});
        let document = Document::parse(&document.to_string()).expect("it has all that is needed");
        let curve = fitted(&document, None).expect("both counts were timed");
        assert_eq!(curve.points, [point(1, 8.0), point(64, 0.5)]);
        assert_eq!((curve.usable_cores, curve.left_out), (None, Vec::new()));
        for machine in ["[]", "null", "{}", r#"{"usable_cores": "4"}"#, r#"{"usable_cores": 0}"#] {
            let text = format!(r#"{{"lesson": "other", "machine": {machine}, "runs": []}}"#);
            let document = Document::<Timings>::parse(&text).expect("it has all that is needed");
            let error = fitted(&document, None).expect_err("it has no runs");
            assert_eq!(error, "nothing in it was timed and right");
        }
    }

    #[test]
    fn workers_beyond_the_usable_cores_are_left_out_of_the_fit() {
        let runs = [1, 2, 4, 8].map(|workers| run("scoped", workers, 10, 1.0 / workers as f64));
        let curve = fit(&runs, None).expect("two counts are within the cores");
        assert_eq!(curve.points, [point(1, 1.0), point(2, 0.5)]);
        assert_eq!((curve.usable_cores, curve.left_out), (Some(2), vec![4, 8]));
    }
}
