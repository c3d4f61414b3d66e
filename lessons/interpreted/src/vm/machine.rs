use std::cell::Cell;

use super::Vm;
use super::stack::Stack;
use crate::object::{Payload, Value, advance, compare, iterate, next_value, whole};
use crate::operate::{binary, unary};
use crate::passes::{generalise, specialise_binary, specialise_compare};
use crate::trace::Step;
use crate::{Code, Exception, ExceptionKind, Heap, Instruction};

impl Vm<'_> {
    /// The loop of the machine: fetch an instruction, perform it, repeat.
    ///
    /// Each instruction has one arm here. The loop ends when the code that it began with returns.
    pub(super) fn machine<const SPECIALISES: bool, const TRACES: bool>(
        &mut self,
    ) -> Result<Value, Box<Exception>> {
        'function: loop {
            // This stays the same until the function calls another one or returns.
            let code = self.frame.code.clone();
            let instructions: &[Cell<Instruction>] = &code.instructions;
            let mut stack = Stack::new(&mut self.slots[self.frame.base..], self.frame.top);
            let mut at = self.frame.at;
            loop {
                let instruction = instructions[at].get();
                at += 1;
                match instruction {
                    Instruction::LoadConst(index) => {
                        stack.push(code.constants[index as usize].clone());
                    }
                    Instruction::LoadFast(index) => match stack.local(index) {
                        Some(value) => {
                            let value = value.clone();
                            stack.push(value);
                        }
                        None => {
                            self.frame.at = at;
                            return Err(unbound(&code, index));
                        }
                    },
                    Instruction::StoreFast(index) => {
                        let value = stack.pop();
                        if let Some(old) = stack.set_local(index, value) {
                            self.heap.release(old);
                        }
                    }
                    Instruction::LoadGlobal(index) | Instruction::LoadName(index) => {
                        self.frame.at = at;
                        stack.push(self.globals.get(index)?.clone());
                    }
                    Instruction::StoreName(index) => {
                        if let Some(old) = self.globals.set(index, stack.pop()) {
                            self.heap.release(old);
                        }
                    }
                    Instruction::PopTop => self.heap.release(stack.pop()),
                    Instruction::Copy(depth) => stack.copy(depth),
                    Instruction::Swap(depth) => stack.swap(depth),
                    // ANCHOR: add
                    Instruction::BinaryOp(operator, in_place) => {
                        self.frame.at = at;
                        if TRACES {
                            self.heap.steps.record(|| Step::Dispatch(instruction));
                        }
                        let right = stack.pop();
                        let left = stack.pop();
                        if TRACES {
                            self.heap.steps.record(|| Step::Pop);
                        }
                        if SPECIALISES {
                            specialise_binary(&instructions[at - 1], &left, &right);
                        }
                        let value = binary(operator, in_place, &left, &right, &mut self.heap)?;
                        self.heap.release(left);
                        self.heap.release(right);
                        if TRACES {
                            self.heap.steps.record(|| Step::Release);
                        }
                        stack.push(value);
                        if TRACES {
                            self.heap.steps.record(|| Step::Push);
                        }
                    }
                    // ANCHOR_END: add
                    Instruction::CompareOp(comparison) => {
                        self.frame.at = at;
                        let right = stack.pop();
                        let left = stack.pop();
                        if SPECIALISES {
                            specialise_compare(&instructions[at - 1], &left, &right);
                        }
                        let holds = compare(comparison, &left, &right)?;
                        self.heap.release(left);
                        self.heap.release(right);
                        stack.push(self.heap.bool(holds));
                    }
                    Instruction::Unary(sign) => {
                        self.frame.at = at;
                        let value = stack.pop();
                        let result = unary(sign, &value, &mut self.heap)?;
                        self.heap.release(value);
                        stack.push(result);
                    }
                    Instruction::JumpForward(target) | Instruction::JumpBackward(target) => {
                        at = target as usize;
                    }
                    Instruction::PopJumpIfFalse(target) => {
                        if !pop_truth(&mut stack, &mut self.heap) {
                            at = target as usize;
                        }
                    }
                    Instruction::PopJumpIfTrue(target) => {
                        if pop_truth(&mut stack, &mut self.heap) {
                            at = target as usize;
                        }
                    }
                    Instruction::JumpIfFalseOrPop(target) => {
                        if !stack.last().truth() {
                            at = target as usize;
                        } else {
                            self.heap.release(stack.pop());
                        }
                    }
                    Instruction::JumpIfTrueOrPop(target) => {
                        if stack.last().truth() {
                            at = target as usize;
                        } else {
                            self.heap.release(stack.pop());
                        }
                    }
                    Instruction::GetIter => {
                        self.frame.at = at;
                        let value = stack.pop();
                        stack.push(iterate(&value, &mut self.heap)?);
                    }
                    Instruction::ForIter(target) => match advance(stack.last()) {
                        Some(number) => stack.push(self.heap.int(number)),
                        None => match next_value(stack.last()) {
                            Some(value) => stack.push(value),
                            None => {
                                drop(stack.pop());
                                at = target as usize;
                            }
                        },
                    },
                    Instruction::MakeFunction(index) => {
                        let code = code.functions[index as usize].clone();
                        let function =
                            Payload::Function(Box::new(crate::object::Function { code }));
                        stack.push(Value::new(&crate::object::FUNCTION, function));
                    }
                    Instruction::KwNames(index) => self.keywords = Some(index),
                    Instruction::Call(count) => {
                        self.frame.at = at;
                        self.frame.top = stack.top();
                        self.begin_call(count)?;
                        continue 'function;
                    }
                    Instruction::ReturnValue => {
                        self.frame.at = at;
                        let value = stack.pop();
                        self.frame.top = stack.top();
                        match self.return_to_caller(value) {
                            Some(value) => return Ok(value),
                            None => continue 'function,
                        }
                    }
                    Instruction::BinaryOpAddInt(_) => {
                        let (left, right) = stack.last_two();
                        let Some(sum) = whole(left, right).and_then(|(a, b)| a.checked_add(b))
                        else {
                            at -= 1;
                            generalise(&instructions[at]);
                            continue;
                        };
                        let sum = self.heap.int(sum);
                        self.heap.release(stack.pop());
                        self.heap.release(stack.pop());
                        stack.push(sum);
                    }
                    Instruction::BinaryOpSubtractInt(_) => {
                        let (left, right) = stack.last_two();
                        let Some(rest) = whole(left, right).and_then(|(a, b)| a.checked_sub(b))
                        else {
                            at -= 1;
                            generalise(&instructions[at]);
                            continue;
                        };
                        let rest = self.heap.int(rest);
                        self.heap.release(stack.pop());
                        self.heap.release(stack.pop());
                        stack.push(rest);
                    }
                    Instruction::CompareOpInt(comparison) => {
                        let (left, right) = stack.last_two();
                        let Some((a, b)) = whole(left, right) else {
                            at -= 1;
                            generalise(&instructions[at]);
                            continue;
                        };
                        let holds = self.heap.bool(comparison.holds(a.cmp(&b)));
                        self.heap.release(stack.pop());
                        self.heap.release(stack.pop());
                        stack.push(holds);
                    }
                    Instruction::FastBinaryOpFast(operator, in_place, [left, right, into]) => {
                        self.frame.at = at;
                        let heap = &mut self.heap;
                        let left = bound(&code, &stack, left)?;
                        let right = bound(&code, &stack, right)?;
                        let value = binary(operator, in_place, left, right, heap)?;
                        if let Some(old) = stack.set_local(u32::from(into), value) {
                            heap.release(old);
                        }
                    }
                    Instruction::ForIterStoreFast(index, target) => match advance(stack.last()) {
                        Some(number) => {
                            let value = self.heap.int(number);
                            if let Some(old) = stack.set_local(u32::from(index), value) {
                                self.heap.release(old);
                            }
                        }
                        None => match next_value(stack.last()) {
                            Some(value) => {
                                if let Some(old) = stack.set_local(u32::from(index), value) {
                                    self.heap.release(old);
                                }
                            }
                            None => {
                                drop(stack.pop());
                                at = target as usize;
                            }
                        },
                    },
                    Instruction::LoadFastLoadFast(first, second) => {
                        self.frame.at = at;
                        let first = bound(&code, &stack, first)?.clone();
                        stack.push(first);
                        let second = bound(&code, &stack, second)?.clone();
                        stack.push(second);
                    }
                    Instruction::LoadFastLoadConst(first, second) => {
                        self.frame.at = at;
                        let first = bound(&code, &stack, first)?.clone();
                        stack.push(first);
                        stack.push(code.constants[second as usize].clone());
                    }
                    Instruction::CompareOpPopJumpIfFalse(comparison, target) => {
                        self.frame.at = at;
                        let right = stack.pop();
                        let left = stack.pop();
                        if !compare(comparison, &left, &right)? {
                            at = target as usize;
                        }
                        self.heap.release(left);
                        self.heap.release(right);
                    }
                }
            }
        }
    }
}

#[inline(always)]
fn pop_truth(stack: &mut Stack<'_>, heap: &mut Heap) -> bool {
    let value = stack.pop();
    let truth = value.truth();
    heap.release(value);
    truth
}

/// A local variable that has a value.
#[inline(always)]
fn bound<'s>(
    code: &Code,
    stack: &'s Stack<'_>,
    index: impl Into<u32>,
) -> Result<&'s Value, Box<Exception>> {
    let index = index.into();
    stack.local(index).ok_or_else(|| unbound(code, index))
}

/// The error of a local variable that has no value yet.
#[cold]
pub(crate) fn unbound(code: &Code, index: u32) -> Box<Exception> {
    let name = &code.varnames[index as usize];
    let message =
        format!("cannot access local variable '{name}' where it is not associated with a value");
    Exception::new(ExceptionKind::UnboundLocalError, message)
}
