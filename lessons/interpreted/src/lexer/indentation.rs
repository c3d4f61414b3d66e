use super::Token;
use crate::{Span, SyntaxError, syntax_error::SyntaxKind};

/// The most levels, as in CPython's tokenizer (MAXINDENT).
const LEVELS: usize = 100;

/// The indentations that are open: each with tabs up to the next multiple of 8, and as one column.
///
/// A line whose place in the order depends on the width of a tab is refused, as in Python.
#[derive(Debug, Default)]
pub(super) struct Indentation {
    open: Vec<(usize, usize)>,
}

impl Indentation {
    /// The tokens that a line begins with.
    pub fn line(&mut self, spaces: &str, span: Span) -> Result<Vec<Token>, SyntaxError> {
        let (mut wide, mut narrow) = (0, 0);
        for space in spaces.chars() {
            match space {
                '\t' => {
                    wide = (wide / 8 + 1) * 8;
                    narrow += 1;
                }
                '\u{c}' => (wide, narrow) = (0, 0),
                _ => {
                    wide += 1;
                    narrow += 1;
                }
            }
        }
        let tab_error = || {
            let message = "inconsistent use of tabs and spaces in indentation";
            SyntaxError { kind: SyntaxKind::Tab, ..SyntaxError::new(message, span) }
        };
        let (top_wide, top_narrow) = self.top();
        if wide == top_wide {
            return if narrow == top_narrow { Ok(Vec::new()) } else { Err(tab_error()) };
        }
        if wide > top_wide {
            if narrow <= top_narrow {
                return Err(tab_error());
            }
            if self.open.len() + 1 >= LEVELS {
                return Err(SyntaxError::indentation("too many levels of indentation", span));
            }
            self.open.push((wide, narrow));
            return Ok(vec![Token::Indent]);
        }
        let mut tokens = Vec::new();
        while self.top().0 > wide {
            self.open.pop();
            tokens.push(Token::Dedent);
        }
        if self.top().0 != wide {
            let message = "unindent does not match any outer indentation level";
            return Err(SyntaxError::indentation(message, span));
        }
        if self.top().1 != narrow { Err(tab_error()) } else { Ok(tokens) }
    }

    /// Ends all open levels and returns their number.
    pub fn close(&mut self) -> usize {
        self.open.drain(..).count()
    }

    fn top(&self) -> (usize, usize) {
        self.open.last().copied().unwrap_or((0, 0))
    }
}
