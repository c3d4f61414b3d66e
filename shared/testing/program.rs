//! Runs a lesson's real program, and reads what it says. Included by the tests of every lesson.

use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// What a program left behind.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

impl Ended {
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// The document on standard output; there must be nothing else.
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The rows of the document.
    pub fn runs(&self) -> Vec<Value> {
        self.document()["runs"].as_array().expect("a document has runs").clone()
    }
}

/// The program with `arguments`, its input closed and its output captured.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program; no test waits for ever.
pub fn run(program: &str, arguments: &[&str]) -> Ended {
    finish(command(program, arguments).spawn().expect("the program starts"))
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
        if start.elapsed() > Duration::from_secs(120) {
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
