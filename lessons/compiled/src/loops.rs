//! The loop in a function: how many instructions it has, and how many terms it adds in one turn.

use std::collections::VecDeque;

use crate::instruction_set::Flow;
use crate::listing::Line;

/// The innermost loop of a function that does most of its work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loop {
    /// Its first and its last instruction, as places in the listing.
    pub first: usize,
    /// The jump back.
    pub last: usize,
    /// How many instructions one turn takes: on the shortest way from the first to the jump back.
    pub instructions: usize,
    /// How many terms one turn adds; `None` where the code does not say.
    pub terms: Option<u64>,
}

impl Loop {
    /// Instructions for each term.
    pub fn per_term(&self) -> Option<f64> {
        self.terms.map(|terms| self.instructions as f64 / terms as f64)
    }
}

/// Finds the loop: a jump back to an instruction above, with no other such jump inside. Of several, the
/// one that adds most terms in a turn: the others do what is left over.
pub fn innermost(lines: &[Line]) -> Option<Loop> {
    let loops: Vec<Loop> = turns(lines)
        .filter_map(|(first, last)| {
            let instructions = shortest_way(&lines[first..=last])?;
            Some(Loop { first, last, instructions, terms: step(&lines[first..=last]) })
        })
        .collect();
    let holds = |outer: &Loop, inner: &Loop| {
        outer != inner && outer.first <= inner.first && inner.last <= outer.last
    };
    let innermost = loops.iter().filter(|one| !loops.iter().any(|inner| holds(one, inner)));
    innermost.copied().max_by_key(|found| found.terms.unwrap_or(0))
}

/// Where something jumps back: the first instruction of the turn, and the jump.
pub(crate) fn turns(lines: &[Line]) -> impl Iterator<Item = (usize, usize)> + '_ {
    lines.iter().enumerate().filter_map(|(last, line)| {
        let back = line.meaning.flow.target()?;
        let first = lines[..=last].iter().position(|line| line.address == back)?;
        Some((first, last))
    })
}

/// How many instructions there are on the shortest way through `lines`, the first and the last included. A
/// compiler that does not optimise puts what comes after a loop in its middle, and jumps over it.
fn shortest_way(lines: &[Line]) -> Option<usize> {
    let place = |address: u64| lines.iter().position(|line| line.address == address);
    let mut steps: Vec<Option<usize>> = vec![None; lines.len()];
    let mut next = VecDeque::from([(0, 1)]);
    while let Some((number, taken)) = next.pop_front() {
        if steps.get(number).is_none_or(Option::is_some) {
            continue;
        }
        steps[number] = Some(taken);
        let flow = lines[number].meaning.flow;
        let goes_on = !matches!(flow, Flow::Return | Flow::Jump(_));
        let jump = if let Flow::Call(_) = flow { None } else { flow.target().and_then(place) };
        next.extend(goes_on.then_some((number + 1, taken + 1)));
        next.extend(jump.map(|number| (number, taken + 1)));
    }
    steps.last().copied().flatten()
}

/// What the loop's counter grows by in one turn: the one constant that is added.
fn step(lines: &[Line]) -> Option<u64> {
    let steps: Vec<u64> = lines.iter().filter_map(|line| line.meaning.counts).collect();
    let first = *steps.first()?;
    steps.iter().all(|step| *step == first).then_some(first)
}
