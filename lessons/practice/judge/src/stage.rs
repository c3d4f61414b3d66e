use std::fmt;

use serde::{Deserialize, Serialize};

/// What is asked of an attempt, in this order; the first thing that does not hold is the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The compiler takes it.
    Compiles,
    /// It comes back, and does not end its program, either.
    Ends,
    /// Its answers are right, for awkward numbers, too.
    Right,
    /// They stay right where threads are disturbed, or whatever order their steps take.
    Stress,
    /// It works in the way that the exercise asks for.
    How,
    /// It is as fast as the exercise asks for, on this machine.
    Fast,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Stage; 6] =
        [Stage::Compiles, Stage::Ends, Stage::Right, Stage::Stress, Stage::How, Stage::Fast];

    /// Its name: a word of `// WRONG` lines, and of the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Compiles => "compiles",
            Stage::Ends => "ends",
            Stage::Right => "right",
            Stage::Stress => "stress",
            Stage::How => "how",
            Stage::Fast => "fast",
        }
    }

    /// What does not hold, as the heading of a verdict.
    pub fn failed(self) -> &'static str {
        match self {
            Stage::Compiles => "does not compile",
            Stage::Ends => "does not end well",
            Stage::Right => "not right",
            Stage::Stress => "not right under stress",
            Stage::How => "right, but not in this way",
            Stage::Fast => "right, but not fast enough",
        }
    }

    /// What to do about that, whatever the exercise is.
    pub fn remedy(self) -> &'static str {
        match self {
            Stage::Compiles => "the compiler says where; nothing was run",
            Stage::Ends => {
                "look for what waits for something that nobody will do, or for a loop that nothing ends"
            }
            Stage::Right => "go through your code by hand, with the numbers that are named",
            Stage::Stress => {
                "find the two steps between which another thread must not come, and make them one"
            }
            Stage::How => "keep what is right, and change how it comes about",
            Stage::Fast => "ask what a worker does beside its own work: waiting, sharing, starting",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
