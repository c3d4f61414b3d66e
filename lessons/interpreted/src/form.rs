use std::cell::Cell;
use std::rc::Rc;

use crate::Code;
use crate::passes::{fuse, translate};

/// The variants of the machine: what they do is the same, how long it takes is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One instruction after the other, as the compiler made them.
    Plain,
    /// Instructions that saw two whole numbers are changed for ones that expect them.
    Specialised,
    /// Instructions that often follow each other are made one.
    Superinstructions,
    /// Instructions that name the places that they read and write.
    Registers,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 4] =
        [Form::Plain, Form::Specialised, Form::Superinstructions, Form::Registers];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Form::Plain => "plain",
            Form::Specialised => "specialised",
            Form::Superinstructions => "superinstructions",
            Form::Registers => "registers",
        }
    }

    /// The form with a name.
    pub fn of(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }

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
