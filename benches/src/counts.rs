use kernels::Workers;

/// The worker counts of a scaling curve: 1, 2, 3, 4, 6, 8, 12, ... up to the usable cores, these, and
/// twice as many, which shows what more workers than cores do.
///
/// ```
/// use kernels::Workers;
/// let counts = |cores| -> Vec<usize> {
///     benches::worker_counts(Workers::new(cores).unwrap()).iter().map(|w| w.get()).collect()
/// };
/// assert_eq!(counts(2), [1, 2, 4]);
/// assert_eq!(counts(16), [1, 2, 3, 4, 6, 8, 12, 16, 32]);
/// assert_eq!(counts(10), [1, 2, 3, 4, 6, 8, 10, 20]);
/// ```
pub fn worker_counts(usable: Workers) -> Vec<Workers> {
    let doubled = std::iter::successors(Some(1_usize), |step| Some(step * 2));
    let steps = doubled.flat_map(|step| [step, step * 3 / 2]);
    let top = usable.get();
    let mut counts: Vec<usize> = steps.take_while(|step| *step < top.max(4)).collect();
    counts.retain(|count| *count < top);
    counts.extend([top, (2 * top).min(Workers::MOST)]);
    counts.dedup();
    counts.into_iter().filter_map(Workers::new).collect()
}

/// Of `counts`, those that a quick look needs: one, the usable cores, and the last.
///
/// ```
/// use kernels::Workers;
/// let counts: Vec<Workers> = (1..=4).chain([8]).filter_map(Workers::new).collect();
/// let four = Workers::new(4).unwrap();
/// let ends: Vec<usize> = benches::ends_of(&counts, four).iter().map(|w| w.get()).collect();
/// assert_eq!(ends, [1, 4, 8]);
/// ```
pub fn ends_of(counts: &[Workers], usable: Workers) -> Vec<Workers> {
    let last = counts.last().copied();
    let wanted = |workers: &Workers| {
        *workers == Workers::ONE || *workers == usable || Some(*workers) == last
    };
    counts.iter().copied().filter(wanted).collect()
}
