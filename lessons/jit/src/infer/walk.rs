use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use ::interpreted::{Code, Instruction, Value};

use super::live::live;
use super::state::{Callee, Entry, Known, Slot, State};
use super::{Inference, Refusal, Stands};
use crate::status::Cause;
use crate::typed::{Block, Constant, End, Register, Step, Typed};
use crate::types::{Steps, Type};

/// A function may have so many blocks: places in the code times the types that reach them.
const MOST_BLOCKS: usize = 512;

/// The walk over one function, with the types of one call.
pub(super) struct Walk<'a, 'b> {
    pub(super) inference: &'a mut Inference<'b>,
    pub(super) code: Rc<Code>,
    /// The blocks found so far, by where they begin and with what types.
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
    // The block under way.
    locals: Vec<Known>,
    pub(super) stack: Vec<Entry>,
    steps: Vec<(u32, Step)>,
    pub(super) line: u32,
}

/// What a walk found.
pub(super) struct Walked {
    pub(super) typed: Typed,
    /// What the function returns, if it was seen to.
    pub(super) result: Option<Type>,
    /// Whether all ways through it were seen to their end.
    pub(super) complete: bool,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(inference: &'a mut Inference<'b>, number: usize) -> Self {
        let instance = &inference.instances[number];
        let code = instance.code.clone();
        let mut locals = vec![Known::Unbound; code.locals()];
        for (place, kind) in locals.iter_mut().zip(&instance.arguments) {
            *place = Known::Value(kind.clone());
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
    pub(super) fn run(mut self) -> Result<Walked, Refusal> {
        let arguments: Vec<Type> = self.states[0].locals.iter().filter_map(value_type).collect();
        if arguments.len() != self.code.parameters {
            let wanted = self.code.parameters;
            return Err(self.refuse(format!("it takes {wanted} arguments")));
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
        let typed = Typed {
            name: format!("{}({})", self.code.name, kinds.join(", ")),
            parameters,
            result: self.result.clone().unwrap_or(Type::None),
            registers: self.registers,
            notes: self.states.iter().map(|state| state.words(&self.code.varnames)).collect(),
            blocks: self.blocks.into_iter().flatten().collect(),
        };
        Ok(Walked { typed, result: self.result, complete: self.complete })
    }

    pub(super) fn refuse(&self, reason: impl Into<String>) -> Refusal {
        Refusal { function: self.code.name.clone(), line: self.line, reason: reason.into() }
    }

    /// One block, from its beginning to where it may go on in two ways, or meets another.
    fn block(&mut self, number: usize) -> Result<Block, Refusal> {
        let State { mut at, locals, stack } = self.states[number].clone();
        self.locals = locals;
        self.stack = Vec::new();
        for (place, known) in stack.into_iter().enumerate() {
            let register = self.held(Slot::Stack(place), &known);
            self.stack.push(Entry { known, register, constant: None });
        }
        self.steps = Vec::new();
        let first = at;
        let end = loop {
            if at != first && self.targets.contains(&at) {
                break End::Jump(self.to(at)?);
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

    /// One instruction; what ends the block, if it does.
    fn instruction(&mut self, what: Instruction, at: usize) -> Result<Option<End>, Refusal> {
        match what {
            Instruction::LoadConst(index) => {
                let value = self.code.constants[index as usize].clone();
                self.constant(&value)?;
            }
            Instruction::LoadFast(index) => return Ok(self.load(index as usize)),
            Instruction::StoreFast(index) => self.store(index as usize),
            Instruction::LoadGlobal(index) => self.global(index)?,
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
            Instruction::UnaryNegative => self.negate()?,
            Instruction::UnaryPositive => self.positive()?,
            Instruction::UnaryInvert => self.invert()?,
            Instruction::UnaryNot => {
                let truth = self.pop_truth()?;
                let result = self.push(Type::Bool);
                self.emit(Step::Not(result, truth.register));
            }
            Instruction::JumpForward(target) | Instruction::JumpBackward(target) => {
                return Ok(Some(End::Jump(self.to(target as usize)?)));
            }
            Instruction::PopJumpIfFalse(target) => {
                return self.branch(at + 1, target as usize).map(Some);
            }
            Instruction::PopJumpIfTrue(target) => {
                return self.branch(target as usize, at + 1).map(Some);
            }
            Instruction::JumpIfFalseOrPop(target) => {
                return self.keep(target as usize, at + 1, false).map(Some);
            }
            Instruction::JumpIfTrueOrPop(target) => {
                return self.keep(target as usize, at + 1, true).map(Some);
            }
            Instruction::GetIter => {
                let entry = self.pop();
                let Known::Value(kind @ Type::Range(_)) = entry.known else {
                    let what = words(&entry.known);
                    return Err(self.refuse(format!("only ranges are iterated, not {what}")));
                };
                // The loop moves a range of its own on.
                let own = self.push(kind);
                self.emit(Step::Copy(own, entry.register));
            }
            Instruction::ForIter(target) => return self.next(at + 1, target as usize).map(Some),
            Instruction::Call(count) => return self.call(count as usize),
            Instruction::ReturnValue => return self.give().map(Some),
            Instruction::LoadName(_) | Instruction::StoreName(_) => {
                return Err(self.refuse("it is not inside of a function"));
            }
            Instruction::MakeFunction(_) => {
                return Err(self.refuse("it defines a function inside of a function"));
            }
            Instruction::KwNames(_) => return Err(self.refuse("it names an argument of a call")),
            // What the machine makes of these as it runs; here they are still as they were compiled.
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

    /// A variable. Where it has no value yet the way ends: the interpreter says what Python says.
    fn load(&mut self, index: usize) -> Option<End> {
        let known = self.locals[index].clone();
        if known == Known::Unbound {
            return Some(End::GiveUp(Cause::Unbound));
        }
        let register = self.held(Slot::Local(index), &known);
        self.stack.push(Entry { known, register, constant: None });
        None
    }

    fn store(&mut self, index: usize) {
        let entry = self.pop();
        let register = self.held(Slot::Local(index), &entry.known);
        // What lies on the stack and is still in the variable has to leave it first.
        let name = self.code.varnames[index].clone();
        for place in 0..self.stack.len() {
            let waits = self.stack[place].register;
            if waits == register
                && let Known::Value(kind) = self.stack[place].known.clone()
            {
                let kept = self.fresh(&format!("old {name}"), kind);
                self.emit(Step::Copy(kept, waits));
                self.stack[place].register = kept;
            }
        }
        if let Known::Value(kind) = &entry.known
            && entry.register != register
            && !self.renamed(entry.register, register, kind)
        {
            self.emit(Step::Copy(register, entry.register));
        }
        self.locals[index] = entry.known;
    }

    /// Lets the last step put its result right where it is stored, if nobody else looks for it.
    fn renamed(&mut self, from: Register, to: Register, kind: &Type) -> bool {
        let waits = self.stack.iter().any(|entry| entry.register == from);
        let passing = self.registers[from.0].0.starts_with('$');
        match self.steps.last_mut() {
            // A range is moved on in its own registers.
            Some((_, step)) if passing && !waits && !matches!(kind, Type::Range(_)) => {
                let result = step.result_mut();
                let made_here = *result == from;
                if made_here {
                    *result = to;
                }
                made_here
            }
            _ => false,
        }
    }

    fn global(&mut self, index: u32) -> Result<(), Refusal> {
        let name = self.code.names[index as usize].clone();
        let structs = self.inference.structs;
        let callee = if let Some(known) = structs.iter().find(|known| known.name == name) {
            Callee::Struct(known.clone())
        } else {
            match self.inference.global(index, &name) {
                Some(Stands::Value(value)) => return self.constant(&value),
                Some(Stands::Function(code)) => Callee::Function(code),
                Some(Stands::Builtin(_) | Stands::Untouched) => Callee::Builtin(name),
                None => return Err(self.refuse(format!("the name `{name}` has no value yet"))),
            }
        };
        let register = Register(usize::MAX);
        self.stack.push(Entry { known: Known::Callee(callee), register, constant: None });
        Ok(())
    }

    /// Two ways, as a truth says.
    fn branch(&mut self, then: usize, otherwise: usize) -> Result<End, Refusal> {
        let truth = self.pop_truth()?;
        if let Some(Constant::Bool(known)) = truth.constant {
            return Ok(End::Jump(self.to(if known { then } else { otherwise })?));
        }
        let ways = (self.to(then)?, self.to(otherwise)?);
        Ok(End::Branch(truth.register, ways.0, ways.1))
    }

    /// `and` and `or`: the value stays on one way and goes on the other.
    fn keep(&mut self, target: usize, on: usize, when: bool) -> Result<End, Refusal> {
        let entry = self.last().clone();
        let truth = self.truth_of(&entry)?;
        let kept = self.to(target)?;
        self.pop();
        let gone = self.to(on)?;
        let (then, otherwise) = if when { (kept, gone) } else { (gone, kept) };
        Ok(End::Branch(truth.register, then, otherwise))
    }

    fn next(&mut self, body: usize, done: usize) -> Result<End, Refusal> {
        let entry = self.last().clone();
        let Known::Value(Type::Range(steps)) = entry.known else {
            return Err(self.refuse("only ranges are iterated"));
        };
        let kind = if steps == Steps::Unsigned { Type::Unsigned } else { Type::Int };
        let place = self.stack.len();
        self.settle();
        let range = self.last().register;
        let number = self.slot(Slot::Stack(place), &kind);
        self.stack.push(Entry { known: Known::Value(kind), register: number, constant: None });
        let body = self.to(body)?;
        self.stack.truncate(place - 1);
        let done = self.to(done)?;
        Ok(End::Next { range, number, body, done })
    }

    fn give(&mut self) -> Result<End, Refusal> {
        let entry = self.pop();
        let Known::Value(kind) = entry.known else {
            return Err(self.refuse("it returns a function"));
        };
        if matches!(kind, Type::Range(_)) {
            return Err(self.refuse("it returns a range"));
        }
        match &self.result {
            Some(other) if *other != kind => {
                let reason = format!("it returns {kind} here, and elsewhere {other}");
                Err(self.refuse(reason))
            }
            _ => {
                self.result = Some(kind);
                Ok(End::Return(entry.register))
            }
        }
    }

    /// The way ends here for now: what a function returns is not known yet.
    pub(super) fn unknown(&mut self) -> End {
        self.complete = false;
        End::Jump(0)
    }

    /// The block that begins there with the types as they are now.
    fn to(&mut self, at: usize) -> Result<usize, Refusal> {
        self.settle();
        let stack = self.stack.iter().map(|entry| entry.known.clone()).collect();
        let mut locals = self.locals.clone();
        for (index, known) in locals.iter_mut().enumerate() {
            if !self.live[at].contains(&index) {
                *known = Known::Unbound;
            }
        }
        let state = State { at, locals, stack };
        if let Some(number) = self.states.iter().position(|known| *known == state) {
            return Ok(number);
        }
        if self.states.len() == MOST_BLOCKS {
            return Err(self.refuse("too many types come together here"));
        }
        self.states.push(state);
        self.blocks.push(None);
        self.waiting.push_back(self.states.len() - 1);
        Ok(self.states.len() - 1)
    }

    /// Brings everything on the stack to the register of its place, where another block looks for it.
    fn settle(&mut self) {
        let homeless = |walk: &mut Self, place: usize| {
            let Known::Value(kind) = walk.stack[place].known.clone() else { return None };
            let home = walk.slot(Slot::Stack(place), &kind);
            (walk.stack[place].register != home).then_some((home, kind))
        };
        let mut moves = Vec::new();
        for place in 0..self.stack.len() {
            if let Some((home, kind)) = homeless(self, place) {
                moves.push((place, home, kind));
            }
        }
        // One after the other they could overwrite each other.
        if moves.len() > 1 {
            for (place, _, kind) in &moves {
                let kept = self.fresh("moved", kind.clone());
                self.emit(Step::Copy(kept, self.stack[*place].register));
                self.stack[*place].register = kept;
            }
        }
        for (place, home, _) in moves {
            self.emit(Step::Copy(home, self.stack[place].register));
            self.stack[place].register = home;
        }
    }

    pub(super) fn emit(&mut self, step: Step) {
        self.steps.push((self.line, step));
    }

    pub(super) fn pop(&mut self) -> Entry {
        self.stack.pop().expect("the bytecode pops what it pushed")
    }

    fn last(&mut self) -> &mut Entry {
        self.stack.last_mut().expect("the bytecode looks at what it pushed")
    }

    /// A new value of this type on the stack, in a register of its own.
    pub(super) fn push(&mut self, kind: Type) -> Register {
        let register = self.fresh("", kind.clone());
        self.stack.push(Entry { known: Known::Value(kind), register, constant: None });
        register
    }

    pub(super) fn fresh(&mut self, name: &str, kind: Type) -> Register {
        let number = self.registers.len();
        let name = if name.is_empty() { format!("${number}") } else { name.to_owned() };
        self.registers.push((name, kind));
        Register(number)
    }

    fn held(&mut self, slot: Slot, known: &Known) -> Register {
        match known {
            Known::Value(kind) => self.slot(slot, kind),
            _ => Register(usize::MAX),
        }
    }

    fn slot(&mut self, slot: Slot, kind: &Type) -> Register {
        if let Some(register) = self.slots.get(&(slot, kind.clone())) {
            return *register;
        }
        let name = match slot {
            Slot::Local(index) => self.code.varnames[index].clone(),
            Slot::Stack(place) => format!("stack {place}"),
        };
        let register = self.fresh(&name, kind.clone());
        self.slots.insert((slot, kind.clone()), register);
        register
    }
}

fn value_type(known: &Known) -> Option<Type> {
    match known {
        Known::Value(kind) => Some(kind.clone()),
        _ => None,
    }
}

/// What is known, in words.
pub(super) fn words(known: &Known) -> String {
    match known {
        Known::Unbound => "nothing".to_owned(),
        Known::Value(kind) => kind.to_string(),
        Known::Callee(_) => "a function".to_owned(),
    }
}
