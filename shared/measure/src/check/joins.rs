use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use kernels::{Expected, Home, KernelName, Known, Partial, Visitor, split};

use super::TERMS;
use crate::excerpt::excerpt;
use crate::{Cancellation, Error, limited, panics, time};

/// Looks whether partials of `kernel` join, before any strategy is blamed for a wrong sum. Whole numbers do.
///
/// # Errors
///
/// [`Error::Join`] with what is wrong, where they do not; [`Error::Worker`] where the kernel panics.
pub fn joins(kernel: KernelName) -> Result<(), Error> {
    your_kernel(|| kernel.visit(Joins))
}

/// The longest that it may take to see whether partials join, where nobody says how long.
pub const LONGEST_CHECK: Duration = Duration::from_secs(60);

/// The same within a time limit, for who has no other.
///
/// # Errors
///
/// Those of [`joins`], and [`Error::TimedOut`].
pub fn joins_within(limit: Duration, kernel: KernelName) -> Result<(), Error> {
    limited(limit, "your kernel", &Cancellation::default(), move || joins(kernel))
}

/// Does what asks the reader's own kernel: a panic in there is that kernel's.
///
/// # Errors
///
/// Those of `work`, and [`Error::Worker`] where it panics.
pub fn your_kernel<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let cause = panics::text(&*payload);
        let (worker, remedy) = (panics::YOUR_KERNEL.to_owned(), panics::IN_YOURS);
        Err(Error::Worker { worker, cause, remedy })
    })
}

struct Joins;

impl Visitor for Joins {
    type Output = Result<(), Error>;

    fn visit<K: Known>(self) -> Self::Output {
        if K::Partial::IS_NUMBER { Ok(()) } else { all::<K>() }
    }
}

/// So many sums of all terms are made of each number of terms.
const SUMS: f64 = 16.0;

/// So many characters of a partial fit a message.
const LONGEST_SHOWN: usize = 100;

/// What would take longer than so many seconds is left out.
const LONGEST: f64 = 1.0;

/// Few terms first: how long they take says whether more are affordable.
fn all<K: Known>() -> Result<(), Error> {
    let mut seconds_of_a_term = 0.0;
    for terms in TERMS.into_iter().rev() {
        if seconds_of_a_term * terms as f64 * SUMS > LONGEST {
            break;
        }
        seconds_of_a_term = of::<K>(terms)?.as_secs_f64() / terms.max(1) as f64;
    }
    Ok(())
}

/// The same for a kernel of so many terms; gives the time of a sum.
fn of<K: Known>(terms: u64) -> Result<Duration, Error> {
    let kernel = K::with_home(terms, Home::Private)?;
    let all = 0..terms;
    let sum = |range: &Range<u64>| kernel.sum(range.clone());
    let fault = |fault: String| Err(Error::Join(format!("{}: {fault}", K::NAME)));
    let (whole, took) = time(|| sum(&all));
    let show = |sum: &K::Partial| excerpt(&kernel.show(sum), LONGEST_SHOWN);
    // If it panics, then before anything is measured.
    show(&whole);
    if whole != whole.clone() {
        return fault(format!(
            "`same` says that the partial of {all:?} is not the same as itself, {}",
            show(&whole)
        ));
    }
    if whole != sum(&all) {
        return fault(format!("two sums of {all:?} are {} and {}", show(&whole), show(&sum(&all))));
    }
    for cut in [1, terms / 3, terms / 2].into_iter().filter(|cut| *cut < terms) {
        let (left, (middle, right)) = (0..cut, split::halves(&(cut..terms)));
        let (a, b, c) = (sum(&left), sum(&middle), sum(&right));
        let names = || match middle.is_empty() {
            true => format!("{left:?} and {right:?}"),
            false => format!("{left:?}, {middle:?} and {right:?}"),
        };
        let first = (a.clone() + b.clone()) + c.clone();
        if first != whole {
            return fault(format!(
                "`join` loses something: the partials of {}, joined, are {}; that of {all:?} is {}",
                names(),
                show(&first),
                show(&whole)
            ));
        }
        if first != a.clone() + (b.clone() + c.clone()) {
            return fault(format!(
                "`join` has to be associative, and is not: of the partials of {} it makes a difference which two \
                 are joined first",
                names()
            ));
        }
        if !K::ORDERED && b.clone() + a.clone() != a + b {
            return fault(format!(
                "`join` makes another partial of {middle:?} and {left:?} than of {left:?} and {middle:?}; if that \
                 has to be so, write: const ORDERED: bool = true"
            ));
        }
    }
    if let Some(bytes) = whole.encode()
        && kernel.decode(&bytes).as_ref() != Some(&whole)
    {
        return fault(format!(
            "`decode` does not give back the partial of {all:?} that was encoded"
        ));
    }
    match kernel.expected() {
        Expected::Exact(right) if K::Partial::of(&right) != whole => fault(format!(
            "`expected` says {} for {all:?}, and one core gets {}",
            show(&K::Partial::of(&right)),
            show(&whole)
        )),
        _ => Ok(took),
    }
}

#[cfg(test)]
mod tests {
    use kernels::Own;
    use parts::Parts;

    use super::*;

    /// The sum of 0, 1, 2, ... with a mistake.
    struct Bad<const MISTAKE: u8>;

    const NONE: u8 = 0;
    const LOSES: u8 = 1;
    const NEVER_SAME: u8 = 2;
    const NO_ASSOCIATION: u8 = 3;
    const ONE_ORDER: u8 = 4;
    const OTHER_BYTES: u8 = 5;
    const OTHER_ANSWER: u8 = 6;
    const PANICS: u8 = 7;

    impl<const MISTAKE: u8> Parts for Bad<MISTAKE> {
        type Partial = (u64, u64);
        const TITLE: &'static str = "a mistake";

        fn new(_: u64) -> Self {
            Bad
        }

        fn sum(&self, range: Range<u64>) -> (u64, u64) {
            assert!(MISTAKE != PANICS || range.end < 3, "no more");
            (range.start, range.sum())
        }

        fn join((first, left): (u64, u64), (other, right): (u64, u64)) -> (u64, u64) {
            match MISTAKE {
                LOSES => (first, left.max(right)),
                ONE_ORDER => (first, left + right),
                // The place of the partial that was joined last; `same` looks at no place.
                NO_ASSOCIATION if other > 40_000 && first > 0 => (first, left + right + 1),
                _ => (first.min(other), left + right),
            }
        }

        fn same(one: &(u64, u64), other: &(u64, u64)) -> bool {
            MISTAKE != NEVER_SAME && one == other
        }

        fn expected(&self) -> Option<(u64, u64)> {
            (MISTAKE == OTHER_ANSWER).then_some((0, 7))
        }

        fn encode((first, sum): &(u64, u64)) -> Option<Vec<u8>> {
            Some([first.to_le_bytes(), sum.to_le_bytes()].concat())
        }

        fn decode(bytes: &[u8]) -> Option<(u64, u64)> {
            let number = |bytes: &[u8]| bytes.try_into().ok().map(u64::from_le_bytes);
            let sum = number(&bytes[8..])? + u64::from(MISTAKE == OTHER_BYTES);
            Some((number(&bytes[..8])?, sum))
        }
    }

    fn fault<const MISTAKE: u8>() -> Option<String> {
        found::<MISTAKE>().err().map(|error| {
            assert_eq!(error.exit_code(), 1, "{error}");
            error.to_string()
        })
    }

    fn found<const MISTAKE: u8>() -> Result<(), Error> {
        your_kernel(all::<Own<Bad<MISTAKE>>>)
    }

    #[test]
    fn a_panic_of_the_kernel_is_its_own() {
        panics::quiet();
        let error = found::<PANICS>().expect_err("it panics");
        let text = error.to_string();
        assert!(
            text.starts_with("your kernel failed: it panicked at ") && text.contains(": no more"),
            "{text}"
        );
        assert_eq!(error.exit_code(), 70);
    }

    #[test]
    fn each_mistake_is_named() {
        assert_eq!(fault::<NONE>(), None);
        let found = [
            (
                fault::<LOSES>(),
                "`join` loses something: the partials of 0..1, 1..2 and 2..3, joined, are (0, 2); that of 0..3 is (0, 3)",
            ),
            (
                fault::<NEVER_SAME>(),
                "`same` says that the partial of 0..1 is not the same as itself, (0, 0)",
            ),
            (
                fault::<NO_ASSOCIATION>(),
                "of the partials of 0..1, 1..50002 and 50002..100003 it makes a difference which two are joined first",
            ),
            (fault::<ONE_ORDER>(), "write: const ORDERED: bool = true"),
            (fault::<OTHER_BYTES>(), "`decode` does not give back"),
            (fault::<OTHER_ANSWER>(), "`expected` says (0, 7) for 0..1, and one core gets (0, 0)"),
        ];
        for (found, part) in found {
            let found = found.expect(part);
            assert!(found.starts_with("yours: ") && found.contains(part), "{found}");
            assert!(
                found.ends_with("fix that in yours/src/lib.rs: no strategy is to blame"),
                "{found}"
            );
        }
    }
}
