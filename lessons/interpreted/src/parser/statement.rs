use super::target::target;
use super::{INVALID, KEYWORDS, NO_BLOCK, Parser};
use crate::lexer::Token;
use crate::syntax::{Constant, Expression, ExpressionKind, Statement, StatementKind};
use crate::{Operator, Sign, SyntaxError};

impl Parser {
    /// One statement with a block, or a line of small statements.
    pub(super) fn statements(&mut self, body: &mut Vec<Statement>) -> Result<(), SyntaxError> {
        let start = self.span();
        let word = match self.peek() {
            Token::Name(word) => word.as_str(),
            Token::Indent => {
                return Err(SyntaxError::indentation("unexpected indent", self.span()));
            }
            Token::Error(error) => return Err(error.clone()),
            _ => "",
        };
        let kind = match word {
            "if" => self.nested(Self::branches)?,
            "while" => self.nested(Self::while_loop)?,
            "for" => self.nested(Self::for_loop)?,
            "def" => self.nested(Self::definition)?,
            _ => return self.line(body),
        };
        body.push(Statement { span: start.to(self.previous()), kind });
        Ok(())
    }

    /// `statement ; statement` up to the end of the line.
    fn line(&mut self, body: &mut Vec<Statement>) -> Result<(), SyntaxError> {
        loop {
            let start = self.span();
            let kind = self.small()?;
            body.push(Statement { span: start.to(self.previous()), kind });
            if self.take_mark(";") {
                if *self.peek() == Token::Newline {
                    break;
                }
                continue;
            }
            if *self.peek() == Token::Newline {
                break;
            }
            return Err(self.statement_error());
        }
        self.next();
        Ok(())
    }

    /// The error where a statement should end and does not.
    fn statement_error(&mut self) -> SyntaxError {
        if self.is_mark(",") {
            return self.tuple();
        }
        if self.is_mark(":")
            && let Some(error) = self.annotation()
        {
            return error;
        }
        let statement = self.tokens[..self.at].iter().rev();
        let first = statement.take_while(|spanned| {
            !matches!(spanned.token, Token::Newline | Token::Indent | Token::Dedent)
        });
        let first = first.last().map(|spanned| &spanned.token);
        if matches!(first, Some(Token::Name(word)) if word == "match") {
            return SyntaxError::unsupported("'match'", self.previous());
        }
        self.unexpected()
    }

    /// The error at a colon behind a value; `None` where no type follows, so that it is none of a type.
    fn annotation(&mut self) -> Option<SyntaxError> {
        let (at, depth, span) = (self.at, self.depth, self.span());
        self.next();
        let annotated = self.expression().is_ok();
        (self.at, self.depth) = (at, depth);
        let first = self.tokens[..at - 1].last().is_none_or(|before| {
            matches!(
                before.token,
                Token::Newline | Token::Indent | Token::Dedent | Token::Mark(";" | ":")
            )
        });
        let name = first && matches!(self.tokens[at - 1].token, Token::Name(_));
        annotated.then(|| match name {
            true => SyntaxError::unsupported("an annotation (:)", span),
            false => SyntaxError::new("illegal target for annotation", self.previous()),
        })
    }

    /// The error at a comma between values.
    fn tuple(&self) -> SyntaxError {
        SyntaxError::unsupported("a tuple (values with commas between them)", self.span())
    }

    fn small(&mut self) -> Result<StatementKind, SyntaxError> {
        if self.take_word("pass") {
            return Ok(StatementKind::Pass);
        }
        if self.take_word("break") {
            return Ok(StatementKind::Break);
        }
        if self.take_word("continue") {
            return Ok(StatementKind::Continue);
        }
        if self.take_word("return") {
            let ends = *self.peek() == Token::Newline || self.is_mark(";");
            let value = if ends { None } else { Some(self.expression()?) };
            return Ok(StatementKind::Return(value));
        }
        let first = self.expression()?;
        if self.is_mark(",") {
            return Err(self.tuple());
        }
        if let Token::Mark(mark) = *self.peek()
            && let Some(operator) = mark.strip_suffix('=').and_then(Operator::of)
        {
            self.next();
            let name = target(first, mark)?;
            return Ok(StatementKind::Augmented(name, operator, self.expression()?));
        }
        if !self.is_mark("=") {
            return Ok(StatementKind::Expression(first));
        }
        let (mut targets, mut value) = (Vec::new(), first);
        while self.take_mark("=") {
            let mark = self.assignment(&value, targets.is_empty())?;
            targets.push(target(value, mark)?);
            value = self.expression()?;
        }
        Ok(StatementKind::Assign(targets, value))
    }

    /// How an error behind `=` speaks of what cannot be assigned: Python asks for `==` where the first of
    /// a line of values may have been meant as the left side of a comparison.
    fn assignment(
        &mut self,
        value: &Expression,
        is_first: bool,
    ) -> Result<&'static str, SyntaxError> {
        if matches!(value.kind, ExpressionKind::Name(_)) {
            return Ok("=");
        }
        let compares = self.compares()?;
        Ok(if is_first && comparable(value) && compares { "=" } else { "= alone" })
    }

    /// Whether what stands here could be the right side of a comparison and nothing else.
    fn compares(&mut self) -> Result<bool, SyntaxError> {
        let (at, depth) = (self.at, self.depth);
        let right = self.operation();
        if let Token::Error(error) = self.peek() {
            return Err(error.clone());
        }
        let ends = !self.is_mark("=") && !self.is_mark(":=");
        (self.at, self.depth) = (at, depth);
        Ok(right.is_ok() && ends)
    }

    /// The error of a `=` behind a value where nothing is assigned.
    pub(super) fn equals(&mut self, value: &Expression) -> SyntaxError {
        let span = value.span.to(self.next());
        let compares = match self.compares() {
            Ok(compares) => compares,
            Err(error) => return error,
        };
        let never =
            matches!(value.kind, ExpressionKind::Constant(Constant::None | Constant::Bool(_)));
        let message = match value.kind {
            _ if !compares || never || !comparable(value) => INVALID.to_owned(),
            ExpressionKind::Name(_) => {
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?".to_owned()
            }
            _ => target(value.clone(), "=").err().map_or(INVALID.to_owned(), |e| e.message),
        };
        SyntaxError::new(message, span)
    }

    fn branches(&mut self) -> Result<StatementKind, SyntaxError> {
        let mut branches = Vec::new();
        let mut word = "if";
        loop {
            let line = self.next().line;
            let test = self.test()?;
            let statement = format!("'{word}' statement");
            branches.push((test, self.block(&statement, line)?));
            word = "elif";
            if !self.is_word(word) {
                break;
            }
        }
        Ok(StatementKind::If(branches, self.otherwise()?))
    }

    fn while_loop(&mut self) -> Result<StatementKind, SyntaxError> {
        let line = self.next().line;
        let test = self.test()?;
        let body = self.block("'while' statement", line)?;
        Ok(StatementKind::While(test, body, self.otherwise()?))
    }

    fn for_loop(&mut self) -> Result<StatementKind, SyntaxError> {
        let line = self.next().line;
        let variable = match self.peek() {
            Token::Name(_) if matches!(self.peek_next(), Some(Token::Name(word)) if word == "in") => {
                match self.name() {
                    Ok(name) => name,
                    Err(_) => target(self.operation()?, "for")?,
                }
            }
            _ => target(self.operation()?, "for")?,
        };
        if self.is_mark(",") {
            return Err(SyntaxError::unsupported("a loop over several names", self.span()));
        }
        if !self.take_word("in") {
            return Err(self.unexpected());
        }
        let iterable = self.expression()?;
        if self.is_mark(",") {
            return Err(self.tuple());
        }
        let body = self.block("'for' statement", line)?;
        Ok(StatementKind::For(variable, iterable, body, self.otherwise()?))
    }

    fn definition(&mut self) -> Result<StatementKind, SyntaxError> {
        let line = self.next().line;
        let name = self.name()?;
        if !self.take_mark("(") {
            return Err(SyntaxError::new("expected '('", self.span()));
        }
        let mut parameters = Vec::new();
        while !self.take_mark(")") {
            let refused = match self.peek() {
                Token::Mark("*" | "**") => Some("a parameter with a star"),
                Token::Mark("/") => Some("the mark / between parameters"),
                _ => None,
            };
            if let Some(what) = refused {
                return Err(SyntaxError::unsupported(what, self.span()));
            }
            parameters.push(self.name()?);
            match self.peek() {
                Token::Mark("=") => {
                    return Err(SyntaxError::unsupported("a default value", self.span()));
                }
                Token::Mark(":") => {
                    return Err(SyntaxError::unsupported("an annotation (:)", self.span()));
                }
                Token::Mark(")") => {}
                _ => self.expect_mark(",")?,
            }
        }
        if self.is_mark("->") {
            return Err(self.unexpected());
        }
        let body = self.block("function definition", line)?;
        Ok(StatementKind::Define(name, parameters, body))
    }

    /// The test of `if` and `while`.
    fn test(&mut self) -> Result<Expression, SyntaxError> {
        let test = self.expression()?;
        if self.is_mark("=") {
            return Err(self.equals(&test));
        }
        Ok(test)
    }

    fn otherwise(&mut self) -> Result<Vec<Statement>, SyntaxError> {
        if !self.is_word("else") {
            return Ok(Vec::new());
        }
        let line = self.next().line;
        self.block("'else' statement", line)
    }

    /// `:` and the statements on the same line, or indented below it.
    fn block(&mut self, owner: &str, line: u32) -> Result<Vec<Statement>, SyntaxError> {
        self.colon(!matches!(
            owner,
            "'if' statement" | "'elif' statement" | "'while' statement" | "'for' statement"
        ))?;
        let mut body = Vec::new();
        if *self.peek() != Token::Newline {
            let word = match self.peek() {
                Token::Name(word) if KEYWORDS.contains(&word.as_str()) => word.as_str(),
                _ => "",
            };
            if matches!(word, "if" | "while" | "for" | "def") {
                return Err(self.unexpected());
            }
            self.line(&mut body)?;
            return Ok(body);
        }
        self.next();
        if *self.peek() != Token::Indent {
            if let Token::Error(error) = self.peek() {
                return Err(error.clone());
            }
            let message = format!("{NO_BLOCK} after {owner} on line {line}");
            let rest = &self.tokens[self.at..];
            let ends = rest.iter().all(|rest| matches!(rest.token, Token::Dedent | Token::End));
            let span = if ends { self.previous() } else { self.span() };
            return Err(SyntaxError::indentation(message, span));
        }
        self.next();
        while *self.peek() != Token::Dedent {
            self.statements(&mut body)?;
        }
        self.next();
        Ok(body)
    }
}

/// Whether a value is one side of a comparison, and no comparison or test itself.
fn comparable(value: &Expression) -> bool {
    !matches!(
        value.kind,
        ExpressionKind::Compare(..)
            | ExpressionKind::And(_)
            | ExpressionKind::Or(_)
            | ExpressionKind::Conditional(_)
            | ExpressionKind::Unary(Sign::Not, _)
    )
}
