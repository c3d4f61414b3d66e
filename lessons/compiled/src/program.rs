use measure::Error;
use object::{File, Object};

use crate::debug_info::{self, Database, Found};
use crate::executable::{Executable, Symbol, nameless, symbols};
use crate::find::find;
use crate::instruction_set::InstructionSet;
use crate::listing::{Line, listing_with, unknown};

/// An executable, read as far as this lesson reads it.
pub(crate) struct Program<'e> {
    pub(crate) executable: &'e Executable,
    pub(crate) file: File<'e>,
    /// Its functions, or why it has no names.
    symbols: Result<Vec<Symbol<'e>>, String>,
    /// What the compiler noted down, if it did; or why that cannot be read.
    pub(crate) debug_info: Found,
}

impl<'e> Program<'e> {
    /// Reads header, names and notes.
    ///
    /// # Errors
    ///
    /// Where the file is no executable.
    pub(crate) fn read(executable: &'e Executable) -> Result<Self, Error> {
        let file = executable.file()?;
        let (symbols, debug_info) = match symbols(&file) {
            Ok(symbols) => (Ok(symbols), debug_info::find(executable, &file)),
            Err(_) => match Database::of(executable, &file) {
                Ok(Some(database)) => {
                    (Ok(database.symbols(&file)), Ok(Some(Box::new(database) as _)))
                }
                Ok(None) => (Err("this executable was stripped of them".to_owned()), Ok(None)),
                Err(why) => (Err(why.clone()), Err(why)),
            },
        };
        Ok(Program { executable, file, symbols, debug_info })
    }

    /// Its functions.
    ///
    /// # Errors
    ///
    /// Where it has no names.
    pub(crate) fn symbols(&self) -> Result<&[Symbol<'e>], Error> {
        self.symbols.as_deref().map_err(|why| nameless(why))
    }

    /// The function that the reader calls `name`.
    ///
    /// # Errors
    ///
    /// Where there is none, or more than one.
    pub(crate) fn function(&self, name: &str) -> Result<Symbol<'e>, Error> {
        find(self.symbols()?, name)
    }

    /// The language of its instructions.
    ///
    /// # Errors
    ///
    /// Where nobody here knows it.
    pub(crate) fn instruction_set(&self) -> Result<InstructionSet, Error> {
        let architecture = self.file.architecture();
        InstructionSet::of(architecture).ok_or_else(|| unknown(&format!("{architecture:?}")))
    }

    /// The instructions of a function; what it calls is called by name.
    ///
    /// # Errors
    ///
    /// Where nobody here knows its instructions.
    pub(crate) fn listing(&self, function: &Symbol<'_>) -> Result<Vec<Line>, Error> {
        let name = |address| {
            let symbols = self.symbols().ok()?;
            let called = symbols.iter().find(|symbol| symbol.address == address)?;
            Some(called.path())
        };
        Ok(listing_with(self.instruction_set()?, function.code, function.address, &name))
    }
}
