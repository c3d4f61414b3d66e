use course::{BOLD, plain_table, wrapped};
use units::{grouped, seconds, speedup, three_digits};

use super::{Costs, Job, StrategyCost, best, simulated, strategies};

/// As far as the tables go.
const MOST: u64 = 1_000_000;

/// The sum on up to a million ranks: by the formulas, by the simulator, and why each strategy stops.
pub fn paper(costs: &Costs, job: &Job) -> String {
    let all: Vec<&StrategyCost> = strategies(job.kernel).collect();
    let formula = |strategy: &StrategyCost, ranks| Some((strategy.time)(costs, job, ranks));
    let formula_best = |strategy: &StrategyCost| Some(strategy.best(costs, job, MOST));
    let simulator = |strategy: &StrategyCost, ranks| simulated(strategy.name, costs, job, ranks);
    let simulator_best = |strategy: &StrategyCost| best(strategy.name, costs, job, MOST);
    let mut text = table("by formula, ranks", job, &all, &formula, &formula_best);
    text.push('\n');
    text += &table("simulated, ranks", job, &all, &simulator, &simulator_best);
    text += &wrapped(
        "The formulas take all work for even. The simulator follows every message, and gives every \
         rank what its own terms cost; it looks for the best among the powers of two.",
        2,
    );
    text += &format!("\n{BOLD}Where each stops, and why{BOLD:#}\n");
    for strategy in &all {
        let (ranks, _) = strategy.best(costs, job, MOST);
        let stops = match ranks {
            MOST => format!("not up to {} ranks", grouped(MOST)),
            1 => "no number of ranks is quicker than one".to_owned(),
            ranks => format!("at {} ranks", grouped(ranks)),
        };
        text += &wrapped(&format!("{}, {stops}: {}.", strategy.name, strategy.why), 2);
    }
    text += &terms_for_a_million(costs, job).map_or_else(String::new, |said| wrapped(&said, 2));
    text
}

/// A row for each power of ten, and two that say with how many ranks the sum is done first.
fn table(
    title: &str,
    job: &Job,
    all: &[&StrategyCost],
    time: &dyn Fn(&StrategyCost, u64) -> Option<f64>,
    best: &dyn Fn(&StrategyCost) -> Option<(u64, f64)>,
) -> String {
    let columns =
        [title].into_iter().chain(all.iter().map(|strategy| strategy.name)).chain(["work alone"]);
    let columns: Vec<String> = columns.map(str::to_owned).collect();
    let missing = || "-".to_owned();
    let counts = (0..=6).map(|power| 10_u64.pow(power));
    let mut rows: Vec<Vec<String>> = counts
        .map(|ranks| {
            let times =
                all.iter().map(|strategy| time(strategy, ranks).map_or_else(missing, seconds));
            let alone = seconds(job.seconds / ranks as f64);
            [grouped(ranks)].into_iter().chain(times).chain([alone]).collect()
        })
        .collect();
    let best: Vec<Option<(u64, f64)>> = all.iter().map(|strategy| best(strategy)).collect();
    let line = |name: &str, cell: &dyn Fn(&(u64, f64)) -> String| {
        let cells = best.iter().map(|best| best.as_ref().map_or_else(missing, cell));
        [name.to_owned()].into_iter().chain(cells).chain([String::new()]).collect::<Vec<String>>()
    };
    rows.push(line("it stops at", &|(ranks, _)| grouped(*ranks)));
    rows.push(line("with", &|(_, time)| speedup(job.seconds / time)));
    plain_table(&columns, rows.into_iter(), 1)
}

/// How large a sum has to be for a million ranks to be worth half of what they are.
fn terms_for_a_million(costs: &Costs, job: &Job) -> Option<String> {
    let tree = strategies(job.kernel).find(|strategy| strategy.name == "tree")?;
    let messages = (tree.time)(costs, &Job::nothing(job.kernel), MOST);
    let terms = messages * MOST as f64 * job.terms as f64 / job.seconds;
    let sentence = format!(
        "On {} ranks the messages of the tree take {}: only a sum of {} terms keeps the ranks at work \
         for as long as that.",
        grouped(MOST),
        seconds(messages),
        large(terms)
    );
    // On primes, twice the terms are more than twice the work.
    let even = job.kernel.description().even;
    (even && terms.is_finite() && messages > 0.0).then_some(sentence)
}

/// A large number in words.
fn large(number: f64) -> String {
    match number {
        huge if huge >= 1e12 => format!("{} million million", three_digits(huge * 1e-12)),
        many if many >= 1e9 => format!("{} thousand million", three_digits(many * 1e-9)),
        few => format!("{} million", three_digits(few * 1e-6)),
    }
}
