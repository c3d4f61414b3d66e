use std::fmt::Write;

use course::{BOLD, wrapped};
use measure::{Interval, machine::Cache};
use units::{about, count, seconds, three_digits};

use super::beside::{Compared, Here};
use super::document::{PriceList, plain};
use crate::probes::prices::{ADDITION, Group, Price, cycle_bytes};

/// The groups, in the order of the table, and what stands above each.
const GROUPS: [(Group, &str); 4] = [
    (Group::Alone, "One core alone"),
    (Group::Shared, "Shared by all usable cores"),
    (Group::Waking, "Waking somebody up"),
    (Group::System, "The system"),
];

/// The text of `prices`.
pub(super) fn text(list: &PriceList, other: Option<&PriceList>) -> String {
    let mut text = format!("{BOLD}What does each thing cost here?{BOLD:#}\n\n");
    text += &wrapped(&format!("Here: {}.", machine(list)), 0);
    if let Some(other) = other {
        text += &wrapped(&format!("There: {}.", machine(other)), 0);
    }
    text.push('\n');
    let _ = match &list.beside {
        None => writeln!(
            text,
            "{BOLD}{:<30}{:>9}  {:>20}  {:>14}{BOLD:#}",
            "", "price", "95 % interval", "in additions"
        ),
        Some(_) => writeln!(
            text,
            "{BOLD}{:<30}{:>9}  {:>9}  {:>19}  here is{BOLD:#}",
            "", "here", "there", "here/there"
        ),
    };
    for (group, title) in GROUPS {
        let _ = writeln!(text, "{BOLD}{title}{BOLD:#}");
        for price in list.prices.iter().filter(|price| price.group == group) {
            text += &row(list, price);
        }
    }
    text.push('\n');
    text += &notes(list);
    if !list.findings.is_empty() {
        let _ = writeln!(text, "\n{BOLD}What the numbers say{BOLD:#}");
        text += &list.findings.iter().map(|finding| wrapped(finding, 2)).collect::<String>();
    }
    text
}

fn machine(list: &PriceList) -> String {
    let machine = &list.machine;
    let cores = count(machine.usable_cores as u64, "usable core");
    let rounds = count(list.rounds as u64, "round");
    format!("{}, {}, {cores}; {rounds}", plain(&machine.cpu), plain(&machine.os))
}

fn row(list: &PriceList, price: &Price) -> String {
    let name = format!("  {:<28}", price.name);
    let Some(time) = price.seconds else {
        return without_price(&name, price);
    };
    let rest = match &list.beside {
        None => {
            let additions = list.seconds(&ADDITION);
            let additions = additions.map(|one| number(time.median / one.median));
            let range = range(time).unwrap_or_else(|| count(price.samples as u64, "sample"));
            format!("  {range:>20}  {:>14}", additions.unwrap_or_default())
        }
        Some(compared) => {
            let compared = compared.iter().find(|one| one.name == price.name);
            compared.map(there).unwrap_or_default()
        }
    };
    format!("{name}{:>9}{rest}", seconds(time.median)).trim_end().to_owned() + "\n"
}

/// The reason beside it, or below it where it is long.
fn without_price(name: &str, price: &Price) -> String {
    let (below, why) = (price.below, price.why_not.as_deref().unwrap_or_default());
    let shown = below.map_or_else(|| "-".to_owned(), |below| format!("< {}", seconds(below)));
    let line = format!("{name}{shown:>9}");
    if line.chars().count() + 2 + why.chars().count() <= 80 {
        format!("{line}  {why}\n")
    } else {
        format!("{line}\n{}", wrapped(why, 6))
    }
}

fn there(compared: &Compared) -> String {
    let mark = match compared.here {
        Here::Cheaper => "cheaper",
        Here::Dearer => "dearer",
        Here::CannotTell => "",
    };
    let Interval { median, low, high } = compared.ratio;
    let ends = low.zip(high).filter(|_| median < LARGE);
    let ends = ends.map(|(low, high)| format!(" ({} to {})", digits(low), digits(high)));
    let ratio = digits(median) + &ends.unwrap_or_default();
    format!("  {:>9}  {ratio:>19}  {mark}", seconds(compared.there.median))
}

/// A ratio from here on is another world.
const LARGE: f64 = 1000.0;

fn digits(ratio: f64) -> String {
    match ratio {
        small if small < 9.995 => format!("{small:.2}"),
        large if large < LARGE => about(large),
        _ => "1,000+".to_owned(),
    }
}

fn range(time: Interval) -> Option<String> {
    Some(format!("{} to {}", seconds(time.low?), seconds(time.high?)))
}

fn number(additions: f64) -> String {
    if additions < 9.995 { three_digits(additions) } else { about(additions) }
}

fn notes(list: &PriceList) -> String {
    let notes = format!(
        "Medians, with their 95 % intervals; the order of each round is drawn from seed {}. Shared: the time between \
         two that got through, in the trials in which the cores met. Calls, thread_local and branches are what they \
         take beyond a loop without them, run in the same sample; every other price includes its loop.",
        list.seed
    );
    let compared = list.beside.as_deref().map(difference).unwrap_or_default();
    wrapped(&(notes + &cached_loads(list) + &compared), 0)
}

/// How much of it is another price.
fn difference(compared: &[Compared]) -> String {
    let number = |which| compared.iter().filter(|one| one.here == which).count();
    format!(
        " Of {} with a price in both, {} are cheaper here, and {} dearer, by more than the noise within both runs. \
         What changes from one hour to the next is no such noise.",
        count(compared.len() as u64, "thing"),
        number(Here::Cheaper),
        number(Here::Dearer)
    )
}

/// Where the random places lie within what a cache holds, by the word of the system.
fn cached_loads(list: &PriceList) -> String {
    let caches = &list.machine.caches;
    let read = cycle_bytes(caches);
    let holds = caches.iter().find(|cache| cache.bytes >= read);
    let sentence = |cache: &Cache| {
        let [read, holds] = [read, cache.bytes].map(|bytes| bytes >> 20);
        format!(
            " The random places lie in {read} MiB, and the L{} cache has {holds} MiB: some of the loads may end there.",
            cache.level
        )
    };
    holds.map(sentence).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::beside::beside;
    use super::super::document::tests::list;
    use super::*;

    fn assert_narrow(text: &str) {
        for line in plain_text(text).lines() {
            assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
        }
    }

    /// Without the styles.
    fn plain_text(text: &str) -> String {
        text.replace(&BOLD.render().to_string(), "").replace(&BOLD.render_reset().to_string(), "")
    }

    #[test]
    fn the_widest_numbers_fit() {
        let widest = "crossbeam unbounded, message";
        let mut here = list(&[(ADDITION.name, 1e-12, 0.1), (widest, 0.012_345, 0.2)]);
        here.machine.cpu = "x".repeat(200);
        assert_narrow(&text(&here, None));
        for there in [1e-12, 1e-4, 1e-3, 0.012_345, 80_000.0] {
            let there = list(&[(widest, there, 0.2)]);
            here.beside = Some(beside(&here, &there));
            assert_narrow(&text(&here, Some(&there)));
        }
    }

    #[test]
    fn what_has_no_price_has_a_reason() {
        let mut here = list(&[("x", 1.0, 0.1), ("y", 1.0, 0.1), ("z", 1.0, 0.1)]);
        let why = ["the cores never met", "less than the loop", &"a long story ".repeat(9)];
        for (price, why) in here.prices.iter_mut().zip(why) {
            (price.seconds, price.why_not) = (None, Some(why.to_owned()));
        }
        here.prices[1].below = Some(2e-10);
        let text = text(&here, None);
        assert!(text.contains(" -  the cores never met\n"), "{text}");
        assert!(text.contains(" < 0.20 ns  less than the loop\n"), "{text}");
        assert!(text.contains(" -\n      a long story"), "{text}");
        assert_narrow(&text);
    }
}
