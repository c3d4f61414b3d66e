use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use measure::Error;

/// The program in C++, waiting for requests. It ends when its input does.
#[derive(Debug)]
pub struct Program {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Program {
    /// Starts what lies at `program`.
    ///
    /// # Errors
    ///
    /// Where the system refuses another process.
    pub fn start(program: &Path) -> Result<Self, Error> {
        let started = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = started.map_err(|cause| Error::Refused {
            what: "a process for the program in C++".to_owned(),
            cause: cause.to_string(),
            remedy: "raise the limit (ulimit -u)",
        })?;
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        Ok(Program { child, requests, answers })
    }

    /// So many `calls` of a sum, by `way` on `threads` threads: the time of all of them, and the sum.
    ///
    /// # Errors
    ///
    /// Where the program has ended, or does not know the kernel or the way.
    pub fn sum(
        &mut self,
        kernel: &str,
        way: &str,
        terms: u64,
        threads: usize,
        calls: u64,
    ) -> Result<(Duration, u64), Error> {
        let request = format!("{kernel} {way} {terms} {threads} {calls}");
        let answer = self.ask(&request)?;
        let mut numbers = answer.split_whitespace().map(str::parse::<u64>);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(time)), Some(Ok(sum))) => Ok((Duration::from_nanos(time), sum)),
            _ => Err(unanswered(&request)),
        }
    }

    /// The CPU time that the program has had so far; `None` where the system does not tell.
    ///
    /// # Errors
    ///
    /// Where the program has ended.
    pub fn cpu_time(&mut self) -> Result<Option<Duration>, Error> {
        let answer = self.ask("cpu")?;
        let time: i64 = answer.trim().parse().map_err(|_| unanswered("cpu"))?;
        Ok(u64::try_from(time).ok().map(Duration::from_nanos))
    }

    fn ask(&mut self, request: &str) -> Result<String, Error> {
        let mut answer = String::new();
        let requests = self.requests.as_mut().expect("its input is open until it is dropped");
        writeln!(requests, "{request}")
            .and_then(|()| requests.flush())
            .and_then(|()| self.answers.read_line(&mut answer))
            .map(|_| answer)
            .map_err(|_| unanswered(request))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.requests.take();
        // Its input has ended, so it does; and if it does not, it is made to.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unanswered(request: &str) -> Error {
    Error::Worker {
        worker: "the program in C++".to_owned(),
        cause: format!("it did not answer the request `{request}`"),
        remedy: "run the bench without it: cargo bench -- 'scaling|size'",
    }
}
