//! "Did you mean": the known name that is most similar to an unknown one.

/// The cost of a letter that is missing, added or different.
const MOVE: usize = 2;

/// The cost of a letter that differs in case only.
const CASE: usize = 1;

/// Longer names are ignored.
const LONGEST: usize = 40;

/// Among as many names as this, or more, CPython looks for none.
const MANY: usize = 750;

/// The name most similar to `name`, as CPython chooses it: by its bytes.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    if known.len() >= MANY {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for other in known {
        if other == name || name.len() > LONGEST || other.len() > LONGEST {
            continue;
        }
        let mut limit = (name.len() + other.len() + 3) * MOVE / 6;
        if let Some((distance, _)) = best {
            limit = limit.min(distance.saturating_sub(1));
        }
        let distance = distance(name.as_bytes(), other.as_bytes());
        if distance <= limit {
            best = Some((distance, other));
        }
    }
    best.map(|(_, other)| other)
}

/// The cost of turning one name into another.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).map(|index| index * MOVE).collect();
    for (index, letter) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (index + 1) * MOVE;
        for (column, other) in b.iter().enumerate() {
            let change = match letter {
                _ if letter == other => 0,
                _ if letter.eq_ignore_ascii_case(other) => CASE,
                _ => MOVE,
            };
            let cheapest = (diagonal + change).min(row[column] + MOVE).min(row[column + 1] + MOVE);
            diagonal = std::mem::replace(&mut row[column + 1], cheapest);
        }
    }
    row[b.len()]
}
