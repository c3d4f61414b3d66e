//! # Ask how it ended
//!
//! A program prints 0. Is that its answer?
//!
//! Not if it then says that it failed. A program says how it ended by its exit status: 0 if all went well, and
//! another number if not. What it printed before is worth nothing then. Only its parent can ask for the status, and
//! the one line that does so is the one most often left out. Then a total is a little too small, with exit code 0.
//!
//! Counts: the answer of a program that ends well is returned, also where it writes to standard error; a program
//! that fails is an error that names its status, whether it has printed anything or not; one that is killed after its
//! answer is an error as well, and so is one that cannot be started. Nothing panics.
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
    // WRONG right: prints nothing
    //| let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    //| let number = number(&output.stdout)?;
    //| if !output.status.success() {
    //|     return Err(format!("it ended with {}", output.status));
    //| }
    //| Ok(number)
    // WRONG right: then was killed
    //| let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    //| // A program that was killed has no code, or one below 0.
    //| if output.status.code().unwrap_or(0) > 0 {
    //|     return Err(format!("it ended with {}", output.status));
    //| }
    //| number(&output.stdout)
    // WRONG right: it has a code
    //| let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    //| let code = output.status.code().expect("it has a code");
    //| if code != 0 {
    //|     return Err(format!("it ended with status {code}"));
    //| }
    //| number(&output.stdout)
    // WRONG right: it ended with
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
/// Programs that end in all ways.
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
            let tries = [
                (Behaviour::Fails, "prints 0 and ends with status 3"),
                (Behaviour::FailsSilently, "prints nothing and ends with status 3"),
            ];
            for (behaviour, what) in tries {
                let programs = Programs::new(behaviour)?;
                trial.calling(format!("answer(a program that {what})"));
                match attempt::answer(programs.command(0..1000)) {
                    Ok(answer) => {
                        return Err(format!(
                            "a program that {what} gives Ok({answer}); it has no answer"
                        ));
                    }
                    Err(words) => ensure!(
                        words.contains('3'),
                        "a program that {what} gives the error {words:?}, which does not say with \
                         which status"
                    ),
                }
            }
            Ok(())
        })
        .right("a program that is killed", |trial| {
            let programs = Programs::new(Behaviour::DiesAfterwards)?;
            trial.calling("answer(a program that printed its answer and then was killed)");
            let answer = attempt::answer(programs.command(0..1000));
            ensure!(
                answer.is_err(),
                "a program that printed its answer and then was killed gives {answer:?}; it did \
                 not end well, and that has to be an error"
            );
            Ok(())
        })
        .right("a program that is not there", |trial| {
            trial.calling("answer(a program that is not there)");
            let missing = std::path::Path::new(".").join("no-such-program-here");
            let answer = attempt::answer(std::process::Command::new(missing));
            ensure!(answer.is_err(), "a program that is not there gives {answer:?}");
            Ok(())
        })
}
