//! # Worth the start
//!
//! A thread takes 15 microseconds to start. From how many terms on is it worth it?
//!
//! To share a sum costs something before the first term is added, and that does not depend on the number of terms.
//! So there is a number of terms below which one core alone is faster. Libraries that share everything, however
//! small, are slow for most of their callers. And where there is one worker, sharing never pays.
//!
//! Counts: it is the smallest number of terms for which `shared` takes less time than `alone`; there is none for one
//! worker. It is found at once, also where it is a number of thirteen digits: to count up to it takes too long.
//!
//! Read: [limits, *Break-even*](../../../limits/README.md), [a recorded run](../../../recorded/README.md)

/// What things cost, in nanoseconds. All numbers are at least 1.
#[derive(Debug, Clone, Copy)]
pub struct Costs {
    /// To start one worker: they are started one after the other, before the first of them sums.
    pub start: u64,
    /// To sum one term.
    pub term: u64,
}

/// The time of one core that sums so many terms.
pub fn alone(costs: Costs, terms: u64) -> u64 {
    terms * costs.term
}

/// The time of so many workers, which is that of the one with the largest range.
pub fn shared(costs: Costs, terms: u64, workers: u64) -> u64 {
    workers * costs.start + terms.div_ceil(workers) * costs.term
}

/// From so many terms on it pays to share them.
pub fn break_even(costs: Costs, workers: u64) -> Option<u64> {
    // HOLE
    if workers == 1 {
        return None;
    }
    // All terms but those of the largest range are saved: that has to be more than the starts cost.
    let to_save = workers * costs.start / costs.term + 1;
    Some((to_save * workers).div_ceil(workers - 1))
    // SKELETON right: it does not pay yet
    //| Some(workers * costs.start / costs.term)
    // WRONG ends: does not come back
    //| if workers == 1 {
    //|     return None;
    //| }
    //| (0..).find(|terms| shared(costs, *terms, workers) < alone(costs, *terms))
    // WRONG right: it panicked
    //| let to_save = workers * costs.start / costs.term + 1;
    //| Some((to_save * workers).div_ceil(workers - 1))
    // WRONG right: it pays already
    //| if workers == 1 {
    //|     return None;
    //| }
    //| let to_save = workers * costs.start / costs.term + 2;
    //| Some((to_save * workers).div_ceil(workers - 1))
    // WRONG right: take as long
    //| if workers == 1 {
    //|     return None;
    //| }
    //| let to_save = (workers * costs.start).div_ceil(costs.term);
    //| Some((to_save * workers).div_ceil(workers - 1))
    // END
}

// HINT To count up from 0 takes hours where a start is expensive and a term is cheap, and never ends with one
// worker. But once it pays, it pays for all larger numbers: so you can double until it pays, and then halve the
// range of doubt.
// HINT Or calculate: while the largest range is summed, others sum the terms that are not in it. Their time is saved,
// and has to be more than all starts together.
// HINT So `workers * start / term + 1` terms have to be saved. To save `k` terms takes `k * workers / (workers -
// 1)`, rounded up.
// RULES
/// Held against the costs themselves.
pub fn rules() -> Rules {
    Rules::new().right("costs", |trial| {
        let mut cases = vec![(100, 10, 2), (1000, 7, 3), (15_000, 1, 8), (1, 1, 2), (5, 1000, 4)];
        cases.extend([(1_000_000_000, 1, 2), (20_000, 30, 1), (50, 50, 2)]);
        // As long as it takes to start a machine.
        cases.push((100_000_000_000, 1, 16));
        let mut rng = trial.rng();
        let mut below = |end| 1 + rng.below(end) as u64;
        cases.extend((0..500).map(|_| (below(30_000), below(100), below(64))));
        for (start, term, workers) in cases {
            let many =
                if workers == 1 { "1 worker".to_owned() } else { format!("{workers} workers") };
            let call = format!("break_even(start {start} ns, term {term} ns, {many})");
            trial.calling(&call);
            let costs = attempt::Costs { start, term };
            let found = attempt::break_even(costs, workers);
            let costs = solution::Costs { start, term };
            let both =
                |terms| (solution::alone(costs, terms), solution::shared(costs, terms, workers));
            if workers == 1 {
                ensure!(found.is_none(), "{call} is {found:?}, but one worker gains nothing");
                continue;
            }
            let Some(terms) = found else {
                return Err(format!("{call} is None, but it pays for very many terms"));
            };
            ensure!(terms < 1 << 50, "{call} is {terms}, and that is far too many");
            let (alone, shared) = both(terms);
            ensure!(
                shared != alone,
                "{call} is {terms}, but then one core and {workers} workers take as long: {alone} \
                 ns"
            );
            ensure!(
                shared < alone,
                "{call} is {terms}, but it does not pay yet: {alone} ns alone, {shared} ns shared"
            );
            let (alone, shared) = both(terms.saturating_sub(1));
            ensure!(
                shared >= alone,
                "{call} is {terms}, but with {} terms it pays already: {alone} ns alone, {shared} \
                 ns shared",
                terms - 1
            );
        }
        Ok(())
    })
}
