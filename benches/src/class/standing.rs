use measure::Interval;

use super::off::Off;

/// Whether something holds, as far as the machine can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The machine cannot tell, for this reason.
    CannotTell(String),
    /// It is not asked.
    NotAsked,
}

impl Answer {
    /// In a table.
    pub fn as_str(&self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::CannotTell(_) => "cannot tell",
            Answer::NotAsked => "not asked",
        }
    }

    /// Whether nobody can tell.
    pub fn is_open(&self) -> bool {
        matches!(self, Answer::CannotTell(_))
    }
}

/// What became of the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// All are right, and somebody added them.
    Right,
    /// They are right, but nobody asked the kernel for a term.
    Unaudited,
    /// They are right, but no core can add that fast.
    Folded,
    /// One of them is wrong.
    Wrong,
    /// It did not come to an end.
    Failed,
    /// It was not run.
    NotRun,
    /// Its lesson gives none.
    NoVerdict,
}

impl Outcome {
    /// In a table.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Right => "right",
            Outcome::Unaudited => "unaudited",
            Outcome::Folded => "folded",
            Outcome::Wrong => "wrong",
            Outcome::Failed => "failed",
            Outcome::NotRun => "not run",
            Outcome::NoVerdict => "no verdict",
        }
    }
}

/// What a hand-in came to: of a table its learner's row, of `practice` one exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// What it is about: a kernel, or an exercise.
    pub about: String,
    /// How many terms were summed.
    pub terms: Option<u64>,
    /// Whether the sums are right.
    pub outcome: Outcome,
    /// Whether several workers shared them.
    pub parallel: Answer,
    /// Whether that was as fast as the best row beside it.
    pub fast: Answer,
    /// How many workers it was given.
    pub workers: Option<usize>,
    /// How many of them summed a term.
    pub busy: Option<usize>,
    /// The share of the capacity.
    pub share: Option<Interval>,
    /// The cores that its workers were given.
    pub capacity: Option<f64>,
    /// The library's best row beside it, and its share.
    pub best: Option<(String, Option<f64>)>,
    /// How far a wrong sum was off.
    pub off: Option<Off>,
    /// Why it is so, in a sentence.
    pub reason: String,
}

impl Standing {
    /// One of which nothing is known.
    pub(super) fn of(about: &str, outcome: Outcome, reason: &str) -> Self {
        Standing {
            about: about.to_owned(),
            terms: None,
            outcome,
            parallel: Answer::NotAsked,
            fast: Answer::NotAsked,
            workers: None,
            busy: None,
            share: None,
            capacity: None,
            best: None,
            off: None,
            reason: reason.to_owned(),
        }
    }

    /// Whether the machine cannot tell all that is asked of a right one.
    pub fn is_open(&self) -> bool {
        self.outcome == Outcome::Right && (self.parallel.is_open() || self.fast.is_open())
    }

    /// The class of its marks in the style sheet.
    pub fn look(&self) -> &'static str {
        match self.in_a_word() {
            "fast" => "fast",
            "parallel" => "parallel",
            "right" => "alone",
            "cannot tell" => "open",
            "wrong" => "wrong",
            _ => "failed",
        }
    }

    /// In one word, for a picture and a list.
    pub fn in_a_word(&self) -> &'static str {
        match (self.outcome, &self.parallel, &self.fast) {
            (Outcome::Right, _, Answer::Yes) => "fast",
            (Outcome::Right, Answer::CannotTell(_), _)
            | (Outcome::Right, _, Answer::CannotTell(_)) => "cannot tell",
            (Outcome::Right, Answer::Yes, _) => "parallel",
            (outcome, ..) => outcome.as_str(),
        }
    }
}
