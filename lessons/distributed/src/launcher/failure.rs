//! Why ranks have ended, from what `mpirun` and the ranks wrote to standard error.

use children::Exit;
use kernels::Workers;
use measure::Error;

/// Why the ranks have ended, as far as anybody said so in `text`; which processes they were, and which of them
/// was seen to be stopped; and how the supervisor has ended, if it has.
pub fn error(
    text: &str,
    ranks: Workers,
    (processes, stopped): (&[u32], Option<usize>),
    exit: Option<Exit>,
) -> Error {
    let (rank, cause) = if let Some(rank) = stopped {
        (Some(rank), "it was stopped, and the others waited for it".to_owned())
    } else if let Some((rank, cause)) = of_rank(text).or_else(|| of_mpirun(text)) {
        (Some(rank), cause)
    } else if processes.is_empty() {
        return refused(text, ranks, exit);
    } else {
        (None, format!("all of them ended: {}", of_exit(exit)))
    };
    let worker = match rank {
        Some(rank) => match processes.get(rank) {
            Some(process) => format!("rank {rank} (process {process})"),
            None => format!("rank {rank}"),
        },
        None => "one of the ranks".to_owned(),
    };
    Error::Worker { worker, cause, remedy: "all ranks were ended; run it again" }
}

/// What the end of the supervisor says: its status is that of `mpirun`, or 128 and the signal of `mpirun`.
fn of_exit(exit: Option<Exit>) -> String {
    let ended = |who: &str, signal: i32| format!("{who} was ended by signal {signal}");
    match exit {
        Some(Exit::Signal(signal)) => ended("the supervisor of the ranks", signal),
        Some(Exit::Status(status)) if status > 128 => ended("mpirun", status - 128),
        Some(Exit::Status(status)) => {
            format!("mpirun ended with exit code {status}, and nobody said why")
        }
        Some(Exit::Unknown) | None => "nobody said why".to_owned(),
    }
}

/// `rank 2 failed: it panicked: ...`, the line of a rank that knows what happened to it.
fn of_rank(text: &str) -> Option<(usize, String)> {
    text.lines().find_map(|line| {
        let (rank, cause) = line.strip_prefix("rank ")?.split_once(" failed: ")?;
        Some((rank.parse().ok()?, cause.trim_end().to_owned()))
    })
}

/// What Open MPI says of a rank that has ended: how, and which.
fn of_mpirun(text: &str) -> Option<(usize, String)> {
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
fn refused(text: &str, ranks: Workers, exit: Option<Exit>) -> Error {
    let says_something = |line: &&str| line.chars().any(char::is_alphabetic);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(says_something).collect();
    let cause = match lines[..] {
        [] => of_exit(exit),
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

    fn said(text: &str, processes: &[u32]) -> String {
        error(text, Workers::ONE, (processes, None), None).to_string()
    }

    #[test]
    fn a_killed_rank_is_named() {
        let text = "-----\nmpirun noticed that process rank 2 with PID 0 on node\nvm exited on \
                    signal 9 (Killed).\n-----";
        let said = said(text, &[11, 12, 13]);
        assert!(said.starts_with("rank 2 (process 13) failed: it was ended by signal 9"), "{said}");
    }

    #[test]
    fn an_exit_code_is_named() {
        let text = "mpirun detected that one or more processes exited\n  Process name: [[19,1],1]\n  \
                    Exit code:    3\n";
        let said = said(text, &[11, 12]);
        let expected = "rank 1 (process 12) failed: it ended with exit code 3";
        assert!(said.starts_with(expected), "{said}");
    }

    #[test]
    fn too_few_slots_are_told_apart() {
        let said = said("There are not enough slots available in the system", &[]);
        assert!(said.contains("not enough slots") && said.contains("slots= in the host"), "{said}");
    }

    #[test]
    fn an_end_without_a_word_is_named_by_its_status() {
        let exit = |exit| of_exit(Some(exit));
        assert!(exit(Exit::Status(3)).starts_with("mpirun ended with exit code 3"));
        assert_eq!(exit(Exit::Status(137)), "mpirun was ended by signal 9");
        assert_eq!(exit(Exit::Signal(15)), "the supervisor of the ranks was ended by signal 15");
    }

    #[test]
    fn long_words_end_with_a_sentence() {
        let long = "The first one. ".repeat(40);
        assert!(begin_of(&long).len() <= 300 && begin_of(&long).ends_with("one."));
        assert_eq!(begin_of("short"), "short");
    }
}
