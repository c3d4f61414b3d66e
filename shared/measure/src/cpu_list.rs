//! Lists of cores as Linux writes them: `0-3,8`.

/// The numbers that such a list names; `None` where it is no such list.
pub(crate) fn listed(list: &str) -> Option<Vec<usize>> {
    let mut all = Vec::new();
    for part in list.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
        if first > last {
            return None;
        }
        all.extend(first..=last);
    }
    Some(all)
}

/// The list that names these numbers, which are in order.
pub fn list_of(numbers: &[usize]) -> String {
    let parts = numbers.chunk_by(|one, next| one + 1 == *next);
    let part = |numbers: &[usize]| match numbers {
        [first, .., last] => format!("{first}-{last}"),
        alone => alone.iter().map(usize::to_string).collect(),
    };
    parts.map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_cores_are_read_and_written() {
        for (list, numbers) in
            [("0", vec![0]), ("0-2,8", vec![0, 1, 2, 8]), ("0,8-9", vec![0, 8, 9])]
        {
            assert_eq!(listed(list), Some(numbers.clone()));
            assert_eq!(list_of(&numbers), list);
        }
        for nonsense in ["x", "3-1", "", "1,,2"] {
            assert_eq!(listed(nonsense), None, "{nonsense}");
        }
        assert_eq!(list_of(&[]), "");
    }
}
