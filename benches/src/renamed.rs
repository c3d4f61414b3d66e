//! Rows that had another name in results of before, which are still read.

/// The names, now and before.
const RENAMED: [(&str, &str); 1] = [("chili", "heartbeat")];

/// What a row of this name is called now.
pub(crate) fn now(name: &str) -> &str {
    RENAMED.iter().find(|(_, before)| *before == name).map_or(name, |(now, _)| now)
}

/// What it was called before, if it had another name.
pub(crate) fn before(name: &str) -> Option<&'static str> {
    RENAMED.iter().find(|(now, _)| *now == name).map(|(_, before)| *before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_either_name() {
        assert_eq!((now("heartbeat"), before("chili")), ("chili", Some("heartbeat")));
        assert_eq!((now("deques"), before("deques")), ("deques", None));
    }
}
