use std::cell::RefCell;
use std::panic::Location;

use super::Invocation;
use super::cells::{Access, Cells};
use super::here::{Here, accessing};

/// The memory that the invocations of one workgroup share, one number for each of them: `var<workgroup> part: array<u32,
/// ...>`. All are 0 at first.
#[derive(Debug)]
pub struct Memory {
    cells: RefCell<Cells>,
    /// How often each invocation has read something.
    reads: RefCell<Vec<usize>>,
}

impl Memory {
    pub(super) fn new(size: usize) -> Self {
        let cells = Cells::new("part", vec![0; size], "with no barrier between them");
        Memory { cells: RefCell::new(cells), reads: RefCell::new(vec![0; size]) }
    }

    /// The number at `index`.
    #[track_caller]
    pub fn load(&self, index: usize) -> u32 {
        let (here, access) = access(Location::caller());
        self.reads.borrow_mut()[here.who.local] += 1;
        self.cells.borrow_mut().load(index, access)
    }

    /// Puts a number at `index`.
    #[track_caller]
    pub fn store(&self, index: usize, number: u32) {
        let (_, access) = access(Location::caller());
        self.cells.borrow_mut().store(index, number, access);
    }

    /// The sum of what all invocations of the workgroup have as `own`, for invocation 0; the others are given 0. All of
    /// them have to call it, for it is a tree with a barrier at each level.
    pub async fn sum(&self, at: &Invocation, own: u32) -> u32 {
        let lane = at.local_index;
        self.store(lane, own);
        let mut half = at.workgroup_size / 2;
        while half > 0 {
            at.barrier().await;
            if lane < half {
                self.store(lane, self.load(lane) + self.load(lane + half));
            }
            half /= 2;
        }
        let sum = if lane == 0 { self.load(0) } else { 0 };
        // The memory is free for whatever comes next.
        at.barrier().await;
        sum
    }

    /// How often the invocation `local_index` has read something, for whoever judges.
    pub fn reads_of(&self, local_index: usize) -> usize {
        self.reads.borrow()[local_index]
    }
}

/// Who reads or writes, and since which barrier.
fn access(place: &'static Location<'static>) -> (Here, Access) {
    let here = accessing().expect("only invocations are given the memory of a workgroup");
    (here, Access { who: here.who, epoch: here.barriers, place })
}
