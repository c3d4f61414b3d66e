//! The DevTools protocol over two pipes: messages in JSON, each ended by a zero byte.
//!
//! A command has an id, and its answer has the same one; whatever has no id is an event. Events are
//! kept in the order of their arrival. Protocol: <https://chromedevtools.github.io/devtools-protocol/>.

use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Result;

/// The longest wait for anything that a browser does: a test may fail, and never hangs.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Something that happened in the page of a session.
pub struct Event {
    pub session: String,
    pub method: String,
    pub params: Value,
}

/// A browser at the other end of two pipes.
pub struct DevTools {
    commands: PipeWriter,
    messages: Receiver<Value>,
    last_id: u64,
    pub events: Vec<Event>,
}

impl DevTools {
    /// Speaks to the browser that reads what is written to `commands` and writes `messages`.
    pub fn new(commands: PipeWriter, messages: PipeReader) -> Self {
        let (sender, receiver) = mpsc::channel();
        // It ends with the browser, whose end of the pipe closes then.
        thread::spawn(move || {
            let mut messages = BufReader::new(messages);
            let mut bytes = Vec::new();
            while messages.read_until(0, &mut bytes).is_ok_and(|length| length > 0) {
                bytes.pop();
                let Ok(message) = serde_json::from_slice(&bytes) else { break };
                if sender.send(message).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        Self { commands, messages: receiver, last_id: 0, events: Vec::new() }
    }

    /// Sends a command to the page of `session`, or to the browser itself; gives the command's id.
    pub fn send(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<u64> {
        self.last_id += 1;
        let mut command = json!({"id": self.last_id, "method": method, "params": params});
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        let mut bytes = serde_json::to_vec(&command)?;
        bytes.push(0);
        self.commands.write_all(&bytes).map_err(|error| format!("{method}: {error}"))?;
        Ok(self.last_id)
    }

    /// Sends a command and waits for what it answers.
    pub fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<Value> {
        let id = self.send(session, method, params)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.next(deadline)? {
                None => return Err(format!("no answer to {method} within {PATIENCE:?}").into()),
                Some(mut answer) if answer["id"] == id => {
                    return match answer.get("error") {
                        Some(error) => Err(format!("{method}: {error}").into()),
                        None => Ok(answer["result"].take()),
                    };
                }
                Some(_) => {}
            }
        }
    }

    /// Waits for an event that is `wanted`, among those that came already, too.
    pub fn wait(&mut self, what: &str, wanted: impl Fn(&Event) -> bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = 0;
        loop {
            if self.events[seen..].iter().any(&wanted) {
                return Ok(());
            }
            seen = self.events.len();
            if self.next(deadline)?.is_none() {
                return Err(format!("{what}: not within {PATIENCE:?}").into());
            }
        }
    }

    /// Waits until no event has arrived for `silence`; a page that goes on sending them is not waited for.
    pub fn settle(&mut self, silence: Duration) -> Result<()> {
        let deadline = Instant::now() + 20 * silence;
        while self.next(deadline.min(Instant::now() + silence))?.is_some() {}
        Ok(())
    }

    /// The next message, or none until the deadline; an event is kept, too.
    fn next(&mut self, deadline: Instant) -> Result<Option<Value>> {
        let message: Value =
            match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => return Ok(None),
                Err(RecvTimeoutError::Disconnected) => return Err("chromium ended".into()),
            };
        if let (Some(method), Some(session)) =
            (message["method"].as_str(), message["sessionId"].as_str())
        {
            let (session, method) = (session.to_owned(), method.to_owned());
            self.events.push(Event { session, method, params: message["params"].clone() });
        }
        Ok(Some(message))
    }
}
