//! # Ask how it ended
//!
//! A program prints 0. Is that its answer?
//!
//! Not if it then says that it failed. A program says how it ended by its exit status: 0 if all went well, and
//! another number if not. What it printed before is worth nothing then. Only its parent can ask for the status, and
//! the one line that does so is the one most often left out. Then a total is a little too small, with exit code 0.
//!
//! Counts: the answer of a program that ends well is returned, also where it writes to standard error; a program
//! that fails is an error that names its status; one that cannot be started is an error as well. Nothing panics.
//!
//! Read: [faults, *Ask how it ended*](../../../faults/README.md), [processes](../../../processes/README.md)

use std::process::Command;

/// The number that a program prints, or why there is none.
pub fn answer(mut command: Command) -> Result<u64, String> {
    // HOLE
    let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("it ended with {}", output.status));
    }
    number(&output.stdout)
    // SKELETON right: gives Ok(0)
    //| let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    //| number(&output.stdout)
    // WRONG right: does not say with which status
    //| let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    //| if !output.status.success() {
    //|     return Err("the program failed".to_owned());
    //| }
    //| number(&output.stdout)
    // WRONG right: wrote to standard error
    //| let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    //| if !output.status.success() || !output.stderr.is_empty() {
    //|     return Err(format!("it ended with {}", output.status));
    //| }
    //| number(&output.stdout)
    // WRONG right: it panicked
    //| let output = command.output().expect("it starts");
    //| assert!(output.status.success(), "it ended with {}", output.status);
    //| number(&output.stdout)
    // END
}

/// What a program has printed, as a number.
fn number(output: &[u8]) -> Result<u64, String> {
    let text = String::from_utf8_lossy(output);
    text.trim().parse().map_err(|error| format!("{text:?} is no number: {error}"))
}

// HINT What `output` gives back holds more than what was printed. Look at its field `status`.
// HINT `status.success()` is the question, and a status can be printed with `{}`: it says what the system calls it.
// RULES
/// Programs that end in all ways but by a signal, which is another exercise.
pub fn rules() -> Rules {
    Rules::new()
        .right("programs that end well", |trial| {
            let tries = [
                (Behaviour::Sums, "ended well"),
                (Behaviour::Chats, "wrote to standard error and ended well"),
            ];
            for (behaviour, what) in tries {
                let programs = Programs::new(behaviour)?;
                trial.calling(format!("answer(a program that {what})"));
                let answer = attempt::answer(programs.command(0..1000));
                ensure!(
                    answer == Ok(499_500),
                    "a program that {what} gives {answer:?}, and its answer was 499500"
                );
            }
            Ok(())
        })
        .right("a program that fails", |trial| {
            let programs = Programs::new(Behaviour::Fails)?;
            trial.calling("answer(a program that prints 0 and ends with status 3)");
            match attempt::answer(programs.command(0..1000)) {
                Ok(answer) => Err(format!(
                    "a program that ended with status 3 gives Ok({answer}); it has no answer"
                )),
                Err(words) if words.contains('3') => Ok(()),
                Err(words) => Err(format!(
                    "a program that ended with status 3 gives the error {words:?}, which does not \
                     say with which status"
                )),
            }
        })
        .right("a program that is not there", |trial| {
            trial.calling("answer(a program that is not there)");
            let missing = std::path::Path::new(".").join("no-such-program-here");
            let answer = attempt::answer(std::process::Command::new(missing));
            ensure!(answer.is_err(), "a program that is not there gives {answer:?}");
            Ok(())
        })
}
