use std::io::Read;
use std::process::{Child, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::system;

/// What a program left behind.
#[derive(Debug)]
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// All that it wrote to standard output.
    pub stdout: String,
    /// All that it wrote to standard error.
    pub stderr: String,
    /// How long it ran.
    pub took: Duration,
}

impl Ended {
    /// Its exit code, where no signal ended it.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// The signal that ended it, where there are signals.
    pub fn signal(&self) -> Option<i32> {
        system::signal(self.status)
    }

    /// The document on standard output; there must be nothing else.
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The rows of the document, of which there must be one.
    pub fn runs(&self) -> Vec<Value> {
        let runs = self.document()["runs"].as_array().expect("a document has runs").clone();
        assert!(!runs.is_empty(), "{self:?}");
        runs
    }

    /// The rows but those that need what this machine lacks; the tests of their lesson show them as
    /// ignored.
    pub fn rows_present(&self) -> Vec<Value> {
        let mut rows = self.runs();
        let says = |row: &Value, part| row["note"].as_str().is_some_and(|note| note.contains(part));
        // What a row asks of partials has nothing to do with the machine.
        let any_suits = rows.iter().any(|row| !says(row, " of yours "));
        rows.retain(|row| {
            let lacks = says(row, " is missing: ") || says(row, " of yours ");
            row["verdict"] != "skipped" || !lacks
        });
        assert!(!rows.is_empty() || !any_suits, "this machine lacks everything: {self:?}");
        rows
    }

    /// It went well and had no complaint.
    #[track_caller]
    pub fn assert_good(&self) {
        assert_eq!((self.code(), self.stderr.as_str()), (Some(0), ""), "{self:?}");
    }

    /// It ended with `code`, one line on standard error, and nothing on standard output.
    #[track_caller]
    pub fn assert_refused(&self, code: i32) {
        assert_eq!((self.code(), self.stdout.as_str()), (Some(code), ""), "{self:?}");
        assert!(self.took < Duration::from_secs(5), "before any work: {self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
    }
}

/// Waits for a program that was started, at most two minutes.
pub fn finish(mut child: Child) -> Ended {
    let start = Instant::now();
    let stdout = child.stdout.take().map(collect);
    let stderr = child.stderr.take().map(collect);
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            break status;
        }
        if start.elapsed() > Duration::from_secs(300) {
            child.kill().expect("a child can be killed");
            panic!("the program did not end");
        }
        thread::sleep(Duration::from_millis(5));
    };
    let took = start.elapsed();
    let text = |reader: Option<thread::JoinHandle<String>>| {
        reader.map(|reader| reader.join().expect("a reader ends")).unwrap_or_default()
    };
    Ended { status, stdout: text(stdout), stderr: text(stderr), took }
}

fn collect(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("a program writes text");
        text
    })
}
