use super::bootstrap;
use super::{Curve, Fit, Law};

/// What a curve of constant work says about Amdahl's law and the universal scalability law.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it says about Amdahl's law; at least three worker counts are needed.
    pub amdahl: Outcome,
    /// What it says about the universal law; at least four worker counts are needed, of which the
    /// largest is then four workers or more.
    pub universal: Outcome,
    /// The largest worker count measured; zero for an empty curve.
    pub largest: usize,
    /// The number of samples of the worker count that has fewest.
    pub fewest_samples: usize,
    /// How many samples were left out because they are no times.
    pub dropped: usize,
}

/// A law that was found in a curve, or the reason why it was not.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The law, and how far to believe it.
    Fit(Fit),
    /// There are too few worker counts to tell: the law would go through them whatever they are.
    CannotTell {
        /// The law that was asked for.
        law: Law,
        /// How many worker counts the curve has.
        counts: usize,
    },
}

/// Which of the two laws a curve speaks for.
///
/// The universal law with a coherence of zero is Amdahl's, so it never fits worse. The question is
/// whether the curve shows a coherence at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The coherence may be zero: the curve cannot tell the laws apart, and Amdahl's is simpler.
    NotTold,
    /// The universal law: its coherence is surely above zero, or Amdahl's misses the points and it
    /// does not.
    Universal,
    /// Both laws miss the points by more than noise does, and visibly (2 % or more).
    Neither,
}

impl Reading {
    /// Reads `curve`, whose work was the same for every worker count.
    pub fn of(curve: &Curve) -> Self {
        let medians = bootstrap::medians(curve);
        let outcome = |law| {
            Fit::of(law, curve, &medians)
                .map_or(Outcome::CannotTell { law, counts: curve.points().len() }, Outcome::Fit)
        };
        Reading {
            amdahl: outcome(Law::Amdahl),
            universal: outcome(Law::Universal),
            largest: curve.largest(),
            fewest_samples: curve.fewest_samples(),
            dropped: curve.dropped(),
        }
    }

    /// Which law the curve speaks for; `None` where there is no fit of both.
    pub fn choice(&self) -> Option<Choice> {
        let (amdahl, universal) = (self.amdahl.fit()?, self.universal.fit()?);
        Some(if amdahl.misfit.matters() && universal.misfit.matters() {
            Choice::Neither
        } else if amdahl.misfit.matters() || universal.coherence.low > 0.0 {
            Choice::Universal
        } else {
            Choice::NotTold
        })
    }
}

impl Outcome {
    /// The fit, where there is one.
    pub fn fit(&self) -> Option<&Fit> {
        match self {
            Outcome::Fit(fit) => Some(fit),
            Outcome::CannotTell { .. } => None,
        }
    }
}
