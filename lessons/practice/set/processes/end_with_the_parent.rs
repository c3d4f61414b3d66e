//! # Nobody left to answer
//!
//! The parent of a worker is killed. How does the worker get to know?
//!
//! A parent that is killed says nothing to anybody. But the system closes its ends of all pipes, and so the
//! worker's input ends. A worker that waits for the next range sees that at once. One that is summing does not
//! look: it goes on for hours, for nobody, and the machine is full of such workers long after the program was
//! stopped.
//!
//! Here `input` and `output` are what standard input and output are to a real worker, whose thread would end the
//! process. This one has to return from `work`. No parent closes the input before it has its answers.
//!
//! Counts: each range is answered before the next is sent; `work` returns when the input ends, also in the middle
//! of a sum: within half of the blocks that are left; half a sum is never written. A parent that no longer reads is
//! no panic.
//!
//! Read: [processes, *Who ends whom*](../../../processes/README.md),
//! [faults, *Nobody left behind*](../../../faults/README.md)

use std::io::{self, BufRead, BufReader, PipeReader, PipeWriter, Write};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{sync::mpsc, thread};

/// Answers each line of `input`, a range like `3 7`, with a line of `output`. `sum` sums a block of it.
pub fn work(
    input: PipeReader,
    mut output: PipeWriter,
    sum: &(dyn Fn(Range<u64>) -> u64 + Sync),
) -> io::Result<()> {
    // HOLE
    let (send, ranges) = mpsc::channel();
    let gone = Arc::new(AtomicBool::new(false));
    let parent_gone = Arc::clone(&gone);
    // Not scoped: where nobody reads the answers, `work` returns while this still waits for input.
    thread::spawn(move || {
        for line in BufReader::new(input).lines().map_while(Result::ok) {
            if send.send(parsed(&line)).is_err() {
                return;
            }
        }
        // Relaxed: it orders nothing else, and a block more does no harm.
        parent_gone.store(true, Ordering::Relaxed);
    });
    for range in ranges {
        let mut total = 0;
        for block in blocks(range) {
            if gone.load(Ordering::Relaxed) {
                return Ok(());
            }
            total += sum(block);
        }
        writeln!(output, "{total}")?;
    }
    Ok(())
    // SKELETON how: for nobody
    //| for line in BufReader::new(input).lines() {
    //|     let total: u64 = blocks(parsed(&line?)).map(sum).sum();
    //|     writeln!(output, "{total}")?;
    //| }
    //| Ok(())
    // WRONG right: it panicked
    //| let mut input = BufReader::new(input);
    //| loop {
    //|     let mut line = String::new();
    //|     input.read_line(&mut line)?;
    //|     let total: u64 = blocks(parsed(&line)).map(sum).sum();
    //|     writeln!(output, "{total}")?;
    //| }
    // WRONG ends: deadlock
    //| let lines = io::read_to_string(input)?;
    //| for line in lines.lines() {
    //|     let total: u64 = blocks(parsed(line)).map(sum).sum();
    //|     writeln!(output, "{total}")?;
    //| }
    //| Ok(())
    // WRONG right: half a sum
    //| let (send, ranges) = mpsc::channel();
    //| let gone = Arc::new(AtomicBool::new(false));
    //| let parent_gone = Arc::clone(&gone);
    //| thread::spawn(move || {
    //|     for line in BufReader::new(input).lines().map_while(Result::ok) {
    //|         let _ = send.send(parsed(&line));
    //|     }
    //|     parent_gone.store(true, Ordering::SeqCst);
    //| });
    //| for range in ranges {
    //|     let here = |_: &Range<u64>| !gone.load(Ordering::SeqCst);
    //|     let total: u64 = blocks(range).take_while(here).map(sum).sum();
    //|     writeln!(output, "{total}")?;
    //| }
    //| Ok(())
    // END
}

/// The range of a line.
fn parsed(line: &str) -> Range<u64> {
    let (start, end) = line.trim().split_once(' ').expect("a line is a range");
    let number = |text: &str| text.parse().expect("a range is two numbers");
    number(start)..number(end)
}

/// A range, cut into blocks of 1000 terms.
fn blocks(range: Range<u64>) -> impl Iterator<Item = Range<u64>> {
    range.clone().step_by(1000).map(move |start| start..range.end.min(start + 1000))
}

// HINT Who sums cannot wait for input at the same time. So it takes a second thread: one waits for lines and for
// the end of the input, one sums.
// HINT Let the second thread read all lines and send them through a channel. When its loop is over, the input has
// ended: it sets an `AtomicBool`, and whoever sums looks at that before each block.
// HINT A scoped thread has to end before `work` can return. One from `thread::spawn` has not, but must own what it
// uses.
// RULES
/// The parent is a thread of the judge, and both pipes are real.
pub fn rules() -> Rules {
    Rules::new()
        .right("ranges one after another", |trial| {
            trial.calling(
                "work(input, output, sum), where each range is sent only after the one before was \
                 answered",
            );
            let ((input, send), (receive, output)) = (pipe()?, pipe()?);
            std::thread::scope(|scope| {
                // Its name is what a deadlock calls it.
                let builder = std::thread::Builder::new().name("the parent".into());
                let parent = builder.spawn_scoped(scope, move || parent(send, receive));
                let parent = parent.map_err(|error| format!("a thread was refused: {error}"))?;
                let worked = attempt::work(input, output, &|range| range.sum());
                parent.join().expect("the parent does not panic")?;
                ensure!(worked.is_ok(), "when its input ended, work gave {worked:?}");
                Ok(())
            })
        })
        .right("nobody reads the answer", |trial| {
            trial.calling("work(input, output, sum), where nobody reads the answers any more");
            let ((input, mut send), (receive, output)) = (pipe()?, pipe()?);
            drop(receive);
            line_to(&mut send, 0, 2000)?;
            let _ = attempt::work(input, output, &|range| range.sum());
            // Until here the input was open.
            drop(send);
            Ok(())
        })
        .right("the parent goes, and a sum is half done", |trial| {
            const BLOCKS: u64 = 60;
            trial.calling("work(input, output, sum), where the input ends in the middle of a sum");
            let (_, said) = parent_goes(BLOCKS, 10)?;
            let whole: u64 = (0..BLOCKS * 1000).sum();
            ensure!(
                said.is_empty() || said == whole.to_string(),
                "the input ended in the middle of a sum, and it answered {said}: that is half a \
                 sum, and looks like a whole one"
            );
            Ok(())
        })
        .how("the parent goes in the middle of a sum", |trial| {
            const BLOCKS: u64 = 150;
            const BEFORE: u64 = 20;
            trial.calling("work(input, output, sum), where the input ends in the middle of a sum");
            let (after, said) = parent_goes(BLOCKS, BEFORE)?;
            ensure!(
                after <= (BLOCKS - BEFORE) / 2,
                "the input ended in the middle of a sum, and {after} of the {} blocks that were \
                 left were summed for nobody",
                BLOCKS - BEFORE
            );
            ensure!(
                said.is_empty(),
                "the input ended in the middle of a sum, and it answered {said}, after no more \
                 than half of the blocks"
            );
            Ok(())
        })
}

use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write};

fn pipe() -> Result<(PipeReader, PipeWriter), String> {
    std::io::pipe().map_err(|error| format!("a pipe was refused: {error}"))
}

fn line_to(send: &mut PipeWriter, start: u64, end: u64) -> Result<(), String> {
    writeln!(send, "{start} {end}")
        .map_err(|error| format!("{start} {end} could not be sent: {error}"))
}

/// Sends ranges, and waits for the answer to each.
fn parent(mut send: PipeWriter, receive: PipeReader) -> Result<(), String> {
    let mut answers = BufReader::new(receive);
    for (start, end) in [(0, 0), (3, 7), (0, 2500), (5000, 7000)] {
        line_to(&mut send, start, end)?;
        let mut answer = String::new();
        answers
            .read_line(&mut answer)
            .map_err(|error| format!("no answer could be read: {error}"))?;
        let right: u64 = (start..end).sum();
        ensure!(
            answer.trim() == right.to_string(),
            "{start} {end} was answered with {:?}, and {right} is right",
            answer.trim()
        );
    }
    Ok(())
}

/// A parent that sends a range of so many blocks, and goes when as many as `before` are summed: how many were summed
/// after that, and what was answered.
fn parent_goes(blocks: u64, before: u64) -> Result<(u64, String), String> {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    let ((input, mut send), (receive, output)) = (pipe()?, pipe()?);
    line_to(&mut send, 0, blocks * 1000)?;
    let (parent, summed) = (std::sync::Mutex::new(Some(send)), AtomicU64::new(0));
    let _ = attempt::work(input, output, &|range| {
        if summed.fetch_add(1, Relaxed) == before {
            // The system does this when the parent ends.
            *parent.lock().expect("nobody panics here") = None;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        range.sum()
    });
    let said = std::io::read_to_string(receive).unwrap_or_default();
    Ok((summed.into_inner().saturating_sub(before), said.trim().to_owned()))
}
