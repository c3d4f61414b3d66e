use std::fmt::Write;

use course::{BOLD, wrapped};
use units::{instructions, seconds, three_digits};

use super::{MachineReport, roofs};
use crate::probes::{Mountain, Pairs, Prices};

/// The text of `machine`.
pub(super) fn text(report: &MachineReport) -> String {
    let facts = &report.facts;
    let mut text = format!("{BOLD}The machine{BOLD:#}\n\n");
    let memory = match facts.memory_bytes {
        Some(bytes) => format!("{:.1} GiB of memory", bytes as f64 / (1_u64 << 30) as f64),
        None => "a memory whose size this system does not tell".to_owned(),
    };
    let caches = facts.caches.iter().filter(|cache| cache.kind != "Instruction");
    let caches: Vec<String> =
        caches.map(|cache| format!("L{} {}", cache.level, size(cache.bytes))).collect();
    let caches =
        if caches.is_empty() { "not told by this system".to_owned() } else { caches.join(", ") };
    text += &wrapped(
        &format!(
            "{}, {}, {}, {memory}. Caches of a core: {caches}.",
            facts.cpu,
            facts.arch,
            instructions(&facts.simd)
        ),
        0,
    );
    text.push('\n');
    text += &cores(report);
    for sentence in &report.disagreements {
        text += &wrapped(sentence, 2);
    }
    text += &additions(report);
    text += &mountain(&report.mountain);
    text += &pairs(&report.pairs);
    text += &prices(&report.prices);
    text + &roofs::roofs(&report.roofline, report.cores_given, facts.usable_cores)
}

fn cores(report: &MachineReport) -> String {
    let mut text = format!("{BOLD}{:<24}{:<10}what it counts{BOLD:#}\n", "source", "says");
    for source in &report.sources {
        let mut says: String = source.says.chars().take(LONGEST_ANSWER).collect();
        if says.len() < source.says.len() {
            says.push('…');
        }
        // A long answer has a line of its own.
        let rest = if says.chars().count() > 9 {
            format!("{says}\n{:34}", "")
        } else {
            format!("{says:<10}")
        };
        let _ = writeln!(text, "{:<24}{rest}{}", source.name, source.counts);
    }
    text
}

/// A list of cores may be long.
const LONGEST_ANSWER: usize = 50;

fn additions(report: &MachineReport) -> String {
    let mut text = format!("\n{BOLD}One core adds{BOLD:#}\n");
    for way in &report.additions {
        let rate = three_digits(way.per_second / 1e9);
        let _ = writeln!(text, "  {:<20}{rate:>6} additions/ns", way.how);
    }
    text
}

fn mountain(mountain: &Mountain) -> String {
    let heights =
        || mountain.slopes.iter().flat_map(|slope| slope.bytes_per_second.iter().flatten());
    let highest = heights().copied().fold(0.0, f64::max);
    let columns = shown(mountain.workers.len());
    let mut text = format!(
        "\n{BOLD}The memory mountain{BOLD:#}: GB/s read, by all workers together\n  {:<20}",
        "each reads"
    );
    for column in &columns {
        let _ = write!(text, "{:>6}", mountain.workers[*column]);
    }
    text += "  workers\n";
    for slope in &mountain.slopes {
        let _ = write!(text, "  {:>8}, in {:<7}", size(slope.bytes), slope.fits);
        let rates: Vec<Option<f64>> =
            columns.iter().map(|column| slope.bytes_per_second[*column]).collect();
        for rate in &rates {
            let rate = rate.map(|rate| three_digits(rate / 1e9)).unwrap_or_default();
            let _ = write!(text, "{rate:>6}");
        }
        let most = rates.iter().rev().find_map(|rate| *rate).unwrap_or(0.0);
        let bar = "█".repeat((most / highest * 26.0).round() as usize);
        text += format!("  {bar}").trim_end();
        text.push('\n');
    }
    text
}

/// The columns that have room: the first, the last, and some between.
fn shown(columns: usize) -> Vec<usize> {
    let room = columns.min(4);
    (0..room).map(|place| place * (columns - 1) / (room - 1).max(1)).collect()
}

fn pairs(pairs: &Pairs) -> String {
    let mut text = format!("\n{BOLD}A cache line from core to core{BOLD:#}, one way\n");
    let Some((low, high)) = pairs.reach() else {
        text += "  not measured: that takes two cores, and a system that pins threads to them\n";
        return text;
    };
    // Wider matrices are in the picture and in the JSON.
    let room = pairs.cores.len().min(10);
    let _ = write!(text, "  from\\to");
    for core in &pairs.cores[..room] {
        let _ = write!(text, "{core:>7}");
    }
    text.push('\n');
    for (core, row) in pairs.cores.iter().zip(&pairs.seconds).take(room) {
        let _ = write!(text, "  {core:>7}");
        for one in &row[..room] {
            let cell = one.map_or("-".to_owned(), |time| format!("{:.0} ns", time * 1e9));
            let _ = write!(text, "{cell:>7}");
        }
        text.push('\n');
    }
    if pairs.cores.len() > room {
        let _ =
            writeln!(text, "  and {} cores more: see --json or --svg", pairs.cores.len() - room);
    }
    if high > 1.5 * low {
        text += &wrapped(
            &format!(
                "The farthest pair takes {} as long as the nearest: either there are groups of cores, or one of \
                 them was busy just then. To tell, run it again: groups stay as they are.",
                three_digits(high / low) + "x"
            ),
            2,
        );
    }
    text
}

fn prices(prices: &Prices) -> String {
    let lines = [
        ("start a thread", Some(prices.thread_start), "the caller's part"),
        ("  until it runs", Some(prices.thread_begin), ""),
        ("  and its result", Some(prices.thread_join), "once it has ended"),
        ("start a process", Some(prices.process), "and wait for its end"),
        ("wake a thread", Some(prices.wake), "that sleeps"),
        ("lock, unlock", Some(prices.lock), "alone"),
        ("", prices.lock_contended, "while all cores do it"),
        ("add atomically", Some(prices.add), "alone"),
        ("", prices.add_contended, "while all cores do it"),
        ("send to a channel", Some(prices.send), ""),
        ("receive from it", Some(prices.receive), "while all cores do it"),
        ("push and pop", Some(prices.split), "a deque of one's own"),
        ("steal", Some(prices.steal), "from the deque of another"),
    ];
    let mut text = format!("\n{BOLD}What working together costs{BOLD:#}\n");
    for (what, price, note) in lines {
        let (price, note) = match price {
            Some(price) => (seconds(price), note),
            None => ("-".to_owned(), "not measured: the cores never met"),
        };
        let _ = writeln!(text, "  {}", format!("{what:<20}{price:>9}  {note}").trim_end());
    }
    text
}

/// A number of bytes: `32 KiB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        small if small < 1 << 10 => format!("{small} B"),
        kilo if kilo < 1 << 20 => format!("{} KiB", kilo >> 10),
        mega if mega < 1 << 30 => format!("{} MiB", mega >> 20),
        giga => format!("{} GiB", giga >> 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_that_no_core_paid_is_said_not_to_be_measured() {
        let some = Prices {
            thread_start: 1e-5,
            thread_begin: 1e-5,
            thread_join: 1e-6,
            process: 1e-3,
            lock: 1e-8,
            lock_contended: None,
            add: 5e-9,
            add_contended: Some(2e-8),
            send: 1e-8,
            receive: 1e-7,
            split: 1e-8,
            look: 1e-8,
            steal: 1e-7,
            wake: 1e-5,
        };
        let text = prices(&some);
        let never = "-  not measured: the cores never met";
        assert_eq!(text.matches(never).count(), 1, "{text}");
        assert_eq!(text.matches("while all cores do it").count(), 2, "{text}");
    }

    #[test]
    fn sizes_have_their_unit() {
        let sizes = [512, 32 << 10, 512 << 10, 32 << 20, 4 << 30].map(size);
        assert_eq!(sizes, ["512 B", "32 KiB", "512 KiB", "32 MiB", "4 GiB"]);
    }

    #[test]
    fn columns_that_are_shown_begin_and_end_with_the_outer_ones() {
        assert_eq!(shown(1), [0]);
        assert_eq!(shown(2), [0, 1]);
        assert_eq!(shown(9), [0, 2, 5, 8]);
    }
}
