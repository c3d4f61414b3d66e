use super::{MOST_BLOCKS, Walk};
use crate::infer::Refusal;
use crate::infer::state::Operand;
use crate::infer::state::{Fact, Slot, State};
use crate::typed::{Constant, End};
use crate::types::{Steps, Type};

impl Walk<'_, '_> {
    /// A branch on a truth value.
    pub(super) fn branch(&mut self, then: usize, otherwise: usize) -> Result<End, Refusal> {
        let truth = self.pop_truth()?;
        if let Some(Constant::Bool(known)) = truth.constant {
            return Ok(End::Jump(self.block_at(if known { then } else { otherwise })?));
        }
        let ways = (self.block_at(then)?, self.block_at(otherwise)?);
        Ok(End::Branch(truth.register, ways.0, ways.1))
    }

    /// `and` and `or`: the value stays on one path and is popped on the other.
    pub(super) fn keep_or_pop(
        &mut self,
        target: usize,
        on: usize,
        when: bool,
    ) -> Result<End, Refusal> {
        let entry = self.last().clone();
        let truth = self.truth_of(&entry)?;
        let kept = self.block_at(target)?;
        self.pop();
        let gone = self.block_at(on)?;
        let (then, otherwise) = if when { (kept, gone) } else { (gone, kept) };
        Ok(End::Branch(truth.register, then, otherwise))
    }

    pub(super) fn next(&mut self, body: usize, done: usize) -> Result<End, Refusal> {
        let entry = self.last().clone();
        let Fact::Type(Type::Range(steps)) = entry.fact else {
            return Err(self.refuse("only ranges are iterated"));
        };
        let kind = if steps == Steps::Unsigned { Type::Unsigned } else { Type::Int };
        let place = self.stack.len();
        self.settle();
        let range = self.last().register;
        let number = self.slot(Slot::Stack(place), &kind);
        self.stack.push(Operand { fact: Fact::Type(kind), register: number, constant: None });
        let body = self.block_at(body)?;
        self.stack.truncate(place - 1);
        let done = self.block_at(done)?;
        Ok(End::Next { range, number, body, done })
    }

    pub(super) fn return_value(&mut self) -> Result<End, Refusal> {
        let entry = self.pop();
        let Fact::Type(kind) = entry.fact else {
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

    /// The path ends here for now: the result type of a function is not known yet.
    pub(in crate::infer) fn unknown(&mut self) -> End {
        self.complete = false;
        End::Jump(0)
    }

    /// The block that begins there with the current types.
    pub(super) fn block_at(&mut self, at: usize) -> Result<usize, Refusal> {
        self.settle();
        let stack = self.stack.iter().map(|entry| entry.fact.clone()).collect();
        let mut locals = self.locals.clone();
        for (index, known) in locals.iter_mut().enumerate() {
            if !self.live[at].contains(&index) {
                *known = Fact::Unbound;
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
}
