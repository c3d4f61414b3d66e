//! What a call costs: the same sum with ever more calls.

use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use course::{BOLD, plain_table, wrapped};
use kernels::split;
use measure::{Board, Plan, Rounds};

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
    /// Seconds for all terms.
    time: f64,
}

/// The table, and what it says.
pub(crate) fn below() -> String {
    let costs = measured();
    let columns = ["how", "calls", "per call", "per term"].map(str::to_owned);
    let rows = costs.iter().map(|cost| {
        vec![
            cost.name.clone(),
            units::grouped(cost.calls),
            units::seconds(cost.time / cost.calls as f64),
            units::seconds(cost.time / TERMS as f64),
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
    let timed = additions.iter().zip(&results.rows).filter_map(|((name, calls, _), row)| {
        Some(CallCost { name: name.clone(), calls: *calls, time: row.time()?.median })
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

fn in_words(costs: &[CallCost]) -> String {
    let time = |name: &str| costs.iter().find(|cost| cost.name == name).map(|cost| cost.time);
    let (Some(all), Some(each)) = (time("C, all terms"), time("C, each term")) else {
        return String::new();
    };
    let call = (each - all).max(0.0);
    // The call of a block of b terms is less than 1 % of it where call / b < 1 % of a term.
    let block = (100.0 * call / all).ceil() as u64;
    wrapped(
        &format!(
            "A call costs {}. That is less than 1 % of a block of {} terms or more.",
            units::seconds(call / TERMS as f64),
            units::grouped(block.next_power_of_two())
        ),
        0,
    )
}
