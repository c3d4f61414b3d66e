use num_traits::ToPrimitive;

use super::scope::Binding;
use super::{Compiler, number};
use crate::python_names;
use crate::syntax::{Constant, Expression, ExpressionKind, Name};
use crate::{Comparison, Instruction, Operator, Span, SyntaxError};

impl<'a> Compiler<'_, 'a> {
    /// Instructions that push the value of an expression.
    pub(super) fn expression(&mut self, expression: &'a Expression) -> Result<(), SyntaxError> {
        let span = expression.span;
        match &expression.kind {
            ExpressionKind::Constant(constant) => {
                let index = self.constant(constant.clone());
                self.emit(Instruction::LoadConst(index), span);
            }
            ExpressionKind::Name(name) => self.load(name, span)?,
            ExpressionKind::Binary(operator, left, right) => {
                if *operator == Operator::Power && is_complex(left, right) {
                    return Err(SyntaxError::unsupported("a complex number", span));
                }
                self.expression(left)?;
                self.expression(right)?;
                self.emit(Instruction::BinaryOp(*operator, false), span);
            }
            ExpressionKind::Unary(sign, operand) => {
                self.expression(operand)?;
                self.emit(Instruction::Unary(*sign), span);
            }
            ExpressionKind::Compare(first, rest) => self.comparison(first, rest, span)?,
            ExpressionKind::And(values) => {
                self.first_of(values, Instruction::JumpIfFalseOrPop(0))?;
            }
            ExpressionKind::Or(values) => self.first_of(values, Instruction::JumpIfTrueOrPop(0))?,
            ExpressionKind::Conditional(parts) => {
                let [test, value, other] = parts.as_ref();
                let mut skips = Vec::new();
                self.jump_if(test, false, &mut skips)?;
                self.expression(value)?;
                let end = self.emit(Instruction::JumpForward(0), span);
                self.land_all(skips);
                self.expression(other)?;
                self.land(end);
            }
            ExpressionKind::Call(callee, arguments, keywords) => {
                self.call(callee, arguments, keywords, span)?;
            }
        }
        Ok(())
    }

    /// `a < b < c`: each side is evaluated once, and the first `False` is the result.
    fn comparison(
        &mut self,
        first: &'a Expression,
        rest: &'a [(Comparison, Expression)],
        span: Span,
    ) -> Result<(), SyntaxError> {
        self.expression(first)?;
        let mut ends = Vec::new();
        for (index, (comparison, next)) in rest.iter().enumerate() {
            self.expression(next)?;
            if index + 1 == rest.len() {
                self.emit(Instruction::CompareOp(*comparison), span);
                break;
            }
            self.emit(Instruction::Swap(2), span);
            self.emit(Instruction::Copy(2), span);
            self.emit(Instruction::CompareOp(*comparison), span);
            ends.push(self.emit(Instruction::JumpIfFalseOrPop(0), span));
        }
        if !ends.is_empty() {
            let end = self.emit(Instruction::JumpForward(0), span);
            self.land_all(ends);
            self.emit(Instruction::Swap(2), span);
            self.emit(Instruction::PopTop, span);
            self.land(end);
        }
        Ok(())
    }

    /// The operand that decides an `and` or `or`.
    fn first_of(&mut self, values: &'a [Expression], jump: Instruction) -> Result<(), SyntaxError> {
        let mut ends = Vec::new();
        for (index, value) in values.iter().enumerate() {
            self.expression(value)?;
            if index + 1 < values.len() {
                ends.push(self.emit(jump, value.span));
            }
        }
        self.land_all(ends);
        Ok(())
    }

    fn call(
        &mut self,
        callee: &'a Expression,
        arguments: &'a [Expression],
        keywords: &'a [(Name, Expression)],
        span: Span,
    ) -> Result<(), SyntaxError> {
        self.expression(callee)?;
        arguments.iter().try_for_each(|value| self.expression(value))?;
        keywords.iter().try_for_each(|(_, value)| self.expression(value))?;
        if !keywords.is_empty() {
            for (index, (name, _)) in keywords.iter().enumerate() {
                if keywords[..index].iter().any(|(other, _)| other.text == name.text) {
                    let message = format!("keyword argument repeated: {}", name.text);
                    return Err(SyntaxError::new(message, name.span));
                }
            }
            let names = keywords.iter().map(|(name, _)| name.text.clone()).collect();
            self.draft.keywords.push(names);
            let index = number(self.draft.keywords.len() - 1);
            self.emit(Instruction::KwNames(index), span);
        }
        self.emit(Instruction::Call(number(arguments.len() + keywords.len())), span);
        Ok(())
    }

    pub(super) fn load(&mut self, name: &str, span: Span) -> Result<(), SyntaxError> {
        if name == "__debug__" {
            let value = self.constant(Constant::Bool(true));
            self.emit(Instruction::LoadConst(value), span);
            return Ok(());
        }
        let binding = self.scope.binding(name);
        if matches!(binding, Binding::Global | Binding::Module) {
            self.known(name, span)?;
        }
        let instruction = match binding {
            Binding::Local => Instruction::LoadFast(self.draft.varnames.number(name.to_owned())),
            Binding::Global => Instruction::LoadGlobal(self.names.table.number(name.to_owned())),
            Binding::Module => Instruction::LoadName(self.names.table.number(name.to_owned())),
            Binding::Captured => {
                let what = format!("'{name}', a variable of the function around this one,");
                return Err(SyntaxError::unsupported(&what, span));
            }
        };
        self.emit(instruction, span);
        Ok(())
    }

    /// Refuses a name that would be Python's own, of those that this language does not have.
    fn known(&self, name: &str, span: Span) -> Result<(), SyntaxError> {
        let Some(what) = python_names::missing(name) else { return Ok(()) };
        // What stands further down may run earlier only in a loop, or in a function.
        let later = !self.scope.is_module() || !self.loops.is_empty();
        let own = match later {
            true => self.names.assigned.contains(name),
            false => self.names.above.contains(name),
        };
        if own { Ok(()) } else { Err(SyntaxError::unsupported(&what, span)) }
    }

    pub(super) fn store(&mut self, name: &str, span: Span) -> Result<(), SyntaxError> {
        if name == "__debug__" {
            return Err(SyntaxError::new("cannot assign to __debug__", span));
        }
        let instruction = if self.scope.is_module() {
            self.names.above.insert(name.to_owned());
            Instruction::StoreName(self.names.table.number(name.to_owned()))
        } else {
            Instruction::StoreFast(self.draft.varnames.number(name.to_owned()))
        };
        self.emit(instruction, span);
        Ok(())
    }
}

/// Whether a power of two numbers as they are written is a complex one: `(-8) ** 0.5`, `(-8) ** (1 / 3)`.
fn is_complex(base: &Expression, exponent: &Expression) -> bool {
    let number = |value: &Expression| match &value.kind {
        ExpressionKind::Constant(Constant::Float(number)) => Some(*number),
        ExpressionKind::Constant(Constant::Int(number)) => number.to_f64(),
        _ => None,
    };
    let exponent = match &exponent.kind {
        ExpressionKind::Binary(Operator::TrueDivide, left, right) => {
            number(left).zip(number(right)).map(|(left, right)| left / right)
        }
        _ => number(exponent),
    };
    let fraction = exponent.is_some_and(|number| number.is_finite() && number.fract() != 0.0);
    fraction && number(base).is_some_and(|base| base < 0.0 && base.is_finite())
}
