//! # The end of the input
//!
//! You have sent everything, and wait for the answer. What does the program wait for?
//!
//! A program that reads its input to the end, as `sort` does, cannot know that you are done: the end comes when the
//! last handle to your side of the pipe is closed. In Rust that is when it is dropped, and a variable lives to the
//! end of its block. So the one side waits for the end of the input, and the other for an answer, and both are
//! right.
//!
//! Counts: the program is sent the numbers, and its answer is returned: for none, too, and for more than a pipe
//! holds; it is read to its end, even if it comes in parts; nobody waits for ever.
//!
//! Read: [processes](../../../processes/README.md), [faults](../../../faults/README.md)

use std::io::{self, Read, Write};

/// What a program answers that sums the numbers which it is sent, one a line. `input` is the program's
/// standard input, and `output` is its standard output.
pub fn ask(mut input: impl Write, output: impl Read, numbers: &[u64]) -> io::Result<u64> {
    // HOLE
    for number in numbers {
        writeln!(input, "{number}")?;
    }
    // Now the program sees the end of its input. A parameter would live until the function returns.
    drop(input);
    io::read_to_string(output)?.trim().parse().map_err(io::Error::other)
    // SKELETON ends: deadlock
    //| for number in numbers {
    //|     writeln!(input, "{number}")?;
    //| }
    //| input.flush()?;
    //| io::read_to_string(output)?.trim().parse().map_err(io::Error::other)
    // WRONG right: was sent nothing
    //| drop((input, output));
    //| Ok(numbers.iter().sum())
    // WRONG right: the answer of [
    //| for number in numbers {
    //|     write!(input, "{number}")?;
    //| }
    //| drop(input);
    //| io::read_to_string(output)?.trim().parse().map_err(io::Error::other)
    // WRONG right: in two parts
    //| for number in numbers {
    //|     writeln!(input, "{number}")?;
    //| }
    //| drop(input);
    //| let (mut output, mut answer) = (output, [0; 32]);
    //| let length = output.read(&mut answer)?;
    //| let text = String::from_utf8_lossy(&answer[..length]);
    //| text.trim().parse().map_err(io::Error::other)
    // END
}

// HINT `flush` sends what waits in a buffer. It does not say that this was all.
// HINT A handle is closed when its value is dropped. `drop(input)` does that where you want it; `drop(&mut input)`
// drops the reference alone.
// RULES
/// The program is a thread of the judge first, which sees what it is sent, and then a real one.
pub fn rules() -> Rules {
    Rules::new()
        .right("numbers", |trial| {
            for count in [3, 0, 1, 50_000] {
                let mut rng = trial.rng();
                let numbers: Vec<u64> = (0..count).map(|_| rng.below(1000) as u64).collect();
                let what =
                    if count > 3 { format!("{count} numbers") } else { format!("{numbers:?}") };
                asked(trial, &what, &numbers, 0)?;
            }
            Ok(())
        })
        .right("an answer in two parts", |trial| {
            asked(trial, "[12000, 345], which comes in two parts,", &[12_000, 345], 2)
        })
        .right("a real program", |trial| {
            let programs = Programs::new(Behaviour::Reads)?;
            let call = "ask(input, output, [1, 2, 3]) of a program that sums 0..1000, and reads \
                        its input to the end";
            trial.calling(call);
            let mut command = programs.command(0..1000);
            command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
            let mut child =
                command.spawn().map_err(|error| format!("it did not start: {error}"))?;
            let (input, output) = (child.stdin.take(), child.stdout.take());
            let (input, output) = (input.expect("it is a pipe"), output.expect("it is a pipe"));
            let answer = attempt::ask(input, output, &[1, 2, 3]);
            child.wait().map_err(|error| format!("it could not be waited for: {error}"))?;
            ensure!(
                answer.as_ref().is_ok_and(|answer| *answer == 499_500),
                "{call}, gives {answer:?}, and 499500 is right"
            );
            Ok(())
        })
}

/// Asks a program that sums what it is sent. It writes so many letters of its answer first, and the others later.
fn asked(trial: &Trial, what: &str, numbers: &[u64], first: usize) -> Result<(), String> {
    use std::io::Write;
    let pipe = || std::io::pipe().map_err(|error| format!("a pipe was refused: {error}"));
    let ((their_input, input), (output, mut their_output)) = (pipe()?, pipe()?);
    trial.calling(format!("ask(input, output, {what})"));
    let (answer, sent) = std::thread::scope(|scope| {
        // Its name is what a deadlock calls it.
        let builder = std::thread::Builder::new().name("the program".into());
        let program = builder.spawn_scoped(scope, move || {
            let text = std::io::read_to_string(their_input).unwrap_or_default();
            let sent: Vec<u64> = text.lines().filter_map(|line| line.parse().ok()).collect();
            let answer = format!("{}\n", sent.iter().sum::<u64>());
            let (one, two) = answer.split_at(first.min(answer.len()));
            let _ = their_output.write_all(one.as_bytes());
            if first > 0 {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            let _ = their_output.write_all(two.as_bytes());
            sent
        });
        let program = program.map_err(|error| format!("a thread was refused: {error}"))?;
        let answer = attempt::ask(input, output, numbers);
        let sent = program.join().expect("the program does not panic");
        Ok::<_, String>((answer, sent))
    })?;
    let right: u64 = numbers.iter().sum();
    let of = format!("the answer of {what}");
    ensure!(
        numbers.is_empty() || !sent.is_empty(),
        "{of} was asked for, and the program was sent nothing"
    );
    match answer {
        Ok(answer) => ensure!(answer == right, "{of} is {answer}, and {right} is right"),
        Err(error) => return Err(format!("{of} is the error: {error}")),
    }
    let (sent_count, count) = (sent.len(), numbers.len());
    ensure!(
        sent == numbers,
        "{of} is right, but the program was sent other numbers: {sent_count} of them, where \
         {count} are right"
    );
    Ok(())
}
