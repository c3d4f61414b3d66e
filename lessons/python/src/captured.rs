//! Running a program to its end, and reading what it says.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use measure::cleanup;

use crate::child::kill;

/// How many lines of a program's standard error are kept.
const LINES: usize = 200;

/// What a program left.
#[derive(Debug, Default)]
pub struct Captured {
    /// Its standard output, if it could be read as text.
    pub output: String,
    /// The last lines of its standard error.
    pub errors: VecDeque<String>,
    /// Why it is of no use, if it is not: how it ended, or why it did not start.
    pub trouble: Option<String>,
}

impl Captured {
    /// The output; or else what went wrong, in the program's own last words.
    pub fn output(self) -> Result<String, String> {
        match &self.trouble {
            None => Ok(self.output),
            Some(trouble) => Err(self.last_words().map_or_else(|| trouble.clone(), str::to_owned)),
        }
    }

    /// The last line of its standard error that says something.
    pub fn last_words(&self) -> Option<&str> {
        self.errors.iter().rev().map(|line| line.trim()).find(|line| !line.is_empty())
    }
}

enum Said {
    Error(String),
    Output(String),
}

/// Runs a program to its end, at most so long; `command` leads a group of processes, which ends with it.
/// Each line of its standard error is also given to `heard`.
pub fn captured(mut command: Command, most: Duration, mut heard: impl FnMut(&str)) -> Captured {
    let mut captured = Captured::default();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = match command.spawn() {
        Ok(process) => process,
        Err(cause) => {
            let program = command.get_program().to_string_lossy().into_owned();
            captured.trouble = Some(format!("{program} does not start: {cause}"));
            return captured;
        }
    };
    let (send, receive) = channel();
    let streams = (process.stdout.take(), process.stderr.take());
    read(streams, &send);
    drop(send);
    let process = Arc::new(Mutex::new(process));
    let to_kill = Arc::clone(&process);
    let locked = |process: &Arc<Mutex<std::process::Child>>,
                  work: &dyn Fn(&mut std::process::Child)| {
        work(&mut process.lock().unwrap_or_else(PoisonError::into_inner));
    };
    let _entry = cleanup::register(move || locked(&to_kill, &|process| kill(process)));
    let until = Instant::now() + most;
    let in_time = collect(&receive, until, &mut captured, &mut heard);
    let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
    if !in_time {
        kill(&mut process);
        captured.trouble = Some(format!("it took longer than {} s", most.as_secs()));
    }
    match process.wait() {
        Ok(status) if captured.trouble.is_none() && !status.success() => {
            captured.trouble = Some(format!("it ended with {status}"));
        }
        Ok(_) => {}
        Err(cause) => captured.trouble = Some(cause.to_string()),
    }
    captured
}

/// Takes what the program says until it closes its streams; whether it did so in time.
fn collect(
    receive: &Receiver<Said>,
    until: Instant,
    captured: &mut Captured,
    heard: &mut impl FnMut(&str),
) -> bool {
    loop {
        match receive.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Said::Output(text)) => captured.output = text,
            Ok(Said::Error(line)) => {
                heard(&line);
                captured.errors.push_back(line);
                if captured.errors.len() > LINES {
                    captured.errors.pop_front();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return true,
            Err(RecvTimeoutError::Timeout) => return false,
        }
    }
}

/// Reads both streams on threads of their own, so that neither fills up.
fn read(
    (output, errors): (Option<std::process::ChildStdout>, Option<std::process::ChildStderr>),
    send: &Sender<Said>,
) {
    let (lines, text) = (send.clone(), send.clone());
    let spawn = |work: Box<dyn FnOnce() + Send>| {
        // Without a thread the stream is closed, and the program told so.
        let _ = thread::Builder::new().name("reader".into()).spawn(work);
    };
    if let Some(mut output) = output {
        spawn(Box::new(move || {
            let mut all = Vec::new();
            let _ = output.read_to_end(&mut all);
            let _ = text.send(Said::Output(String::from_utf8_lossy(&all).into_owned()));
        }));
    }
    if let Some(errors) = errors {
        spawn(Box::new(move || {
            for line in BufReader::new(errors).split(b'\n') {
                let Ok(line) = line else { break };
                let _ = lines.send(Said::Error(String::from_utf8_lossy(&line).into_owned()));
            }
        }));
    }
}
