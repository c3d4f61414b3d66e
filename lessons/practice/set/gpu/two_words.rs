//! # 64 bits in two words
//!
//! The atomics of WGSL have 32 bits. How do many invocations add to one total of 64?
//!
//! WGSL has no `u64`, and the sum of a million terms soon needs one. So the total is two words, and what goes beyond
//! the low one is carried to the high one: as on paper, with digits up to 4,294,967,295. Each addition to a word is
//! atomic, both together are not, and others come in between. That does no harm as long as every carry is carried by
//! exactly one of them; and who it is shows in what the word was just before its own addition.
//!
//! The two words belong together only once everybody has ended: before that a carry may be on its way.
//!
//! Counts: the total is right for numbers that carry, that just do not, and that are 0; and in every order of steps
//! of two or three that add at the same time. The judge writes the two words as `high:low`, in hexadecimal digits.
//!
//! Read: [gpu](../../../gpu/README.md), [lost updates](../../../practice/sharing.md)

use judge::model::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A total to which everybody adds.
pub struct Total {
    low: AtomicU32,
    high: AtomicU32,
}

impl Total {
    pub fn new(low: u32, high: u32) -> Self {
        Total { low: AtomicU32::new(low), high: AtomicU32::new(high) }
    }

    /// Adds a number of 64 bits. In WGSL `fetch_add` is `atomicAdd`, which wraps and gives what was there before, too.
    pub fn add(&self, low: u32, high: u32) {
        // HOLE
        let before = self.low.fetch_add(low, Relaxed);
        // It has wrapped if there is less than what was added.
        let carry = u32::from(before.wrapping_add(low) < low);
        self.high.fetch_add(high.wrapping_add(carry), Relaxed);
        // SKELETON right: high word is one too small
        //| self.low.fetch_add(low, Relaxed);
        //| self.high.fetch_add(high, Relaxed);
        // WRONG right: high word is one too large
        //| let before = self.low.fetch_add(low, Relaxed);
        //| let carry = u32::from(before.wrapping_add(low) <= low);
        //| self.high.fetch_add(high.wrapping_add(carry), Relaxed);
        // WRONG right: high word is one too large
        //| let before = self.low.fetch_add(low, Relaxed);
        //| let carry = u32::from(before < low);
        //| self.high.fetch_add(high.wrapping_add(carry), Relaxed);
        // WRONG stress: high word is one too small
        //| // Looks at the word after the addition, and perhaps after that of another.
        //| self.low.fetch_add(low, Relaxed);
        //| let carry = u32::from(self.low.load(Relaxed) < low);
        //| self.high.fetch_add(high.wrapping_add(carry), Relaxed);
        // WRONG stress: high word is one too large
        //| // Looks at the word before the addition, and perhaps before that of another.
        //| let carry = u32::from(self.low.load(Relaxed).checked_add(low).is_none());
        //| self.low.fetch_add(low, Relaxed);
        //| self.high.fetch_add(high.wrapping_add(carry), Relaxed);
        // WRONG stress: there is an order of steps
        //| let (after, carry) = self.low.load(Relaxed).overflowing_add(low);
        //| self.low.store(after, Relaxed);
        //| self.high.fetch_add(high.wrapping_add(u32::from(carry)), Relaxed);
        // WRONG stress: high word is one too small
        //| let before = self.low.fetch_add(low, Relaxed);
        //| let carry = u32::from(before.wrapping_add(low) < low);
        //| let sum = self.high.load(Relaxed).wrapping_add(high).wrapping_add(carry);
        //| self.high.store(sum, Relaxed);
        // END
    }

    /// The low word and the high one, once all have ended.
    pub fn words(&self) -> (u32, u32) {
        (self.low.load(Relaxed), self.high.load(Relaxed))
    }
}

// HINT `fetch_add` gives what was in the word just before: from that and `low` you know what your own addition made of
// it, whatever others do before and after.
// HINT `before.wrapping_add(low)` is what your addition left in the word. When is that less than `low`?
// HINT If it is less, it has wrapped. Add 1 to `high` then, with one `fetch_add`, and do not load any word.
// RULES
/// Alone first, then in every order.
pub fn rules() -> Rules {
    const MAX: u64 = u32::MAX as u64;

    Rules::new()
        .alone("one after the other", || {
            for (begin, numbers) in [
                (5, vec![7]),
                (MAX, vec![1]),
                (MAX - 1, vec![1]),
                (MAX, vec![MAX]),
                (0, vec![0]),
                (0, vec![MAX]),
                (1, vec![MAX]),
                (3, vec![MAX - 1, 1, 1 << 32, 0]),
                (7, vec![5 << 32]),
                (3 << 32 | MAX, vec![2 << 32 | 9, 0, 4]),
                (MAX, vec![0, 0]),
            ] {
                let total = attempt::Total::new(begin as u32, (begin >> 32) as u32);
                for number in &numbers {
                    total.add(*number as u32, (number >> 32) as u32);
                }
                compare(begin, &numbers, &total);
            }
        })
        .model("two that carry", || at_once(MAX - 15, vec![0x20, 0x30]))
        .model("two that carry together", || at_once(MAX - 15, vec![8, 9]))
        .model("two that add to the high word", || at_once(2, vec![3 << 32, 9 << 32 | MAX]))
        .model("three", || at_once(MAX - 1, vec![1, 1, 1]))
}

/// Each number is added by somebody else, all at the same time.
fn at_once(begin: u64, numbers: Vec<u64>) {
    use std::sync::Arc;

    model::interruptions(4 - numbers.len());
    let total = Arc::new(attempt::Total::new(begin as u32, (begin >> 32) as u32));
    let threads: Vec<_> = numbers[1..]
        .iter()
        .map(|number| {
            let (total, number) = (Arc::clone(&total), *number);
            model::thread::spawn(move || total.add(number as u32, (number >> 32) as u32))
        })
        .collect();
    total.add(numbers[0] as u32, (numbers[0] >> 32) as u32);
    for thread in threads {
        thread.join().expect("it only adds");
    }
    compare(begin, &numbers, &total);
}

fn compare(begin: u64, numbers: &[u64], total: &attempt::Total) {
    let (low, high) = total.words();
    let (sum, right) =
        (u64::from(high) << 32 | u64::from(low), begin + numbers.iter().sum::<u64>());
    let high_word = match (sum >> 32) as i64 - (right >> 32) as i64 {
        1 => ", whose high word is one too large",
        -1 => ", whose high word is one too small",
        _ => "",
    };
    let adds: Vec<String> = numbers.iter().map(|number| format!("add({})", hex(*number))).collect();
    assert!(
        sum == right,
        "the total was {}, and after {} it is {}{high_word}; {} is right",
        hex(begin),
        adds.join(" and "),
        hex(sum),
        hex(right)
    );
}

/// `1:fffffffe`: the high word and the low one.
fn hex(number: u64) -> String {
    format!("{:x}:{:08x}", number >> 32, number as u32)
}
