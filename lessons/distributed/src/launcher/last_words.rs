use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

use kernels::Workers;
use measure::Error;

/// How much is kept of what was written to standard error.
const KEPT: usize = 16_000;

/// What `mpirun` and the ranks wrote to standard error, and what was seen of them before the end.
#[derive(Debug, Default)]
pub struct LastWords {
    bytes: Vec<u8>,
    /// The process of each rank.
    pub processes: Vec<u32>,
    /// The rank that was seen to be stopped.
    pub hung: Option<usize>,
}

impl LastWords {
    /// Keeps some more.
    pub fn hear(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        let surplus = self.bytes.len().saturating_sub(KEPT);
        self.bytes.drain(..surplus);
    }

    /// Why the ranks have ended, as far as anybody said so; and `how` the keeper has, if it has.
    pub fn error(&self, ranks: Workers, how: Option<ExitStatus>) -> Error {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        let (rank, cause) = if let Some(rank) = self.hung {
            (Some(rank), "it was stopped, and the others waited for it".to_owned())
        } else if let Some(told) = told_by_rank(&text).or_else(|| told_by_mpirun(&text)) {
            (Some(told.0), told.1)
        } else if self.processes.is_empty() {
            return refused(&text, ranks, how);
        } else {
            (None, format!("all of them ended: {}", told_by_end(how)))
        };
        let worker = match rank {
            Some(rank) => match self.processes.get(rank) {
                Some(process) => format!("rank {rank} (process {process})"),
                None => format!("rank {rank}"),
            },
            None => "one of the ranks".to_owned(),
        };
        Error::Worker { worker, cause, remedy: "all ranks were ended; run it again" }
    }
}

/// What the end of the keeper tells: its code is that of `mpirun`, or 128 and the signal of `mpirun`.
fn told_by_end(how: Option<ExitStatus>) -> String {
    let ended = |who: &str, signal: i32| format!("{who} was ended by signal {signal}");
    match how.map(|status| (status.code(), status.signal())) {
        Some((_, Some(signal))) => ended("the keeper of the ranks", signal),
        Some((Some(code), _)) if code > 128 => ended("mpirun", code - 128),
        Some((Some(code), _)) => format!("mpirun ended with exit code {code}, without a word"),
        _ => "nobody said why".to_owned(),
    }
}

/// `rank 2 failed: it panicked: ...`, the line of a rank that knows what happened to it.
fn told_by_rank(text: &str) -> Option<(usize, String)> {
    text.lines().find_map(|line| {
        let (rank, cause) = line.strip_prefix("rank ")?.split_once(" failed: ")?;
        Some((rank.parse().ok()?, cause.trim_end().to_owned()))
    })
}

/// What Open MPI says of a rank that has ended: how, and which.
fn told_by_mpirun(text: &str) -> Option<(usize, String)> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let after = |start: &str| text.split_once(start).map(|(_, rest)| rest);
    let number = |text: &str| -> Option<usize> {
        text.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
    };
    if let Some(rest) = after("noticed that process rank ") {
        let signal = rest.split_once("exited on signal ")?.1;
        let signal = signal.split('.').next().unwrap_or(signal);
        return Some((number(rest)?, format!("it was ended by signal {signal}")));
    }
    let rest = after("Process name: [[")?;
    let rank = number(rest.split_once("],")?.1)?;
    let code = number(rest.split_once("Exit code: ")?.1)?;
    Some((rank, format!("it ended with exit code {code}")))
}

/// The ranks never came.
fn refused(text: &str, ranks: Workers, how: Option<ExitStatus>) -> Error {
    let says_something = |line: &&str| line.chars().any(char::is_alphabetic);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(says_something).collect();
    let cause = match lines[..] {
        [] => told_by_end(how),
        [..] => format!("mpirun said: {}", begin_of(&lines.join(" "))),
    };
    let remedy = if text.contains("slots") {
        "ask for fewer with --ranks, or give a host more slots= in the host file"
    } else {
        "see that mpirun works here, and on all hosts: mpirun hostname"
    };
    Error::Refused { what: format!("a start of {ranks} ranks"), cause, remedy }
}

/// The first sentences, as many as are shown.
fn begin_of(text: &str) -> &str {
    const SHOWN: usize = 300;
    let Some((end, _)) = text.char_indices().nth(SHOWN) else { return text };
    let sentences = text[..end].rfind(['.', ':']).map_or(end, |last| last + 1);
    &text[..sentences]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, processes: &[u32]) -> String {
        let mut words = LastWords { processes: processes.to_vec(), ..LastWords::default() };
        words.hear(text.as_bytes());
        words.error(Workers::ONE, None).to_string()
    }

    #[test]
    fn a_killed_rank_is_named() {
        let text = "-----\nmpirun noticed that process rank 2 with PID 0 on node\nvm exited on \
                    signal 9 (Killed).\n-----";
        let said = words(text, &[11, 12, 13]);
        assert!(said.starts_with("rank 2 (process 13) failed: it was ended by signal 9"), "{said}");
    }

    #[test]
    fn an_exit_code_is_told() {
        let text = "mpirun detected that one or more processes exited\n  Process name: [[19,1],1]\n  \
                    Exit code:    3\n";
        let said = words(text, &[11, 12]);
        assert!(
            said.starts_with("rank 1 (process 12) failed: it ended with exit code 3"),
            "{said}"
        );
    }

    #[test]
    fn too_few_slots_are_told_apart() {
        let said = words("There are not enough slots available in the system", &[]);
        assert!(said.contains("not enough slots") && said.contains("slots= in the host"), "{said}");
    }

    #[test]
    fn an_end_without_a_word_is_told_by_its_status() {
        let told = |raw| told_by_end(Some(ExitStatus::from_raw(raw)));
        assert_eq!(told(3 << 8), "mpirun ended with exit code 3, without a word");
        assert_eq!(told(137 << 8), "mpirun was ended by signal 9");
        assert_eq!(told(15), "the keeper of the ranks was ended by signal 15");
    }

    #[test]
    fn long_words_end_with_a_sentence() {
        let long = "The first one. ".repeat(40);
        assert!(begin_of(&long).len() <= 300 && begin_of(&long).ends_with("one."));
        assert_eq!(begin_of("short"), "short");
    }
}
