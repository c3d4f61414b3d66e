use measure::Error;
use object::File;

use crate::debug_info::DebugInfo;
use crate::executable::{Executable, Symbol, symbols};
use crate::find::find;
use crate::listing::{Line, listing_with};

/// An executable, read as far as this lesson reads it.
pub(crate) struct Program<'e> {
    pub(crate) executable: &'e Executable,
    pub(crate) file: File<'e>,
    pub(crate) symbols: Vec<Symbol<'e>>,
    pub(crate) debug_info: Option<DebugInfo<'e>>,
}

impl<'e> Program<'e> {
    /// Reads header, names and notes.
    ///
    /// # Errors
    ///
    /// Where the file is no executable, or has no names.
    pub(crate) fn read(executable: &'e Executable) -> Result<Self, Error> {
        let file = executable.file()?;
        let symbols = symbols(&file)?;
        let debug_info = DebugInfo::of(&file);
        Ok(Program { executable, file, symbols, debug_info })
    }

    /// The function that the reader calls `name`.
    ///
    /// # Errors
    ///
    /// Where there is none, or more than one.
    pub(crate) fn function(&self, name: &str) -> Result<Symbol<'e>, Error> {
        find(&self.symbols, name)
    }

    /// The instructions of a function; what it calls is called by name.
    ///
    /// # Errors
    ///
    /// Where this processor's machine code cannot be read here.
    pub(crate) fn listing(&self, function: &Symbol<'_>) -> Result<Vec<Line>, Error> {
        let name = |address| {
            let called = self.symbols.iter().find(|symbol| symbol.address == address)?;
            Some(called.path())
        };
        listing_with(function.code, function.address, &name)
    }
}
