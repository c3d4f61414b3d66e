use std::thread;

/// Checks all cases at once, each on a thread of its own, where a check is mostly waiting. It panics if a
/// check did, once all have ended.
pub fn side_by_side<T: Send>(cases: impl IntoIterator<Item = T>, check: impl Fn(T) + Sync) {
    let check = &check;
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(move || check(case));
        }
    });
}
