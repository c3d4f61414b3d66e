use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, Value, types};

use super::{Lowering, SHORT};
use crate::bailout::{Bailout, Cause};
use crate::typed::{Block, End, Register};
use crate::types::{Steps, Type};

impl Lowering<'_, '_> {
    /// The steps of a block and its end.
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
            End::BailOut(cause) => {
                let code = Bailout { cause: *cause, line: self.line }.encode();
                let code = self.builder.ins().iconst(types::I64, code);
                self.builder.ins().jump(self.exit, &[BlockArg::Value(code)]);
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
        // However often the test is emitted, the number is taken in one block.
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
                // A number beyond 64 bits is beyond the end of the range.
                let (sum, beyond) = self.builder.ins().sadd_overflow(current, step);
                self.builder.ins().select(beyond, stop, sum)
            }
        };
        self.set(number, &[current]);
        self.set(range, &[after]);
        self.builder.ins().jump(self.blocks[body], &[]);
    }

    /// Bails out where `truth` is not zero.
    pub(super) fn bail_out_if(&mut self, truth: Value, cause: Cause) {
        let (bailout, on) = (self.builder.create_block(), self.builder.create_block());
        self.builder.set_cold_block(bailout);
        self.builder.ins().brif(truth, bailout, &[], on, &[]);
        self.builder.switch_to_block(bailout);
        let code = Bailout { cause, line: self.line }.encode();
        let code = self.builder.ins().iconst(types::I64, code);
        self.builder.ins().jump(self.exit, &[BlockArg::Value(code)]);
        self.builder.switch_to_block(on);
    }

    /// Bails out where a nested call did, for the same reason.
    pub(super) fn pass_on(&mut self, status: Value) {
        let on = self.builder.create_block();
        self.builder.ins().brif(status, self.exit, &[BlockArg::Value(status)], on, &[]);
        self.builder.switch_to_block(on);
    }
}
