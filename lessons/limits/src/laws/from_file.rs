//! A curve from what another lesson wrote with `--json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use shared::Error;

use super::Judged;

/// The part of a lesson's document that a curve is made of.
#[derive(Debug, Deserialize)]
struct Document {
    lesson: String,
    runs: Vec<Run>,
}

#[derive(Debug, Deserialize)]
struct Run {
    strategy: String,
    workers: usize,
    seconds: Option<Seconds>,
}

#[derive(Debug, Deserialize)]
struct Seconds {
    median: f64,
    samples: Vec<f64>,
}

const MEND: &str =
    "write one with, for example, cargo run -p threads -- -w 1..8 --json > curve.json";

/// The curve of `strategy` in the file, or of the fastest one there.
///
/// # Errors
///
/// [`Error::Input`] where the file cannot be read, [`Error::Data`] where it is no such document or has no
/// such strategy.
pub(super) fn read(path: &Path, strategy: Option<&str>) -> Result<Judged, Error> {
    let text = fs::read_to_string(path).map_err(|cause| Error::Input {
        path: path.to_owned(),
        cause: cause.to_string(),
        mend: MEND,
    })?;
    let wrong = |line, cause| Error::Data { path: path.to_owned(), line, cause, mend: MEND };
    let document: Document = serde_json::from_str(&text).map_err(|error| {
        wrong(Some(error.line() as u64), format!("it is no result of a lesson: {error}"))
    })?;
    document.judged(strategy).map_err(|cause| wrong(None, cause))
}

impl Document {
    fn judged(&self, strategy: Option<&str>) -> Result<Judged, String> {
        let timed = || self.runs.iter().filter_map(|run| Some((run, run.seconds.as_ref()?)));
        let by_time =
            |a: &(&Run, &Seconds), b: &(&Run, &Seconds)| a.1.median.total_cmp(&b.1.median);
        let fastest = timed().min_by(by_time).map(|(run, _)| run.strategy.as_str());
        let name = strategy.or(fastest).ok_or("nothing in it was timed")?;
        let mut points = BTreeMap::<usize, Vec<f64>>::new();
        for (run, seconds) in timed().filter(|(run, _)| run.strategy == name && run.workers > 0) {
            points.entry(run.workers).or_default().extend(&seconds.samples);
        }
        if points.is_empty() {
            let mut names: Vec<&str> = timed().map(|(run, _)| run.strategy.as_str()).collect();
            names.dedup();
            return Err(format!("it has no strategy `{name}`, but {}", names.join(", ")));
        }
        let origin = format!("{name} of {}, from the file", self.lesson);
        Ok(Judged::of(origin, points.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        serde_json::from_str(text).expect("a good document")
    }

    const TWO: &str = r#"{"schema": 1, "lesson": "threads", "runs": [
        {"strategy": "slow", "workers": 1, "seconds": {"median": 2.0, "samples": [2.0]}},
        {"strategy": "fast", "workers": 2, "seconds": {"median": 0.5, "samples": [0.5, 0.6]}},
        {"strategy": "fast", "workers": 1, "seconds": {"median": 1.0, "samples": [1.0]}},
        {"strategy": "failed", "workers": 1, "seconds": null}]}"#;

    #[test]
    fn the_fastest_is_taken_where_none_is_named() {
        let judged = document(TWO).judged(None).expect("it has this strategy");
        assert_eq!(judged.points, [(1, vec![1.0]), (2, vec![0.5, 0.6])]);
        assert_eq!(
            document(TWO).judged(Some("slow")).expect("it has this strategy").points,
            [(1, vec![2.0])]
        );
    }

    #[test]
    fn what_is_not_there_is_said() {
        let said = document(TWO).judged(Some("other")).expect_err("it has no such strategy");
        assert!(said.contains("no strategy `other`, but slow, fast"), "{said}");
        let empty = document(r#"{"lesson": "threads", "runs": []}"#)
            .judged(None)
            .expect_err("it has no such strategy");
        assert_eq!(empty, "nothing in it was timed");
    }
}
