//! A Python that stands ready, in a process of its own.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use children::{Frame, Killer};
use measure::{Error, Registration};
use serde_json::Value;

use crate::place;
use crate::session::Session;

/// The descriptor under which a child finds the numbers of `memory`.
pub(crate) const DATA: i32 = 3;

/// How long a child may take to end once its input is closed.
const GRACE: Duration = Duration::from_millis(900);

/// The kind of all frames: their bodies are JSON.
const JSON: u8 = 1;

/// A Python that stands ready to be asked. It ends when it is dropped, with all that it has started.
#[derive(Debug)]
pub(crate) struct Child {
    name: String,
    /// The number of the last request.
    job: u64,
    process: children::Child,
    killer: (Killer, Registration),
}

impl Child {
    /// Starts `python` with the lesson's worker, and waits for its first message. `name` is how messages
    /// call it, and `data` what it finds as descriptor [`DATA`].
    ///
    /// # Errors
    ///
    /// [`Error::Worker`] where it does not start, or sends something else.
    pub(crate) fn start(
        session: &Session,
        python: &Path,
        name: &str,
        data: Option<&File>,
        killer: (Killer, Registration),
    ) -> Result<Self, Error> {
        let mut command = session.command(python, [place::lesson().join("worker.py")]);
        if let Some(data) = data {
            children::pass(&mut command, data, DATA).map_err(|cause| Error::Refused {
                what: "a descriptor for the data".to_owned(),
                cause: cause.to_string(),
                remedy: "raise the limit (ulimit -n)",
            })?;
        }
        let process = children::Child::spawn(&mut command, &killer.0, GRACE);
        let process = process.map_err(|error| failed(name, error.to_string()))?;
        let id = process.id();
        let name = format!("{name} (process {id})");
        let mut child = Child { name, job: 0, process, killer };
        let first = child.receive()?;
        if first["process"] != id {
            return Err(child.failed(format!("its first message was {first}")));
        }
        Ok(child)
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// What kills it.
    pub(crate) fn killer(&self) -> &Killer {
        &self.killer.0
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    ///
    /// [`Error::Worker`] where it raises an exception, ends, or answers nonsense.
    pub(crate) fn ask(&mut self, question: &Value) -> Result<Value, Error> {
        self.job += 1;
        let frame = Frame { kind: JSON, job: self.job, body: question.to_string().into_bytes() };
        self.process.send(&frame).map_err(|error| self.lost(&error))?;
        let answer = self.receive()?;
        match answer["error"].as_str() {
            Some(raised) => Err(failed(&self.name, format!("it raised {raised}"))),
            None => Ok(answer),
        }
    }

    fn receive(&mut self) -> Result<Value, Error> {
        let frame = self.process.receive().map_err(|error| self.lost(&error))?;
        if frame.job != self.job {
            return Err(self.failed("it answered another question".to_owned()));
        }
        serde_json::from_slice(&frame.body)
            .map_err(|_| self.failed("it answered nonsense: no JSON".to_owned()))
    }

    /// An error that is this child's.
    pub(crate) fn failed(&self, cause: String) -> Error {
        failed(&self.name, cause)
    }

    /// It cannot be asked any more: why, and what it wrote last.
    fn lost(&mut self, error: &children::Error) -> Error {
        let cause = match error {
            children::Error::Unreadable(unreadable) => {
                format!("it answered nonsense: {unreadable}")
            }
            _ => error.to_string(),
        };
        let last = self.process.errors().last_line();
        let last = last.map(|line| format!(", and said last: {line}")).unwrap_or_default();
        self.failed(cause + &last)
    }
}

/// Ends all of them in one grace period.
pub(crate) fn end_all<'c>(children: impl IntoIterator<Item = &'c mut Child>) {
    children::end_all(children.into_iter().map(|child| &mut child.process));
}

fn failed(name: &str, cause: String) -> Error {
    Error::Worker {
        worker: name.to_owned(),
        cause,
        remedy: "fix its file, or leave the row out with -s",
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::time::Instant;

    use super::*;

    /// A Python that reports who it is, and then reads nothing any more.
    const DEAF: &str = r#"#!/bin/sh
body="{\"process\": $$}"
printf 'SUMP\001\001\000\000\000\000\000\000\000\000\000\000'
printf "\\$(printf %03o ${#body})\\000\\000\\000$body"
exec /bin/sleep 100
"#;

    #[test]
    fn deaf_children_end_side_by_side() {
        let folder = tempfile::tempdir().expect("a folder");
        let deaf = folder.path().join("python");
        fs::write(&deaf, DEAF).expect("a file can be written");
        fs::set_permissions(&deaf, fs::Permissions::from_mode(0o755)).expect("it is ours");
        let session = Session::default();
        let start = || {
            let killer = session.killer();
            Child::start(&session, &deaf, "a deaf one", None, killer).expect("it starts")
        };
        let mut children: Vec<Child> = (0..5).map(|_| start()).collect();
        let begin = Instant::now();
        end_all(&mut children);
        drop(children);
        assert!(begin.elapsed() < 2 * GRACE, "{:?}", begin.elapsed());
    }
}
