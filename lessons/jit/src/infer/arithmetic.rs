use ::interpreted::{Comparison, Operator};

use super::Refusal;
use super::state::{Fact, Operand};
use super::walk::{Walk, describe};
use crate::typed::{Constant, Register, Step};
use crate::types::Type;

impl Walk<'_, '_> {
    /// Arithmetic of the two last values: the types of both say what is done.
    pub(super) fn binary(&mut self, operator: Operator) -> Result<(), Refusal> {
        let (right, left) = (self.pop(), self.pop());
        let (one, other) = self.number_types(&left, &right, operator.symbol())?;
        let bits = [Operator::And, Operator::Or, Operator::Xor].contains(&operator);
        let shifts = [Operator::LeftShift, Operator::RightShift].contains(&operator);
        let float = one == Type::Float || other == Type::Float;
        if float && (bits || shifts) {
            return Err(self.refuse(format!("`{}` of {one} and {other}", operator.symbol())));
        }
        let meet = if float { Type::Float } else { self.meet(&one, &other)? };
        let divides = operator == Operator::TrueDivide && meet != Type::Float;
        let of = if divides { Type::Float } else { meet };
        let (a, b) = (self.convert_to(&left, &of, divides), self.convert_to(&right, &of, divides));
        if bits && (&one, &other) == (&Type::Bool, &Type::Bool) {
            let whole = self.fresh("", of);
            self.emit(Step::Binary(whole, operator, a, b));
            let result = self.push(Type::Bool);
            self.emit(Step::Truth(result, whole));
        } else {
            let result = self.push(of);
            self.emit(Step::Binary(result, operator, a, b));
        }
        Ok(())
    }

    /// Whether a comparison of the two last values holds.
    pub(super) fn compare(&mut self, comparison: Comparison) -> Result<(), Refusal> {
        let (right, left) = (self.pop(), self.pop());
        let equality = [Comparison::Equal, Comparison::NotEqual].contains(&comparison);
        let (one, other) = match (&left.fact, &right.fact) {
            (Fact::Type(one), Fact::Type(other)) => (one.clone(), other.clone()),
            _ => return Err(self.refuse("it compares functions")),
        };
        if equality && (one == Type::None || other == Type::None) {
            let same = one == other;
            let result = self.push(Type::Bool);
            let truth = same == (comparison == Comparison::Equal);
            self.emit(Step::Constant(result, Constant::Bool(truth)));
            return Ok(());
        }
        self.number_types(&left, &right, comparison.symbol())?;
        let (a, b) = self.same_type(&left, &right)?;
        let result = self.push(Type::Bool);
        self.emit(Step::Compare(result, comparison, a, b));
        Ok(())
    }

    /// Two numbers in registers of one type, in which they compare as before.
    fn same_type(
        &mut self,
        left: &Operand,
        right: &Operand,
    ) -> Result<(Register, Register), Refusal> {
        let (one, other) = self.number_types(left, right, "comparison")?;
        let float = one == Type::Float || other == Type::Float;
        let of = if float { Type::Float } else { self.meet(&one, &other)? };
        // An integer that a float can't hold exactly would compare as its neighbour does.
        Ok((self.convert_to(left, &of, float), self.convert_to(right, &of, float)))
    }

    /// The types of two numbers.
    fn number_types(
        &self,
        left: &Operand,
        right: &Operand,
        what: &str,
    ) -> Result<(Type, Type), Refusal> {
        let number = |entry: &Operand| match &entry.fact {
            Fact::Type(kind @ (Type::Int | Type::Unsigned | Type::Float | Type::Bool)) => {
                Some(kind.clone())
            }
            _ => None,
        };
        match (number(left), number(right)) {
            (Some(one), Some(other)) => Ok((one, other)),
            _ => {
                let (one, other) = (describe(&left.fact), describe(&right.fact));
                Err(self.refuse(format!("`{what}` of {one} and {other}")))
            }
        }
    }

    /// The common type of two integers.
    fn meet(&self, one: &Type, other: &Type) -> Result<Type, Refusal> {
        match (one, other) {
            (Type::Unsigned, Type::Unsigned | Type::Bool) | (Type::Bool, Type::Unsigned) => {
                Ok(Type::Unsigned)
            }
            (Type::Unsigned, _) | (_, Type::Unsigned) => {
                Err(self.refuse("u64 and i64 do not mix: give the signature one of the two"))
            }
            _ => Ok(Type::Int),
        }
    }

    /// The value in a register of the type, converted where it was of another one.
    pub(super) fn convert_to(&mut self, entry: &Operand, kind: &Type, exactly: bool) -> Register {
        if entry.fact == Fact::Type(kind.clone()) {
            return entry.register;
        }
        let result = self.fresh("", kind.clone());
        let step = if exactly && !matches!(entry.fact, Fact::Type(Type::Bool)) {
            Step::ConvertExactly(result, entry.register)
        } else {
            Step::Convert(result, entry.register)
        };
        self.emit(step);
        result
    }

    pub(super) fn negate(&mut self) -> Result<(), Refusal> {
        let entry = self.pop();
        // A literal with a minus before it is a literal, too.
        if let Some(Constant::Int(number)) = entry.constant {
            let negative = Constant::Int(-number);
            let result = self.push(if number == 0 { value(&entry) } else { Type::Int });
            self.emit(Step::Constant(result, negative));
            self.stack.last_mut().expect("it was just pushed").constant = Some(negative);
            return Ok(());
        }
        let kind = self.number(&entry, "-")?;
        let from = self.convert_to(&entry, &kind, false);
        let result = self.push(kind);
        self.emit(Step::Negate(result, from));
        Ok(())
    }

    pub(super) fn positive(&mut self) -> Result<(), Refusal> {
        let entry = self.pop();
        let kind = self.number(&entry, "+")?;
        let register = self.convert_to(&entry, &kind, false);
        self.stack.push(Operand { fact: Fact::Type(kind), register, constant: entry.constant });
        Ok(())
    }

    pub(super) fn invert(&mut self) -> Result<(), Refusal> {
        let entry = self.pop();
        let kind = self.number(&entry, "~")?;
        if kind != Type::Int {
            return Err(self.refuse(format!("`~` of {kind}")));
        }
        let from = self.convert_to(&entry, &kind, false);
        let result = self.push(kind);
        self.emit(Step::Invert(result, from));
        Ok(())
    }

    /// The type of a number, where `True` is 1.
    pub(super) fn number(&self, entry: &Operand, what: &str) -> Result<Type, Refusal> {
        match &entry.fact {
            Fact::Type(Type::Bool) => {
                Ok(if self.inference.unsigned { Type::Unsigned } else { Type::Int })
            }
            Fact::Type(kind @ (Type::Int | Type::Unsigned | Type::Float)) => Ok(kind.clone()),
            other => Err(self.refuse(format!("`{what}` of {}", describe(other)))),
        }
    }

    /// Pops a value and tests its truth.
    pub(super) fn pop_truth(&mut self) -> Result<Operand, Refusal> {
        let entry = self.pop();
        self.truth_of(&entry)
    }

    /// The truth of a value, in a register.
    pub(super) fn truth_of(&mut self, entry: &Operand) -> Result<Operand, Refusal> {
        let kind = match &entry.fact {
            Fact::Type(kind @ (Type::Range(_) | Type::Struct(_))) => {
                return Err(self.refuse(format!("whether {kind} counts as true")));
            }
            Fact::Type(kind) => kind,
            other => return Err(self.refuse(format!("whether {} counts as true", describe(other)))),
        };
        if *kind == Type::Bool {
            return Ok(entry.clone());
        }
        let register = self.fresh("", Type::Bool);
        self.emit(Step::Truth(register, entry.register));
        Ok(Operand { fact: Fact::Type(Type::Bool), register, constant: None })
    }

    /// `min` and `max` of two values: the second where the comparison of it with the first holds.
    pub(super) fn choose(
        &mut self,
        first: &Operand,
        second: &Operand,
        comparison: Comparison,
    ) -> Result<Operand, Refusal> {
        let (one, other) = self.number_types(first, second, "min or max")?;
        if one != other || one == Type::Bool {
            return Err(self.refuse(format!("`min` or `max` of {one} and {other}")));
        }
        let register = self.fresh("", one);
        self.emit(Step::Choose(register, comparison, second.register, first.register));
        Ok(Operand { fact: first.fact.clone(), register, constant: None })
    }
}

fn value(entry: &Operand) -> Type {
    match &entry.fact {
        Fact::Type(kind) => kind.clone(),
        _ => Type::None,
    }
}
