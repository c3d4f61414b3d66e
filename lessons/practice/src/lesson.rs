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
         -- check --all --json   everything, for a program to read\n  \
         -- --hand-in alice.json  what you have begun, checked and in one file"
            .to_owned()
    }

    fn command(command: clap::Command) -> clap::Command {
        let about = "Check the exercises that you have begun, and write a file to hand in: verdicts and your files";
        command.mut_arg("hand_in", |hand_in| hand_in.global(true).help(about))
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
            None if options.hand_in.is_wanted() => desk.hand_in(),
            None => watch(&mut desk),
        }
    }
}
