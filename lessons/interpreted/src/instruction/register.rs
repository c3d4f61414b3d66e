use crate::{Comparison, Operator, Sign};

/// What an instruction reads: a register, or a constant.
///
/// The first registers of a function are its local variables, the others hold what has no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operand(u32);

/// The bit that marks a constant.
const CONSTANT: u32 = 1 << 31;

impl Operand {
    /// A register.
    pub fn register(index: u32) -> Self {
        Operand(index)
    }

    /// A constant.
    pub fn constant(index: u32) -> Self {
        Operand(index | CONSTANT)
    }

    /// The index of the register, if it is one.
    #[inline(always)]
    pub fn as_register(self) -> Option<u32> {
        (self.0 & CONSTANT == 0).then_some(self.0)
    }

    /// The index of the constant, if it is one.
    #[inline(always)]
    pub fn as_constant(self) -> u32 {
        self.0 & !CONSTANT
    }
}

/// One instruction of the machine with registers. The first number is the register that it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterInstruction {
    /// Copy a value.
    Move(u32, Operand),
    /// Take a value out of a register.
    Take(u32, u32),
    /// Swap the values of two registers.
    Swap(u32, u32),
    /// `UnboundLocalError` if the variable has no value yet.
    Check(u32),
    /// `left operator right`; `true` where it was written as `+=`.
    Binary(Operator, bool, u32, Operand, Operand),
    /// Whether the comparison holds.
    Compare(Comparison, u32, Operand, Operand),
    /// Jump unless the comparison holds.
    JumpUnless(Comparison, Operand, Operand, u32),
    /// `-value` and its family.
    Unary(Sign, u32, Operand),
    /// Jump.
    Jump(u32),
    /// Jump if the value counts as that.
    JumpIf(bool, Operand, u32),
    /// Read a global variable.
    LoadGlobal(u32, u32),
    /// Write a global variable: its name, the value.
    StoreGlobal(u32, Operand),
    /// The iterator of a value.
    Iterate(u32, Operand),
    /// The next value of the iterator in the second register; at its end jump.
    Next(u32, u32, u32),
    /// A function of a nested code.
    MakeFunction(u32, u32),
    /// The names of the last arguments of the call that follows.
    KwNames(u32),
    /// Call what is in the register with this many arguments from the registers behind it; the result
    /// takes its place.
    Call(u32, u32),
    /// Return a value to the caller.
    Return(Operand),
}

impl RegisterInstruction {
    /// The same instruction with another register to write to; `None` where it has no free choice.
    pub fn writing(self, to: u32) -> Option<Self> {
        use RegisterInstruction::*;
        Some(match self {
            Binary(operator, in_place, _, left, right) => {
                Binary(operator, in_place, to, left, right)
            }
            Compare(comparison, _, left, right) => Compare(comparison, to, left, right),
            Unary(sign, _, from) => Unary(sign, to, from),
            LoadGlobal(_, name) => LoadGlobal(to, name),
            Next(_, iterator, target) => Next(to, iterator, target),
            MakeFunction(_, index) => MakeFunction(to, index),
            _ => return None,
        })
    }

    /// The index of the instruction that it may jump to, to be changed.
    pub(crate) fn target_mut(&mut self) -> Option<&mut u32> {
        use RegisterInstruction::*;
        match self {
            JumpUnless(_, _, _, target)
            | Jump(target)
            | JumpIf(_, _, target)
            | Next(_, _, target) => Some(target),
            _ => None,
        }
    }
}
