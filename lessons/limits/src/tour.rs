//! Without a command: a little of everything, in under a minute.

use clap::Parser;
use measure::Error;

use crate::options::{Command, Options};
use crate::told::Told;
use crate::{break_even, comparison, laws, machine, simulation};

/// What the tour asks, as one would type it.
const QUESTIONS: [&[&str]; 5] = [
    &["machine"],
    &["laws"],
    &["simulate", "-w", "ladder"],
    &["compare", "--rounds", "6"],
    &["break-even"],
];

/// Asks one question after the other.
///
/// # Errors
///
/// Those of the questions.
pub(crate) fn tour() -> Result<Vec<Told>, Error> {
    let command = |question: &&[&str]| {
        let typed = std::iter::once("limits").chain(question.iter().copied());
        Options::try_parse_from(typed).ok().and_then(|options| options.command)
    };
    let commands = QUESTIONS.iter().filter_map(command);
    commands
        .map(|command| match &command {
            Command::Machine(_) => machine::machine(),
            Command::Laws(asked) => laws::laws(asked),
            Command::Simulate(asked) => simulation::simulation(asked),
            Command::Compare(asked) => comparison::comparison(asked),
            Command::BreakEven(asked) => break_even::break_even(asked),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_of_the_tour_is_understood() {
        for question in QUESTIONS {
            let typed = std::iter::once("limits").chain(question.iter().copied());
            assert!(
                Options::try_parse_from(typed).expect("a good question").command.is_some(),
                "{question:?}"
            );
        }
    }
}
