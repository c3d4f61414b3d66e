use course::{Document, uneven_ranges};
use units::{seconds, three_digits};

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let uneven = uneven_ranges(document, &["pool", "spawned"], &[]);
    [start_larger_than_sum(document), uneven, pipe_costs_more(document)]
        .into_iter()
        .flatten()
        .collect()
}

fn start_larger_than_sum(document: &Document) -> Option<String> {
    let run = document.main_run("spawned")?;
    let phases = run.phases.as_ref()?;
    let (starting, summing) = (phases.get("starting"), phases.get("summing"));
    (starting > summing).then(|| {
        format!(
            "Starting {} child process{} took {}, the longest sum {}: for so little work, keep the \
             children and send them ranges, as pool does.",
            run.workers,
            if run.workers == 1 { "" } else { "es" },
            seconds(starting),
            seconds(summing)
        )
    })
}

fn pipe_costs_more(document: &Document) -> Option<String> {
    let (piped, mapped) = (document.main_run("piped")?, document.main_run("mapped")?);
    let ratio = piped.times_as_long_as(mapped)?;
    ratio.is_above(1.5).then(|| {
        format!(
            "Sending the numbers through a pipe took {}, mapping them {}: {}x. Send the range, not \
             the data.",
            seconds(piped.time()),
            seconds(mapped.time()),
            three_digits(ratio.median)
        )
    })
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, run, says, silent};

    use super::*;
    use course::Phases;

    #[test]
    fn a_start_may_be_longer_than_the_sum() {
        let mut spawned = run("spawned", 2, 0.010);
        let phases = |starting| {
            Phases(vec![("starting".to_owned(), starting), ("summing".to_owned(), 0.002)])
        };
        spawned.phases = Some(phases(0.004));
        says(
            start_larger_than_sum,
            &integers(vec![spawned.clone()]),
            &["4.00 ms", "2.00 ms", "pool"],
        );
        spawned.phases = Some(phases(0.001));
        silent(start_larger_than_sum, &integers(vec![spawned]));
    }

    #[test]
    fn a_pipe_may_cost_more_than_a_map() {
        let pipes = |seconds| integers(vec![run("piped", 2, seconds), run("mapped", 2, 0.010)]);
        says(pipe_costs_more, &pipes(0.100), &["100 ms", "10.0x", "not"]);
        silent(pipe_costs_more, &pipes(0.011));
    }
}
