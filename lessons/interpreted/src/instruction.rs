use crate::{Comparison, Operator};

/// One instruction of the machine: the whole instruction set, in one place.
///
/// The machine has a stack of values. *Push* puts a value on it, *pop* takes the last one off. A number
/// behind an instruction is an index into a table of its [`Code`](crate::Code), or the place of an
/// instruction to go on with. The names, and the work that each one does, are those of CPython 3.11.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instruction {
    // ANCHOR: set
    /// Push a constant.
    LoadConst(u32),
    /// Push a local variable. `UnboundLocalError` where it has no value yet.
    LoadFast(u32),
    /// Pop into a local variable.
    StoreFast(u32),
    /// Push a global variable or, where there is none, one of Python's own functions (in a function).
    LoadGlobal(u32),
    /// The same, outside of functions.
    LoadName(u32),
    /// Pop into a global variable.
    StoreName(u32),
    /// Pop and forget.
    PopTop,
    /// Push the value again that lies so many places deep (1: the last).
    Copy(u32),
    /// Change the last value with the one that lies so many places deep.
    Swap(u32),
    /// Pop right, pop left, push `left operator right`; `true` where it was written as `+=`.
    BinaryOp(Operator, bool),
    /// Pop right, pop left, push whether the comparison holds.
    CompareOp(Comparison),
    /// Pop, push `-value`.
    UnaryNegative,
    /// Pop, push `+value`.
    UnaryPositive,
    /// Pop, push `~value`.
    UnaryInvert,
    /// Pop, push `not value`.
    UnaryNot,
    /// Go on further down.
    JumpForward(u32),
    /// Go on further up: the end of a loop's body.
    JumpBackward(u32),
    /// Pop; go on elsewhere if it counts as false.
    PopJumpIfFalse(u32),
    /// Pop; go on elsewhere if it counts as true.
    PopJumpIfTrue(u32),
    /// If the last value counts as false, keep it and go on elsewhere; otherwise pop it.
    JumpIfFalseOrPop(u32),
    /// If the last value counts as true, keep it and go on elsewhere; otherwise pop it.
    JumpIfTrueOrPop(u32),
    /// Pop what can be iterated, push its iterator.
    GetIter,
    /// Push the next value of the iterator; at its end pop it and go on elsewhere.
    ForIter(u32),
    /// Push a function made of a nested code.
    MakeFunction(u32),
    /// The names of the last arguments of the call that follows.
    KwNames(u32),
    /// Pop so many arguments, pop what is called, push what it gives.
    Call(u32),
    /// Pop; this is what the function gives to its caller.
    ReturnValue,
    // ANCHOR_END: set
    /// Only in the form `specialised`: add two whole numbers that fit a machine word. With others it
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
            Instruction::UnaryNegative => "UNARY_NEGATIVE",
            Instruction::UnaryPositive => "UNARY_POSITIVE",
            Instruction::UnaryInvert => "UNARY_INVERT",
            Instruction::UnaryNot => "UNARY_NOT",
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

    /// The place where it may go on, if not with the next instruction.
    pub fn target(self) -> Option<u32> {
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

    /// The same instruction with another place to go to.
    pub fn with_target(self, target: u32) -> Instruction {
        match self {
            Instruction::JumpForward(_) => Instruction::JumpForward(target),
            Instruction::JumpBackward(_) => Instruction::JumpBackward(target),
            Instruction::PopJumpIfFalse(_) => Instruction::PopJumpIfFalse(target),
            Instruction::PopJumpIfTrue(_) => Instruction::PopJumpIfTrue(target),
            Instruction::JumpIfFalseOrPop(_) => Instruction::JumpIfFalseOrPop(target),
            Instruction::JumpIfTrueOrPop(_) => Instruction::JumpIfTrueOrPop(target),
            Instruction::ForIter(_) => Instruction::ForIter(target),
            Instruction::ForIterStoreFast(index, _) => Instruction::ForIterStoreFast(index, target),
            Instruction::CompareOpPopJumpIfFalse(comparison, _) => {
                Instruction::CompareOpPopJumpIfFalse(comparison, target)
            }
            other => other,
        }
    }
}
