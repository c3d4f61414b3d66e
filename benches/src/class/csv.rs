//! The table for a spreadsheet: RFC 4180, with a line for each file.

use measure::Interval;

use super::Class;
use super::entry::{Entry, LeftOut};
use super::standing::Standing;

const COLUMNS: [&str; 30] = [
    "file",
    "counts",
    "why_not",
    "name",
    "lesson",
    "about",
    "verdict",
    "right",
    "parallel",
    "fast",
    "share",
    "share_low",
    "share_high",
    "capacity",
    "workers",
    "busy_workers",
    "best_row",
    "best_share",
    "wrong_by",
    "exercises_right",
    "exercises",
    "reason",
    "notes",
    "run_again",
    "cpu",
    "cores",
    "os",
    "version",
    "commit",
    "made",
];

pub(super) fn csv(class: &Class) -> String {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    rows.extend(class.entries.iter().map(|entry| (entry.file.as_str(), counted(entry))));
    rows.extend(
        class.left_out.iter().map(|left_out| (left_out.file.as_str(), not_counted(left_out))),
    );
    rows.sort_by(|one, other| one.0.cmp(other.0));
    let mut text = COLUMNS.join(",") + "\r\n";
    for (_, row) in rows {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        text += &cells.join(",");
        text += "\r\n";
    }
    text
}

fn counted(entry: &Entry) -> Vec<String> {
    let is_one = !entry.is_of_exercises && entry.standings.len() == 1;
    let only = entry.standings.first().filter(|_| is_one);
    let number = |value: Option<f64>| {
        value.filter(|value| value.is_finite()).map_or_else(String::new, |it| it.to_string())
    };
    let share = |part: fn(Interval) -> Option<f64>| {
        number(only.and_then(|standing| standing.share).and_then(part))
    };
    let of = |text: fn(&Standing) -> String| only.map_or_else(String::new, text);
    let right =
        entry.standings.iter().filter(|standing| standing.outcome == super::Outcome::Right).count();
    let exercises = |value: usize| if is_one { String::new() } else { value.to_string() };
    let machine = entry.machine.as_ref();
    vec![
        entry.file.clone(),
        "yes".to_owned(),
        String::new(),
        entry.name.clone(),
        entry.lesson.clone(),
        of(|standing| standing.about.clone()),
        of(|standing| standing.in_a_word().to_owned()),
        of(|standing| {
            (if standing.outcome == super::Outcome::Right { "yes" } else { "no" }).to_owned()
        }),
        of(|standing| standing.parallel.as_str().to_owned()),
        of(|standing| standing.fast.as_str().to_owned()),
        share(|share| Some(share.median)),
        share(|share| share.low),
        share(|share| share.high),
        number(only.and_then(|standing| standing.capacity)),
        of(|standing| standing.workers.map_or_else(String::new, |workers| workers.to_string())),
        of(|standing| standing.busy.map_or_else(String::new, |busy| busy.to_string())),
        of(|standing| standing.best.as_ref().map_or_else(String::new, |best| best.0.clone())),
        number(only.and_then(|standing| standing.best.as_ref()).and_then(|best| best.1)),
        of(|standing| standing.off.as_ref().map_or_else(String::new, |off| off.text.clone())),
        exercises(right),
        exercises(entry.standings.len()),
        of(|standing| standing.reason.clone()),
        entry.notes.join("; "),
        entry.recheck.as_ref().map_or_else(String::new, |again| {
            format!("{}: {}", again.answer.as_str(), again.words)
        }),
        machine.map_or_else(String::new, |machine| machine.cpu.clone()),
        machine.map_or_else(String::new, |machine| machine.cores.to_string()),
        machine.map_or_else(String::new, |machine| machine.os.clone()),
        entry.version.clone(),
        entry.commit.clone().unwrap_or_default(),
        entry.made.clone(),
    ]
}

fn not_counted(left_out: &LeftOut) -> Vec<String> {
    let why = format!("{}: {}", left_out.kind, left_out.why.join("; "));
    let mut row = vec![left_out.file.clone(), "no".to_owned(), why];
    row.resize(COLUMNS.len(), String::new());
    row
}

/// A cell: in quotes where it holds what ends one, and never a formula. A spreadsheet runs what begins with one of
/// these, in quotes, too; behind an apostrophe it is a text.
fn escaped(cell: &str) -> String {
    let runs =
        cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r']);
    let defused = if runs { format!("'{cell}") } else { cell.to_owned() };
    if defused.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", defused.replace('"', "\"\""))
    } else {
        defused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_text() {
        assert_eq!(escaped("plain"), "plain");
        assert_eq!(escaped("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(escaped("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        for runs in ["+1", "-1", "@a", " =1", "\t=1"] {
            assert!(escaped(runs).starts_with('\''), "{runs:?}");
        }
        assert_eq!(escaped("a\nb"), "\"a\nb\"");
    }
}
