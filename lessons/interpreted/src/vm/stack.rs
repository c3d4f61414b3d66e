use crate::Value;

/// Nothing pops more than was pushed.
const PUSHED: &str = "the compiler pushes before it pops";

/// The part of the stack that belongs to the running function: its local variables, then its operands.
/// The slots after the operands are empty.
#[derive(Debug)]
pub(super) struct Stack<'a> {
    slots: &'a mut [Option<Value>],
    top: usize,
}

impl<'a> Stack<'a> {
    #[inline(always)]
    pub fn new(slots: &'a mut [Option<Value>], top: usize) -> Self {
        Stack { slots, top }
    }

    /// The index after the last operand.
    #[inline(always)]
    pub fn top(&self) -> usize {
        self.top
    }

    #[inline(always)]
    pub fn push(&mut self, value: Value) {
        // The slot is empty: there is nothing to drop.
        std::mem::forget(self.slots[self.top].replace(value));
        self.top += 1;
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Value {
        self.top -= 1;
        self.slots[self.top].take().expect(PUSHED)
    }

    /// The last operand, which stays.
    #[inline(always)]
    pub fn last(&self) -> &Value {
        self.slots[self.top - 1].as_ref().expect(PUSHED)
    }

    /// The last two operands, which stay.
    #[inline(always)]
    pub fn last_two(&self) -> (&Value, &Value) {
        let left = self.slots[self.top - 2].as_ref().expect(PUSHED);
        (left, self.last())
    }

    /// Pushes the operand at this depth again.
    #[inline(always)]
    pub fn copy(&mut self, depth: u32) {
        let value = self.slots[self.top - depth as usize].clone().expect(PUSHED);
        self.push(value);
    }

    /// Swaps the last operand with the one at this depth.
    #[inline(always)]
    pub fn swap(&mut self, depth: u32) {
        self.slots.swap(self.top - 1, self.top - depth as usize);
    }

    /// A local variable.
    #[inline(always)]
    pub fn local(&self, index: u32) -> Option<&Value> {
        self.slots[index as usize].as_ref()
    }

    /// Sets a local variable and returns its old value.
    #[inline(always)]
    pub fn set_local(&mut self, index: u32, value: Value) -> Option<Value> {
        self.slots[index as usize].replace(value)
    }
}
