//! What the team of `hot-team` burns between two sums.

use std::time::Duration;

use course::{DIM, Document, wrapped};
use kernels::{Integers, Known, Workers};
use measure::{Context, Error, idle_burn};
use serde_json::{Value, json};
use units::{seconds, three_digits};

use crate::{AWAKE, HotTeam, hot_team};

/// How long nobody asks: within the time for which the team stays awake, and beyond it.
const GAPS: [Duration; 3] =
    [Duration::from_micros(100), Duration::from_millis(1), Duration::from_millis(10)];

/// So long nobody asks, all gaps of one length together.
const IN_ALL: Duration = Duration::from_millis(150);

/// The field of a run of the document: a list of `gap_seconds` and `cpu_seconds_per_second`, which is null where the
/// system does not tell.
const FIELD: &str = "idle";

/// Measures it for the row with the most workers, where there is one: some half a second.
pub(crate) fn annotate(document: &mut Document) {
    let Some(workers) = row(document).and_then(Workers::new) else { return };
    let Ok(burnt) = burnt(workers) else { return }; // The row has complained of what failed.
    for run in document.runs.iter_mut().filter(|run| run.strategy == "hot-team") {
        if run.workers == workers.get() {
            run.extra.insert(FIELD.to_owned(), burnt.clone());
        }
    }
}

/// The workers of the row that is shown.
fn row(document: &Document) -> Option<usize> {
    document.main_run("hot-team").map(|run| run.workers).filter(|workers| *workers > 1)
}

fn burnt(workers: Workers) -> Result<Value, Error> {
    let (kernel, context) = (Integers::new(1000)?, Context::new(workers));
    let mut team = HotTeam::start(&kernel, &context)?;
    let mut sum = || hot_team(&kernel, 0..1000, &mut team).map(drop);
    let measure = |gap: &Duration| {
        let gaps = IN_ALL.div_duration_f64(*gap) as u32;
        let burnt = idle_burn(*gap, gaps, &mut sum)?;
        Ok(json!({ "gap_seconds": gap.as_secs_f64(), "cpu_seconds_per_second": burnt }))
    };
    GAPS.iter().map(measure).collect()
}

/// The same in words, below the table.
pub(crate) fn note(document: &Document) -> String {
    let found = document.main_run("hot-team").and_then(|run| run.extra.get(FIELD)?.as_array());
    let Some(gaps) = found else { return String::new() };
    let burnt: Option<Vec<String>> = gaps.iter().map(in_words).collect();
    let Some(burnt) = burnt else {
        let unknown = "hot-team between two sums: this system does not tell what idle threads burn";
        return format!("{DIM}{}{DIM:#}\n", wrapped(unknown, 0).trim_end());
    };
    let sentence = format!(
        "hot-team burns, in CPU seconds for each second in which nobody asks: {}; it stays awake for {}. No other row \
         has threads between two sums",
        burnt.join(", "),
        seconds(AWAKE.as_secs_f64())
    );
    format!("{DIM}{}{DIM:#}\n", wrapped(&sentence, 0).trim_end())
}

fn in_words(gap: &Value) -> Option<String> {
    let burnt = three_digits(gap["cpu_seconds_per_second"].as_f64()?);
    let long = seconds(gap["gap_seconds"].as_f64()?);
    Some(format!("{burnt} in gaps of {long}"))
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, run};

    use super::*;

    fn document(burnt: Value) -> Document {
        let mut hot = run("hot-team", 2, 0.005);
        hot.extra.insert(
            FIELD.to_owned(),
            json!([{ "gap_seconds": 1e-3, "cpu_seconds_per_second": burnt }]),
        );
        integers(vec![hot])
    }

    #[test]
    fn what_is_burnt_is_said_and_what_is_not_told_is_said_too() {
        let words = |burnt| note(&document(burnt)).replace('\n', " ");
        assert!(words(json!(0.31)).contains("0.31 in gaps of 1.00 ms"));
        assert!(words(Value::Null).contains("does not tell"));
        assert_eq!(note(&integers(vec![run("scoped", 2, 0.005)])), "");
    }

    /// Two workers: the one that waits has a core for no more than the whole time, and some of it.
    #[test]
    #[cfg_attr(not(target_os = "linux"), ignore = "other clocks of a process move in steps")]
    fn a_team_burns_no_more_than_its_cores_and_little_in_long_gaps() {
        let burnt = burnt(Workers::new(2).expect("two")).expect("it sums");
        let at = |gap: usize| burnt[gap]["cpu_seconds_per_second"].as_f64().expect("Linux tells");
        assert!(at(2) < 0.5, "{burnt}");
        assert!((0.0..2.5).contains(&at(0)), "{burnt}");
    }
}
