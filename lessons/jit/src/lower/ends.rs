use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, types};

use super::{Lowering, SHORT};
use crate::status::GivenUp;
use crate::typed::{Block, End, Register};
use crate::types::{Steps, Type};

impl Lowering<'_, '_> {
    /// Steps, and what follows on them.
    pub(super) fn block(&mut self, number: usize, block: &Block) {
        for (line, step) in &block.steps {
            self.line = *line;
            self.step(step);
        }
        self.line = block.end.0;
        match &block.end.1 {
            End::Jump(target) => {
                let head = &self.typed.blocks[*target];
                let turns = matches!(head.end.1, End::Branch(..) | End::Next { .. });
                if *target <= number && turns && head.steps.len() <= SHORT {
                    self.block(*target, head);
                } else {
                    self.builder.ins().jump(self.blocks[*target], &[]);
                }
            }
            End::Branch(truth, then, otherwise) => {
                let truth = self.value(*truth);
                let (then, otherwise) = (self.blocks[*then], self.blocks[*otherwise]);
                self.builder.ins().brif(truth, then, &[], otherwise, &[]);
            }
            End::Next { range, number: to, body, done } => {
                self.next(number, *range, *to, *body, *done);
            }
            End::GiveUp(cause) => {
                let code = GivenUp { cause: *cause, line: self.line }.code();
                let code = self.builder.ins().iconst(types::I64, code);
                self.builder.ins().jump(self.exit, &[ir::BlockArg::Value(code)]);
            }
            End::Return(register) => {
                let mut values = self.parts(*register);
                values.push(self.builder.ins().iconst(types::I64, 0));
                self.builder.ins().return_(&values);
            }
        }
    }

    /// The next number of a range, or its end.
    fn next(&mut self, head: usize, range: Register, number: Register, body: usize, done: usize) {
        let parts = self.parts(range);
        let (current, stop, step) = (parts[0], parts[1], parts[2]);
        let Type::Range(steps) = *self.typed.of(range) else {
            unreachable!("only ranges are gone through")
        };
        let goes_on = match steps {
            Steps::By(1..) => self.builder.ins().icmp(IntCC::SignedLessThan, current, stop),
            Steps::By(_) => self.builder.ins().icmp(IntCC::SignedGreaterThan, current, stop),
            Steps::Unsigned => self.builder.ins().icmp(IntCC::UnsignedLessThan, current, stop),
            Steps::Unknown => {
                let up = self.builder.ins().icmp_imm_s(IntCC::SignedGreaterThan, step, 0);
                let below = self.builder.ins().icmp(IntCC::SignedLessThan, current, stop);
                let above = self.builder.ins().icmp(IntCC::SignedGreaterThan, current, stop);
                self.builder.ins().select(up, below, above)
            }
        };
        // However often the test is written out, there is one place where the number is taken.
        if let Some(on) = self.takes[head] {
            self.builder.ins().brif(goes_on, on, &[], self.blocks[done], &[]);
            return;
        }
        let on = self.builder.create_block();
        self.takes[head] = Some(on);
        self.builder.ins().brif(goes_on, on, &[], self.blocks[done], &[]);
        self.builder.switch_to_block(on);
        let parts = self.parts(range);
        let (current, stop, step) = (parts[0], parts[1], parts[2]);
        let after = match steps {
            // Below the end of the range there is always a next number.
            Steps::By(1) | Steps::Unsigned => self.builder.ins().iadd_imm_s(current, 1),
            _ => {
                // A number beyond all numbers is beyond the end of the range.
                let (sum, beyond) = self.builder.ins().sadd_overflow(current, step);
                self.builder.ins().select(beyond, stop, sum)
            }
        };
        self.set(number, &[current]);
        self.set(range, &[after]);
        self.builder.ins().jump(self.blocks[body], &[]);
    }
}
