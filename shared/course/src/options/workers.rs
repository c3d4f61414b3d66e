use kernels::Workers;

/// The worker counts of a run, in rising order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerList(pub Vec<Workers>);

impl WorkerList {
    /// Reads `4`, `1,2,4`, `1..8`, `auto` and `ladder`.
    ///
    /// # Errors
    ///
    /// A sentence that says what is allowed, and an example.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut counts: Vec<Workers> = Vec::new();
        for part in text.split(',') {
            match part.trim() {
                "auto" => counts.push(Workers::usable()),
                "ladder" => counts.extend(Workers::doubling(Workers::usable())),
                part => match part.split_once("..") {
                    Some((first, last)) => counts.extend(worker_range(first, last)?),
                    None => counts.push(worker_count(part)?),
                },
            }
        }
        counts.sort_unstable();
        counts.dedup();
        Ok(WorkerList(counts))
    }

    /// The usable cores if they are in the list, its largest count otherwise.
    pub fn main(&self) -> Workers {
        let usable = Workers::usable();
        let last = self.0.last().copied().unwrap_or(Workers::ONE);
        if self.0.contains(&usable) { usable } else { last }
    }
}

fn worker_range(first: &str, last: &str) -> Result<impl Iterator<Item = Workers> + use<>, String> {
    let (first, last) = (worker_count(first)?, worker_count(last)?);
    if first > last {
        return Err("a range of workers goes upwards; for example: -w 2..5".to_owned());
    }
    Ok((first.get()..=last.get()).filter_map(Workers::new))
}

fn worker_count(text: &str) -> Result<Workers, String> {
    let most = Workers::MOST;
    let count = text.trim().parse().ok().and_then(Workers::new);
    count.ok_or_else(|| {
        format!(
            "a worker count is a number from 1 to {most}; for example: -w 4, -w 1,2,4 or -w 1..8"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worker_lists_are_read() {
        let counts = |text: &str| -> Vec<usize> {
            let list = WorkerList::parse(text).expect("a good list");
            list.0.into_iter().map(Workers::get).collect()
        };
        assert_eq!(counts("4"), [4]);
        assert_eq!(counts("4,1,2,1"), [1, 2, 4]);
        assert_eq!(counts("1..4"), [1, 2, 3, 4]);
        assert_eq!(counts("3..3,1024"), [3, 1024]);
        assert_eq!(counts("auto"), [Workers::usable().get()]);
        assert!(counts("ladder").contains(&Workers::usable().get()));
    }

    #[test]
    fn bad_worker_lists_say_what_is_allowed() {
        for text in
            ["0", "-1", "abc", "5..2", "1025", "1..1025", "", "1,,2", "1.5", "1...3", "..", "2.."]
        {
            let refused = WorkerList::parse(text).expect_err(text);
            assert!(refused.contains("for example: -w"), "{text}: {refused}");
        }
    }
}
