use std::rc::Rc;

use crate::Code;

/// The variants of the machine: what they do is the same, how long it takes is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One instruction after the other, as the compiler made them.
    Plain,
    /// Instructions that saw two whole numbers are changed for ones that expect them.
    Specialised,
    /// Instructions that often follow each other are made one.
    Superinstructions,
}

impl Form {
    /// All of them.
    pub const ALL: [Form; 3] = [Form::Plain, Form::Specialised, Form::Superinstructions];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Form::Plain => "plain",
            Form::Specialised => "specialised",
            Form::Superinstructions => "superinstructions",
        }
    }

    /// A code of its own for this form.
    pub(crate) fn prepare(self, code: &Rc<Code>) -> Rc<Code> {
        code.clone()
    }
}
