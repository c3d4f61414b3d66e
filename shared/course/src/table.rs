use std::fmt::Write;
use std::path::Path;

use kernels::Ceiling;
use measure::verdict::Verdict;
use units::{grouped, instructions, percent, seconds, speedup, three_digits};

use super::findings::{SHOWN, findings};
use super::glance::glance_table;
use super::guess::compared;
use super::layout::{BOLD, DIM, plain_table, wrapped};
use super::{Document, Glance, Guess, Phases, Run};

/// What the table says beside its document.
#[derive(Debug, Clone, Default)]
pub struct Beside<'t> {
    /// Whether the strategies use more than one worker.
    pub parallel: bool,
    /// The lesson's own sentences about its numbers.
    pub findings: Vec<String>,
    /// What the lesson itself shows below the table.
    pub below: String,
    /// The file to read first, in the folder of the lesson.
    pub read_first: Option<String>,
    /// The learner's own file.
    pub yours: String,
    /// The fastest strategy.
    pub best: Option<&'t str>,
    /// The best strategy on the other kernels.
    pub glance: Option<&'t Glance>,
    /// What the reader guessed before.
    pub guess: Option<&'t Guess>,
    /// The file that holds the trace.
    pub trace: Option<&'t Path>,
}

/// Everything that a lesson prints for people. `question` is the lesson's, and `shown` picks the rows.
pub fn table(
    question: &str,
    document: &Document,
    shown: &dyn Fn(&Run) -> bool,
    beside: &Beside<'_>,
) -> String {
    let mut text = format!("{BOLD}{}: {question}{BOLD:#}\n\n", document.lesson);
    text += &header(document);
    text.push('\n');
    let shown: Vec<&Run> = document.runs.iter().filter(|run| shown(run)).collect();
    text += &main_table(document, &shown, beside.parallel);
    text += &footnotes(document, &shown, beside.parallel);
    text += &phases_table(&shown);
    text += &bits_table(document);
    let sentences = beside.findings.iter().cloned().chain(findings(document));
    let sentences: Vec<String> = sentences.take(SHOWN).collect();
    if !sentences.is_empty() {
        let _ = writeln!(text, "\n{BOLD}What the numbers say{BOLD:#}");
        for sentence in sentences {
            text += &wrapped(&sentence, 2);
        }
    }
    if let Some(guess) = beside.guess {
        let _ = writeln!(text, "\n{BOLD}Your guess{BOLD:#}");
        for sentence in compared(guess, document, beside.best) {
            text += &wrapped(&sentence, 2);
        }
    }
    if let Some(glance) = beside.glance.filter(|glance| !glance.rows.is_empty()) {
        text.push('\n');
        text += &glance_table(glance);
    }
    if !beside.below.is_empty() {
        let _ = writeln!(text, "\n{}", beside.below.trim());
    }
    let folder = format!("lessons/{}", document.lesson);
    let (first, yours) = (beside.read_first.as_ref().unwrap_or(&beside.yours), &beside.yours);
    let _ =
        write!(text, "\nRead {folder}/{first}.\nThen edit {folder}/{yours} and run this again.\n");
    if let Some(path) = beside.trace {
        text.push('\n');
        text += &wrapped(&format!("trace: {}; open it in ui.perfetto.dev", path.display()), 0);
    }
    text
}

/// What is summed, and on what machine.
fn header(document: &Document) -> String {
    let machine = &document.machine;
    let kernel = document.kernel.name.description();
    let what = (kernel.title)(document.kernel.terms);
    let cores = machine.usable_cores;
    let plural = if cores == 1 { "core" } else { "cores" };
    let physical = match machine.physical_cores {
        fewer if fewer < cores => format!(" ({fewer} physical)"),
        _ => String::new(),
    };
    let simd = instructions(document.kernel.simd);
    let name = kernel.name;
    let mut text =
        wrapped(&format!("{name}: {what} on {cores} usable {plural}{physical}, {simd}"), 0);
    if let Some(quota) = machine.cpu_quota {
        let _ = writeln!(
            text,
            "a quota of {} CPUs: the standard library rounds it down to {}, num_cpus up to {}",
            three_digits(quota),
            machine.usable_cores,
            machine.usable_cores_num_cpus
        );
    }
    if let Some(baseline) = &document.baseline {
        let time = baseline.seconds.median;
        let mut line = format!("one core at its best: {}", seconds(time));
        let terms = document.kernel.terms as f64;
        let fraction = |rate: f64, ceiling: f64| percent(rate / ceiling);
        let ceilings = &machine.ceilings;
        if terms > 0.0 {
            let rate = terms / time;
            let bytes = rate * kernel.bytes_per_term as f64;
            let _ = match kernel.ceiling {
                Some(Ceiling::Additions) => write!(
                    line,
                    ", {} additions/ns, {} of what it can do here",
                    three_digits(rate * 1e-9),
                    fraction(rate, ceilings.additions_per_second_per_core)
                ),
                Some(Ceiling::Divisions) => write!(
                    line,
                    ", {} divisions/ns, {} of what it can do here",
                    three_digits(rate * 1e-9),
                    fraction(rate, ceilings.divisions_per_second_per_core)
                ),
                Some(Ceiling::Bandwidth) if bytes > 1.2 * ceilings.read_bytes_per_second => {
                    write!(line, ", {} GB/s, from the caches", three_digits(bytes * 1e-9))
                }
                Some(Ceiling::Bandwidth) => write!(
                    line,
                    ", {} GB/s; all cores together: {} GB/s",
                    three_digits(bytes * 1e-9),
                    three_digits(ceilings.read_bytes_per_second * 1e-9)
                ),
                None => write!(line, ", {} per term on average", seconds(time / terms)),
            };
        }
        text += &wrapped(&line, 0);
    }
    text
}

/// The column that means nothing where there is only one worker.
const CONTROL: usize = 5;

fn main_table(document: &Document, shown: &[&Run], parallel: bool) -> String {
    let columns = ["strategy", "workers", "time", "per term", "speedup", "of control", "answer"];
    let rows = shown.iter().enumerate().map(|(number, run)| {
        let again = number > 0 && shown[number - 1].strategy == run.strategy;
        let star = if run.terms == document.kernel.terms { "" } else { "*" };
        let name = if again { String::new() } else { format!("{}{star}", run.strategy) };
        let good = matches!(run.verdict, Verdict::Right | Verdict::Folded);
        let time = run.seconds.as_ref().filter(|_| good).map(|time| time.interval.median);
        let share = run.of_control.map(|share| share.median).filter(|share| *share >= 0.005);
        let mut cells = vec![
            name,
            workers_that_took_part(run, parallel),
            time.map(seconds).unwrap_or_default(),
            time.filter(|_| run.terms > 0 && run.verdict == Verdict::Right)
                .map(|time| seconds(time / run.terms as f64))
                .unwrap_or_default(),
            run.speedup.map(|ratio| speedup(ratio.median)).unwrap_or_default(),
            share.map(percent).unwrap_or_default(),
            run.verdict.as_str().to_owned(),
        ];
        if !parallel {
            cells.remove(CONTROL);
        }
        cells
    });
    let mut columns = columns.map(str::to_owned).to_vec();
    if !parallel {
        columns.remove(CONTROL);
    }
    plain_table(&columns, rows, 1)
}

/// `8`, or `3/8` where only three of eight took part.
fn workers_that_took_part(run: &Run, parallel: bool) -> String {
    let busy = run.audit.iter().filter(|worker| worker.terms > 0).count();
    if run.audit.is_empty() || busy == run.workers || !parallel {
        run.workers.to_string()
    } else {
        format!("{busy}/{}", run.workers)
    }
}

fn footnotes(document: &Document, shown: &[&Run], parallel: bool) -> String {
    let mut notes = Vec::new();
    if let Some(small) = shown.iter().find(|run| run.terms != document.kernel.terms) {
        notes.push(format!("* on {} terms; compared by the time per term", grouped(small.terms)));
    }
    let partly = shown.iter().find_map(|run| {
        let cell = workers_that_took_part(run, parallel);
        let (busy, _) = cell.split_once('/')?;
        Some(format!("{cell} workers: {busy} summed, the others were idle"))
    });
    notes.extend(partly);
    for run in shown {
        if let Some(note) = &run.note
            && matches!(run.verdict, Verdict::Wrong | Verdict::Failed)
        {
            let named = note.starts_with(&format!("{} with ", run.strategy));
            notes.push(if named { note.clone() } else { format!("{}: {note}", run.strategy) });
        }
    }
    notes.extend(skipped(shown));
    for run in shown.iter().filter(|run| run.retries > 0) {
        let plural = if run.retries == 1 { "y" } else { "ies" };
        notes.push(format!(
            "{} on {}: {} retr{plural}, lost ranges given to another worker",
            run.strategy, run.workers, run.retries
        ));
    }
    let rounds = shown.iter().filter_map(|run| run.seconds.as_ref()).map(|time| time.samples.len());
    let widest = shown
        .iter()
        .filter(|run| run.verdict == Verdict::Right)
        .filter_map(|run| run.seconds.as_ref()?.interval.spread())
        .reduce(f64::max);
    if let Some(rounds) = rounds.max() {
        let sure = widest.map_or_else(
            || ", too few for an interval".to_owned(),
            |widest| format!("; no 95 % interval is wider than +-{}", percent_of_spread(widest)),
        );
        let plural = if rounds == 1 { "" } else { "s" };
        notes.push(format!("times are medians of {rounds} round{plural}{sure}"));
    }
    notes.extend(document.notes.iter().cloned());
    notes.dedup();
    notes.iter().map(|note| format!("{DIM}{}{DIM:#}\n", wrapped(note, 0).trim_end())).collect()
}

/// Why rows were skipped: each reason once, after the names of all rows that it is true of.
fn skipped(shown: &[&Run]) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for run in shown.iter().filter(|run| run.verdict == Verdict::Skipped) {
        let Some(note) = &run.note else { continue };
        let names = match reasons.iter_mut().find(|(reason, _)| reason == note) {
            Some((_, names)) => names,
            None => {
                reasons.push((note, Vec::new()));
                &mut reasons.last_mut().expect("it was pushed just now").1
            }
        };
        if !names.contains(&run.strategy.as_str()) {
            names.push(&run.strategy);
        }
    }
    reasons.iter().map(|(reason, names)| format!("{}: {reason}", names.join(", "))).collect()
}

fn percent_of_spread(spread: f64) -> String {
    format!("{} %", three_digits((spread * 100.0).max(0.1)))
}

/// Where the time of the processes' rows went.
fn phases_table(shown: &[&Run]) -> String {
    let rows: Vec<(&Run, Phases)> =
        shown.iter().filter_map(|run| Some((*run, run.phases?))).collect();
    if rows.is_empty() {
        return String::new();
    }
    let columns =
        ["where the time went", "workers", "starting", "sending", "summing", "collecting"];
    let cells = rows.iter().map(|(run, phases)| {
        vec![
            run.strategy.clone(),
            run.workers.to_string(),
            seconds(phases.starting),
            seconds(phases.sending),
            seconds(phases.summing),
            seconds(phases.collecting),
        ]
    });
    let mut text = format!("\n{}", plain_table(&columns.map(str::to_owned), cells, 1));
    if rows.iter().any(|(run, _)| run.strategy == "pool") {
        text +=
            &format!("{DIM}in one audited run; a pool is started once, before all sums{DIM:#}\n");
    }
    text
}

/// How the order of float additions changes the answer, where some row shows it.
fn bits_table(document: &Document) -> String {
    if document.runs.iter().all(|run| run.same_bits) {
        return String::new();
    }
    let mut seen: Vec<(String, &str, bool)> = Vec::new();
    for run in &document.runs {
        let Some(sum) = &run.sum else { continue };
        let exact = run.same_bits;
        if exact && seen.iter().any(|(_, _, same)| *same) {
            continue;
        }
        let name = if exact {
            "every fixed-point row".to_owned()
        } else {
            format!(
                "{}, {} worker{}",
                run.strategy,
                run.workers,
                if run.workers == 1 { "" } else { "s" }
            )
        };
        seen.push((name, sum, exact));
    }
    let columns = ["the order of additions", "answer", "off pi by", "bits of the sum"];
    let exact = seen.iter().find(|(_, _, same)| *same).map(|(_, sum, _)| (*sum).to_owned());
    let rows = seen.into_iter().map(|(name, sum, same)| {
        let off = sum.parse::<f64>().map_or(f64::NAN, |sum| (sum - std::f64::consts::PI).abs());
        let bits = match (same, exact.as_deref() == Some(sum)) {
            (true, _) => "exact",
            (false, true) => "others, further down",
            (false, false) => "others",
        };
        vec![name, sum.to_owned(), format!("{off:.1e}"), bits.to_owned()]
    });
    format!("\n{}", plain_table(&columns.map(str::to_owned), rows, 1))
}
