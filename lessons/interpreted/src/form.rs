use std::cell::Cell;
use std::rc::Rc;

use clap::ValueEnum;

use crate::Code;
use crate::passes::{fuse, translate};

/// The forms of the machine: they do the same, in different times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// One instruction after the other, as the compiler made them
    Plain,
    /// Instructions that saw two integers are replaced by ones that expect them
    Specialised,
    /// Instructions that often follow each other are fused into one
    Superinstructions,
    /// Instructions that name the registers that they read and write
    Registers,
}

impl Form {
    /// The code and its nested codes, translated for this form.
    pub(crate) fn prepare(self, code: &Rc<Code>) -> Rc<Code> {
        let mut own = (**code).clone();
        match self {
            Form::Plain => return code.clone(), // Shared: nothing is changed in it.
            Form::Specialised => {}
            Form::Superinstructions => {
                let listing: Vec<_> = code.listing().zip(code.spans.iter().copied()).collect();
                let (instructions, spans): (Vec<_>, _) = fuse(&listing).into_iter().unzip();
                own.instructions = instructions.into_iter().map(Cell::new).collect();
                own.spans = spans;
            }
            Form::Registers => (own.registers, own.spans) = translate(code).into_iter().unzip(),
        }
        own.functions = code.functions.iter().map(|inner| self.prepare(inner)).collect();
        Rc::new(own)
    }
}
