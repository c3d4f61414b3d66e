//! With MPI: what a message costs between ranks, and what runs cost beside what the model says.

use std::sync::Arc;
use std::time::Duration;

use course::{Document, plain_table, wrapped};
use kernels::{AnyKernel, Integers, Kernel, KernelName, Known, Memory, Partial, Workers};
use measure::{Cancellation, Error, limited};
use units::{count, grouped, percent, seconds};

use super::{Costs, Job, simulated, strategies};
use crate::launcher::{Ranks, Teams};
use crate::rank::START;

/// How long all of one table may take.
const LIMIT: Duration = Duration::from_secs(20);

/// How often the messages are sent, and the sums that grow are done; the middle one counts.
const TIMES: [u32; 2] = [201, 9];

/// The costs, and what they are of.
pub fn costs(document: &Document, teams: &Arc<Teams>) -> Option<(Costs, String)> {
    // Where no rank has summed anything, there is nobody to ask; but none is asked to sum a kernel of the reader's own.
    if !document.kernel.name.is_yours() && document.runs.iter().all(|run| run.sum.is_none()) {
        return None;
    }
    let (count, teams) = (pair(document, teams), Arc::clone(teams));
    limited_with(&teams.clone(), "the costs of a message", move |cancellation| {
        let ranks = Ranks::new(&teams, count, cancellation);
        let (costs, hosts) = (ranks.costs()?, ranks.hosts()?);
        let where_they_are = match hosts.len() {
            1 => "of this machine, through MPI".to_owned(),
            hosts => format!("on {hosts} hosts, through MPI"),
        };
        Ok((costs, format!("two ranks {where_they_are}")))
    })
    .ok()
}

/// Does `work` under the limit, at which the ranks that it asks are cancelled.
fn limited_with<T: Send + 'static>(
    teams: &Teams,
    what: &str,
    work: impl FnOnce(&Cancellation) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let cancellation = teams.cancellation().child();
    let theirs = cancellation.clone();
    limited(LIMIT, what, &cancellation, move || work(&theirs))
}

/// A team that can tell: two ranks; where the ranks are on several hosts, all of them.
fn pair(document: &Document, teams: &Arc<Teams>) -> Workers {
    let counts = document.runs.iter().filter_map(|run| Workers::new(run.workers));
    let most = counts.max().unwrap_or(Workers::ONE);
    let elsewhere =
        Ranks::new(teams, most, teams.cancellation()).hosts().is_ok_and(|hosts| hosts.len() > 1);
    let two = Workers::new(2).unwrap_or(Workers::ONE);
    if elsewhere { most } else { two }
}

/// What was measured beside the model: the messages alone, and sums that grow with the ranks.
pub fn beside(document: &Document, teams: &Arc<Teams>, costs: &Costs) -> String {
    let mut counts: Vec<Workers> =
        document.runs.iter().filter_map(|run| Workers::new(run.workers)).collect();
    counts.sort_unstable();
    counts.dedup();
    let (kernel, terms, costs) = (document.kernel.name, document.kernel.terms, *costs);
    let (several, most) = (counts.clone(), counts.last().map_or(1, |most| most.get() as u64));
    let theirs = Arc::clone(teams);
    let messages = limited_with(teams, "the messages alone", move |cancellation| {
        let mut rows = Vec::new();
        for ranks in several.into_iter().filter(|ranks| *ranks > Workers::ONE) {
            let team = Ranks::new(&theirs, ranks, cancellation);
            let run = |row| team.seconds(row, kernel, (0, terms, 0), TIMES[0]);
            let start = run(START)?;
            // Without terms hybrid wakes no thread: what is left of it is the tree on half of the ranks.
            for strategy in strategies(kernel).filter(|strategy| strategy.name != "hybrid") {
                let messages = (run(strategy.name)? - start).max(0.0);
                let (nothing, ranks) = (Job::nothing(kernel), ranks.get() as u64);
                let simulated = simulated(strategy.name, &costs, &nothing, ranks);
                rows.push(vec![
                    strategy.name.to_owned(),
                    ranks.to_string(),
                    seconds(messages),
                    seconds((strategy.time)(&costs, &nothing, ranks)),
                    simulated.map_or_else(|| "-".to_owned(), seconds),
                ]);
            }
        }
        Ok(rows)
    });
    let columns = ["ranks", "measured", "by formula", "simulated"];
    let are_shown = messages.as_ref().is_ok_and(|rows| !rows.is_empty());
    let mut messages = shown("the messages alone", messages, &columns);
    if are_shown {
        messages += &wrapped(
            "Measured is less a starting signal alone. A message that leaves while that signal is still under \
             way seems to take less than it does.",
            2,
        );
    }
    if most > Workers::usable().get() as u64 {
        messages += &wrapped(
            "Where ranks outnumber the cores, a message also waits until its receiver gets a core. \
             Neither the formulas nor the simulator know of that.",
            2,
        );
    }
    // Of primes, twice as many terms are more than twice as much work.
    if kernel.is_yours() || !kernel.description().even || counts.len() < 2 {
        return messages;
    }
    let theirs = Arc::clone(teams);
    let weak = limited_with(teams, "weak scaling", move |cancellation| {
        let mut times = Vec::new();
        for ranks in counts {
            let fewer = (terms / most) * ranks.get() as u64;
            let sum = (fewer, fewer, exact(kernel, fewer)?);
            let team = Ranks::new(&theirs, ranks, cancellation);
            let time = team.seconds("reduce", kernel, sum, TIMES[1])?;
            times.push((ranks, fewer, time));
        }
        Ok(times)
    });
    let columns = ["terms", "time", "of ideal"];
    let weak = shown("weak scaling", weak.map(|times| weak_rows(&times)), &columns);
    messages + &weak + &at_most(most, Workers::usable().get() as u64)
}

/// What is all that ranks can come to that take turns on the cores of one machine.
fn at_most(ranks: u64, cores: u64) -> String {
    if ranks <= cores {
        return String::new();
    }
    let text = format!(
        "{} on the {} of this machine can come to {} at most.",
        count(ranks, "rank"),
        count(cores, "core"),
        percent(cores as f64 / ranks as f64)
    );
    wrapped(&text, 2)
}

/// The right sum, by one core.
fn exact(kernel: KernelName, terms: u64) -> Result<u64, Error> {
    // The numbers of `memory` are those of `integers`.
    let kernel = if kernel == Memory::NAME { Integers::NAME } else { kernel };
    Ok(u64::of(&AnyKernel::attach(kernel, terms, None)?.sum(0..terms)))
}

/// Each rank has as much to do, however many there are: ideal is that it takes no longer.
fn weak_rows(times: &[(Workers, u64, f64)]) -> Vec<Vec<String>> {
    // Per rank and term, where the first has more than one rank.
    let first = times.first().map_or(f64::NAN, |(_, _, time)| *time);
    let row = |(ranks, terms, time): &(Workers, u64, f64)| {
        vec![
            format!("reduce, {}", count(ranks.get() as u64, "rank")),
            grouped(*terms),
            seconds(*time),
            percent(first / time),
        ]
    };
    times.iter().map(row).collect()
}

fn shown(title: &str, rows: Result<Vec<Vec<String>>, Error>, columns: &[&str]) -> String {
    match rows {
        Ok(rows) if rows.is_empty() => String::new(),
        Ok(rows) => {
            let columns: Vec<String> =
                [title].iter().chain(columns).map(|column| (*column).to_owned()).collect();
            format!("\n{}", plain_table(&columns, rows.into_iter(), 1))
        }
        Err(error) => format!("\n{}", wrapped(&format!("{title}: {error}"), 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_that_take_turns_have_a_bound_of_their_own() {
        assert!(at_most(4, 2).contains("4 ranks on the 2 cores of this machine can come to 50 %"));
        assert_eq!(at_most(2, 2), "");
    }
}
