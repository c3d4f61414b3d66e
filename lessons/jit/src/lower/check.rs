use cranelift_codegen::ir::{BlockArg, InstBuilder, Value, types};

use super::Lowering;
use crate::status::{Cause, GivenUp};

impl Lowering<'_, '_> {
    /// Gives the call up where `truth` is not zero, and goes on where it is.
    pub(super) fn give_up_if(&mut self, truth: Value, cause: Cause) {
        let (given_up, on) = (self.builder.create_block(), self.builder.create_block());
        self.builder.set_cold_block(given_up);
        self.builder.ins().brif(truth, given_up, &[], on, &[]);
        self.builder.switch_to_block(given_up);
        let code = GivenUp { cause, line: self.line }.code();
        let code = self.builder.ins().iconst(types::I64, code);
        self.builder.ins().jump(self.exit, &[BlockArg::Value(code)]);
        self.builder.switch_to_block(on);
    }

    /// Gives the call up where a call inside it was given up, for the same reason.
    pub(super) fn pass_on(&mut self, status: Value) {
        let on = self.builder.create_block();
        self.builder.ins().brif(status, self.exit, &[BlockArg::Value(status)], on, &[]);
        self.builder.switch_to_block(on);
    }
}
