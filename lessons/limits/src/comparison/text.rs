use course::{BOLD, plain_table, wrapped};
use units::{count, percent, seconds, three_digits};

use super::{ComparedRun, Comparison, FEW};

/// An error up to this is what the simulator is good for.
const GOOD: f64 = 0.15;

/// The text of `compare`.
pub(super) fn text(comparison: &Comparison) -> String {
    let mut text = format!("{BOLD}The simulator against this machine{BOLD:#}\n\n");
    text += &wrapped(
        &format!(
            "{}: {}, {}. Each strategy runs between two measurements of the machine: one core alone, \
             and the control. The simulator is given their results; the error is how far off it is \
             then. Rounds in which the machine changed do not count.",
            comparison.kernel,
            count(comparison.terms, "term"),
            count(comparison.rounds as u64, "round")
        ),
        0,
    );
    text.push('\n');
    let columns =
        ["strategy", "workers", "control", "measured", "simulated", "error"].map(str::to_owned);
    let rows = comparison.runs.iter().map(|run| {
        vec![
            run.strategy.as_str().to_owned(),
            run.workers.to_string(),
            three_digits(run.cores_given),
            seconds(run.measured),
            seconds(run.simulated),
            error(run),
        ]
    });
    text += &plain_table(&columns, rows, columns.len());
    text + &unsteady(&comparison.runs) + &verdict(&comparison.runs)
}

fn error(run: &ComparedRun) -> String {
    let percent = |share: f64| format!("{:+.1}", share * 100.0);
    match (run.error.low, run.error.high) {
        (Some(low), Some(high)) => {
            format!("{} % ({} to {})", percent(run.error.median), percent(low), percent(high))
        }
        _ => format!("{} %", percent(run.error.median)),
    }
}

/// How often the machine changed under a round.
fn unsteady(runs: &[ComparedRun]) -> String {
    let all: usize = runs.iter().map(|run| run.rounds).sum();
    let steady: usize = runs.iter().map(|run| run.steady_rounds).sum();
    if steady == all {
        return String::new();
    }
    let few = runs.iter().filter(|run| run.steady_rounds < FEW).count();
    let mut sentence =
        format!("The machine changed in {} of {}.", all - steady, count(all as u64, "round"));
    if few > 0 {
        sentence += &format!(
            " It left fewer than {FEW} in {few} of {}: there all count, and the error is that of the \
             machine, too.",
            count(runs.len() as u64, "row")
        );
    }
    wrapped(&sentence, 2)
}

fn verdict(runs: &[ComparedRun]) -> String {
    let off = |run: &ComparedRun| run.error.median.abs();
    let Some(worst) = runs.iter().max_by(|a, b| off(a).total_cmp(&off(b))) else {
        return String::new();
    };
    let name = worst.strategy.as_str();
    let sentence = if off(worst) <= GOOD {
        let far = |run: &ComparedRun| {
            let ends = [run.error.low, run.error.high];
            ends.into_iter().flatten().map(f64::abs).fold(off(run), f64::max)
        };
        let farthest = runs.iter().map(far).fold(0.0, f64::max);
        format!(
            "No error exceeds {} in the median, and their ranges reach {}: so far trust the simulator here, and \
             keep in mind what it leaves out when you go beyond these cores.",
            percent(off(worst)),
            percent(farthest)
        )
    } else {
        format!(
            "It is off by {} for {name} with {}. Either something is missing in the model, or \
             the machine was busy with something else: run it again.",
            percent(off(worst)),
            count(worst.workers as u64, "worker")
        )
    };
    wrapped(&sentence, 2)
}
