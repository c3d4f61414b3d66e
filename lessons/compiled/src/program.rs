use measure::Error;
use object::{File, Object};

use crate::debug_info::DebugInfo;
use crate::executable::{self, Executable, Symbol, symbols};
use crate::find::find;
use crate::instruction_set::InstructionSet;
use crate::listing::{Line, listing_with, unknown};

/// An executable, read as far as this lesson reads it.
pub(crate) struct Program<'e> {
    pub(crate) executable: &'e Executable,
    pub(crate) file: File<'e>,
    /// Its functions, or the error where it has no names.
    symbols: Result<Vec<Symbol<'e>>, Error>,
    /// What the compiler noted down, if it did; or why that cannot be read.
    pub(crate) debug_info: Result<Option<DebugInfo<'e>>, String>,
}

impl<'e> Program<'e> {
    /// Reads header, names and notes.
    ///
    /// # Errors
    ///
    /// Where the file is no executable.
    pub(crate) fn read(executable: &'e Executable) -> Result<Self, Error> {
        let file = executable.file()?;
        let symbols = symbols(&file);
        let debug_info = DebugInfo::of(executable, &file);
        Ok(Program { executable, file, symbols, debug_info })
    }

    /// Its functions.
    ///
    /// # Errors
    ///
    /// Where it has no names.
    pub(crate) fn symbols(&self) -> Result<&[Symbol<'e>], Error> {
        self.symbols.as_deref().map_err(|_| executable::stripped())
    }

    /// The function that the reader calls `name`.
    ///
    /// # Errors
    ///
    /// Where there is none, or more than one.
    pub(crate) fn function(&self, name: &str) -> Result<Symbol<'e>, Error> {
        find(self.symbols()?, name)
    }

    /// The instructions of a function; what it calls is called by name.
    ///
    /// # Errors
    ///
    /// Where nobody here knows its instructions.
    pub(crate) fn listing(&self, function: &Symbol<'_>) -> Result<Vec<Line>, Error> {
        let architecture = self.file.architecture();
        let set = InstructionSet::of(architecture)
            .ok_or_else(|| unknown(&format!("{architecture:?}")))?;
        let name = |address| {
            let symbols = self.symbols().ok()?;
            let called = symbols.iter().find(|symbol| symbol.address == address)?;
            Some(called.path())
        };
        Ok(listing_with(set, function.code, function.address, &name))
    }
}
