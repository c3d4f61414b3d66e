//! A curve from what another lesson wrote with `--json`.

use std::collections::BTreeMap;
use std::path::Path;

use measure::Error;
use serde::Deserialize;

use super::Judged;
use crate::text_file;

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
    /// Slow rows may have summed fewer.
    terms: Option<u64>,
    verdict: Option<String>,
    seconds: Option<Seconds>,
}

impl Run {
    /// Seconds of a term, where the sum was right: what was not added tells nothing.
    fn per_term(&self) -> Option<f64> {
        let right = self.verdict.as_deref().is_none_or(|verdict| verdict == "right");
        let median = self.seconds.as_ref().filter(|_| right)?.median;
        Some(median / self.terms.unwrap_or(1).max(1) as f64)
    }
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
    let text = text_file::read(path).map_err(|cause| Error::Input {
        path: path.to_owned(),
        cause,
        remedy: MEND,
    })?;
    let wrong = |line, cause| Error::Data { path: path.to_owned(), line, cause, remedy: MEND };
    let document: Document = serde_json::from_str(&text).map_err(|error| {
        wrong(Some(error.line() as u64), format!("it is no result of a lesson: {error}"))
    })?;
    document.judged(strategy).map_err(|cause| wrong(None, cause))
}

impl Document {
    fn judged(&self, strategy: Option<&str>) -> Result<Judged, String> {
        let timed =
            || self.runs.iter().filter_map(|run| Some((run, run.per_term()?))).filter(there);
        let by_time = |a: &(&Run, f64), b: &(&Run, f64)| a.1.total_cmp(&b.1);
        let fastest = timed().min_by(by_time).map(|(run, _)| run.strategy.as_str());
        let name = strategy.or(fastest).ok_or("nothing in it was timed and right")?;
        let mine = || timed().map(|(run, _)| run).filter(|run| run.strategy == name);
        // With other numbers of terms at other counts, each counts as if it had summed the most.
        let most = mine().filter_map(|run| run.terms).max();
        let mut points = BTreeMap::<usize, Vec<f64>>::new();
        for run in mine() {
            let scale = run.terms.zip(most).map_or(1.0, |(terms, most)| most as f64 / terms as f64);
            let samples = run.seconds.iter().flat_map(|seconds| &seconds.samples);
            points.entry(run.workers).or_default().extend(samples.map(|seconds| seconds * scale));
        }
        if points.is_empty() {
            let mut names: Vec<&str> = timed().map(|(run, _)| run.strategy.as_str()).collect();
            names.dedup();
            return Err(format!(
                "it has no strategy `{}`, but {}",
                plain(name),
                plain(&names.join(", "))
            ));
        }
        let origin = format!("{} of {}, from the file", plain(name), plain(&self.lesson));
        Ok(Judged::of(origin, points.into_iter().collect()))
    }
}

/// Whether somebody was there to sum.
fn there((run, _): &(&Run, f64)) -> bool {
    run.workers > 0 && run.terms != Some(0)
}

/// What is shown of names that may be anything.
fn plain(text: &str) -> String {
    const SHOWN: usize = 60;
    let shown = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().take(SHOWN).map(shown).collect()
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
        assert_eq!(empty, "nothing in it was timed and right");
    }

    #[test]
    fn the_fastest_is_so_by_the_time_of_a_term_and_was_right() {
        let text = r#"{"lesson": "threads", "runs": [
            {"strategy": "few", "workers": 1, "terms": 10, "verdict": "right",
             "seconds": {"median": 0.1, "samples": [0.1]}},
            {"strategy": "many", "workers": 1, "terms": 1000, "verdict": "right",
             "seconds": {"median": 1.0, "samples": [1.0]}},
            {"strategy": "many", "workers": 2, "terms": 500, "verdict": "right",
             "seconds": {"median": 0.3, "samples": [0.3]}},
            {"strategy": "formula", "workers": 1, "terms": 1000, "verdict": "folded",
             "seconds": {"median": 1e-9, "samples": [1e-9]}}]}"#;
        let judged = document(text).judged(None).expect("two of them were right");
        assert_eq!(judged.points, [(1, vec![1.0]), (2, vec![0.6])]);
        let said = document(text).judged(Some("formula")).expect_err("nobody added");
        assert!(said.contains("no strategy `formula`, but few, many"), "{said}");
    }
}
