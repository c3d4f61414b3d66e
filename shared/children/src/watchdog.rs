//! A process beside this one that ends what this one has started, if this one is killed.
//!
//! Workers of our own end with their input. A foreign program does not look whether its parent lives, and after a
//! `kill -9` nobody is left who would end it. So a watchdog holds the other end of a pipe, hears of each child that is
//! started and reaped, and kills those that are left when the pipe ends, however that happens. One gap stays: a child of which
//! it has not heard yet, in its first microseconds.
//!
//! On Windows the job of this program does all that, and no watchdog is started.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Read, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;

use crate::program::this_program;
use crate::system::{Here, System};

/// The argument of the process that starts the watchdog, and ends.
const STARTS: &str = "--starts-watchdog";

/// That of the watchdog itself.
const IS: &str = "--watchdog";

/// The pipe to the watchdog, where there is one.
static LIFELINE: OnceLock<ChildStdin> = OnceLock::new();

/// Starts a watchdog for all children from here on. To be called before [orphans](crate::orphans) are adopted: it is no
/// child of this program, which thus can count its own. Where the system refuses it, there is none.
pub fn start() {
    if Here::HAS_JOBS {
        return;
    }
    let starter = again(STARTS, Stdio::piped()).and_then(|mut command| command.spawn());
    let Ok(mut starter) = starter else { return };
    let lifeline = starter.stdin.take();
    // It ends at once, and leaves the watchdog to the system.
    let _ = starter.wait();
    if let Some(lifeline) = lifeline {
        let _ = LIFELINE.set(lifeline);
    }
}

/// Does the part of this process, if it was started as a watchdog or to start one, and says so: it shall end then.
/// The first thing that a program asks that calls [`start`].
pub fn part_if_asked() -> bool {
    let argument = env::args_os().nth(1);
    match argument.as_ref().and_then(|argument| argument.to_str()) {
        Some(STARTS) => {
            let watchdog = again(IS, Stdio::inherit());
            let _ = watchdog.and_then(|mut command| {
                // A Ctrl-C is for the program that it watches.
                Here::lead_group(&mut command);
                command.spawn()
            });
            true
        }
        Some(IS) => {
            for child in left(io::stdin().lock()) {
                Here::kill_descendants_of(child);
                Here::kill_group_of(child);
            }
            true
        }
        _ => false,
    }
}

fn again(argument: &str, stdin: Stdio) -> io::Result<Command> {
    let mut command = this_program()?;
    command.arg(argument).stdin(stdin).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(command)
}

/// Tells the watchdog of a child that was started just now.
pub(crate) fn started(child: u32) {
    tell(1, child);
}

/// Tells it that this number may be another's from here on.
pub(crate) fn reaped(child: u32) {
    tell(0, child);
}

fn tell(starts: u8, child: u32) {
    let [a, b, c, d] = child.to_le_bytes();
    if let Some(mut lifeline) = LIFELINE.get() {
        // Less than a pipe takes at once. Without a watchdog nobody hears it.
        let _ = lifeline.write_all(&[starts, a, b, c, d]);
    }
}

/// Who was started and not reaped when the stream ends.
fn left(mut stream: impl Read) -> BTreeSet<u32> {
    let mut left = BTreeSet::new();
    let mut message = [0; 5];
    while stream.read_exact(&mut message).is_ok() {
        let [starts, number @ ..] = message;
        let child = u32::from_le_bytes(number);
        if starts == 1 {
            left.insert(child)
        } else {
            left.remove(&child)
        };
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_reaped_is_not_left() {
        let told = |messages: &[(u8, u32)]| {
            let bytes = messages
                .iter()
                .flat_map(|(starts, child)| [&[*starts][..], &child.to_le_bytes()].concat());
            left(&bytes.collect::<Vec<u8>>()[..])
        };
        assert!(told(&[]).is_empty());
        assert!(told(&[(1, 70_000), (0, 70_000)]).is_empty());
        assert_eq!(told(&[(1, 7), (1, 70_000), (0, 7), (1, 8)]), BTreeSet::from([8, 70_000]));
        assert_eq!(left(&[1, 7, 0, 0, 0, 1, 8][..]), BTreeSet::from([7]), "half a message");
    }
}
