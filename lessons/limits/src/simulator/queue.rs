use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// What is going to happen, the earliest first.
///
/// Of two things at the same time the one that was put in first comes first. So nothing depends on
/// how a heap is built, and a schedule can be worked out by hand.
#[derive(Debug)]
pub(super) struct Queue<E> {
    // ANCHOR: queue
    heap: BinaryHeap<Reverse<Entry<E>>>,
    /// How many were put in so far.
    count: u64,
    // ANCHOR_END: queue
}

#[derive(Debug)]
struct Entry<E> {
    at: f64,
    number: u64,
    what: E,
}

impl<E> Queue<E> {
    pub(super) fn new() -> Self {
        Queue { heap: BinaryHeap::new(), count: 0 }
    }

    pub(super) fn push(&mut self, at: f64, what: E) {
        self.heap.push(Reverse(Entry { at, number: self.count, what }));
        self.count += 1;
    }

    /// When the next thing happens.
    pub(super) fn next_at(&self) -> Option<f64> {
        self.heap.peek().map(|Reverse(entry)| entry.at)
    }

    pub(super) fn pop(&mut self) -> Option<(f64, E)> {
        self.heap.pop().map(|Reverse(entry)| (entry.at, entry.what))
    }

    /// Forgets what does not happen after all.
    pub(super) fn retain(&mut self, keep: impl Fn(&E) -> bool) {
        self.heap.retain(|Reverse(entry)| keep(&entry.what));
    }

    /// How many were put in, in all.
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}

impl<E> Ord for Entry<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.total_cmp(&other.at).then(self.number.cmp(&other.number))
    }
}

impl<E> PartialOrd for Entry<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> PartialEq for Entry<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<E> Eq for Entry<E> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_comes_first_and_ties_keep_their_order() {
        let mut queue = Queue::new();
        for (at, name) in [(2.0, "c"), (1.0, "a"), (2.0, "d"), (1.5, "b")] {
            queue.push(at, name);
        }
        queue.retain(|name| *name != "b");
        assert_eq!((queue.next_at(), queue.count()), (Some(1.0), 4));
        let names: Vec<_> = std::iter::from_fn(|| queue.pop()).map(|(_, name)| name).collect();
        assert_eq!(names, ["a", "c", "d"]);
    }
}
