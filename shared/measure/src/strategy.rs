use std::hint::black_box;
use std::ops::{Deref, Range};
use std::time::Duration;

use kernels::{Kernel, KernelName, Known, Partial};
use rng::Rng;

use crate::{Context, Error, Summed, Work, quickest};

/// A strategy whose workers are ready: called with a kernel and a range, it gives the sum.
pub type Sum<K> = Box<dyn FnMut(&K, Range<u64>) -> Result<Summed<<K as Kernel>::Partial>, Error>>;

/// Starts the workers of a strategy for a kernel; gives the sum to call.
pub type Start<K> = Box<dyn Fn(&K, &Context) -> Result<Sum<K>, Error>>;

/// One row of a lesson's table: a way to share a kernel's terms among workers.
///
/// The strategy itself is a plain function in a file of its own. There are two kinds. Most start
/// their workers anew for every sum ([`Strategy::new`]); some keep them from one sum to the next
/// ([`Strategy::pool`]), and then the start is timed apart. The macro [`row!`](crate::row)
/// writes either, and keeps file, function and row one name.
pub struct Strategy<K: Kernel> {
    info: StrategyInfo,
    start: Start<K>,
    /// What starts the workers of an audit, where that is not the same.
    audited: Option<Start<K>>,
    /// What is summed first, to see whether it is right.
    first: &'static [u64],
    /// Whether a timed sum is always that of all terms.
    whole: bool,
}

/// A timed sum leaves out at most so many of the last terms, and one in so many. Where there are few, it leaves out
/// none: it would be seen in the time.
const LEFT_OUT: u64 = 4096;
const SMALL_PART: u64 = 10_000;
const FEW: u64 = 100_000;

/// What a lesson says of one of its strategies.
#[derive(Debug, Clone)]
pub struct StrategyInfo {
    /// The name of the row, of the function and of the file, with hyphens.
    pub name: String,
    /// One line about it, for `--list`.
    pub about: &'static str,
    /// Whether the workers outlive one sum.
    pub is_pool: bool,
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
    /// What it asks of the partials that it joins.
    pub needs: Needs,
}

/// What a strategy asks of the partials that it joins. All of it is there for whole numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Needs {
    /// They are whole numbers, for this reason.
    pub numbers: Option<&'static str>,
    /// They are joined as they come.
    pub any_order: bool,
    /// They are joined term by term.
    pub cheap_terms: bool,
    /// They travel to another process, with at most so many bytes.
    pub bytes: Option<usize>,
}

/// A row that joins term by term takes no longer than this for that alone.
const LONGEST_JOINING: f64 = 2.0;

impl Needs {
    /// Why a strategy that has these needs is not for `kernel` with so many terms, in words.
    pub fn unmet<K: Known>(&self, kernel: &K, terms: u64) -> Option<String> {
        let name = K::NAME;
        if K::Partial::IS_NUMBER || terms == 0 {
            return None;
        }
        if let Some(why) = self.numbers {
            return Some(format!("{why}, and a partial of {name} may be anything"));
        }
        if self.any_order && K::ORDERED {
            return Some(format!(
                "it joins partials in any order, and `join` of {name} wants them in order"
            ));
        }
        if let Some(most) = self.bytes {
            match kernel.sum(0..terms.min(1000)).encode().map(|bytes| bytes.len()) {
                None => {
                    return Some(format!(
                        "a partial of {name} cannot travel; write encode and decode in yours/src/lib.rs"
                    ));
                }
                Some(long) if long > most => {
                    let [long, most] = [long, most].map(|bytes| units::grouped(bytes as u64));
                    return Some(format!(
                        "a partial of {name} takes {long} bytes, and a frame holds {most}: encode it in fewer"
                    ));
                }
                Some(_) => {}
            }
        }
        let joining = self.cheap_terms.then(|| seconds_of_joining(kernel, terms))?;
        (joining > LONGEST_JOINING).then(|| {
            let joining = units::seconds(joining);
            format!("it joins term by term, which takes some {joining} for so many terms of {name}")
        })
    }
}

/// How much longer it takes one core to sum term by term than to sum ranges.
fn seconds_of_joining<K: Kernel>(kernel: &K, terms: u64) -> f64 {
    const FEW: u64 = 100;
    let few = terms.clamp(1, FEW);
    let range = quickest(Duration::ZERO, || {
        black_box(kernel.sum(black_box(0..few.min(terms))));
    });
    (seconds_of_a_term(kernel, terms) - range / few as f64) * terms as f64
}

/// How long it takes to make the partial of one term and to join it.
pub fn seconds_of_a_term<K: Kernel>(kernel: &K, terms: u64) -> f64 {
    let (mut total, mut i) = (kernel.term(0), 0);
    quickest(Duration::from_millis(1), || {
        i = (i + 1) % terms.max(1);
        total += black_box(kernel.term(i));
    })
}

impl<K: Kernel> Deref for Strategy<K> {
    type Target = StrategyInfo;

    fn deref(&self) -> &StrategyInfo {
        &self.info
    }
}

impl<K: Kernel> Strategy<K> {
    /// A strategy that starts and ends its workers within every sum. One that can only add whole numbers gives a
    /// `u64`: it is for kernels whose partials are such.
    pub fn new<P: Into<K::Partial> + 'static>(
        function: &str,
        about: &'static str,
        run: fn(&K, Range<u64>, &Context) -> Result<P, Error>,
    ) -> Self {
        let start: Start<K> = Box::new(move |_, context| {
            let context = context.clone();
            Ok(Box::new(move |kernel, terms| Ok(run(kernel, terms, &context)?.into().into())))
        });
        Self::from_start(function, about, false, start)
    }

    /// A strategy whose workers are made once by `start` and then asked for many sums.
    pub fn pool<W: 'static, P: Into<K::Partial> + 'static>(
        function: &str,
        about: &'static str,
        start: fn(&K, &Context) -> Result<W, Error>,
        run: fn(&K, Range<u64>, &mut W) -> Result<P, Error>,
    ) -> Self {
        let start: Start<K> = Box::new(move |kernel, context| {
            let mut pool = start(kernel, context)?;
            Ok(Box::new(move |kernel, terms| Ok(run(kernel, terms, &mut pool)?.into().into())))
        });
        Self::from_data(function, about, start)
    }

    /// A strategy whose workers are made by a closure, for tables that are made from data.
    pub fn from_data(function: &str, about: &'static str, start: Start<K>) -> Self {
        Self::from_start(function, about, true, start)
    }

    fn from_start(function: &str, about: &'static str, is_pool: bool, start: Start<K>) -> Self {
        let info = StrategyInfo {
            name: function.replace('_', "-"),
            about,
            is_pool,
            per_term: false,
            floats: false,
            alone: false,
            only: None,
            unpinned: None,
            needs: Needs::default(),
        };
        Strategy { info, start, audited: None, first: &[], whole: false }
    }

    /// The same row, marked as paying a price for every term.
    #[must_use]
    pub fn per_term(mut self) -> Self {
        self.info.per_term = true;
        self
    }

    /// The same row, marked as adding floats, for a kernel that has some. A timed sum is always that of all terms:
    /// its bits depend on where the terms are cut, and whoever asks for the same sum again is to see the same bits.
    #[must_use]
    pub fn floats(mut self) -> Self {
        self.info.floats = true;
        self.whole()
    }

    /// The same row, marked as one that has one worker, however many are asked for.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.info.alone = true;
        self
    }

    /// The same row, for one kernel only.
    #[must_use]
    pub fn only_on(mut self, kernel: KernelName) -> Self {
        self.info.only = Some(kernel);
        self
    }

    /// The same row, marked as one whose workers `--pin` does not reach.
    #[must_use]
    pub fn unpinned(mut self, why: &'static str) -> Self {
        self.info.unpinned = Some(why);
        self
    }

    /// The same row, which knows whole numbers only, and why.
    #[must_use]
    pub fn on_numbers(mut self, why: &'static str) -> Self {
        self.info.needs.numbers = Some(why);
        self
    }

    /// The same row, marked as joining partials as they come, and not in the order of their terms.
    #[must_use]
    pub fn in_any_order(mut self) -> Self {
        self.info.needs.any_order = true;
        self
    }

    /// The same row, marked as joining term by term.
    #[must_use]
    pub fn term_by_term(mut self) -> Self {
        self.info.needs.cheap_terms = true;
        self
    }

    /// The same row, marked as one whose partials travel to another process, with at most so many bytes.
    #[must_use]
    pub fn sends(mut self, most_bytes: usize) -> Self {
        self.info.needs.bytes = Some(most_bytes);
        self
    }

    /// The same row, whose workers are started by `start` where the runner audits them: for a lesson that has to
    /// fetch from afar who summed what.
    #[must_use]
    pub fn audited_by(self, start: Start<K>) -> Self {
        Strategy { audited: Some(start), ..self }
    }

    /// The same row, whose workers hold data for just these terms: a timed sum is always that of all of them.
    #[must_use]
    pub fn whole(self) -> Self {
        Strategy { whole: true, ..self }
    }

    /// The same row, which first sums so many terms each time its workers were started, and is refused where
    /// these sums are not those of one core.
    #[must_use]
    pub fn with_first_sums(self, first: &'static [u64]) -> Self {
        Strategy { first, ..self }
    }

    /// Starts the workers of a pool; gives the sum to call.
    ///
    /// # Errors
    ///
    /// Where a worker cannot be started.
    pub fn start(&self, kernel: &K, context: &Context) -> Result<Sum<K>, Error> {
        (self.start)(kernel, context)
    }

    /// The same for an audit.
    pub fn start_audited(&self, kernel: &K, context: &Context) -> Result<Sum<K>, Error> {
        self.audited.as_ref().unwrap_or(&self.start)(kernel, context)
    }

    /// The strategy together with what it sums, without their types.
    ///
    /// No timed sum is like the one before: a few of the last terms, their number drawn from `seed`, are left
    /// out, and added here by one core. So a strategy that remembers a sum, or the partials of its workers, gives a
    /// wrong one. (Where partials are no numbers, one more of them might cost as much as the whole sum.)
    pub fn bind(self, kernel: K, terms: u64, seed: u64) -> BoundStrategy {
        let Strategy { info, start, first, whole, .. } = self;
        let most_left_out = if whole || terms < FEW || !K::Partial::IS_NUMBER {
            0
        } else {
            (terms / SMALL_PART).min(LEFT_OUT)
        };
        let start = move |context: &Context| -> Result<Work<'static>, Error> {
            let mut sum = start(&kernel, context)?;
            for &few in first.iter().filter(|few| **few < terms) {
                if sum(&kernel, 0..few)?.sum != kernel.sum(0..few) {
                    let fault = "the sum is not that of one core".to_owned();
                    return Err(Error::WrongSum { terms: few, fault });
                }
            }
            let kernel = kernel.clone();
            let mut rng = Rng::new(seed);
            Ok(Box::new(move || {
                let end = terms - rng.below(most_left_out as usize + 1) as u64;
                let summed = sum(black_box(&kernel), black_box(0..end))?;
                let rest = kernel.sum(end..terms);
                Ok(Summed { sum: (summed.sum + rest).erased(), took: summed.took })
            }))
        };
        BoundStrategy { info, terms, start: Box::new(start) }
    }
}

/// A strategy together with what it sums.
pub struct BoundStrategy {
    /// What its lesson says of it.
    pub info: StrategyInfo,
    /// How many terms it sums.
    pub terms: u64,
    start: BoundStart,
}

type BoundStart = Box<dyn Fn(&Context) -> Result<Work<'static>, Error>>;

impl BoundStrategy {
    /// Starts the workers of a pool; gives the sum to call.
    ///
    /// # Errors
    ///
    /// Where a worker cannot be started.
    pub fn start(&self, context: &Context) -> Result<Work<'static>, Error> {
        (self.start)(context)
    }
}

/// One row of the table, from the module `$name` that holds the function `$name`.
///
/// `row!(scoped, "about")` for workers that live as long as one sum;
/// `row!(pool, "about", on start)` for workers made once by the function `start`.
#[macro_export]
macro_rules! row {
    ($name:ident, $about:literal) => {
        $crate::Strategy::new(stringify!($name), $about, $name::$name)
    };
    ($name:ident, $about:literal, on $start:expr) => {
        $crate::Strategy::pool(stringify!($name), $about, $start, |kernel, terms, pool| {
            $name::$name(kernel, terms, pool)
        })
    };
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use kernels::{AnyKernel, Integers, Known, Own, Workers};
    use parts::Parts;

    use super::*;

    const TERMS: u64 = 1_000_000;

    fn sums(run: fn(&Integers, Range<u64>, &Context) -> Result<u64, Error>) -> Vec<u64> {
        sums_of(Strategy::new("planted", "", run))
    }

    fn sums_of(strategy: Strategy<Integers>) -> Vec<u64> {
        let kernel = Integers::new(TERMS).expect("few");
        let bound = strategy.bind(kernel, TERMS, 7);
        let mut work = bound.start(&Context::new(Workers::ONE)).expect("it starts");
        (0..20).map(|_| work().expect("it sums").sum.number().expect("a number")).collect()
    }

    #[test]
    fn a_strategy_that_remembers_its_sum_is_wrong_the_next_time() {
        let right = TERMS * (TERMS - 1) / 2;
        assert_eq!(sums(|kernel, terms, _| Ok(kernel.sum(terms))), [right; 20]);
        static REMEMBERED: OnceLock<u64> = OnceLock::new();
        let remembered = sums(|kernel, terms, _| Ok(*REMEMBERED.get_or_init(|| kernel.sum(terms))));
        assert_eq!(remembered[0], right);
        // Now and then as many terms are left out as the first time.
        let wrong = remembered.iter().filter(|sum| **sum != right).count();
        assert!(wrong > 15, "{remembered:?}");
    }

    /// As the middle of a pairwise sum, and with it the last digit, depends on how many terms there are.
    #[test]
    fn a_strategy_that_adds_floats_is_asked_for_all_terms_each_time() {
        let cut: fn(&Integers, Range<u64>, &Context) -> Result<u64, Error> =
            |kernel, terms, _| Ok(kernel.sum(terms.clone()) ^ terms.end);
        let floats = sums_of(Strategy::new("planted", "", cut).floats());
        assert_eq!(floats, [(TERMS * (TERMS - 1) / 2) ^ TERMS; 20]);
        let exact = sums(cut);
        assert!(exact.iter().any(|sum| *sum != exact[0]), "{exact:?}");
    }

    /// A partial of 2 MiB that takes a while to be made and to be joined.
    struct Large;

    impl Parts for Large {
        type Partial = Vec<u64>;
        const TITLE: &'static str = "large partials";
        const ORDERED: bool = true;

        fn new(_: u64) -> Self {
            Large
        }

        fn sum(&self, range: Range<u64>) -> Vec<u64> {
            vec![range.sum(); 1 << 18]
        }

        fn join(left: Vec<u64>, right: Vec<u64>) -> Vec<u64> {
            left.iter().zip(right).map(|(left, right)| left + right).collect()
        }

        fn same(one: &Vec<u64>, other: &Vec<u64>) -> bool {
            one == other
        }

        fn encode(partial: &Vec<u64>) -> Option<Vec<u8>> {
            Some(partial.iter().flat_map(|number| number.to_le_bytes()).collect())
        }
    }

    #[test]
    fn a_kernel_gets_the_rows_that_suit_it_and_the_others_have_a_reason() {
        let (large, numbers) = (Own::<Large>::new(TERMS), Integers::new(TERMS));
        let (large, numbers) = (large.expect("few terms"), numbers.expect("few terms"));
        let row =
            || Strategy::new("planted", "", |kernel: &AnyKernel, terms, _| Ok(kernel.sum(terms)));
        let rows = [
            (row(), None),
            (
                row().on_numbers("it counts"),
                Some("it counts, and a partial of yours may be anything"),
            ),
            (row().in_any_order(), Some("`join` of yours wants them in order")),
            (row().sends(1 << 20), Some("takes 2,097,153 bytes, and a frame holds 1,048,576")),
            (row().sends(1 << 22), None),
            (row().term_by_term(), Some("it joins term by term, which takes some ")),
        ];
        for (row, why) in rows {
            assert_eq!(row.needs.unmet(&numbers, TERMS), None);
            let unmet = row.needs.unmet(&large, TERMS);
            match why {
                None => assert_eq!(unmet, None),
                Some(part) => {
                    assert!(unmet.as_ref().is_some_and(|why| why.contains(part)), "{unmet:?}")
                }
            }
        }
    }
}
