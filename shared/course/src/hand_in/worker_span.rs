use std::fmt;
use std::str::FromStr;

/// Terms that one worker summed: `first..end/worker`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkerSpan {
    /// The first term.
    pub first: u64,
    /// The term after the last.
    pub end: u64,
    /// The number of the worker, as in the document's `audit`.
    pub worker: usize,
}

impl fmt::Display for WorkerSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}/{}", self.first, self.end, self.worker)
    }
}

impl FromStr for WorkerSpan {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (range, worker) = text.split_once('/')?;
            let (first, end) = range.split_once("..")?;
            let (first, end) = (first.parse().ok()?, end.parse().ok()?);
            Some(WorkerSpan { first, end, worker: worker.parse().ok()? })
        };
        read().ok_or_else(|| format!("{text:?} is no span; one is 0..50000000/0"))
    }
}

/// Many of them in one line of a file.
pub(super) mod line {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use super::WorkerSpan;

    pub(in crate::hand_in) fn serialize<S: Serializer>(
        spans: &[WorkerSpan],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let spans: Vec<String> = spans.iter().map(WorkerSpan::to_string).collect();
        serializer.serialize_str(&spans.join(" "))
    }

    pub(in crate::hand_in) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<WorkerSpan>, D::Error> {
        let line = String::deserialize(deserializer)?;
        line.split_whitespace().map(|span| span.parse().map_err(de::Error::custom)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_span_is_named() {
        let span = WorkerSpan { first: 3, end: 9, worker: 1 };
        assert_eq!(span.to_string().parse(), Ok(span));
        for text in ["", "3..9", "3-9/1", "3..9/x", "-3..9/1", "3..99999999999999999999/1"] {
            let error = text.parse::<WorkerSpan>().expect_err("it is none");
            assert!(error.contains("is no span"), "{error}");
        }
    }
}
