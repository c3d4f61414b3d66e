use super::target::{negated, sign};
use super::{KEYWORDS, Parser};
use crate::lexer::Token;
use crate::syntax::{Constant, Expression, ExpressionKind};
use crate::{Comparison, Operator, Sign, SyntaxError};

/// The operators that bind alike, from loose to tight. All of them take the left side first.
const LEVELS: [&[&str]; 6] =
    [&["|"], &["^"], &["&"], &["<<", ">>"], &["+", "-"], &["*", "/", "//", "%"]];

impl Parser {
    /// `value if test else other`, or what binds more tightly.
    pub(super) fn expression(&mut self) -> Result<Expression, SyntaxError> {
        self.nested(|parser| {
            let start = parser.span();
            let value = parser.disjunction()?;
            if !parser.is_word("if") {
                return Ok(value);
            }
            parser.next();
            let test = parser.disjunction()?;
            if !parser.take_word("else") {
                if matches!(parser.peek(), Token::Error(_)) {
                    return Err(parser.unexpected());
                }
                let span = value.span.to(test.span);
                return Err(SyntaxError::new("expected 'else' after 'if' expression", span));
            }
            let other = parser.expression()?;
            let span = start.to(parser.previous());
            let kind = ExpressionKind::Conditional(Box::new([test, value, other]));
            Ok(Expression { span, kind })
        })
    }

    fn disjunction(&mut self) -> Result<Expression, SyntaxError> {
        self.chain("or", Self::conjunction, ExpressionKind::Or)
    }

    fn conjunction(&mut self) -> Result<Expression, SyntaxError> {
        self.chain("and", Self::inversion, ExpressionKind::And)
    }

    /// Values with a word between them.
    fn chain(
        &mut self,
        word: &str,
        value: fn(&mut Self) -> Result<Expression, SyntaxError>,
        kind: fn(Vec<Expression>) -> ExpressionKind,
    ) -> Result<Expression, SyntaxError> {
        let start = self.span();
        let first = value(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut values = vec![first];
        while self.take_word(word) {
            values.push(value(self)?);
        }
        let span = start.to(self.previous());
        Ok(Expression { span, kind: kind(values) })
    }

    fn inversion(&mut self) -> Result<Expression, SyntaxError> {
        if !self.is_word("not") {
            return self.comparison();
        }
        let start = self.next();
        let operand = self.nested(Self::inversion)?;
        let span = start.to(operand.span);
        Ok(Expression { span, kind: ExpressionKind::Unary(Sign::Not, Box::new(operand)) })
    }

    fn comparison(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.span();
        let first = self.operation()?;
        let mut rest = Vec::new();
        loop {
            if self.is_word("in") || self.is_word("is") {
                let word = if self.is_word("in") { "'in'" } else { "'is'" };
                return Err(SyntaxError::unsupported(&format!("the operator {word}"), self.span()));
            }
            if self.is_word("not")
                && matches!(self.peek_next(), Some(Token::Name(word)) if word == "in")
            {
                return Err(SyntaxError::unsupported("the operator 'not in'", self.span()));
            }
            let Token::Mark(mark) = *self.peek() else { break };
            let Some(comparison) = Comparison::of(mark) else { break };
            self.next();
            rest.push((comparison, self.operation()?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let span = start.to(self.previous());
        Ok(Expression { span, kind: ExpressionKind::Compare(Box::new(first), rest) })
    }

    /// `left + right` and its family.
    pub(super) fn operation(&mut self) -> Result<Expression, SyntaxError> {
        self.level(0)
    }

    fn level(&mut self, level: usize) -> Result<Expression, SyntaxError> {
        let Some(marks) = LEVELS.get(level) else { return self.factor() };
        let start = self.span();
        let mut left = self.level(level + 1)?;
        let depth = self.depth;
        while let Token::Mark(mark) = *self.peek() {
            if !marks.contains(&mark) {
                break;
            }
            let Some(operator) = Operator::of(mark) else { break };
            // The tree of `1 + 1 + 1` is as deep as the chain is long.
            if self.depth >= super::DEPTH {
                return Err(SyntaxError::too_deep(self.span()));
            }
            self.depth += 1;
            self.next();
            let right = self.level(level + 1)?;
            let span = start.to(self.previous());
            let kind = ExpressionKind::Binary(operator, Box::new(left), Box::new(right));
            left = Expression { span, kind };
        }
        self.depth = depth;
        Ok(left)
    }

    /// `-x`, which binds more loosely than `**` on its right.
    fn factor(&mut self) -> Result<Expression, SyntaxError> {
        let Token::Mark(mark) = *self.peek() else { return self.power() };
        let Some(sign) = sign(mark) else { return self.power() };
        let start = self.next();
        let operand = self.nested(Self::factor)?;
        let span = start.to(self.previous());
        if let (Sign::Negative, Some(constant)) = (sign, negated(&operand)) {
            return Ok(Expression { span, kind: ExpressionKind::Constant(constant) });
        }
        Ok(Expression { span, kind: ExpressionKind::Unary(sign, Box::new(operand)) })
    }

    /// `left ** right`, which takes the right side first.
    fn power(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.span();
        let base = self.calls()?;
        if !self.take_mark("**") {
            return Ok(base);
        }
        let exponent = self.nested(Self::factor)?;
        let span = start.to(self.previous());
        let kind = ExpressionKind::Binary(Operator::Power, Box::new(base), Box::new(exponent));
        Ok(Expression { span, kind })
    }

    /// `callee(arguments)(arguments)`
    fn calls(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.span();
        let mut value = self.atom()?;
        let depth = self.depth;
        loop {
            if self.is_mark("[") || self.is_mark(".") {
                return Err(self.unexpected());
            }
            if !self.is_mark("(") {
                self.depth = depth;
                return Ok(value);
            }
            if self.depth >= super::DEPTH {
                return Err(SyntaxError::too_deep(self.span()));
            }
            self.depth += 1;
            self.next();
            let (arguments, keywords) = self.arguments()?;
            let kind = ExpressionKind::Call(Box::new(value), arguments, keywords);
            value = Expression { span: start.to(self.previous()), kind };
        }
    }

    #[expect(clippy::type_complexity, reason = "the two lists of a call, as the tree has them")]
    fn arguments(
        &mut self,
    ) -> Result<(Vec<Expression>, Vec<(crate::syntax::Name, Expression)>), SyntaxError> {
        let (mut arguments, mut keywords) = (Vec::new(), Vec::new());
        while !self.take_mark(")") {
            if self.is_mark("*") || self.is_mark("**") {
                return Err(SyntaxError::unsupported("an argument with a star", self.span()));
            }
            let mut first = self.at;
            let named = matches!(self.peek(), Token::Name(_))
                && self.peek_next() == Some(&Token::Mark("="));
            if named {
                let name = self.name()?;
                if name.text != "sep" && name.text != "end" {
                    let what = "a named argument other than sep and end of print";
                    return Err(SyntaxError::unsupported(what, name.span));
                }
                self.next();
                first = self.at;
                keywords.push((name, self.expression()?));
            } else {
                let value = self.expression()?;
                if self.is_mark("=") {
                    let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
                    return Err(SyntaxError::new(message, value.span));
                }
                if !keywords.is_empty() {
                    let message = "positional argument follows keyword argument";
                    return Err(SyntaxError::new(message, value.span));
                }
                if self.is_word("for") {
                    return Err(SyntaxError::unsupported("a generator", self.span()));
                }
                arguments.push(value);
            }
            if self.is_mark(")") {
                continue;
            }
            if !self.take_mark(",") {
                return Err(self.comma(first));
            }
        }
        Ok((arguments, keywords))
    }

    fn atom(&mut self) -> Result<Expression, SyntaxError> {
        let span = self.span();
        let constant = match self.peek() {
            Token::Int(value) => Constant::Int(value.clone()),
            Token::Float(value) => Constant::Float(*value),
            Token::Str(_) | Token::WrongStr(_) => return self.strings(),
            Token::Mark("(") => return self.brackets(),
            Token::Name(word) => match word.as_str() {
                "None" => Constant::None,
                "True" => Constant::Bool(true),
                "False" => Constant::Bool(false),
                word if KEYWORDS.contains(&word) => return Err(self.unexpected()),
                word => {
                    let kind = ExpressionKind::Name(word.to_owned());
                    self.next();
                    return Ok(Expression { span, kind });
                }
            },
            _ => return Err(self.unexpected()),
        };
        self.next();
        Ok(Expression { span, kind: ExpressionKind::Constant(constant) })
    }

    /// Strings side by side are one string.
    fn strings(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.span();
        let (mut text, mut wrong) = (String::new(), None);
        loop {
            match self.peek() {
                Token::Str(part) => text += part,
                Token::WrongStr(error) => wrong = wrong.or_else(|| Some(error.clone())),
                _ => break,
            }
            self.next();
        }
        if let Some(error) = wrong {
            return Err(error);
        }
        let kind = ExpressionKind::Constant(Constant::Str(text));
        Ok(Expression { span: start.to(self.previous()), kind })
    }

    fn brackets(&mut self) -> Result<Expression, SyntaxError> {
        let start = self.next();
        if self.is_mark(")") {
            return Err(SyntaxError::unsupported("a tuple (values in brackets)", start));
        }
        let first = self.at;
        let inner = self.expression()?;
        if self.is_mark(",") {
            return Err(SyntaxError::unsupported("a tuple (values in brackets)", start));
        }
        if self.is_word("for") {
            return Err(SyntaxError::unsupported("a generator", self.span()));
        }
        if self.is_mark("=") {
            return Err(self.equals(&inner));
        }
        if !self.take_mark(")") {
            return Err(self.comma(first));
        }
        Ok(inner) // As in CPython, the brackets are no part of what stands in them.
    }
}
