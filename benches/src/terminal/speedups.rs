use units::three_digits;

use super::canvas::{Canvas, bar};
use crate::figures::{find, full_count, kernels, median, strategies, worker_counts};
use crate::results::{Question, Results};
use crate::text::{cut, plain};

/// A column of figures, its gap included.
const COLUMN: usize = 7;

/// The narrowest bar that still says something.
const BAR: usize = 8;

/// A table for each kernel: the speedups of every strategy by workers, and a bar for all usable
/// cores that would be full if they were shared without a loss.
pub(super) fn draw(canvas: &mut Canvas, results: &Results, question: Question) {
    for kernel in kernels(results, question) {
        let what = match question {
            Question::Weak => "as many terms for each worker, times as fast as one core",
            _ => "times as fast as one core, by workers",
        };
        canvas.heading(&format!("{question}, {kernel}: {what}"));
        table(canvas, results, question, kernel);
    }
}

fn table(canvas: &mut Canvas, results: &Results, question: Question, kernel: &str) {
    let names = strategies(results, question, kernel);
    let all = worker_counts(results, question, kernel);
    let full = full_count(results, question, kernel);
    let name_width = name_width(&names, canvas.width());
    let room = canvas.width() - name_width - 1;
    let shown = chosen(&all, results, room.saturating_sub(BAR) / COLUMN);
    let bar_width = (room - shown.len() * COLUMN).min(24);

    let mut head = format!("{:name_width$}", "workers");
    shown.iter().for_each(|count| head += &format!("{count:>COLUMN$}"));
    if let Some(full) = full {
        head += &format!(" of {full} cores");
    }
    canvas.line(&head);
    for name in names {
        let speedup = |workers| median(find(results, question, kernel, name, workers)?.speedup());
        let mut line = format!("{:name_width$}", cut(&plain(name), name_width));
        for workers in &shown {
            line += &format!("{:>COLUMN$}", cell(speedup(*workers)));
        }
        // A strategy for one worker has no bar.
        if let Some((full, gain)) = full.and_then(|full| Some((full, speedup(full)?))) {
            line += &format!(" {}", bar(gain / full as f64, bar_width));
        }
        canvas.line(&line);
    }
    let hidden: Vec<String> =
        all.iter().filter(|count| !shown.contains(count)).map(usize::to_string).collect();
    if !hidden.is_empty() {
        canvas.sentence(&format!("Not shown here: {} workers.", hidden.join(", ")));
    }
}

/// As many worker counts as there is room for: those that say most first, then from the largest
/// downwards.
fn chosen(all: &[usize], results: &Results, room: usize) -> Vec<usize> {
    let machine = &results.machine;
    let full = all.iter().rfind(|count| **count <= machine.usable_cores);
    let more = all.iter().find(|count| **count > machine.usable_cores);
    let physical = all.iter().find(|count| **count == machine.physical_cores);
    let wanted = [full, more, all.first(), physical].into_iter().flatten();
    let mut chosen = Vec::new();
    for count in wanted.chain(all.iter().rev()) {
        if chosen.len() < room && !chosen.contains(count) {
            chosen.push(*count);
        }
    }
    chosen.sort_unstable();
    chosen
}

fn name_width(names: &[&str], width: usize) -> usize {
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    longest.clamp(7, width * 2 / 5).min(20)
}

/// `1.93x`; `1/240` for what is 240 times slower; `-` for what was not measured.
fn cell(speedup: Option<f64>) -> String {
    match speedup {
        None => "-".to_owned(),
        Some(gain) if gain >= 9999.5 => ">9999x".to_owned(),
        Some(gain) if gain >= 0.0995 => format!("{}x", three_digits(gain)),
        Some(loss) if 1.0 / loss < 9999.5 => format!("1/{:.0}", 1.0 / loss),
        Some(_) => "<1/9999".to_owned(),
    }
}
