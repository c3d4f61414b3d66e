//! # The first of the smallest
//!
//! The smallest value occurs twice, and two workers find it. How do you join what they found, in any order?
//!
//! From left to right the first one wins if only a smaller value replaces it. Workers do not end from left to right.
//! So what they found has to be joined in any order, with the same result: then nothing depends on who was quick.
//! Every `min`, `max` and "best so far" in parallel needs that; where it is missing, a tie gives another answer each
//! time.
//!
//! Counts: the smallest value and the first place where it stands are right, for any number of values and workers;
//! `join` gives the same for its arguments in any order and grouping, also where a worker found nothing.
//!
//! Read: [threads](../../../threads/README.md), [work-stealing](../../../work-stealing/README.md)

use std::sync::mpsc;
use std::thread;

use judge::Data;

/// A value and its place; nothing where there were no values.
pub type Found = Option<(i64, usize)>;

/// The smallest value and its first place. What workers found is joined in the order in which they end.
pub fn minimum(data: &Data<i64>, workers: usize) -> Found {
    let border = |number: usize| data.len() * number / workers;
    let (sender, found) = mpsc::channel();
    thread::scope(|scope| {
        for number in 0..workers {
            let sender = sender.clone();
            scope.spawn(move || {
                let (start, end) = (border(number), border(number + 1));
                let places = data.read(start..end).iter().copied().zip(start..);
                // Of equal ones `min_by_key` takes the first.
                sender.send(places.min_by_key(|(value, _)| *value)).expect("somebody receives");
            });
        }
    });
    drop(sender);
    found.iter().fold(None, join)
}

/// What two workers found, as one; neither is the left or the right one.
pub fn join(one: Found, other: Found) -> Found {
    // HOLE
    // Pairs are compared by the value, and by the place where the values are equal.
    one.into_iter().chain(other).min()
    // SKELETON right: (1, 7)
    //| match (one, other) {
    //|     (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
    //|     (one, other) => one.or(other),
    //| }
    // WRONG right: is None
    //| one.min(other)
    // WRONG right: is Some((2, 2))
    //| let ((one, place), (other, other_place)) = match (one, other) {
    //|     (Some(one), Some(other)) => (one, other),
    //|     (one, other) => return one.or(other),
    //| };
    //| Some((one.min(other), place.min(other_place)))
    // WRONG right: is Some((3, 2))
    //| match (one, other) {
    //|     (Some(one), Some(other)) => Some(if one.1 < other.1 { one } else { other }),
    //|     (one, other) => one.or(other),
    //| }
    // END
}

// HINT Where the values are equal, neither argument is the first by itself: compare the places.
// HINT Pairs are compared as you need it: by the value, and by the place where the values are equal. But `None` is
// less than any `Some`.
// HINT An `Option` is an iterator of one or no element: `one.into_iter().chain(other)` has those that are there.
// RULES
/// Ties everywhere: there are few different values.
pub fn rules() -> Rules {
    Rules::new()
        .right("joined in any order", |trial| {
            for (one, other, right) in [
                (None, Some((1, 2)), Some((1, 2))),
                (None, None, None),
                (Some((3, 2)), Some((2, 4)), Some((2, 4))),
                (Some((2, 7)), Some((3, 1)), Some((2, 7))),
                (Some((1, 2)), Some((1, 7)), Some((1, 2))),
                (Some((i64::MIN, 5)), Some((i64::MAX, 0)), Some((i64::MIN, 5))),
            ] {
                for (one, other) in [(one, other), (other, one)] {
                    let call = format!("join({one:?}, {other:?})");
                    trial.calling(&call);
                    let joined = attempt::join(one, other);
                    ensure!(joined == right, "{call} is {joined:?}, and {right:?} is right");
                }
            }
            Ok(())
        })
        .right("joined in any order and grouping", |trial| {
            let mut rng = trial.rng();
            for _ in 0..1000 {
                let mut draw =
                    || (rng.below(4) > 0).then(|| (rng.below(3) as i64 - 1, rng.below(5)));
                let (a, b, c) = (draw(), draw(), draw());
                let left = attempt::join(attempt::join(a, b), c);
                let right = attempt::join(a, attempt::join(b, c));
                ensure!(
                    left == right,
                    "join(join({a:?}, {b:?}), {c:?}) is {left:?}, \
                    but join({a:?}, join({b:?}, {c:?})) is {right:?}"
                );
            }
            Ok(())
        })
        .right("awkward numbers of values and workers", |trial| {
            for count in [0, 1, 2, 3, 5, 1000, 100_003] {
                for workers in [1, 2, 3, 5, 7] {
                    let s = |number: usize| if number == 1 { "" } else { "s" };
                    let call =
                        format!("{count} value{} by {workers} worker{}", s(count), s(workers));
                    trial.calling(&call);
                    let mut rng = trial.rng();
                    let data = Data::new((0..count).map(|_| rng.below(5) as i64 - 2).collect());
                    let found = attempt::minimum(&data, workers);
                    let right = data.all().iter().copied().zip(0..).min();
                    ensure!(found == right, "{call}: {found:?}, and {right:?} is right");
                }
            }
            Ok(())
        })
}
