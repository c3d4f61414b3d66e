//! Whatever is cut, nothing is lost and nothing is added twice.

use kernels::{Integers, Known, Workers, split};
use proptest::prelude::*;

fn workers() -> impl Strategy<Value = Workers> {
    (1..=Workers::MOST).prop_map(|count| Workers::new(count).expect("in bounds"))
}

proptest! {
    #[test]
    fn ranges_tile_and_differ_by_one_term_at_most(lo: u64, len: u64, workers in workers()) {
        let terms = lo..lo.saturating_add(len);
        let parts: Vec<_> = split::ranges(&terms, workers).collect();
        prop_assert_eq!(parts.len(), workers.get());
        prop_assert_eq!(parts[0].start, terms.start);
        prop_assert_eq!(parts[parts.len() - 1].end, terms.end);
        prop_assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
        let shortest = parts.iter().map(split::len).min();
        let too_long = parts.iter().map(split::len).find(|len| shortest.is_some_and(|least| *len > least + 1));
        prop_assert_eq!(too_long, None);
    }

    /// With more workers than terms some ranges are empty, and the others have one term each.
    #[test]
    fn few_terms_are_one_for_each(hi in 1000..=u64::MAX, len in 0..50_u64, workers in 50..=Workers::MOST) {
        let workers = Workers::new(workers).expect("in bounds");
        let parts: Vec<_> = split::ranges(&(hi - len..hi), workers).collect();
        prop_assert!(parts.iter().all(|part| split::len(part) <= 1));
        prop_assert_eq!(parts.iter().map(split::len).sum::<u64>(), len);
        prop_assert_eq!(parts[workers.get() - 1].end, hi);
    }

    /// A range that runs backwards holds no term, however it is cut.
    #[test]
    fn nothing_is_cut_into_nothing(lo: u64, back: u64, workers in workers(), size in 1..=u64::MAX) {
        let terms = lo..lo.saturating_sub(back);
        prop_assert!(split::ranges(&terms, workers).all(|part| part.is_empty()));
        let (left, right) = split::halves(&terms);
        prop_assert!(left.is_empty() && right.is_empty());
        prop_assert_eq!((split::block_count(&terms, size), split::block(&terms, size, 0)), (0, None));
    }

    #[test]
    fn halves_tile(lo: u64, len: u64) {
        let terms = lo..lo.saturating_add(len);
        let (left, right) = split::halves(&terms);
        prop_assert_eq!((left.start, left.end, right.end), (terms.start, right.start, terms.end));
        prop_assert!(split::len(&right) - split::len(&left) <= 1);
    }

    #[test]
    fn blocks_tile(lo: u64, at_the_top: bool, len in 0..100_000_u64, size in 1..5000_u64) {
        let lo = if at_the_top { u64::MAX - len } else { lo.min(u64::MAX - len) };
        let terms = lo..lo + len;
        let count = split::block_count(&terms, size);
        let blocks: Vec<_> = (0..count).map(|number| split::block(&terms, size, number)).collect();
        let mut reached = terms.start;
        for block in blocks {
            let block = block.expect("a block below the count");
            prop_assert_eq!(block.start, reached);
            prop_assert!(split::len(&block) >= 1 && split::len(&block) <= size);
            reached = block.end;
        }
        prop_assert_eq!(reached, terms.end);
        prop_assert_eq!(split::block(&terms, size, count), None);
        prop_assert_eq!(split::block(&terms, size, u64::MAX), None);
    }

    #[test]
    fn block_sizes_are_neither_zero_nor_more_than_a_grain(terms in 0..Integers::LARGEST) {
        use kernels::Kernel;
        let kernel = Integers::new(terms).expect("in bounds");
        let size = split::block_size(&kernel, &(0..terms));
        prop_assert!(size >= 1 && size <= kernel.grain());
        prop_assert!(terms < 256 || split::block_count(&(0..terms), size) >= 256);
    }
}

#[test]
fn all_that_a_u64_can_number_is_cut_evenly() {
    let terms = 0..u64::MAX;
    for workers in [1, 2, 3, 7, Workers::MOST] {
        let workers = Workers::new(workers).expect("in bounds");
        let parts: Vec<_> = split::ranges(&terms, workers).collect();
        assert_eq!((parts[0].start, parts[workers.get() - 1].end), (0, u64::MAX));
        let even = u64::MAX / workers.get() as u64;
        assert!(parts.iter().all(|part| split::len(part) - even <= 1), "{workers} workers");
    }
    assert_eq!(split::block_count(&terms, u64::MAX), 1);
    assert_eq!(split::block(&terms, u64::MAX - 1, 1), Some(u64::MAX - 1..u64::MAX));
    assert_eq!(split::block(&terms, u64::MAX, 1), None);
}
