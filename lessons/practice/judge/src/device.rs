//! A small model of a device such as a GPU: what an exercise on kernels runs on, since not every machine has one.
//!
//! A [pass](Device::pass) starts a kernel in a number of workgroups; every invocation of a workgroup runs it, from its
//! first line to its last. The names are those of WGSL, and so are the rules: the invocations of a workgroup share a
//! [`Memory`] and meet at [barriers](Invocation::barrier); workgroups share nothing but [`Buffer`]s, and nobody sees what
//! another wrote there before the next pass. There are no atomics, and no `storageBarrier()`.
//!
//! Each invocation runs alone from one barrier to the next, and who comes first is drawn. But the model does not wait for
//! a wrong answer: it keeps a record of who touched each word, and so finds every data race of a run, whoever came first.
//! It finds a barrier that not all reach, too, and ends there. How long anything takes it cannot tell.

mod buffer;
mod cells;
mod fault;
mod here;
mod invocation;
mod memory;
mod step;
#[cfg(test)]
mod tests;
mod traffic;
mod workgroup;

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use rng::Rng;

pub use self::buffer::Buffer;
pub use self::invocation::{Barrier, Invocation};
pub use self::memory::Memory;
pub use self::step::Step;
use self::traffic::Traffic;

use crate::{Stage, Trial};

/// So many invocations with neighbouring numbers do each step at the same time.
pub const SUBGROUP: usize = 32;

/// So many neighbouring numbers are one line of a buffer, and come in one transaction: 128 bytes.
pub const LINE: usize = 32;

/// A device whose workgroups have a fixed number of invocations.
#[derive(Debug)]
pub struct Device {
    workgroup_size: usize,
    rng: RefCell<Rng>,
    passes: Cell<usize>,
    traffic: Rc<Traffic>,
}

impl Device {
    /// A device whose orders are drawn from `seed`.
    pub fn new(workgroup_size: usize, seed: u64) -> Self {
        let rng = RefCell::new(Rng::new(seed));
        Device { workgroup_size, rng, passes: Cell::default(), traffic: Rc::default() }
    }

    /// How many invocations a workgroup has.
    pub fn workgroup_size(&self) -> usize {
        self.workgroup_size
    }

    /// A buffer of these numbers, which messages call `name`.
    pub fn buffer(&self, name: &str, numbers: Vec<u32>) -> Buffer {
        Buffer::new(name, numbers, Rc::clone(&self.traffic))
    }

    /// Runs `kernel` in so many workgroups, and comes back when all of them have ended.
    ///
    /// ```
    /// use judge::device::Device;
    /// let device = Device::new(4, 42);
    /// let places = device.buffer("places", vec![0; 8]);
    /// device.pass(2, async |at, _| {
    ///     let place = at.workgroup_id * at.workgroup_size + at.local_index;
    ///     places.store(place, place as u32);
    /// });
    /// assert_eq!(places.numbers(), [0, 1, 2, 3, 4, 5, 6, 7]);
    /// ```
    ///
    /// # Panics
    ///
    /// Where the kernel does, and where it breaks a rule of the model.
    pub fn pass(&self, workgroups: usize, kernel: impl AsyncFn(&Invocation, &Memory)) {
        if let Some(here) = here::here() {
            fault::raise(
                Stage::Ends,
                format!("{} begins a pass, which only the host can", here.who),
            );
        }
        let pass = self.passes.get() + 1;
        self.passes.set(pass);
        let mut rng = self.rng.borrow_mut();
        let mut order: Vec<usize> = (0..workgroups).collect();
        rng.shuffle(&mut order);
        for workgroup in order {
            let at = |local| Invocation::new(local, self.workgroup_size, workgroup, workgroups);
            let invocations: Vec<Invocation> = (0..self.workgroup_size).map(at).collect();
            let memory = Memory::new(self.workgroup_size);
            let started = |at| -> workgroup::Running<'_> { Box::pin(kernel(at, &memory)) };
            let running = invocations.iter().map(started).collect();
            workgroup::run(&invocations, running, pass, &mut rng);
        }
    }

    /// How many passes there were.
    pub fn passes(&self) -> usize {
        self.passes.get()
    }

    /// How many numbers the host has read from buffers.
    pub fn read_back(&self) -> usize {
        self.traffic.by_host()
    }

    /// How many numbers one invocation has read from buffers in one pass, at most.
    pub fn most_reads(&self) -> usize {
        self.traffic.most_by_one()
    }
}

impl Trial {
    /// Does `work` with a device whose workgroups have so many invocations.
    ///
    /// # Errors
    ///
    /// Which rule of the model was broken, and by whom, in words that begin with what is [called](Trial::calling) `call`.
    pub fn on_device<R>(
        &mut self,
        call: &str,
        workgroup_size: usize,
        work: impl FnOnce(&Device) -> R,
    ) -> Result<R, String> {
        self.calling(call);
        fault::forget();
        let device = Device::new(workgroup_size, self.seed);
        let done = catch_unwind(AssertUnwindSafe(|| work(&device)));
        match (fault::first(), done) {
            (Some(fault), _) => {
                self.stage = fault.stage;
                Err(format!("{call}: {}", fault.text))
            }
            (None, Ok(result)) => Ok(result),
            (None, Err(panic)) => resume_unwind(panic),
        }
    }
}
