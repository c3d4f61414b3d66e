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
    text += &notes(list, other);
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
            let additions = list.seconds(&ADDITION).filter(|_| !price.is_in_software());
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

fn notes(list: &PriceList, other: Option<&PriceList>) -> String {
    let notes = format!(
        "Medians, with their 95 % intervals; the order of each round is drawn from seed {}. Shared: the time between \
         two that got through, in the trials in which the cores met. Calls, thread_local and branches are what they \
         take beyond a loop without them, run in the same sample; every other price includes its loop.",
        list.seed
    );
    let compared = list.beside.as_deref().map(difference).unwrap_or_default();
    wrapped(&(notes + &cached_loads(list) + &devices(list, other) + &compared), 0)
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

/// Which device the dispatch is to: it would be the price of any.
fn devices(list: &PriceList, other: Option<&PriceList>) -> String {
    let of_device = |list: &'_ PriceList| {
        let price =
            list.prices.iter().find(|price| price.seconds.is_some() && price.device.is_some())?;
        let name = plain(&price.device.as_ref()?.name);
        Some((name, price.is_in_software()))
    };
    const IN_SOFTWARE: &str =
        "a program on the cores, whose times say nothing of a GPU: it is compared with none";
    match (of_device(list), other.and_then(of_device)) {
        (None, _) => String::new(),
        (Some((here, true)), _) => format!(" The dispatch is that of {here}, {IN_SOFTWARE}."),
        (Some((here, false)), None) => format!(" The dispatch is to {here}."),
        (Some((here, false)), Some((there, false))) => {
            format!(" The dispatch is to {here} here, and to {there} there.")
        }
        (Some((here, false)), Some((there, true))) => {
            format!(" The dispatch is to {here}; there it is that of {there}, {IN_SOFTWARE}.")
        }
    }
}

#[cfg(test)]
mod tests;
