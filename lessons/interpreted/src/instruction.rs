pub(crate) mod register;

use crate::{Comparison, Operator, Sign};

/// One instruction of the machine: the whole instruction set, in one place.
///
/// The machine has a stack of values. *Push* puts a value on it, *pop* takes the last one off. A number
/// behind an instruction is an index into a table of its [`Code`](crate::Code), or the place of an
/// instruction to jump to. The names, and the work that each one does, are those of CPython 3.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instruction {
    // ANCHOR: set
    /// Push a constant.
    LoadConst(u32),
    /// Push a local variable. `UnboundLocalError` where it has no value yet.
    LoadFast(u32),
    /// Pop into a local variable.
    StoreFast(u32),
    /// Push a global variable or, where there is none, a built-in function (in a function).
    LoadGlobal(u32),
    /// The same, outside of functions.
    LoadName(u32),
    /// Pop into a global variable.
    StoreName(u32),
    /// Pop and forget.
    PopTop,
    /// Push the value again that lies at this depth (1: the last).
    Copy(u32),
    /// Swap the last value with the one at this depth.
    Swap(u32),
    /// Pop right, pop left, push `left operator right`; `true` where it was written as `+=`.
    BinaryOp(Operator, bool),
    /// Pop right, pop left, push whether the comparison holds.
    CompareOp(Comparison),
    /// Pop, push `-value`, `+value`, `~value` or `not value`.
    Unary(Sign),
    /// Jump further down.
    JumpForward(u32),
    /// Jump further up: the end of a loop's body.
    JumpBackward(u32),
    /// Pop; jump if it counts as false.
    PopJumpIfFalse(u32),
    /// Pop; jump if it counts as true.
    PopJumpIfTrue(u32),
    /// If the last value counts as false, keep it and jump; otherwise pop it.
    JumpIfFalseOrPop(u32),
    /// If the last value counts as true, keep it and jump; otherwise pop it.
    JumpIfTrueOrPop(u32),
    /// Pop what can be iterated, push its iterator.
    GetIter,
    /// Push the next value of the iterator; at its end pop the iterator and jump.
    ForIter(u32),
    /// Push a function with a nested code.
    MakeFunction(u32),
    /// The names of the last arguments of the call that follows.
    KwNames(u32),
    /// Pop this many arguments, pop what is called, push its result.
    Call(u32),
    /// Pop; this is the function's result.
    ReturnValue,
    // ANCHOR_END: set
    /// Only in the form `specialised`: add two integers that fit a machine word. With others it
    /// turns back into `BINARY_OP`; `true` where that was written as `+=`.
    BinaryOpAddInt(bool),
    /// The same for `-`.
    BinaryOpSubtractInt(bool),
    /// The same for a comparison.
    CompareOpInt(Comparison),

    /// Only in the form `superinstructions`: `LOAD_FAST`, `LOAD_FAST`, `BINARY_OP`, `STORE_FAST`; the
    /// variables are left, right, and the one that takes the result.
    FastBinaryOpFast(Operator, bool, [u8; 3]),
    /// `FOR_ITER` and `STORE_FAST`: the variable, and where to go on at the end.
    ForIterStoreFast(u8, u32),
    /// `LOAD_FAST` and `LOAD_FAST`.
    LoadFastLoadFast(u16, u16),
    /// `LOAD_FAST` and `LOAD_CONST`.
    LoadFastLoadConst(u16, u16),
    /// `COMPARE_OP` and `POP_JUMP_IF_FALSE`: no `True` or `False` is made.
    CompareOpPopJumpIfFalse(Comparison, u32),
}

impl Instruction {
    /// Its name in CPython's spelling.
    pub fn name(self) -> &'static str {
        match self {
            Instruction::LoadConst(_) => "LOAD_CONST",
            Instruction::LoadFast(_) => "LOAD_FAST",
            Instruction::StoreFast(_) => "STORE_FAST",
            Instruction::LoadGlobal(_) => "LOAD_GLOBAL",
            Instruction::LoadName(_) => "LOAD_NAME",
            Instruction::StoreName(_) => "STORE_NAME",
            Instruction::PopTop => "POP_TOP",
            Instruction::Copy(_) => "COPY",
            Instruction::Swap(_) => "SWAP",
            Instruction::BinaryOp(..) => "BINARY_OP",
            Instruction::CompareOp(_) => "COMPARE_OP",
            Instruction::Unary(Sign::Negative) => "UNARY_NEGATIVE",
            Instruction::Unary(Sign::Positive) => "UNARY_POSITIVE",
            Instruction::Unary(Sign::Invert) => "UNARY_INVERT",
            Instruction::Unary(Sign::Not) => "UNARY_NOT",
            Instruction::JumpForward(_) => "JUMP_FORWARD",
            Instruction::JumpBackward(_) => "JUMP_BACKWARD",
            Instruction::PopJumpIfFalse(_) => "POP_JUMP_IF_FALSE",
            Instruction::PopJumpIfTrue(_) => "POP_JUMP_IF_TRUE",
            Instruction::JumpIfFalseOrPop(_) => "JUMP_IF_FALSE_OR_POP",
            Instruction::JumpIfTrueOrPop(_) => "JUMP_IF_TRUE_OR_POP",
            Instruction::GetIter => "GET_ITER",
            Instruction::ForIter(_) => "FOR_ITER",
            Instruction::MakeFunction(_) => "MAKE_FUNCTION",
            Instruction::KwNames(_) => "KW_NAMES",
            Instruction::Call(_) => "CALL",
            Instruction::ReturnValue => "RETURN_VALUE",
            Instruction::BinaryOpAddInt(_) => "BINARY_OP_ADD_INT",
            Instruction::BinaryOpSubtractInt(_) => "BINARY_OP_SUBTRACT_INT",
            Instruction::CompareOpInt(_) => "COMPARE_OP_INT",
            Instruction::FastBinaryOpFast(..) => "FAST__BINARY_OP__FAST",
            Instruction::ForIterStoreFast(..) => "FOR_ITER__STORE_FAST",
            Instruction::LoadFastLoadFast(..) => "LOAD_FAST__LOAD_FAST",
            Instruction::LoadFastLoadConst(..) => "LOAD_FAST__LOAD_CONST",
            Instruction::CompareOpPopJumpIfFalse(..) => "COMPARE_OP__POP_JUMP_IF_FALSE",
        }
    }

    /// The index of the instruction that it may jump to.
    pub fn target(mut self) -> Option<u32> {
        self.target_mut().copied()
    }

    /// The same, to be changed.
    pub(crate) fn target_mut(&mut self) -> Option<&mut u32> {
        match self {
            Instruction::JumpForward(target)
            | Instruction::JumpBackward(target)
            | Instruction::PopJumpIfFalse(target)
            | Instruction::PopJumpIfTrue(target)
            | Instruction::JumpIfFalseOrPop(target)
            | Instruction::JumpIfTrueOrPop(target)
            | Instruction::ForIter(target)
            | Instruction::ForIterStoreFast(_, target)
            | Instruction::CompareOpPopJumpIfFalse(_, target) => Some(target),
            _ => None,
        }
    }
}
