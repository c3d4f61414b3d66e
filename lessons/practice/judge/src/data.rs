use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

/// Numbers that know who read them: what an exercise on arrays is given.
///
/// A worker asks for the range that it works on, once, and has a plain slice of it.
#[derive(Debug)]
pub struct Data<T> {
    values: Vec<T>,
    reads: Mutex<Vec<(ThreadId, Range<usize>)>>,
}

impl<T> Data<T> {
    /// Data of these values.
    pub fn new(values: Vec<T>) -> Self {
        Data { values, reads: Mutex::default() }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values in `range`, for the thread that asks.
    ///
    /// # Panics
    ///
    /// Where there are no such values.
    #[track_caller]
    pub fn read(&self, range: Range<usize>) -> &[T] {
        let count = self.values.len();
        assert!(
            range.start <= range.end && range.end <= count,
            "the values {range:?} were asked for, and there are {count}"
        );
        if !range.is_empty() {
            self.reads().push((thread::current().id(), range.clone()));
        }
        &self.values[range]
    }

    /// All of them, for whoever judges: nobody is noted.
    pub fn all(&self) -> &[T] {
        &self.values
    }

    /// How many threads have read something.
    pub fn readers(&self) -> usize {
        let mut threads: Vec<ThreadId> = Vec::new();
        for (thread, _) in self.reads().iter() {
            if !threads.contains(thread) {
                threads.push(*thread);
            }
        }
        threads.len()
    }

    /// How often each value was asked for: the fewest and the most.
    pub fn times_read(&self) -> (usize, usize) {
        let mut steps = vec![0_isize; self.values.len() + 1];
        for (_, range) in self.reads().iter() {
            steps[range.start] += 1;
            steps[range.end] -= 1;
        }
        let (mut now, mut fewest, mut most) = (0, isize::MAX, 0);
        for step in &steps[..self.values.len()] {
            now += step;
            (fewest, most) = (fewest.min(now), most.max(now));
        }
        if self.values.is_empty() { (0, 0) } else { (fewest as usize, most as usize) }
    }

    /// How many ranges were asked for.
    pub fn ranges(&self) -> usize {
        self.reads().len()
    }

    fn reads(&self) -> std::sync::MutexGuard<'_, Vec<(ThreadId, Range<usize>)>> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_what_is_noted() {
        let data = Data::new(vec![1, 2, 3, 4, 5]);
        assert_eq!((data.readers(), data.times_read(), data.is_empty()), (0, (0, 0), false));
        assert_eq!(data.read(0..3), [1, 2, 3]);
        assert_eq!(
            thread::scope(|scope| scope.spawn(|| data.read(2..5).len()).join().expect("it reads")),
            3
        );
        assert_eq!((data.readers(), data.times_read(), data.ranges()), (2, (1, 2), 2));
        assert_eq!(data.read(5..5), [0; 0], "nobody reads nothing");
        assert_eq!(data.ranges(), 2);
    }
}
