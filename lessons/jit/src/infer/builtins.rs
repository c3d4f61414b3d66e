use std::rc::Rc;

use ::interpreted::{Code, Comparison};

use super::Refusal;
use super::state::{Callee, Fact, Operand};
use super::walk::{Walk, describe};
use crate::typed::{Constant, End, Register, Step};
use crate::types::{Steps, Type};

impl Walk<'_, '_> {
    /// A call: the arguments are the last operands, and the callee lies below them.
    pub(super) fn call(&mut self, count: usize) -> Result<Option<End>, Refusal> {
        let arguments = self.stack.split_off(self.stack.len() - count);
        match self.pop().fact {
            Fact::Callee(Callee::Function(code)) => self.function(&code, &arguments),
            Fact::Callee(Callee::Builtin(name)) => self.builtin(&name, &arguments).map(|()| None),
            other => Err(self.refuse(format!("{} is not a function", describe(&other)))),
        }
    }

    fn function(&mut self, code: &Rc<Code>, given: &[Operand]) -> Result<Option<End>, Refusal> {
        if given.len() != code.parameters {
            let (name, wanted) = (&code.name, code.parameters);
            return Err(self.refuse(format!("`{name}` takes {wanted} arguments")));
        }
        let mut kinds = Vec::new();
        for entry in given {
            match &entry.fact {
                Fact::Type(kind) if !matches!(kind, Type::Range(_)) => kinds.push(kind.clone()),
                other => return Err(self.refuse(format!("{} is an argument", describe(other)))),
            }
        }
        let Some((number, result)) = self.inference.instance(code, kinds) else {
            return Err(self.refuse("too many functions call each other"));
        };
        let Some(result) = result else { return Ok(Some(self.unknown())) };
        let registers = given.iter().map(|entry| entry.register).collect();
        let result = self.push(result);
        self.emit(Step::Call(result, number, registers));
        Ok(None)
    }

    fn builtin(&mut self, name: &str, given: &[Operand]) -> Result<(), Refusal> {
        match (name, given) {
            ("range", [stop]) => self.range(None, stop, None),
            ("range", [start, stop]) => self.range(Some(start), stop, None),
            ("range", [start, stop, step]) => self.range(Some(start), stop, Some(step)),
            ("abs", [value]) => {
                let kind = self.number(value, "abs")?;
                let from = self.convert_to(value, &kind, false);
                let result = self.push(kind);
                self.emit(Step::Absolute(result, from));
                Ok(())
            }
            ("min" | "max", [first, rest @ ..]) if !rest.is_empty() => {
                let comparison = if name == "min" { Comparison::Less } else { Comparison::Greater };
                let mut best = first.clone();
                for other in rest {
                    best = self.choose(&best, other, comparison)?;
                }
                self.stack.push(best);
                Ok(())
            }
            ("int", [value]) => {
                let kind = match self.number(value, "int")? {
                    Type::Float => Type::Int,
                    whole => whole,
                };
                self.converted(value, kind)
            }
            ("float", [value]) => {
                self.number(value, "float")?;
                self.converted(value, Type::Float)
            }
            ("bool", [value]) => {
                let truth = self.truth_of(value)?;
                self.stack.push(truth);
                Ok(())
            }
            ("print", _) => Err(self.refuse("what `print` has written can't be taken back")),
            _ => Err(self.refuse(format!("`{name}` of {} arguments is not compiled", given.len()))),
        }
    }

    fn converted(&mut self, value: &Operand, kind: Type) -> Result<(), Refusal> {
        let register = self.convert_to(value, &kind, false);
        self.stack.push(Operand { fact: Fact::Type(kind), register, constant: None });
        Ok(())
    }

    fn range(
        &mut self,
        start: Option<&Operand>,
        stop: &Operand,
        step: Option<&Operand>,
    ) -> Result<(), Refusal> {
        let unsigned = [start, Some(stop), step]
            .into_iter()
            .flatten()
            .any(|entry| entry.fact == Fact::Type(Type::Unsigned));
        let whole = if unsigned { Type::Unsigned } else { Type::Int };
        let start = self.bound(start, &whole, 0)?;
        let stop = self.bound(Some(stop), &whole, 0)?;
        let constant = step.map_or(Some(Constant::Int(1)), |step| step.constant);
        let steps = match constant {
            Some(Constant::Int(1)) if unsigned => Steps::Unsigned,
            Some(Constant::Int(by)) if by != 0 && !unsigned => Steps::By(by as i64),
            _ if unsigned => return Err(self.refuse("a range of u64 goes up by one")),
            _ => Steps::Unknown,
        };
        let step = self.bound(step, &whole, 1)?;
        let result = self.push(Type::Range(steps));
        self.emit(Step::Range(result, [start, stop, step]));
        Ok(())
    }

    fn bound(
        &mut self,
        entry: Option<&Operand>,
        whole: &Type,
        otherwise: i128,
    ) -> Result<Register, Refusal> {
        let Some(entry) = entry else {
            let result = self.fresh("", whole.clone());
            self.emit(Step::Constant(result, Constant::Int(otherwise)));
            return Ok(result);
        };
        match &entry.fact {
            Fact::Type(kind) if kind == whole || *kind == Type::Bool => {
                Ok(self.convert_to(entry, whole, false))
            }
            other => Err(self.refuse(format!("a range of {}", describe(other)))),
        }
    }
}
