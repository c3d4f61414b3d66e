//! What a call costs: the same sum with ever more calls.

use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use course::{BOLD, plain_table, wrapped};
use kernels::split;
use measure::{Board, Interval, Plan, Rounds};

use crate::bridge::sums;
use crate::plain_kernel::PlainKernel;
use crate::{by_callback, c};

/// How many terms are added each time.
const TERMS: u64 = 1_000_000;

/// How often; the ways to call take turns, so that a slow moment of the machine affects all of them.
const ROUNDS: usize = 9;

/// The sizes of block that are tried; C gets each in one call.
const BLOCKS: [u64; 5] = [TERMS, 4096, 256, 16, 1];

/// Adds a range, in one way or another.
type Add<'a> = Box<dyn Fn(Range<u64>) -> u64 + 'a>;

/// Adds a range with a mask, by a call for each term.
type Each = fn(Range<u64>, u64) -> u64;

/// One way to call, measured.
struct CallCost {
    name: String,
    calls: u64,
    /// Seconds for all terms, round by round.
    rounds: Vec<f64>,
}

impl CallCost {
    /// Seconds for all terms, the median.
    fn time(&self) -> f64 {
        Interval::of(&self.rounds).map_or(f64::NAN, |interval| interval.median)
    }
}

/// The table, and what it says.
pub(crate) fn below() -> String {
    let costs = measured();
    let columns = ["how", "calls", "per call", "per term"].map(str::to_owned);
    let rows = costs.iter().map(|cost| {
        vec![
            cost.name.clone(),
            units::grouped(cost.calls),
            units::seconds(cost.time() / cost.calls as f64),
            units::seconds(cost.time() / TERMS as f64),
        ]
    });
    let title = format!("What a call costs: integers, {} terms", units::grouped(TERMS));
    let table = plain_table(&columns, rows, columns.len());
    format!("{BOLD}{title}{BOLD:#}\n{table}{}", in_words(&costs))
}

fn measured() -> Vec<CallCost> {
    let mask = black_box(0);
    let plain = PlainKernel::Integers { mask };
    let additions: Vec<(String, u64, Add<'_>)> = in_blocks(&plain).chain(by_term(mask)).collect();
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board);
    for (name, _, add) in &additions {
        rounds.add_work(name, Box::new(|| Ok(add(black_box(0..TERMS)).into())));
    }
    rounds.run(Plan::rounds(ROUNDS), &|| ());
    let results = board.results();
    let timed = additions.iter().zip(&results.rows).map(|((name, calls, _), row)| CallCost {
        name: name.clone(),
        calls: *calls,
        rounds: row.seconds.clone(),
    });
    timed.collect()
}

/// C gets a block in each call; name, number of calls, and how.
fn in_blocks(plain: &PlainKernel) -> impl Iterator<Item = (String, u64, Add<'_>)> {
    BLOCKS.into_iter().map(move |size| {
        let name = match size {
            TERMS => "C, all terms".to_owned(),
            1 => "C, a block of 1".to_owned(),
            _ => format!("C, blocks of {size}"),
        };
        let add: Add<'_> = Box::new(move |terms| {
            let blocks = (0..).map_while(|number| split::block(&terms, size, number));
            blocks.map(|block| c::sum(plain, block)).sum()
        });
        (name, TERMS.div_ceil(size), add)
    })
}

/// A call for each term.
fn by_term<'a>(mask: u64) -> impl Iterator<Item = (String, u64, Add<'a>)> {
    let each: [(&str, Each); 4] = [
        ("C, each term", |terms, mask| terms.map(|i| c::integers_term(i, mask)).sum()),
        ("C++, each term", |terms, mask| terms.map(|i| sums::integers_term(i, mask)).sum()),
        ("Rust, not inlined", |terms, mask| terms.map(|i| apart(i, mask)).sum()),
        ("C calls Rust", |terms, mask| by_callback(terms, |i| i ^ mask).unwrap_or(0)),
    ];
    each.into_iter().map(move |(name, add)| {
        let add: Add<'a> = Box::new(move |terms| add(terms, mask));
        (name.to_owned(), TERMS, add)
    })
}

/// One term in Rust, but as a function that is really called.
#[inline(never)]
fn apart(i: u64, mask: u64) -> u64 {
    black_box(i ^ mask)
}

/// What a call costs, where the rounds tell: what a call for each term takes longer than one call for all.
fn in_words(costs: &[CallCost]) -> String {
    let cost = |name: &str| costs.iter().find(|cost| cost.name == name);
    let (Some(all), Some(each)) = (cost("C, all terms"), cost("C, each term")) else {
        return String::new();
    };
    let rounds = each.rounds.iter().zip(&all.rounds);
    let longer: Vec<f64> = rounds.map(|(each, all)| (each - all) / TERMS as f64).collect();
    let call = Interval::of(&longer).and_then(|call| Some((call.low?, call.median, call.high?)));
    // A block of one term is a call with more in it. Where it takes less time, the machine was not quiet.
    let more = cost("C, a block of 1").map_or(f64::INFINITY, CallCost::time);
    let Some((low, median, high)) = call.filter(|(low, ..)| *low > 0.0 && more >= each.time())
    else {
        return wrapped(
            "What a call costs can't be told from these rounds: either other work came between them, or the \
             machine changed its speed. Close other programs and run it again.",
            0,
        );
    };
    // The call of a block of b terms is less than 1 % of it where call / b < 1 % of a term.
    let block = (100.0 * high * TERMS as f64 / all.time()).ceil() as u64;
    wrapped(
        &format!(
            "A call costs {} ({} to {}). That is less than 1 % of a block of {} terms or more.",
            units::seconds(median),
            units::seconds(low),
            units::seconds(high),
            units::grouped(block.next_power_of_two())
        ),
        0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ways to call that take so many nanoseconds a term, in each round a little more.
    fn costs(all: f64, each: f64, block_of_one: f64) -> Vec<CallCost> {
        let cost = |name: &str, nanoseconds: f64| CallCost {
            name: name.to_owned(),
            calls: TERMS,
            rounds: (0..9)
                .map(|round| nanoseconds * 1e-9 * TERMS as f64 * (1.0 + 0.01 * f64::from(round)))
                .collect(),
        };
        vec![
            cost("C, all terms", all),
            cost("C, each term", each),
            cost("C, a block of 1", block_of_one),
        ]
    }

    #[test]
    fn a_call_costs_what_many_calls_take_longer_than_one() {
        let text = in_words(&costs(0.2, 1.7, 9.0));
        assert!(text.contains("A call costs 1.56 ns (1.52 ns to"), "{text}");
        assert!(text.contains("1,024 terms or more"), "{text}");
    }

    #[test]
    fn a_call_with_more_in_it_that_takes_less_tells_nothing() {
        // Seen: "A call costs 9.58 ns" above a block of one in 4.18 ns.
        for noisy in [costs(0.2, 9.78, 4.18), costs(1.0, 0.9, 2.0)] {
            let text = in_words(&noisy);
            assert!(text.contains("can't be told") && !text.contains("A call costs"), "{text}");
        }
    }
}
