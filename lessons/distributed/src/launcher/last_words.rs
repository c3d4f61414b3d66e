use shared::{Error, Workers};

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

    /// Why the ranks have ended, as far as anybody said so.
    pub fn error(&self, ranks: Workers) -> Error {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        let (rank, cause) = if let Some(rank) = self.hung {
            (Some(rank), "it was stopped, and the others waited for it".to_owned())
        } else if let Some(told) = told_by_rank(&text).or_else(|| told_by_mpirun(&text)) {
            (Some(told.0), told.1)
        } else if self.processes.is_empty() {
            return refused(&text, ranks);
        } else {
            (None, "they ended without a word".to_owned())
        };
        let worker = match rank {
            Some(rank) => match self.processes.get(rank) {
                Some(process) => format!("rank {rank} (process {process})"),
                None => format!("rank {rank}"),
            },
            None => "one of the ranks".to_owned(),
        };
        Error::Worker { worker, cause, mend: "all ranks were ended; run it again" }
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
fn refused(text: &str, ranks: Workers) -> Error {
    let says_something = |line: &&str| line.chars().any(char::is_alphabetic);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(says_something).collect();
    let cause = match lines[..] {
        [] => "mpirun ended without a word".to_owned(),
        [..] => {
            format!("mpirun said: {}", lines.iter().take(3).copied().collect::<Vec<_>>().join(" "))
        }
    };
    let mend = if text.contains("slots") {
        "ask for fewer with --ranks, or give a host more slots= in the host file"
    } else {
        "see that mpirun works here, and on all hosts: mpirun hostname"
    };
    Error::Refused { what: format!("a start of {ranks} ranks"), cause, mend }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, processes: &[u32]) -> String {
        let mut words = LastWords { processes: processes.to_vec(), ..LastWords::default() };
        words.hear(text.as_bytes());
        words.error(Workers::ONE).to_string()
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
}
