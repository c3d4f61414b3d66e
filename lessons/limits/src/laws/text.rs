use course::{BOLD, plain_table, wrapped};
use laws::{Curve, Law};
use units::{count, seconds, speedup, three_digits};

use super::FittedCurve;
use super::held_out::{ENOUGH, HeldOut};
use super::here::GrowingSum;
use super::made_up::Truth;

/// The text of `laws`.
pub(super) fn text(curves: &[FittedCurve], weak: Option<&GrowingSum>, made_up: bool) -> String {
    let mut text = format!("{BOLD}The laws{BOLD:#}\n");
    if made_up {
        text += &wrapped(
            &format!(
                "This machine has too few cores for a curve: it takes {ENOUGH} worker counts to fit a law and \
                 hold one back. So two of these curves are made up, from laws that are known, with noise \
                 of 1 %, and one is the simulator's. Bring a curve of another machine with --from."
            ),
            2,
        );
    }
    for curve in curves {
        text += &one(curve);
    }
    if let Some(weak) = weak {
        text += &format!("\n{BOLD}More work for more workers{BOLD:#}: scoped on integers, here\n");
        let sentences = weak.reading.sentences().into_iter().chain(weak.withheld.clone());
        text += &sentences.map(|sentence| wrapped(&sentence, 2)).collect::<String>();
    }
    text
}

fn one(curve: &FittedCurve) -> String {
    let mut text = format!("\n{BOLD}{}{BOLD:#}\n", wrapped(&curve.origin, 0).trim_end());
    let medians = Curve::of_rounds(curve.points.clone());
    let alone = medians.median(1);
    let mut columns = ["  workers", "cores", "time", "speedup", "Amdahl", "universal"]
        .map(str::to_owned)
        .to_vec();
    columns.extend(curve.beside.is_some().then(|| "there".to_owned()));
    let fits = [curve.reading.amdahl.fit(), curve.reading.universal.fit()];
    let rows = medians.counts().into_iter().map(|workers| {
        let time = medians.median(workers).unwrap_or(f64::NAN);
        let cores = medians.cores(workers).unwrap_or(workers as f64);
        let mut cells = vec![format!("  {workers}"), three_digits(cores), seconds(time)];
        cells.push(alone.map_or(String::new(), |alone| speedup(alone / time)));
        cells.extend(fits.map(|fit| {
            fit.map_or("-".to_owned(), |fit| speedup(fit.predict_on(workers, cores).value))
        }));
        let there = curve.beside.as_ref().map(|beside| beside.speedup(workers));
        cells.extend(there.map(|there| there.map_or("-".to_owned(), speedup)));
        cells
    });
    text += &plain_table(&columns, rows, columns.len());
    text += &left_out(curve);
    text +=
        &curve.beside.as_ref().map(|it| wrapped(&it.sentence("There: "), 2)).unwrap_or_default();
    for sentence in curve.reading.sentences() {
        text += &wrapped(&sentence, 2);
    }
    text += &curve.truth.map(truth).unwrap_or_default();
    match &curve.held_out {
        Some(last) => text + &held_out(last),
        None if curve.points.len() < ENOUGH => {
            text + &wrapped(
                &format!(
                    "With {ENOUGH} worker counts or more, the largest would be held back as a test."
                ),
                2,
            )
        }
        None => text,
    }
}

/// Which worker counts of the file are not in the curve.
fn left_out(curve: &FittedCurve) -> String {
    let Some(cores) = curve.usable_cores.filter(|_| !curve.left_out.is_empty()) else {
        return String::new();
    };
    let counts: Vec<String> = curve.left_out.iter().map(usize::to_string).collect();
    let sentence = format!(
        "Left out: {} workers. They took turns on {}, and no law knows of that.",
        counts.join(", "),
        count(cores as u64, "core")
    );
    wrapped(&sentence, 2)
}

fn truth(truth: Truth) -> String {
    let percent = |share: f64| three_digits(share * 100.0);
    wrapped(
        &format!(
            "The truth: {} % of the work waits in line, and each further worker costs {} % of the time of \
             one.",
            percent(truth.contention),
            percent(truth.coherence)
        ),
        2,
    )
}

fn held_out(last: &HeldOut) -> String {
    let law = match last.law {
        Law::Amdahl => "Amdahl's law",
        Law::Universal => "The universal law",
    };
    let inside = if last.is_inside() { "inside" } else { "OUTSIDE" };
    wrapped(
        &format!(
            "Held back: {} workers. {law} predicts {} ({} to {}) without having seen them; measured: {}. \
             That is {inside} its range, and the prediction is {:+.1} % off.",
            last.workers,
            speedup(last.predicted.value),
            speedup(last.predicted.low),
            speedup(last.predicted.high),
            speedup(last.measured),
            // Rounded first, so that there is no minus before a zero.
            (last.off() * 1000.0).round() / 10.0 + 0.0
        ),
        2,
    )
}
