use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Known, Memory, split};
use measure::Error;

use crate::frame::Message;
use crate::phases::SENDING;
use crate::{Child, Pool};

/// The numbers of `memory` travel: every child is sent the numbers of its range through its pipe.
///
/// Each number is copied into the pipe by the parent and out of it by the child. Both copies are
/// longer than the addition, and the parent does one after the other for all children. This is what a
/// library does that serialises its arguments.
///
/// # Errors
///
/// Where a child has died, or answers nonsense.
pub fn piped<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut Pool,
) -> Result<K::Partial, Error> {
    const NUMBERS_IN_A_FRAME: u64 = children::Frame::LONGEST_BODY as u64 / 8;
    let file = kernel.spec().data.ok_or_else(|| {
        Error::Usage(
            "piped needs the numbers of `memory` in a file; run it in its lesson".to_owned(),
        )
    })?;
    let data = Memory::attach(kernel.spec().terms, Some(file))?;
    let numbers = |block: Range<u64>| &data.all()[block.start as usize..block.end as usize];
    let start = Instant::now();
    let announce = |child: &mut Child, range| child.request(Message::SumSent(range));
    let mut asked: Vec<_> =
        pool.with_ranges(&terms).map(|(child, range)| announce(child, range)).collect();
    // In turn, a frame for each child, so that all of them are busy.
    // ANCHOR: piped
    let rounds = split::block_count(&terms, NUMBERS_IN_A_FRAME);
    for round in 0..rounds {
        for ((child, range), asked) in pool.with_ranges(&terms).zip(&mut asked) {
            let Some(block) = split::block(&range, NUMBERS_IN_A_FRAME, round) else { continue };
            if asked.is_ok() {
                *asked = child.send_numbers(numbers(block));
            }
        }
    }
    // ANCHOR_END: piped
    kernel.record(Event::Phase(SENDING, start.elapsed()));
    pool.collect(kernel, &terms, asked, |fresh, range| {
        announce(fresh, range.clone())?;
        let blocks = 0..split::block_count(&range, NUMBERS_IN_A_FRAME);
        let mut blocks = blocks.filter_map(|i| split::block(&range, NUMBERS_IN_A_FRAME, i));
        blocks.try_for_each(|block| fresh.send_numbers(numbers(block)))
    })
}
