use std::sync::{Mutex, MutexGuard, PoisonError};

use kernels::Known;

use crate::verdict::Answer;

/// A kernel with its known answer.
#[derive(Debug)]
pub(super) struct Subject<K> {
    pub(super) kernel: K,
    pub(super) terms: u64,
    answer: Mutex<Answer>,
}

impl<K: Known> Subject<K> {
    pub(super) fn new(kernel: K, terms: u64) -> Self {
        let answer = Mutex::new(Answer::known(&kernel));
        Subject { kernel, terms, answer }
    }

    pub(super) fn answer(&self) -> MutexGuard<'_, Answer> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the bits of an exact sum for the exact ones, if none are known yet.
    pub(super) fn learn(&self, sum: u64) {
        let mut answer = self.answer();
        *answer = answer.or_exact(&self.kernel, sum);
    }
}
