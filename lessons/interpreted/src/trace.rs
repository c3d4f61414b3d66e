//! The steps that the machine records while an addition is traced.

use std::time::Instant;

/// One step of an addition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The machine took the next instruction and found its place in the loop.
    Dispatch(crate::Instruction),
    /// The two values were taken off the stack.
    Pop,
    /// The slot of the left type was looked up.
    LeftSlot(&'static str),
    /// The slot returned NotImplemented, and the right type's slot was looked up.
    RightSlot(&'static str),
    /// The slot checked the types of both values.
    TypesSeen(&'static str, &'static str),
    /// The machine's own addition.
    MachineAdd,
    /// The result did not fit a machine word.
    GrewBig,
    /// A shared small number was the result.
    SharedInt,
    /// A box that had been used before took the result.
    SpareBox,
    /// The allocator gave a new box.
    NewBox,
    /// The references to the two values were released.
    Release,
    /// The result was put on the stack.
    Push,
}

/// No addition has more steps.
const MOST_STEPS: usize = 64;

/// The recorded steps, each with its time. Off, except while an addition is traced.
#[derive(Debug, Default)]
pub struct StepLog {
    on: bool,
    steps: Vec<(Step, Instant)>,
}

impl StepLog {
    /// Records a step, if tracing is on.
    #[inline(always)]
    pub fn record(&mut self, step: impl FnOnce() -> Step) {
        if self.on {
            self.write(step);
        }
    }

    #[cold]
    #[inline(never)]
    fn write(&mut self, step: impl FnOnce() -> Step) {
        self.steps.push((step(), Instant::now()));
    }

    /// Switches it on, with room for every step: to ask for more would be charged to the step that follows.
    pub fn start(&mut self) {
        self.on = true;
        self.steps.clear();
        self.steps.reserve(MOST_STEPS);
    }

    /// Switches it off and returns the steps.
    pub fn stop(&mut self) -> Vec<(Step, Instant)> {
        self.on = false;
        std::mem::take(&mut self.steps)
    }
}
