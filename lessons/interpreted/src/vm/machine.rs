use super::Vm;
use crate::operate::{binary, unary};
use crate::trace::Step;
use crate::types::{self, Function, Progress, compare};
use crate::value::{Payload, Value};
use crate::{Exception, ExceptionKind, Instruction, Sign};

/// Nothing pops more than was pushed.
const PUSHED: &str = "the compiler pushes before it pops";

impl Vm<'_> {
    /// The loop of the machine: take an instruction, do it, again.
    ///
    /// Each instruction has one arm here. The loop ends when the code that it began with returns.
    pub(super) fn machine<const SPECIALISES: bool>(&mut self) -> Result<Value, Box<Exception>> {
        loop {
            let instruction = self.now.code.instructions[self.now.at].get();
            self.now.at += 1;
            match instruction {
                Instruction::LoadConst(index) => {
                    let value = self.now.code.constants[index as usize].clone();
                    self.operands.push(value);
                }
                Instruction::LoadFast(index) => {
                    let value = match &self.locals[self.now.base + index as usize] {
                        Some(value) => value.clone(),
                        None => return Err(self.unbound(index)),
                    };
                    self.operands.push(value);
                }
                Instruction::StoreFast(index) => {
                    let value = self.pop();
                    let place = &mut self.locals[self.now.base + index as usize];
                    if let Some(old) = place.replace(value) {
                        self.heap.release(old);
                    }
                }
                Instruction::LoadGlobal(index) | Instruction::LoadName(index) => {
                    let value = self.globals.get(index)?.clone();
                    self.operands.push(value);
                }
                Instruction::StoreName(index) => {
                    let value = self.pop();
                    if let Some(old) = self.globals.set(index, value) {
                        self.heap.release(old);
                    }
                }
                Instruction::PopTop => {
                    let value = self.pop();
                    self.heap.release(value);
                }
                Instruction::Copy(depth) => {
                    let value = self.operands[self.operands.len() - depth as usize].clone();
                    self.operands.push(value);
                }
                Instruction::Swap(depth) => {
                    let last = self.operands.len() - 1;
                    self.operands.swap(last, last + 1 - depth as usize);
                }
                Instruction::BinaryOp(operator, in_place) => {
                    self.heap.steps.note(Step::Dispatch(instruction));
                    let right = self.pop();
                    let left = self.pop();
                    self.heap.steps.note(Step::Pop);
                    let value = binary(operator, in_place, &left, &right, &mut self.heap)?;
                    self.heap.release(left);
                    self.heap.release(right);
                    self.heap.steps.note(Step::Release);
                    self.operands.push(value);
                    self.heap.steps.note(Step::Push);
                }
                Instruction::CompareOp(comparison) => {
                    let right = self.pop();
                    let left = self.pop();
                    let holds = compare(comparison, &left, &right)?;
                    self.heap.release(left);
                    self.heap.release(right);
                    self.operands.push(self.heap.bool(holds));
                }
                Instruction::UnaryNegative => self.unary(Sign::Negative)?,
                Instruction::UnaryPositive => self.unary(Sign::Positive)?,
                Instruction::UnaryInvert => self.unary(Sign::Invert)?,
                Instruction::UnaryNot => self.unary(Sign::Not)?,
                Instruction::JumpForward(target) | Instruction::JumpBackward(target) => {
                    self.now.at = target as usize;
                }
                Instruction::PopJumpIfFalse(target) => {
                    if !self.pop_truth() {
                        self.now.at = target as usize;
                    }
                }
                Instruction::PopJumpIfTrue(target) => {
                    if self.pop_truth() {
                        self.now.at = target as usize;
                    }
                }
                Instruction::JumpIfFalseOrPop(target) => self.keep_if(false, target),
                Instruction::JumpIfTrueOrPop(target) => self.keep_if(true, target),
                Instruction::GetIter => {
                    let value = self.pop();
                    let iterator = types::iterate(&value, &mut self.heap)?;
                    self.operands.push(iterator);
                }
                Instruction::ForIter(target) => match self.advance() {
                    Some(number) => {
                        let value = self.heap.int(number);
                        self.operands.push(value);
                    }
                    None => {
                        self.pop();
                        self.now.at = target as usize;
                    }
                },
                Instruction::MakeFunction(index) => {
                    let code = self.now.code.functions[index as usize].clone();
                    let function = Payload::Function(Box::new(Function { code }));
                    self.operands.push(Value::new(&types::FUNCTION, function));
                }
                Instruction::KwNames(index) => self.keywords = Some(index),
                Instruction::Call(count) => self.begin_call(count)?,
                Instruction::ReturnValue => {
                    let value = self.pop();
                    if !self.leave() {
                        return Ok(value);
                    }
                    self.operands.push(value);
                }
            }
        }
    }

    #[inline(always)]
    pub(super) fn pop(&mut self) -> Value {
        self.operands.pop().expect(PUSHED)
    }

    #[inline(always)]
    fn pop_truth(&mut self) -> bool {
        let value = self.pop();
        let truth = value.truth();
        self.heap.release(value);
        truth
    }

    /// The next number of the iterator that lies last on the stack.
    #[inline(always)]
    fn advance(&self) -> Option<i64> {
        match self.operands.last().map(Value::payload) {
            Some(Payload::Progress(progress)) => Progress::advance(progress),
            _ => None,
        }
    }

    fn unary(&mut self, sign: Sign) -> Result<(), Box<Exception>> {
        let value = self.pop();
        let result = unary(sign, &value, &mut self.heap)?;
        self.heap.release(value);
        self.operands.push(result);
        Ok(())
    }

    fn keep_if(&mut self, truth: bool, target: u32) {
        if self.operands.last().expect(PUSHED).truth() == truth {
            self.now.at = target as usize;
        } else {
            let value = self.pop();
            self.heap.release(value);
        }
    }

    #[cold]
    pub(super) fn unbound(&self, index: u32) -> Box<Exception> {
        let name = &self.now.code.varnames[index as usize];
        let message = format!(
            "cannot access local variable '{name}' where it is not associated with a value"
        );
        Exception::new(ExceptionKind::UnboundLocalError, message)
    }
}
