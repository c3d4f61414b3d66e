use super::Vm;
use super::machine::unbound;
use crate::object::{Value, advance, compare, iterate, next_value, whole};
use crate::operate::{binary, unary};
use crate::{Code, Exception, Heap, Operand, Operator, RegisterInstruction};

impl Vm<'_> {
    /// The loop of the register machine. Each instruction has one arm here.
    pub(super) fn register_machine(&mut self) -> Result<Value, Box<Exception>> {
        'function: loop {
            let code = self.frame.code.clone();
            let instructions: &[RegisterInstruction] = &code.registers;
            let count = code.locals() + code.depth;
            let registers = &mut self.slots[self.frame.base..][..count];
            let mut at = self.frame.at;
            loop {
                let instruction = &instructions[at];
                at += 1;
                self.frame.at = at;
                match *instruction {
                    RegisterInstruction::Move(to, from) => {
                        let value = read(&code, registers, from)?.clone();
                        write(registers, to, value, &mut self.heap);
                    }
                    RegisterInstruction::Take(to, from) => {
                        if let Some(value) = registers[from as usize].take() {
                            write(registers, to, value, &mut self.heap);
                        }
                    }
                    RegisterInstruction::Swap(a, b) => registers.swap(a as usize, b as usize),
                    RegisterInstruction::Check(index) => {
                        read(&code, registers, Operand::register(index))?;
                    }
                    RegisterInstruction::Binary(operator, in_place, to, left, right) => {
                        let left = read(&code, registers, left)?;
                        let right = read(&code, registers, right)?;
                        if let Some(number) = words(operator, left, right) {
                            self.heap.set_int(&mut registers[to as usize], number);
                            continue;
                        }
                        let value = binary(operator, in_place, left, right, &mut self.heap)?;
                        write(registers, to, value, &mut self.heap);
                    }
                    RegisterInstruction::Compare(comparison, to, left, right) => {
                        let left = read(&code, registers, left)?;
                        let holds = compare(comparison, left, read(&code, registers, right)?)?;
                        let value = self.heap.bool(holds);
                        write(registers, to, value, &mut self.heap);
                    }
                    RegisterInstruction::JumpUnless(comparison, left, right, target) => {
                        let left = read(&code, registers, left)?;
                        if !compare(comparison, left, read(&code, registers, right)?)? {
                            at = target as usize;
                        }
                    }
                    RegisterInstruction::Unary(sign, to, from) => {
                        let from = read(&code, registers, from)?;
                        let value = unary(sign, from, &mut self.heap)?;
                        write(registers, to, value, &mut self.heap);
                    }
                    RegisterInstruction::Jump(target) => at = target as usize,
                    RegisterInstruction::JumpIf(when, from, target) => {
                        if read(&code, registers, from)?.truth() == when {
                            at = target as usize;
                        }
                    }
                    RegisterInstruction::LoadGlobal(to, name) => {
                        let value = self.globals.get(name)?.clone();
                        write(registers, to, value, &mut self.heap);
                    }
                    RegisterInstruction::StoreGlobal(name, from) => {
                        let value = read(&code, registers, from)?.clone();
                        if let Some(old) = self.globals.set(name, value) {
                            self.heap.release(old);
                        }
                    }
                    RegisterInstruction::Iterate(to, from) => {
                        let value = read(&code, registers, from)?;
                        let iterator = iterate(value, &mut self.heap)?;
                        write(registers, to, iterator, &mut self.heap);
                    }
                    RegisterInstruction::Next(to, iterator, target) => {
                        match registers[iterator as usize].as_ref().and_then(advance) {
                            Some(number) => {
                                self.heap.set_int(&mut registers[to as usize], number);
                            }
                            None => {
                                let value =
                                    registers[iterator as usize].as_ref().and_then(next_value);
                                match value {
                                    Some(value) => write(registers, to, value, &mut self.heap),
                                    None => {
                                        registers[iterator as usize] = None;
                                        at = target as usize;
                                    }
                                }
                            }
                        }
                    }
                    RegisterInstruction::MakeFunction(to, index) => {
                        let value = Value::function(&code.functions[index as usize]);
                        write(registers, to, value, &mut self.heap);
                    }
                    RegisterInstruction::KwNames(index) => self.keywords = Some(index),
                    RegisterInstruction::Call(callee, arguments) => {
                        self.frame.top = (callee + 1 + arguments) as usize;
                        self.begin_call(arguments)?;
                        continue 'function;
                    }
                    RegisterInstruction::Return(from) => {
                        let value = read(&code, registers, from)?.clone();
                        self.frame.top = count;
                        match self.return_to_caller(value) {
                            Some(value) => return Ok(value),
                            None => continue 'function,
                        }
                    }
                }
            }
        }
    }
}

/// The value of an operand.
#[inline(always)]
fn read<'v>(
    code: &'v Code,
    registers: &'v [Option<Value>],
    operand: Operand,
) -> Result<&'v Value, Box<Exception>> {
    match operand.as_register() {
        Some(index) => registers[index as usize].as_ref().ok_or_else(|| unbound(code, index)),
        None => Ok(&code.constants[operand.as_constant() as usize]),
    }
}

/// The sum, difference or product of two integers, if all of them fit a machine word.
#[inline(always)]
fn words(operator: Operator, left: &Value, right: &Value) -> Option<i64> {
    let (a, b) = whole(left, right)?;
    match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        _ => None,
    }
}

/// Puts a value into a register and releases the old one.
#[inline(always)]
fn write(registers: &mut [Option<Value>], to: u32, value: Value, heap: &mut Heap) {
    if let Some(old) = registers[to as usize].replace(value) {
        heap.release(old);
    }
}
