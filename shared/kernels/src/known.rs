use std::fs::File;
use std::sync::Arc;

use crate::simd::Level;
use crate::{Error, Kernel, KernelName, Total};

/// What bounds a kernel: the resource of which it needs most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceiling {
    /// Additions of one core.
    Additions,
    /// Float divisions of one core.
    Divisions,
    /// Bytes that all cores together read from memory.
    Bandwidth,
}

/// Where a kernel keeps its data, if it has any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// In this process's own memory.
    Private,
    /// In a nameless file that child processes can map.
    Shared,
}

/// A kernel that the programs know by name, with the answer from an independent source.
pub trait Known: Kernel {
    /// Its name on the command line.
    const NAME: KernelName;
    /// The most terms whose sum surely fits.
    const LARGEST: u64;
    /// The number of terms when none is asked for.
    const DEFAULT_TERMS: u64;
    /// The bytes that one term is read from.
    const BYTES_PER_TERM: u64 = 0;
    /// One line about it, for `--list`.
    const ABOUT: &'static str;
    /// What bounds it on one machine; `None` where nothing simple does.
    const CEILING: Option<Ceiling>;
    /// Whether all terms cost about the same, so that equal ranges are fair.
    const EVEN: bool = true;

    /// Whether partials join in the order of their terms only.
    const ORDERED: bool = false;

    /// What is summed: `the sum of 0..1,000`.
    fn title(terms: u64) -> String;

    /// The kernel with `terms` terms, its data private.
    ///
    /// # Errors
    ///
    /// When the sum would not fit, or the data would not.
    fn new(terms: u64) -> Result<Self, Error> {
        Self::with_home(terms, Home::Private)
    }

    /// The kernel with `terms` terms and its data, if any, in `home`.
    ///
    /// # Errors
    ///
    /// When the sum would not fit, or the data would not.
    fn with_home(terms: u64, home: Home) -> Result<Self, Error>;

    /// The kernel that another process described, over the data that it laid out in `file` if it did.
    ///
    /// # Errors
    ///
    /// When the sum would not fit, or the data cannot be had.
    fn attach(terms: u64, file: Option<Arc<File>>) -> Result<Self, Error> {
        drop(file);
        Self::new(terms)
    }

    /// The known answer, from a source that adds no terms one by one.
    fn expected(&self) -> Expected;

    /// The sum as a reader wants it: exact digits, or the shortest ones that read back the same.
    fn show(&self, sum: &Self::Partial) -> String {
        format!("{sum:?}")
    }

    /// The numbers that it reads from memory, if it does.
    fn numbers(&self) -> Option<&[u64]> {
        None
    }

    /// Which instructions its hot loop uses.
    fn level(&self) -> Level;

    /// Refuses a number of terms whose sum may not fit.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyTerms`] above [`Known::LARGEST`].
    fn check_terms(terms: u64) -> Result<(), Error> {
        let (kernel, largest) = (Self::NAME, Self::LARGEST);
        if terms > largest { Err(Error::TooManyTerms { kernel, terms, largest }) } else { Ok(()) }
    }
}

/// A known answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// The sum is this one.
    Exact(Total),
    /// The sum, read as a float, is within `error` of `value`.
    Near {
        /// The value that the sum approaches.
        value: f64,
        /// The largest distance that mathematics and rounding explain.
        error: f64,
    },
}
