use std::cell::Cell;
use std::rc::Rc;

use crate::Code;
use crate::registers::translate;
use crate::superinstructions::fuse;

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

    /// A code of its own for this form, with all codes in it.
    pub(crate) fn prepare(self, code: &Rc<Code>) -> Rc<Code> {
        if self == Form::Plain {
            return code.clone(); // Nothing is changed in it.
        }
        let listing: Vec<_> = code.listing().zip(code.spans.iter().copied()).collect();
        let listing = match self {
            Form::Superinstructions => fuse(&listing),
            Form::Plain | Form::Specialised | Form::Registers => listing,
        };
        let registers = match self {
            Form::Registers => translate(code),
            _ => Vec::new(),
        };
        let spans = match registers.is_empty() {
            true => listing.iter().map(|(_, span)| *span).collect(),
            false => registers.iter().map(|(_, span)| *span).collect(),
        };
        Rc::new(Code {
            name: code.name.clone(),
            line: code.line,
            parameters: code.parameters,
            varnames: code.varnames.clone(),
            names: code.names.clone(),
            constants: code.constants.clone(),
            functions: code.functions.iter().map(|inner| self.prepare(inner)).collect(),
            keywords: code.keywords.clone(),
            depth: code.depth,
            instructions: listing.iter().map(|(instruction, _)| Cell::new(*instruction)).collect(),
            registers: registers.iter().map(|(instruction, _)| *instruction).collect(),
            spans,
        })
    }
}
