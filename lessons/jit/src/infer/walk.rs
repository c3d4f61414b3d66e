mod branches;
mod variables;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use ::interpreted::{Code, Instruction, Sign, Value};
use num_traits::ToPrimitive;

use super::live::live;
use super::state::{Fact, Operand, Slot, State};
use super::{Inference, Refusal};
use crate::typed::{Block, Constant, End, Register, Step, TypedFunction};
use crate::types::Type;

/// A function may have at most this many blocks: places in the code times the types that reach them.
const MOST_BLOCKS: usize = 512;

/// The walk over one function, with the types of one call.
pub(super) struct Walk<'a, 'b> {
    pub(super) inference: &'a mut Inference<'b>,
    pub(super) code: Rc<Code>,
    /// The blocks found so far, by where they begin and with which types.
    states: Vec<State>,
    waiting: VecDeque<usize>,
    blocks: Vec<Option<Block>>,
    registers: Vec<(String, Type)>,
    slots: HashMap<(Slot, Type), Register>,
    /// The locals that may still be read, by place.
    live: Vec<HashSet<usize>>,
    /// Where jumps go to.
    targets: HashSet<usize>,
    result: Option<Type>,
    complete: bool,
    // The current block.
    locals: Vec<Fact>,
    pub(super) stack: Vec<Operand>,
    steps: Vec<(u32, Step)>,
    pub(super) line: u32,
}

/// A function may have at most this many instructions: compiling more takes a second or longer.
const MOST_INSTRUCTIONS: usize = 4000;

/// The result of a walk.
pub(super) struct WalkResult {
    pub(super) typed: TypedFunction,
    /// The result type, if a return was reached.
    pub(super) result: Option<Type>,
    /// Whether all paths through it were followed to their end.
    pub(super) complete: bool,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(inference: &'a mut Inference<'b>, number: usize) -> Self {
        let instance = &inference.instances[number];
        let code = instance.code.clone();
        let mut locals = vec![Fact::Unbound; code.locals()];
        for (place, kind) in locals.iter_mut().zip(&instance.arguments) {
            *place = Fact::Type(kind.clone());
        }
        let targets = code.listing().filter_map(Instruction::target).map(|at| at as usize);
        Walk {
            targets: targets.collect(),
            live: live(&code),
            states: vec![State { at: 0, locals, stack: Vec::new() }],
            waiting: VecDeque::from([0]),
            blocks: vec![None],
            registers: Vec::new(),
            slots: HashMap::new(),
            result: instance.result.clone(),
            complete: true,
            locals: Vec::new(),
            stack: Vec::new(),
            steps: Vec::new(),
            line: code.line,
            code,
            inference,
        }
    }

    /// Walks from block to block until none is left.
    pub(super) fn run(mut self) -> Result<WalkResult, Refusal> {
        let arguments: Vec<Type> = self.states[0].locals.iter().filter_map(value_type).collect();
        if arguments.len() != self.code.parameters {
            let wanted = self.code.parameters;
            return Err(self.refuse(format!("it takes {wanted} arguments")));
        }
        let length = self.code.instructions.len();
        if length > MOST_INSTRUCTIONS {
            let reason =
                format!("it has {length} instructions, and {MOST_INSTRUCTIONS} is the most");
            return Err(self.refuse(reason));
        }
        let parameters: Vec<Register> = arguments
            .iter()
            .enumerate()
            .map(|(place, kind)| self.slot(Slot::Local(place), kind))
            .collect();
        while let Some(number) = self.waiting.pop_front() {
            let block = self.block(number)?;
            self.blocks[number] = Some(block);
        }
        let kinds: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        let typed = TypedFunction {
            name: format!("{}({})", self.code.name, kinds.join(", ")),
            parameters,
            result: self.result.clone().unwrap_or(Type::None),
            registers: self.registers,
            notes: self.states.iter().map(|state| state.describe(&self.code.varnames)).collect(),
            blocks: self.blocks.into_iter().flatten().collect(),
        };
        Ok(WalkResult { typed, result: self.result, complete: self.complete })
    }

    pub(super) fn refuse(&self, reason: impl Into<String>) -> Refusal {
        Refusal { function: self.code.name.clone(), line: self.line, reason: reason.into() }
    }

    /// One block, from its beginning to a branch or the beginning of another block.
    fn block(&mut self, number: usize) -> Result<Block, Refusal> {
        let State { mut at, locals, stack } = self.states[number].clone();
        self.locals = locals;
        self.stack = Vec::new();
        for (place, known) in stack.into_iter().enumerate() {
            let register = self.register_of(Slot::Stack(place), &known);
            self.stack.push(Operand { fact: known, register, constant: None });
        }
        self.steps = Vec::new();
        let first = at;
        let end = loop {
            if at != first && self.targets.contains(&at) {
                break End::Jump(self.block_at(at)?);
            }
            let instruction = self.code.instructions[at].get();
            self.line = self.code.spans[at].line;
            if let Some(end) = self.instruction(instruction, at)? {
                break end;
            }
            at += 1;
        };
        Ok(Block { steps: std::mem::take(&mut self.steps), end: (self.line, end) })
    }

    /// One instruction; the end of the block, if it ends it.
    fn instruction(&mut self, what: Instruction, at: usize) -> Result<Option<End>, Refusal> {
        match what {
            Instruction::LoadConst(index) => {
                let value = self.code.constants[index as usize].clone();
                self.constant(&value)?;
            }
            Instruction::LoadFast(index) => return Ok(self.load(index as usize)),
            Instruction::StoreFast(index) => self.store(index as usize),
            Instruction::LoadGlobal(index) => return self.global(index),
            Instruction::PopTop => drop(self.pop()),
            Instruction::Copy(depth) => {
                let entry = self.stack[self.stack.len() - depth as usize].clone();
                self.stack.push(entry);
            }
            Instruction::Swap(depth) => {
                let last = self.stack.len() - 1;
                self.stack.swap(last, last + 1 - depth as usize);
            }
            Instruction::BinaryOp(operator, _) => self.binary(operator)?,
            Instruction::CompareOp(comparison) => self.compare(comparison)?,
            Instruction::Unary(Sign::Negative) => self.negate()?,
            Instruction::Unary(Sign::Positive) => self.positive()?,
            Instruction::Unary(Sign::Invert) => self.invert()?,
            Instruction::Unary(Sign::Not) => {
                let truth = self.pop_truth()?;
                let result = self.push(Type::Bool);
                self.emit(Step::Not(result, truth.register));
            }
            Instruction::JumpForward(target) | Instruction::JumpBackward(target) => {
                return Ok(Some(End::Jump(self.block_at(target as usize)?)));
            }
            Instruction::PopJumpIfFalse(target) => {
                return self.branch(at + 1, target as usize).map(Some);
            }
            Instruction::PopJumpIfTrue(target) => {
                return self.branch(target as usize, at + 1).map(Some);
            }
            Instruction::JumpIfFalseOrPop(target) => {
                return self.keep_or_pop(target as usize, at + 1, false).map(Some);
            }
            Instruction::JumpIfTrueOrPop(target) => {
                return self.keep_or_pop(target as usize, at + 1, true).map(Some);
            }
            Instruction::GetIter => {
                let entry = self.pop();
                let Fact::Type(kind @ Type::Range(_)) = entry.fact else {
                    let what = describe(&entry.fact);
                    return Err(self.refuse(format!("only ranges are iterated, not {what}")));
                };
                // The loop advances a range of its own.
                let own = self.push(kind);
                self.emit(Step::Copy(own, entry.register));
            }
            Instruction::ForIter(target) => return self.next(at + 1, target as usize).map(Some),
            Instruction::Call(count) => return self.call(count as usize),
            Instruction::ReturnValue => return self.return_value().map(Some),
            Instruction::LoadName(_) | Instruction::StoreName(_) => {
                return Err(self.refuse("it is not inside of a function"));
            }
            Instruction::MakeFunction(_) => {
                return Err(self.refuse("it defines a function inside of a function"));
            }
            Instruction::KwNames(_) => return Err(self.refuse("it names an argument of a call")),
            // The machine makes these as it runs; here the code is as it was compiled.
            other => return Err(self.refuse(format!("{} is not compiled", other.name()))),
        }
        Ok(None)
    }

    pub(super) fn constant(&mut self, value: &Value) -> Result<(), Refusal> {
        let (kind, constant) = match (value.kind().name, value.as_i64(), value.as_f64()) {
            ("NoneType", ..) => (Type::None, Constant::None),
            ("bool", Some(truth), _) => (Type::Bool, Constant::Bool(truth != 0)),
            ("int", Some(number), _) => {
                let unsigned = self.inference.unsigned && number >= 0;
                let kind = if unsigned { Type::Unsigned } else { Type::Int };
                (kind, Constant::Int(number.into()))
            }
            ("int", None, _) => {
                let large = value.as_big().and_then(|number| number.to_u64());
                if let Some(number) = large.filter(|_| self.inference.unsigned) {
                    let constant = Constant::Int(number.into());
                    let result = self.push(Type::Unsigned);
                    self.emit(Step::Constant(result, constant));
                    return Ok(());
                }
                return Err(self.refuse("an integer of the source does not fit 64 bits"));
            }
            ("float", _, Some(number)) => (Type::Float, Constant::Float(number)),
            (name, ..) => return Err(self.refuse(format!("a value of type {name}"))),
        };
        let result = self.push(kind);
        self.emit(Step::Constant(result, constant));
        self.last().constant = Some(constant);
        Ok(())
    }

    pub(super) fn emit(&mut self, step: Step) {
        self.steps.push((self.line, step));
    }

    pub(super) fn pop(&mut self) -> Operand {
        self.stack.pop().expect("the bytecode pops what it pushed")
    }

    fn last(&mut self) -> &mut Operand {
        self.stack.last_mut().expect("the bytecode reads what it pushed")
    }

    /// A new value of this type on the stack, in a register of its own.
    pub(super) fn push(&mut self, kind: Type) -> Register {
        let register = self.fresh("", kind.clone());
        self.stack.push(Operand { fact: Fact::Type(kind), register, constant: None });
        register
    }
}

fn value_type(known: &Fact) -> Option<Type> {
    match known {
        Fact::Type(kind) => Some(kind.clone()),
        _ => None,
    }
}

/// What is known, in words.
pub(super) fn describe(known: &Fact) -> String {
    match known {
        Fact::Unbound => "nothing".to_owned(),
        Fact::Type(kind) => kind.to_string(),
        Fact::Callee(_) => "a function".to_owned(),
    }
}
