use std::ops::Range;

use measure::{Context, Error};

use crate::recorder::{Recorder, Recording, Silent};
use crate::tiling::Words;

/// What the rows of one table work on, and where their results go.
///
/// A run reads the data and writes the results, of which there are many. They stay where they are, and are
/// [cleared](Pattern::clear) before each run: what one row wrote is no answer of the next.
pub(crate) trait Pattern: Send + Sync + Sized + 'static {
    /// What a row is given.
    type View<'v, R: Recorder + 'v>
    where
        Self: 'v;

    /// How the audit speaks of its terms.
    const WORDS: Words;

    /// What one of its results is.
    const RESULT: &'static str;

    /// Its rows, in reading order; the first is the baseline.
    fn rows() -> Vec<Strategy<Self>>;

    /// How many terms there are.
    fn terms(&self) -> u64;

    /// The same with another number of terms.
    ///
    /// # Errors
    ///
    /// Where there is not so much memory.
    fn with_terms(&self, terms: u64) -> Result<Self, Error>;

    /// What a row is given, with somebody who looks on.
    fn view<'v, R: Recorder>(&'v self, recorder: &'v R) -> Self::View<'v, R>;

    /// Makes all results wrong.
    fn clear(&self);

    /// The place of the first result that is not the known one.
    fn first_wrong(&self) -> Option<u64>;

    /// What is wrong with the result at that place, in words.
    fn wrong(&self, place: u64) -> String;

    /// One number that stands for all results: the known one.
    fn answer(&self) -> u64;

    /// Does to the terms of `range` what the baseline does to all: for the control.
    fn work_on(&self, range: Range<u64>) -> u64;

    /// The sum of all terms, without any result, where that is a part of what rows do.
    fn sum_only(&self) -> Option<u64> {
        None
    }
}

/// What is known of a row beside its code.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Info {
    /// The name of its function.
    pub(crate) function: &'static str,
    /// For `--list`.
    pub(crate) about: &'static str,
    /// Whether it has one worker, whatever is asked.
    pub(crate) alone: bool,
    /// How often it reads or writes a number of the memory for each term, as far as its caches hold what it
    /// has just read; 0: nobody counts.
    pub(crate) memory_accesses: u64,
}

impl Info {
    /// The name of the row: that of its function, with dashes.
    pub(crate) fn name(&self) -> String {
        self.function.replace('_', "-")
    }
}

/// A row: the same function twice, for the clock and for the audit.
pub(crate) struct Strategy<P: Pattern> {
    pub(crate) info: Info,
    pub(crate) timed: RowOf<P, Silent>,
    pub(crate) audited: RowOf<P, Recording>,
}

impl<P: Pattern> Strategy<P> {
    /// The same row, which has one worker whatever is asked.
    pub(crate) fn alone(self) -> Self {
        Strategy { info: Info { alone: true, ..self.info }, ..self }
    }

    /// The same row, which reads or writes so many numbers of the memory for each term.
    pub(crate) fn touching(self, memory_accesses: u64) -> Self {
        Strategy { info: Info { memory_accesses, ..self.info }, ..self }
    }
}

/// A strategy that works on `P` while an `R` looks on.
pub(crate) type RowOf<P, R> =
    for<'r, 'v> fn(&'r <P as Pattern>::View<'v, R>, &Context) -> Result<(), Error>;

/// A row, named after its function.
macro_rules! row {
    ($pattern:ty: $strategy:ident, $about:expr) => {
        $crate::pattern::Strategy::<$pattern> {
            info: $crate::pattern::Info {
                function: stringify!($strategy),
                about: $about,
                alone: false,
                memory_accesses: 0,
            },
            timed: $strategy,
            audited: $strategy,
        }
    };
}
pub(crate) use row;
