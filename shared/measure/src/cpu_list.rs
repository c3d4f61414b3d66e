//! Lists of cores as Linux writes them: `0-3,8`.

/// How many numbers a list such as `0-3,8` names; `None` where it is no such list.
pub fn count_list(list: &str) -> Option<usize> {
    list.split(',').try_fold(0, |count, part| {
        let (first, last) = ends(part)?;
        Some(count + last.checked_sub(first)? + 1)
    })
}

/// The numbers that such a list names.
pub(crate) fn listed(list: &str) -> Option<Vec<usize>> {
    let all: Option<Vec<(usize, usize)>> = list.split(',').map(ends).collect();
    Some(all?.into_iter().flat_map(|(first, last)| first..=last).collect())
}

/// The ends of a part such as `0-3` or `8`.
fn ends(part: &str) -> Option<(usize, usize)> {
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    Some((first.parse().ok()?, last.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_cores_are_counted() {
        assert_eq!(count_list("0-3,8"), Some(5));
        assert_eq!(count_list("0"), Some(1));
        assert_eq!(count_list("x"), None);
        assert_eq!(count_list("3-1"), None);
        assert_eq!((listed("0-2,8"), listed("x")), (Some(vec![0, 1, 2, 8]), None));
    }
}
