//! The few instructions that do the work: the additions of data, and not those of the bookkeeping.

use crate::listing::Line;
use crate::loops::turns;

/// For each instruction, whether it adds numbers that the program works with. One that adds what never
/// changes counts a loop on, or moves the stack. Of a function with loops: only what stands in one.
pub(crate) fn additions(lines: &[Line]) -> Vec<bool> {
    let loops: Vec<(usize, usize)> = turns(lines).collect();
    (0..lines.len())
        .map(|number| {
            // The smallest loop around it.
            let around = loops.iter().filter(|(first, last)| (*first..=*last).contains(&number));
            match around.min_by_key(|(first, last)| last - first) {
                Some((first, last)) => adds(&lines[number], Some(&lines[*first..=*last])),
                None => loops.is_empty() && adds(&lines[number], None),
            }
        })
        .collect()
}

/// Whether `line` adds data; `turn` is the loop around it.
fn adds(line: &Line, turn: Option<&[Line]>) -> bool {
    let moves = |register| {
        turn.is_none_or(|turn| turn.iter().any(|line| line.meaning.writes.contains(register)))
    };
    line.meaning.adds.as_ref().is_some_and(|added| added.iter().all(moves))
}
