use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use super::cells::{Access, Cells};
use super::here::{accessing, here};
use super::step::{Read, Step, steps};
use super::traffic::Traffic;

/// Memory of the device that outlives a pass: `var<storage, read_write>`. All workgroups share it, and the host can read
/// it between passes.
#[derive(Debug)]
pub struct Buffer {
    cells: RefCell<Cells>,
    /// What invocations have read, in order.
    reads: RefCell<Vec<Read>>,
    /// Of all buffers.
    traffic: Rc<Traffic>,
}

impl Buffer {
    pub(super) fn new(name: &str, numbers: Vec<u32>, traffic: Rc<Traffic>) -> Self {
        let cells = Cells::new(name, numbers, "in the same pass");
        Buffer { cells: RefCell::new(cells), reads: RefCell::default(), traffic }
    }

    /// How many numbers there are: `arrayLength()`.
    pub fn len(&self) -> usize {
        self.cells.borrow().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number at `index`.
    ///
    /// # Panics
    ///
    /// Where there is no such number.
    #[track_caller]
    pub fn load(&self, index: usize) -> u32 {
        let mut cells = self.cells.borrow_mut();
        if let Some(here) = accessing() {
            let access = Access { who: here.who, epoch: here.pass, place: Location::caller() };
            let number = cells.load(index, access);
            self.traffic.note(here.pass, here.who);
            self.reads.borrow_mut().push(Read { pass: here.pass, who: here.who, index });
            return number;
        }
        self.traffic.note_host();
        *Self::of_host(&mut cells, index)
    }

    /// Puts a number at `index`.
    ///
    /// # Panics
    ///
    /// Where there is no such place.
    #[track_caller]
    pub fn store(&self, index: usize, number: u32) {
        let mut cells = self.cells.borrow_mut();
        match accessing() {
            Some(here) => {
                let access = Access { who: here.who, epoch: here.pass, place: Location::caller() };
                cells.store(index, number, access);
            }
            None => *Self::of_host(&mut cells, index) = number,
        }
    }

    /// All numbers, for whoever judges.
    ///
    /// # Panics
    ///
    /// While a pass is under way.
    pub fn numbers(&self) -> Vec<u32> {
        assert!(here().is_none(), "the host cannot read {} in a pass", self.cells.borrow().name());
        self.cells.borrow().values()
    }

    /// How often each number was read by an invocation, for whoever judges.
    pub fn times_read(&self) -> Vec<usize> {
        let mut times = vec![0; self.len()];
        for read in self.reads.borrow().iter() {
            times[read.index] += 1;
        }
        times
    }

    /// What subgroups have read, step by step, for whoever judges.
    pub fn steps(&self) -> Vec<Step> {
        steps(&self.reads.borrow())
    }

    #[track_caller]
    fn of_host(cells: &mut Cells, index: usize) -> &mut u32 {
        let size = cells.size();
        let place = cells.get_mut(index);
        place.unwrap_or_else(|| panic!("the host is at number {index}, and {size}"))
    }
}
