use std::borrow::Cow;

/// The end of what a child has written to its standard error.
///
/// It is bounded, however much the child writes: what matters stands at the end of it.
#[derive(Debug, Default)]
pub struct Tail {
    bytes: Vec<u8>,
    /// Where the line begins that was not given to anybody yet.
    new: usize,
}

impl Tail {
    /// At most this many bytes are kept.
    pub const MOST: usize = 16_000;

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        let surplus = self.bytes.len().saturating_sub(Tail::MOST);
        self.bytes.drain(..surplus);
        self.new = self.new.saturating_sub(surplus);
    }

    /// Gives the lines that have been completed since the last time.
    pub(crate) fn give_new_lines(&mut self, mut line: impl FnMut(&str)) {
        while let Some(length) = self.bytes[self.new..].iter().position(|byte| *byte == b'\n') {
            line(&String::from_utf8_lossy(&self.bytes[self.new..self.new + length]));
            self.new += length + 1;
        }
    }

    /// All that was kept.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// The first line that is not blank.
    pub fn first_line(&self) -> Option<String> {
        lines(&self.text()).next().map(str::to_owned)
    }

    /// The last line that is not blank.
    pub fn last_line(&self) -> Option<String> {
        lines(&self.text()).next_back().map(str::to_owned)
    }
}

fn lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_is_kept() {
        let mut tail = Tail::default();
        assert_eq!((tail.first_line(), tail.last_line()), (None, None));
        tail.push(b"\nfirst\n");
        tail.push(b" last \n\n");
        assert_eq!(tail.first_line().as_deref(), Some("first"));
        assert_eq!(tail.last_line().as_deref(), Some("last"));
        tail.push(&vec![b'x'; 2 * Tail::MOST]);
        tail.push(b"\nthe end");
        assert_eq!(tail.text().len(), Tail::MOST);
        assert_eq!(tail.last_line().as_deref(), Some("the end"));
    }

    #[test]
    fn each_line_is_given_once() {
        let (mut tail, mut given) = (Tail::default(), Vec::new());
        for bytes in [&b"one\ntw"[..], b"", b"o\n\nthr", b"ee\n", b"no end"] {
            tail.push(bytes);
            tail.give_new_lines(|line| given.push(line.to_owned()));
        }
        assert_eq!(given, ["one", "two", "", "three"]);
    }
}
