use super::Compiler;
use crate::syntax::{Expression, ExpressionKind};
use crate::{Instruction, Sign, SyntaxError};

impl<'a> Compiler<'_, 'a> {
    /// Instructions that jump if a test is `when`, and otherwise fall through.
    ///
    /// `and`, `or` and `not` become jumps themselves, so that no `True` or `False` is made only to be tested
    /// again. The jumps are added to `jumps`; their target is not known yet.
    pub(super) fn jump_if(
        &mut self,
        test: &'a Expression,
        when: bool,
        jumps: &mut Vec<usize>,
    ) -> Result<(), SyntaxError> {
        let (values, decides) = match &test.kind {
            ExpressionKind::Unary(Sign::Not, operand) => {
                return self.jump_if(operand, !when, jumps);
            }
            ExpressionKind::And(values) => (values, false),
            ExpressionKind::Or(values) => (values, true),
            _ => {
                self.expression(test)?;
                let jump = match when {
                    true => Instruction::PopJumpIfTrue(0),
                    false => Instruction::PopJumpIfFalse(0),
                };
                jumps.push(self.emit(jump, test.span));
                return Ok(());
            }
        };
        let Some((last, first)) = values.split_last() else { return Ok(()) };
        let mut here = Vec::new();
        for value in first {
            // An operand that decides ends the test: at the target, or after the whole test.
            let landing = if decides == when { &mut *jumps } else { &mut here };
            self.jump_if(value, decides, landing)?;
        }
        self.jump_if(last, when, jumps)?;
        self.land_all(here);
        Ok(())
    }
}
