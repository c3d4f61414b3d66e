//! Is the sum right, and is the time possible?

use kernels::{AnyKnown, Expected, Total};
use serde::{Deserialize, Serialize};

use crate::Complaint;
use crate::excerpt::excerpt;

/// The judgement of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The sum is the known answer.
    Right,
    /// The sum is right, but nobody asked the kernel for a term: no audit can say who added what.
    Unaudited,
    /// The sum is right, but no core can add this fast: nobody added.
    Folded,
    /// The sum is not the known answer, or the workers did not sum every term exactly once.
    Wrong,
    /// A worker could not be started, died, hung or answered nonsense.
    Failed,
    /// Something is missing on this machine.
    Skipped,
}

impl Verdict {
    /// The word in the table and the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Unaudited => "unaudited",
            Verdict::Folded => "folded",
            Verdict::Wrong => "wrong",
            Verdict::Failed => "failed",
            Verdict::Skipped => "skipped",
        }
    }

    /// Whether the sum is the known answer, however it came about.
    pub fn has_right_sum(self) -> bool {
        matches!(self, Verdict::Right | Verdict::Unaudited | Verdict::Folded)
    }

    /// Whether its time is that of an honest sum, which may be compared with others.
    pub fn is_comparable(self) -> bool {
        matches!(self, Verdict::Right | Verdict::Unaudited)
    }
}

/// The most additions that a core can do in a nanosecond: four vectors of eight `u64` a cycle, at
/// 6 GHz, is 192; a sum above this bound was not added up.
///
/// Bare additions come near it: sixteen independent `vpaddq` chains did 137 on a core with AVX-512 at
/// 4.3 GHz. A term costs more than its addition, so sums stay far below.
pub const MOST_ADDITIONS_PER_NANOSECOND: f64 = 200.0;

/// A device beside the cores adds no faster than so many of them: 16,896 lanes at 2 GHz, as the largest cards of 2023
/// have them, make 34,000 additions a nanosecond, and this bound is 200,000.
pub const CORES_OF_A_DEVICE: usize = 1000;

/// Whether `terms` terms in `seconds` on `cores` cores is faster than anybody can add.
///
/// ```
/// use measure::verdict::impossible;
/// assert!(impossible(1_000_000_000, 30e-9, 1)); // a formula, not a loop
/// assert!(!impossible(100_000_000, 3.3e-3, 1)); // 30 additions a nanosecond: AVX-512
/// ```
pub fn impossible(terms: u64, seconds: f64, cores: usize) -> bool {
    terms as f64 > MOST_ADDITIONS_PER_NANOSECOND * seconds * 1e9 * cores as f64
}

/// All that a judgement rests on.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'e> {
    /// What speaks against the row.
    pub complaint: Option<&'e Complaint>,
    /// Whether its work was checked to the end.
    pub checked: bool,
    /// Whether its audit saw a term, or there was none to see.
    pub audited: bool,
    /// How many terms it summed.
    pub terms: u64,
    /// Median seconds, where it was timed.
    pub seconds: Option<f64>,
    /// How many cores it could use.
    pub cores: usize,
}

/// Decides: right, unaudited, folded, wrong, failed or skipped. Nothing else in the workspace does; whoever shows a
/// verdict shows this one.
pub fn judge(evidence: &Evidence<'_>) -> Verdict {
    let Evidence { complaint, checked, audited, terms, seconds, cores } = *evidence;
    match complaint {
        Some(Complaint::Wrong(_)) => Verdict::Wrong,
        Some(Complaint::Failed(..)) => Verdict::Failed,
        Some(Complaint::Missing(_)) => Verdict::Skipped,
        // Not even timed, or timed but not checked: nobody can say that it is right.
        None if !checked => Verdict::Skipped,
        None if seconds.is_some_and(|seconds| impossible(terms, seconds, cores)) => Verdict::Folded,
        None if !audited => Verdict::Unaudited,
        None => Verdict::Right,
    }
}

/// What is known of a kernel's answer before any strategy runs.
#[derive(Debug)]
pub struct KnownAnswer {
    expected: Expected,
    /// The bits of the exact sum, from the kernel's own loop on one core, where it was run.
    exact: Option<Total>,
}

impl KnownAnswer {
    /// The known answer alone.
    pub fn of(kernel: &AnyKnown) -> Self {
        let expected = kernel.expected();
        let exact = match &expected {
            Expected::Exact(sum) => Some(sum.clone()),
            Expected::Near { .. } => None,
        };
        KnownAnswer { expected, exact }
    }

    /// Takes the bits of `sum` for the exact ones, if no others are known and `sum` is a right answer itself.
    pub fn learn(&mut self, kernel: &AnyKnown, sum: &Total) {
        if self.exact.is_none() && self.near(kernel, sum, 0.0) {
            self.exact = Some(sum.clone());
        }
    }

    /// Whether `sum` has the bits of the exact sum, as far as these are known.
    pub fn same_bits(&self, sum: &Total) -> bool {
        self.exact.as_ref().is_none_or(|exact| exact == sum)
    }

    /// Whether `sum` is right. A strategy that adds floats may end in other bits, all others not.
    pub fn accepts(&self, kernel: &AnyKnown, sum: &Total, floats: bool) -> bool {
        let slack = if floats { FLOAT_ORDER_ERROR } else { 0.0 };
        self.near(kernel, sum, slack) && (floats || self.same_bits(sum))
    }

    /// How far `sum` is off, in words: `3 too small`.
    pub fn difference(&self, kernel: &AnyKnown, sum: &Total) -> String {
        match &self.expected {
            Expected::Exact(exact) => match exact.number().zip(sum.number()) {
                Some((exact, sum)) => {
                    let size = if sum < exact { "small" } else { "large" };
                    format!("{} too {size}", units::grouped(exact.abs_diff(sum)))
                }
                None => {
                    let show = |sum| excerpt(&kernel.show(sum), LONGEST_SHOWN);
                    format!("{}, not {}", show(sum), show(exact))
                }
            },
            Expected::Near { value, .. } => {
                let off = shown(kernel, sum) - value;
                let size = if off < 0.0 { "small" } else { "large" };
                format!("{:.1e} too {size}", off.abs())
            }
        }
    }

    fn near(&self, kernel: &AnyKnown, sum: &Total, slack: f64) -> bool {
        match &self.expected {
            Expected::Exact(exact) => exact == sum,
            Expected::Near { value, error } => (shown(kernel, sum) - value).abs() <= error + slack,
        }
    }
}

/// So many characters of a partial of any kind fit a message.
const LONGEST_SHOWN: usize = 100;

/// The number that a reader is shown for `sum`.
fn shown(kernel: &AnyKnown, sum: &Total) -> f64 {
    kernel.show(sum).parse().expect("a kernel shows a number")
}

/// What the order of float additions may cost a mean value: 1e8 terms added in order were seen to
/// be off by 7e-13.
const FLOAT_ORDER_ERROR: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use kernels::{Integers, Kernel, Known, Pi};

    use super::*;

    fn erased<K: Known>(terms: u64) -> AnyKnown {
        AnyKnown::new(K::new(terms).expect("few terms"))
    }

    #[test]
    fn a_sum_that_is_off_by_one_is_wrong() {
        let kernel = erased::<Integers>(1000);
        let answer = KnownAnswer::of(&kernel);
        assert!(answer.accepts(&kernel, &499_500.into(), false));
        assert_eq!(answer.difference(&kernel, &499_401.into()), "99 too small");
        assert_eq!(answer.difference(&kernel, &500_999.into()), "1,499 too large");
        assert!(!answer.accepts(&kernel, &499_499.into(), false));
    }

    #[test]
    fn pi_without_its_last_term_is_wrong() {
        for terms in [1, 2, 3, 1000, 100_003] {
            let kernel = erased::<Pi>(terms);
            let exact = kernel.kernel().sum(0..terms);
            let mut answer = KnownAnswer::of(&kernel);
            answer.learn(&kernel, &exact);
            assert!(answer.accepts(&kernel, &exact, false), "{terms}");
            let short = kernel.kernel().sum(0..terms - 1);
            assert!(!answer.accepts(&kernel, &short, false), "{terms}");
            assert!(!answer.accepts(&kernel, &short, true), "{terms}");
        }
    }

    #[test]
    fn other_bits_are_for_floats_only() {
        let kernel = erased::<Pi>(1000);
        let exact = kernel.kernel().sum(0..1000);
        let mut answer = KnownAnswer::of(&kernel);
        answer.learn(&kernel, &exact);
        let next = exact + 1.into();
        assert!(!answer.accepts(&kernel, &next, false));
        assert!(answer.accepts(&kernel, &next, true));
    }

    #[test]
    fn the_fold_is_impossible_and_a_fast_loop_is_not() {
        assert!(impossible(100_000, 30e-9, 1));
        assert!(!impossible(0, 1e-9, 1));
        assert!(!impossible(1000, 20e-9, 1), "too few terms for a clock to tell");
        assert!(!impossible(100_000_000, 0.2e-3, 16));
    }

    #[test]
    fn a_verdict_rests_on_all_the_evidence() {
        let fine = Evidence {
            complaint: None,
            checked: true,
            audited: true,
            terms: 1000,
            seconds: Some(1e-6),
            cores: 1,
        };
        assert_eq!(judge(&fine), Verdict::Right);
        assert_eq!(judge(&Evidence { checked: false, ..fine }), Verdict::Skipped);
        assert_eq!(
            judge(&Evidence { terms: 1_000_000, seconds: Some(1e-9), ..fine }),
            Verdict::Folded
        );
        let unseen = Evidence { audited: false, ..fine };
        assert_eq!(judge(&unseen), Verdict::Unaudited);
        let formula = Evidence { terms: 1_000_000, seconds: Some(1e-9), ..unseen };
        assert_eq!(judge(&formula), Verdict::Folded, "a formula asks the kernel for nothing");
        let wrong = Complaint::Wrong("off by one".into());
        let both =
            Evidence { complaint: Some(&wrong), terms: 1_000_000, seconds: Some(1e-9), ..fine };
        assert_eq!(judge(&both), Verdict::Wrong, "a wrong sum is wrong, however fast");
    }
}
