use std::fmt;

use crate::answer::Asked;

/// How fast it has to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// This share of what the machine gave to as many independent workers.
    Capacity(f64),
    /// This share of what equal ranges can reach, which wait for the slowest core.
    Even(f64),
    /// So many times as fast as the skeleton.
    Skeleton(f64),
}

impl Target {
    pub(super) fn asked(self) -> Asked {
        let (Target::Capacity(least) | Target::Even(least) | Target::Skeleton(least)) = self;
        let is_share = !matches!(self, Target::Skeleton(_));
        Asked { text: self.to_string(), least, is_share }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Capacity(least) => {
                write!(
                    f,
                    "at least {} of what the machine gave to as many workers",
                    units::percent(*least)
                )
            }
            Target::Even(least) => {
                write!(f, "at least {} of what equal ranges can reach here", units::percent(*least))
            }
            Target::Skeleton(least) => write!(f, "at least {least} times as fast as the skeleton"),
        }
    }
}
