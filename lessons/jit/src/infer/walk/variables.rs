use super::Walk;
use crate::bailout::Cause;
use crate::infer::state::{Callee, Fact, Operand, Slot};
use crate::infer::{Binding, Refusal};
use crate::typed::{End, Register, Step};
use crate::types::Type;

impl Walk<'_, '_> {
    /// A variable. Where it has no value yet the block ends: the interpreter raises Python's error.
    pub(super) fn load(&mut self, index: usize) -> Option<End> {
        let known = self.locals[index].clone();
        if known == Fact::Unbound {
            return Some(End::BailOut(Cause::Unbound));
        }
        let register = self.register_of(Slot::Local(index), &known);
        self.stack.push(Operand { fact: known, register, constant: None });
        None
    }

    pub(super) fn store(&mut self, index: usize) {
        let entry = self.pop();
        let register = self.register_of(Slot::Local(index), &entry.fact);
        // What lies on the stack and is still in the variable is copied first.
        let name = self.code.varnames[index].clone();
        for place in 0..self.stack.len() {
            let waits = self.stack[place].register;
            if waits == register
                && let Fact::Type(kind) = self.stack[place].fact.clone()
            {
                let kept = self.fresh(&format!("old {name}"), kind);
                self.emit(Step::Copy(kept, waits));
                self.stack[place].register = kept;
            }
        }
        if let Fact::Type(kind) = &entry.fact
            && entry.register != register
            && !self.renamed(entry.register, register, kind)
        {
            self.emit(Step::Copy(register, entry.register));
        }
        self.locals[index] = entry.fact;
    }

    /// Lets the last step write its result where it is stored, if nothing else reads it.
    fn renamed(&mut self, from: Register, to: Register, kind: &Type) -> bool {
        let waits = self.stack.iter().any(|entry| entry.register == from);
        let passing = self.registers[from.0].0.starts_with('$');
        match self.steps.last_mut() {
            // A range advances in its own registers.
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

    pub(super) fn global(&mut self, index: u32) -> Result<Option<End>, Refusal> {
        let name = self.code.names[index as usize].clone();
        let callee = match self.inference.global(index, &name) {
            Some(Binding::Value(value)) => return self.constant(&value).map(|()| None),
            Some(Binding::Function(code)) => Callee::Function(code),
            Some(Binding::Builtin(_) | Binding::Untouched) => Callee::Builtin(name),
            Some(Binding::Missing) => return Ok(Some(End::BailOut(Cause::Unbound))),
            None => {
                let reason = format!("what `{name}` stands for is not known before it runs");
                return Err(self.refuse(reason));
            }
        };
        let register = Register(usize::MAX);
        self.stack.push(Operand { fact: Fact::Callee(callee), register, constant: None });
        Ok(None)
    }

    /// Moves everything on the stack to the register of its place, where the next block expects it.
    pub(super) fn settle(&mut self) {
        let homeless = |walk: &mut Self, place: usize| {
            let Fact::Type(kind) = walk.stack[place].fact.clone() else { return None };
            let home = walk.slot(Slot::Stack(place), &kind);
            (walk.stack[place].register != home).then_some((home, kind))
        };
        let mut moves = Vec::new();
        for place in 0..self.stack.len() {
            if let Some((home, kind)) = homeless(self, place) {
                moves.push((place, home, kind));
            }
        }
        // Moved one by one they could overwrite each other.
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

    pub(in crate::infer) fn fresh(&mut self, name: &str, kind: Type) -> Register {
        let number = self.registers.len();
        let name = if name.is_empty() { format!("${number}") } else { name.to_owned() };
        self.registers.push((name, kind));
        Register(number)
    }

    pub(super) fn register_of(&mut self, slot: Slot, known: &Fact) -> Register {
        match known {
            Fact::Type(kind) => self.slot(slot, kind),
            _ => Register(usize::MAX),
        }
    }

    pub(super) fn slot(&mut self, slot: Slot, kind: &Type) -> Register {
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
