use std::fmt;
use std::sync::Arc;

use crate::{Race, Stage, Strategy, Trial, model};

/// What an exercise asks of an attempt: steps in the order of their [stages](Stage), each with what it looks at.
///
/// ```
/// use judge::{Rules, ensure};
/// fn double(number: u64) -> u64 {
///     2 * number
/// }
/// let _ = Rules::new().right("small numbers", |trial| {
///     for number in [0, 1, 2] {
///         trial.calling(format!("double({number})"));
///         let doubled = double(number);
///         ensure!(doubled == 2 * number, "double({number}) is {doubled}");
///     }
///     Ok(())
/// });
/// ```
#[derive(Default)]
#[must_use = "rules judge nothing by themselves"]
pub struct Rules {
    pub(crate) steps: Vec<Step>,
}

pub(crate) struct Step {
    pub(crate) stage: Stage,
    pub(crate) what: String,
    pub(crate) run: Run,
}

/// `Err`: what was seen that must not be, in words.
type Run = Box<dyn FnOnce(&mut Trial) -> Result<(), String> + Send>;

/// Gives up a step with this text unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($text:tt)+) => {
        if !$condition {
            return ::std::result::Result::Err(::std::format!($($text)+));
        }
    };
}

impl Rules {
    /// Rules that ask for nothing.
    pub fn new() -> Self {
        Rules::default()
    }

    /// One step more.
    pub fn step(
        mut self,
        stage: Stage,
        what: &str,
        run: impl FnOnce(&mut Trial) -> Result<(), String> + Send + 'static,
    ) -> Self {
        self.steps.push(Step { stage, what: what.to_owned(), run: Box::new(run) });
        self
    }

    /// Answers that have to be right.
    pub fn right(
        self,
        what: &str,
        run: impl FnOnce(&mut Trial) -> Result<(), String> + Send + 'static,
    ) -> Self {
        self.step(Stage::Right, what, run)
    }

    /// Answers that have to stay right whatever threads do meanwhile.
    pub fn stress(
        self,
        what: &str,
        run: impl FnOnce(&mut Trial) -> Result<(), String> + Send + 'static,
    ) -> Self {
        self.step(Stage::Stress, what, run)
    }

    /// The way in which answers come about.
    pub fn how(
        self,
        what: &str,
        run: impl FnOnce(&mut Trial) -> Result<(), String> + Send + 'static,
    ) -> Self {
        self.step(Stage::How, what, run)
    }

    /// A small program in the [`model`] of threads: it is run in every order that its steps may take, and must hold in
    /// each.
    pub fn model(self, what: &str, program: impl Fn() + Send + Sync + 'static) -> Self {
        self.step(Stage::Stress, what, move |_| model::check(Arc::new(program)))
    }

    /// A program of one thread in the [`model`]: answers that have to be right before it matters in which order they come
    /// about.
    pub fn alone(self, what: &str, program: impl Fn() + Send + Sync + 'static) -> Self {
        self.step(Stage::Right, what, move |_| model::alone(Arc::new(program)))
    }

    /// How fast it has to be, beside others.
    pub fn fast(self, race: Race) -> Self {
        self.step(Stage::Fast, "side by side", move |trial| race.run(trial))
    }

    /// All that is asked of a way to share terms.
    pub fn strategy(self, strategy: Strategy) -> Self {
        strategy.add_to(self)
    }
}

impl From<Strategy> for Rules {
    fn from(strategy: Strategy) -> Self {
        Rules::new().strategy(strategy)
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.steps.iter().map(|step| (step.stage, &step.what))).finish()
    }
}
