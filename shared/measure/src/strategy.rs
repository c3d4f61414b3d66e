use std::ops::Range;

use kernels::{Kernel, KernelName, Workers};

use crate::Error;

/// A strategy whose workers stand ready: called with a kernel and a range, it gives the sum.
pub type Sum<K> = Box<dyn FnMut(&K, Range<u64>) -> Result<u64, Error>>;

/// Starts the workers of a strategy for a kernel; gives the sum to call.
pub type Start<K> = Box<dyn Fn(&K, Workers) -> Result<Sum<K>, Error>>;

/// One row of a lesson's table: a way to share a kernel's terms among workers.
///
/// The strategy itself is a plain function in a file of its own. There are two kinds. Most start
/// their workers anew for every sum ([`Strategy::new`]); some keep them from one sum to the next
/// ([`Strategy::standing`]), and then the start is timed apart. The macro [`row!`](crate::row)
/// writes either, and keeps file, function and row one name.
pub struct Strategy<K> {
    /// The name of the row, of the function and of the file, with hyphens.
    pub name: String,
    /// One line about it, for `--list`.
    pub about: &'static str,
    /// Whether the workers outlive one sum.
    pub stands: bool,
    /// Whether it pays a price for every single term (a lock, say). Such a row runs on fewer terms.
    pub per_term: bool,
    /// Whether it adds floats, and may so end in other bits than the exact fixed-point sum.
    pub floats: bool,
    /// Whether it has one worker, however many are asked for.
    pub alone: bool,
    /// The only kernel that it is for; `None`: any.
    pub only: Option<KernelName>,
    /// Why `--pin` does not reach its workers; `None` where it does.
    pub unpinned: Option<&'static str>,
    start: Start<K>,
}

impl<K: Kernel> Strategy<K> {
    /// A strategy that starts and ends its workers within every sum.
    pub fn new(
        function: &str,
        about: &'static str,
        run: fn(&K, Range<u64>, Workers) -> Result<u64, Error>,
    ) -> Self {
        let start: Start<K> = Box::new(move |_, workers| {
            Ok(Box::new(move |kernel, terms| run(kernel, terms, workers)))
        });
        Strategy { stands: false, ..Self::from_start(function, about, start) }
    }

    /// A strategy whose workers are made once by `start` and then asked for many sums.
    pub fn standing<W: 'static>(
        function: &str,
        about: &'static str,
        start: fn(&K, Workers) -> Result<W, Error>,
        run: fn(&K, Range<u64>, &mut W) -> Result<u64, Error>,
    ) -> Self {
        let start: Start<K> = Box::new(move |kernel, workers| {
            let mut standing = start(kernel, workers)?;
            Ok(Box::new(move |kernel, terms| run(kernel, terms, &mut standing)))
        });
        Self::ready(function, about, start)
    }

    /// A strategy whose workers are made by a closure, for tables that are made from data.
    pub fn ready(function: &str, about: &'static str, start: Start<K>) -> Self {
        Strategy { stands: true, ..Self::from_start(function, about, start) }
    }

    fn from_start(function: &str, about: &'static str, start: Start<K>) -> Self {
        let name = function.replace('_', "-");
        Strategy {
            name,
            about,
            stands: false,
            per_term: false,
            floats: false,
            alone: false,
            only: None,
            unpinned: None,
            start,
        }
    }

    /// The same row, marked as paying a price for every term.
    pub fn per_term(self) -> Self {
        Strategy { per_term: true, ..self }
    }

    /// The same row, marked as adding floats, for a kernel that has some.
    pub fn floats(self) -> Self {
        Strategy { floats: true, ..self }
    }

    /// The same row, marked as one that has one worker, however many are asked for.
    pub fn alone(self) -> Self {
        Strategy { alone: true, ..self }
    }

    /// The same row, for one kernel only.
    pub fn only_on(self, kernel: KernelName) -> Self {
        Strategy { only: Some(kernel), ..self }
    }

    /// The same row, marked as one whose workers `--pin` does not reach.
    pub fn unpinned(self, why: &'static str) -> Self {
        Strategy { unpinned: Some(why), ..self }
    }

    /// Starts the workers, where they stand; gives the sum to call.
    pub fn start(&self, kernel: &K, workers: Workers) -> Result<Sum<K>, Error> {
        (self.start)(kernel, workers)
    }
}

/// One row of the table, from the module `$name` that holds the function `$name`.
///
/// `row!(scoped, "about")` for workers that live as long as one sum;
/// `row!(pool, "about", standing on start)` for workers made once by the function `start`.
#[macro_export]
macro_rules! row {
    ($name:ident, $about:literal) => {
        $crate::Strategy::new(stringify!($name), $about, $name::$name)
    };
    ($name:ident, $about:literal, standing on $start:expr) => {
        $crate::Strategy::standing(stringify!($name), $about, $start, |kernel, terms, standing| {
            $name::$name(kernel, terms, standing)
        })
    };
}
