//! Whatever is cut, nothing is lost and nothing is added twice.

use proptest::prelude::*;
use shared::kernel::{Integers, Known};
use shared::{Workers, split};

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

    #[test]
    fn halves_tile(lo: u64, len: u64) {
        let terms = lo..lo.saturating_add(len);
        let (left, right) = split::halves(&terms);
        prop_assert_eq!((left.start, left.end, right.end), (terms.start, right.start, terms.end));
        prop_assert!(split::len(&right) - split::len(&left) <= 1);
    }

    #[test]
    fn blocks_tile(lo in 0..u64::MAX / 2, len in 0..100_000_u64, size in 1..5000_u64) {
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
        use shared::Kernel;
        let kernel = Integers::new(terms).expect("in bounds");
        let size = split::block_size(&kernel, &(0..terms));
        prop_assert!(size >= 1 && size <= kernel.grain());
        prop_assert!(terms < 256 || split::block_count(&(0..terms), size) >= 256);
    }
}
