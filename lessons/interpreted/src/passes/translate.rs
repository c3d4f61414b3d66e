use crate::{Code, Instruction, Operand, RegisterInstruction, Span};

/// Instructions for registers, each with its place in the source.
type Listing = Vec<(RegisterInstruction, Span)>;

/// Translates instructions for a stack into instructions for registers.
///
/// The operand that would lie at depth d has the register d behind the local variables. It is only written
/// where it has to be: a variable or a constant that is pushed is remembered, and the instruction that pops
/// it reads it where it is.
pub(crate) fn translate(code: &Code) -> Listing {
    let mut translation = Translation::new(code);
    for (index, instruction) in code.listing().enumerate() {
        translation.begin(index, code.spans[index]);
        // What stands behind a `break` or a `return` is unreachable.
        if translation.reached {
            translation.one(instruction);
        }
    }
    translation.finish()
}

struct Translation {
    /// How many registers are local variables.
    locals: u32,
    /// The operands: where each one is.
    operands: Vec<Operand>,
    /// The depth of the stack at each instruction that is jumped to.
    depths: Vec<Option<usize>>,
    /// Which instructions are jumped to.
    lands: Vec<bool>,
    /// The local variables that certainly have a value.
    bound: Vec<bool>,
    /// The same at each instruction that was jumped to: on all ways there.
    bounds: Vec<Option<Vec<bool>>>,
    /// Whether the next instruction is reached from the one before.
    reached: bool,
    /// Where the instructions of each instruction for the stack begin.
    begins: Vec<u32>,
    /// The first instruction that may still be changed: no jump lands behind it.
    open: usize,
    span: Span,
    output: Listing,
}

impl Translation {
    fn new(code: &Code) -> Self {
        let length = code.instructions.len();
        let mut lands = vec![false; length + 1];
        for target in code.listing().filter_map(Instruction::target) {
            lands[target as usize] = true;
        }
        let locals = code.locals();
        Translation {
            locals: u32::try_from(locals).unwrap_or(u32::MAX),
            operands: Vec::new(),
            depths: vec![None; length + 1],
            lands,
            bounds: vec![None; length + 1],
            bound: (0..locals).map(|index| index < code.parameters).collect(),
            reached: true,
            begins: Vec::new(),
            open: 0,
            span: Span::default(),
            output: Vec::new(),
        }
    }

    /// Before an instruction: where a jump lands, every operand is in its own register.
    fn begin(&mut self, index: usize, span: Span) {
        if self.lands[index] {
            if self.reached {
                self.settle(0);
            }
            // On the way back to the start of a loop there are no fewer variables than on the way in.
            if let Some(there) = self.bounds[index].take() {
                self.bound = if self.reached { both(&self.bound, &there) } else { there };
            }
            // What only unreachable jumps lead to is unreachable itself.
            self.reached |= self.depths[index].is_some();
            let depth = self.depths[index].unwrap_or(self.operands.len());
            self.operands = (0..depth).map(|depth| self.own(depth)).collect();
            self.open = self.output.len();
        }
        self.span = span;
        self.begins.push(self.place());
    }

    fn one(&mut self, instruction: Instruction) {
        use RegisterInstruction as To;
        match instruction {
            Instruction::LoadConst(index) => self.operands.push(Operand::constant(index)),
            Instruction::LoadFast(index) => {
                if !self.bound[index as usize] {
                    self.emit(To::Check(index));
                }
                self.operands.push(Operand::register(index));
            }
            Instruction::StoreFast(index) => self.store(index),
            Instruction::LoadGlobal(name) | Instruction::LoadName(name) => {
                self.push(|to| To::LoadGlobal(to, name));
            }
            Instruction::StoreName(name) => {
                let value = self.pop();
                self.emit(To::StoreGlobal(name, value));
            }
            Instruction::PopTop => {
                self.pop();
            }
            Instruction::Copy(depth) => {
                self.settle(0);
                let from = self.operands[self.operands.len() - depth as usize];
                self.push(|to| To::Move(to, from));
            }
            Instruction::Swap(depth) => {
                self.settle(0);
                let last = self.operands.len() - 1;
                let (a, b) = (self.number(last), self.number(last + 1 - depth as usize));
                self.emit(To::Swap(a, b));
            }
            Instruction::BinaryOp(operator, in_place) => {
                let (right, left) = (self.pop(), self.pop());
                self.push(|to| To::Binary(operator, in_place, to, left, right));
            }
            Instruction::CompareOp(comparison) => {
                let (right, left) = (self.pop(), self.pop());
                self.push(|to| To::Compare(comparison, to, left, right));
            }
            Instruction::Unary(sign) => {
                let value = self.pop();
                self.push(|to| To::Unary(sign, to, value));
            }
            Instruction::JumpForward(target) | Instruction::JumpBackward(target) => {
                self.jump(target, To::Jump(target));
                self.reached = false;
            }
            Instruction::PopJumpIfFalse(target) => self.test(false, target),
            Instruction::PopJumpIfTrue(target) => self.test(true, target),
            Instruction::JumpIfFalseOrPop(target) => self.keep(false, target),
            Instruction::JumpIfTrueOrPop(target) => self.keep(true, target),
            Instruction::GetIter => {
                let value = self.pop();
                self.push(|to| To::Iterate(to, value));
            }
            Instruction::ForIter(target) => {
                self.settle(0);
                let last = self.operands.len() - 1;
                let iterator = self.number(last);
                self.depths[target as usize] = Some(last);
                self.bound_at(target);
                self.push(|to| To::Next(to, iterator, target));
            }
            Instruction::MakeFunction(index) => self.push(|to| To::MakeFunction(to, index)),
            Instruction::KwNames(index) => self.emit(To::KwNames(index)),
            Instruction::Call(count) => {
                let callee = self.operands.len() - 1 - count as usize;
                self.settle(callee);
                self.operands.truncate(callee + 1);
                self.emit(To::Call(self.number(callee), count));
            }
            Instruction::ReturnValue => {
                let value = self.pop();
                self.emit(To::Return(value));
                self.reached = false;
            }
            // Only the other forms have these, and the translation starts from the plain form.
            _ => {}
        }
    }

    /// Pops into a local variable: the instruction that made the value writes there at once.
    fn store(&mut self, index: u32) {
        let value = self.pop();
        let own = self.number(self.operands.len());
        self.bound[index as usize] = true;
        // What was pushed of the old value is read before it goes.
        let old = Operand::register(index);
        if self.operands.contains(&old) {
            self.settle(0);
        }
        if value != Operand::register(own) {
            self.emit(RegisterInstruction::Move(index, value));
            return;
        }
        if self.output.len() > self.open
            && let Some((last, _)) = self.output.last_mut()
            && let Some(direct) = last.writing(index)
            && last.writing(own) == Some(*last)
        {
            *last = direct;
            return;
        }
        self.emit(RegisterInstruction::Take(index, own));
    }

    /// Pops, and jumps if the value counts as `when`. A comparison right before becomes part of it.
    fn test(&mut self, when: bool, target: u32) {
        let value = self.pop();
        let own = self.number(self.operands.len());
        if !when
            && self.output.len() > self.open
            && let Some((RegisterInstruction::Compare(comparison, to, left, right), _)) =
                self.output.last().copied()
            && to == own
            && value == Operand::register(own)
        {
            self.output.pop();
            let jump = RegisterInstruction::JumpUnless(comparison, left, right, target);
            return self.jump(target, jump);
        }
        self.jump(target, RegisterInstruction::JumpIf(when, value, target));
    }

    /// Jumps with the value if it counts as `when`, and otherwise pops it.
    fn keep(&mut self, when: bool, target: u32) {
        self.settle(0);
        let value = self.operands[self.operands.len() - 1];
        self.jump(target, RegisterInstruction::JumpIf(when, value, target));
        self.pop();
    }

    fn jump(&mut self, target: u32, jump: RegisterInstruction) {
        self.settle(0);
        self.depths[target as usize].get_or_insert(self.operands.len());
        self.bound_at(target);
        self.emit(jump);
    }

    /// Remembers which variables have a value on this way to an instruction.
    fn bound_at(&mut self, target: u32) {
        let there = &mut self.bounds[target as usize];
        *there = Some(match there.take() {
            Some(bound) => both(&bound, &self.bound),
            None => self.bound.clone(),
        });
    }

    /// Writes the operands from a depth on into their own registers.
    fn settle(&mut self, from: usize) {
        for depth in from..self.operands.len() {
            let own = self.own(depth);
            if self.operands[depth] != own {
                let value = std::mem::replace(&mut self.operands[depth], own);
                self.emit(RegisterInstruction::Move(self.number(depth), value));
            }
        }
    }

    fn push(&mut self, instruction: impl FnOnce(u32) -> RegisterInstruction) {
        let depth = self.operands.len();
        self.emit(instruction(self.number(depth)));
        self.operands.push(self.own(depth));
    }

    fn pop(&mut self) -> Operand {
        self.operands.pop().expect("the compiler pushes before it pops")
    }

    fn emit(&mut self, instruction: RegisterInstruction) {
        self.output.push((instruction, self.span));
    }

    fn own(&self, depth: usize) -> Operand {
        Operand::register(self.number(depth))
    }

    fn number(&self, depth: usize) -> u32 {
        self.locals + u32::try_from(depth).unwrap_or(0)
    }

    fn place(&self) -> u32 {
        u32::try_from(self.output.len()).unwrap_or(u32::MAX)
    }

    /// Lets the jumps go to where their targets are now.
    fn finish(mut self) -> Listing {
        for (instruction, _) in &mut self.output {
            if let Some(target) = instruction.target_mut() {
                *target = self.begins[*target as usize];
            }
        }
        self.output
    }
}

/// The variables that have a value on two ways.
fn both(one: &[bool], other: &[bool]) -> Vec<bool> {
    one.iter().zip(other).map(|(one, other)| *one && *other).collect()
}
