use std::collections::HashSet;

use super::{Compiler, LOOPS, Loop, Scope, Start, number};
use crate::syntax::{Constant, Expression, ExpressionKind, Name, Statement, StatementKind};
use crate::{Instruction, Operator, Span, SyntaxError};

impl<'a> Compiler<'_, 'a> {
    /// A text at the start of a program is its `__doc__`.
    pub(super) fn documentation(&mut self, body: &'a [Statement]) {
        let Some(first) = body.first() else { return };
        let StatementKind::Expression(value) = &first.kind else { return };
        if let ExpressionKind::Constant(text @ Constant::Str(_)) = &value.kind {
            let text = self.constant(text.clone());
            let name = self.names.table.number("__doc__".to_owned());
            self.emit(Instruction::LoadConst(text), value.span);
            self.emit(Instruction::StoreName(name), value.span);
        }
    }

    pub(super) fn block(&mut self, body: &'a [Statement]) -> Result<(), SyntaxError> {
        body.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &'a Statement) -> Result<(), SyntaxError> {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Expression(value) => self.expression_statement(value),
            StatementKind::Assign(targets, value) => self.assign(targets, value),
            StatementKind::Augmented(name, operator, value) => {
                self.augmented(name, *operator, value, span)
            }
            StatementKind::If(branches, otherwise) => self.branches(branches, otherwise),
            StatementKind::While(test, body, otherwise) => self.while_loop(test, body, otherwise),
            StatementKind::For(variable, iterable, body, otherwise) => {
                self.for_loop(variable, iterable, body, otherwise)
            }
            StatementKind::Break => self.break_loop(span),
            StatementKind::Continue => self.continue_loop(span),
            StatementKind::Pass => Ok(()),
            StatementKind::Define(name, parameters, body) => {
                self.define(name, parameters, body, span)
            }
            StatementKind::Return(value) => self.return_value(value.as_ref(), span),
        }
    }

    fn expression_statement(&mut self, value: &'a Expression) -> Result<(), SyntaxError> {
        if matches!(value.kind, ExpressionKind::Constant(_)) {
            return Ok(()); // A string on its own is a comment.
        }
        self.expression(value)?;
        self.emit(Instruction::PopTop, value.span);
        Ok(())
    }

    fn assign(&mut self, targets: &'a [Name], value: &'a Expression) -> Result<(), SyntaxError> {
        self.expression(value)?;
        for (index, target) in targets.iter().enumerate() {
            if index + 1 < targets.len() {
                self.emit(Instruction::Copy(1), value.span);
            }
            self.store(&target.text, target.span)?;
        }
        Ok(())
    }

    fn augmented(
        &mut self,
        name: &'a Name,
        operator: Operator,
        value: &'a Expression,
        span: Span,
    ) -> Result<(), SyntaxError> {
        self.load(&name.text, name.span)?;
        self.expression(value)?;
        self.emit(Instruction::BinaryOp(operator, true), span);
        self.store(&name.text, name.span)
    }

    fn branches(
        &mut self,
        branches: &'a [(Expression, Vec<Statement>)],
        otherwise: &'a [Statement],
    ) -> Result<(), SyntaxError> {
        let mut ends = Vec::new();
        for (index, (test, body)) in branches.iter().enumerate() {
            let mut skips = Vec::new();
            self.jump_if(test, false, &mut skips)?;
            self.block(body)?;
            if index + 1 < branches.len() || !otherwise.is_empty() {
                ends.push(self.emit(Instruction::JumpForward(0), test.span));
            }
            self.land_all(skips);
        }
        self.block(otherwise)?;
        self.land_all(ends);
        Ok(())
    }

    /// The test is emitted twice, before and after the body, so that an iteration costs one jump.
    fn while_loop(
        &mut self,
        test: &'a Expression,
        body: &'a [Statement],
        otherwise: &'a [Statement],
    ) -> Result<(), SyntaxError> {
        let mut ends = Vec::new();
        self.jump_if(test, false, &mut ends)?;
        let start = self.here();
        self.enter_loop(Start::AfterBody(Vec::new()), false, test.span)?;
        self.block(body)?;
        let inner = self.loops.pop();
        let (mut breaks, mut continues) = (Vec::new(), Vec::new());
        if let Some(Loop { start: Start::AfterBody(jumps), breaks: found, .. }) = inner {
            (continues, breaks) = (jumps, found);
        }
        self.land_all(continues);
        let mut turns = Vec::new();
        self.jump_if(test, true, &mut turns)?;
        turns.into_iter().for_each(|turn| self.aim(turn, start));
        self.land_all(ends);
        self.block(otherwise)?;
        self.land_all(std::mem::take(&mut breaks));
        Ok(())
    }

    fn for_loop(
        &mut self,
        variable: &'a Name,
        iterable: &'a Expression,
        body: &'a [Statement],
        otherwise: &'a [Statement],
    ) -> Result<(), SyntaxError> {
        self.expression(iterable)?;
        self.emit(Instruction::GetIter, iterable.span);
        let start = self.here();
        let next = self.emit(Instruction::ForIter(0), iterable.span);
        self.store(&variable.text, variable.span)?;
        self.enter_loop(Start::Known(start), true, iterable.span)?;
        self.block(body)?;
        self.emit(Instruction::JumpBackward(start), iterable.span);
        let breaks = self.loops.pop().map(|inner| inner.breaks).unwrap_or_default();
        self.land(next);
        self.block(otherwise)?;
        self.land_all(breaks);
        Ok(())
    }

    fn enter_loop(&mut self, start: Start, iterates: bool, span: Span) -> Result<(), SyntaxError> {
        if self.loops.len() >= LOOPS {
            return Err(SyntaxError::new("too many statically nested blocks", span));
        }
        self.loops.push(Loop { start, iterates, breaks: Vec::new() });
        Ok(())
    }

    fn break_loop(&mut self, span: Span) -> Result<(), SyntaxError> {
        let Some(inner) = self.loops.last() else {
            return Err(SyntaxError::new("'break' outside loop", span));
        };
        if inner.iterates {
            self.emit(Instruction::PopTop, span);
        }
        let jump = self.emit(Instruction::JumpForward(0), span);
        self.loops.last_mut().into_iter().for_each(|inner| inner.breaks.push(jump));
        Ok(())
    }

    fn continue_loop(&mut self, span: Span) -> Result<(), SyntaxError> {
        let here = self.draft.instructions.len();
        let Some(inner) = self.loops.last_mut() else {
            return Err(SyntaxError::new("'continue' not properly in loop", span));
        };
        let jump = match &mut inner.start {
            Start::Known(start) => Instruction::JumpBackward(*start),
            Start::AfterBody(jumps) => {
                jumps.push(here);
                Instruction::JumpForward(0)
            }
        };
        self.emit(jump, span);
        Ok(())
    }

    fn define(
        &mut self,
        name: &'a Name,
        parameters: &'a [Name],
        body: &'a [Statement],
        span: Span,
    ) -> Result<(), SyntaxError> {
        let mut seen = HashSet::new();
        for parameter in parameters {
            let message = match parameter.text.as_str() {
                "__debug__" => "cannot assign to __debug__".to_owned(),
                name if seen.insert(name) => continue,
                name => format!("duplicate argument '{name}' in function definition"),
            };
            return Err(SyntaxError::new(message, parameter.span));
        }
        let scope: Scope<'a> = self.scope.function(parameters, body);
        let mut inner = Compiler::new(self.names, scope);
        inner.draft.name = name.text.clone();
        inner.draft.line = span.line;
        inner.draft.parameters = parameters.len();
        for parameter in parameters {
            inner.draft.varnames.number(parameter.text.clone());
        }
        inner.block(body)?;
        let end = body.last().map_or(span, |last| last.span);
        let draft = inner.finish(end);
        self.draft.functions.push(draft);
        let index = number(self.draft.functions.len() - 1);
        self.emit(Instruction::MakeFunction(index), span);
        self.store(&name.text, name.span)
    }

    fn return_value(
        &mut self,
        value: Option<&'a Expression>,
        span: Span,
    ) -> Result<(), SyntaxError> {
        if self.scope.is_module() {
            return Err(SyntaxError::new("'return' outside function", span));
        }
        match value {
            Some(value) => self.expression(value)?,
            None => {
                let none = self.constant(Constant::None);
                self.emit(Instruction::LoadConst(none), span);
            }
        }
        self.emit(Instruction::ReturnValue, span);
        Ok(())
    }
}
