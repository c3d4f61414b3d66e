use course::{Lesson, Program};
use measure::Error;

use crate::desk::Desk;
use crate::options::Options;
use crate::watch::watch;

/// The lesson.
#[derive(Debug)]
pub struct Practice;

impl Lesson for Practice {
    const NAME: &'static str = "practice";
    const QUESTION: &'static str = "is it right, is it parallel, and is it fast?";
    type Options = Options;

    fn examples() -> String {
        "Examples:\n                          watch the next exercise, and check it at every save\n  -- list                 how far you are\n  \
         -- check sharing        check a chapter once\n  -- hint                 one more hint\n  \
         -- check --all --json   everything, for a program to read"
            .to_owned()
    }

    fn color(options: &Options) -> clap::ColorChoice {
        options.color
    }

    /// Answers what was asked, or watches.
    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        program.handle_signals()?;
        let mut desk = Desk::open(options, program)?;
        match &options.command {
            Some(ask) => desk.answer(ask),
            None => watch(&mut desk),
        }
    }
}
