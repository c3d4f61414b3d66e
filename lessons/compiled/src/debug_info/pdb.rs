use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::rc::Rc;

use object::{File, Object, ObjectSection};
use pdb2::{FallibleIterator, PDB, SymbolData};

use super::Notes;
use crate::executable::{Executable, Symbol};
use crate::place::Variable;

/// The database beside an executable that MSVC's linker made: a file that ends with `.pdb`. It has the names,
/// too: there are none in the executable itself. Of variables nothing is read here.
pub(crate) struct Database {
    functions: Vec<Function>,
    /// By address.
    lines: Vec<Line>,
}

/// A function: its name, and where it lies.
struct Function {
    name: String,
    address: u64,
    length: u64,
}

/// From here on, machine code of this line.
struct Line {
    address: u64,
    file: Rc<str>,
    number: u32,
}

impl Database {
    /// Reads the database that `file` names; `None` where it names none.
    ///
    /// # Errors
    ///
    /// Where it is not there, is that of another build, or cannot be read.
    pub(crate) fn of(executable: &Executable, file: &File<'_>) -> Result<Option<Self>, String> {
        let Ok(Some(link)) = file.pdb_info() else { return Ok(None) };
        let named = String::from_utf8_lossy(link.path()).into_owned();
        let name = named.rsplit(['/', '\\']).next().unwrap_or(&named);
        let beside = executable.path().with_file_name(name);
        // Where it was moved, it moved with the executable.
        let found =
            [beside, PathBuf::from(&named)].into_iter().find_map(|path| fs::read(path).ok());
        let bytes = found.ok_or_else(|| format!("they are in {name}, which is not beside it"))?;
        let unreadable = |cause| format!("they are in {name}, which cannot be read: {cause}");
        let mut pdb = PDB::open(Cursor::new(bytes)).map_err(unreadable)?;
        if pdb.pdb_information().map_err(unreadable)?.guid.to_bytes_le() != link.guid() {
            return Err(format!("they are in {name}, and the one beside it is of another build"));
        }
        Database::read(&mut pdb, file.relative_address_base()).map(Some).map_err(unreadable)
    }

    /// Reads functions and lines of all modules; `base` is where the executable is to lie.
    fn read(pdb: &mut PDB<'_, Cursor<Vec<u8>>>, base: u64) -> pdb2::Result<Self> {
        let (map, strings) = (pdb.address_map()?, pdb.string_table()?);
        let (mut functions, mut lines) = (Vec::new(), Vec::new());
        let information = pdb.debug_information()?;
        let mut modules = information.modules()?;
        while let Some(module) = modules.next()? {
            let Some(module) = pdb.module_info(&module)? else { continue };
            let mut symbols = module.symbols()?;
            while let Some(symbol) = symbols.next()? {
                // Of kinds that are newer than this reader none is a function.
                let Ok(SymbolData::Procedure(function)) = symbol.parse() else { continue };
                let Some(place) = function.offset.to_rva(&map) else { continue };
                functions.push(Function {
                    name: function.name.to_string().into_owned(),
                    address: base + u64::from(place.0),
                    length: u64::from(function.len),
                });
            }
            let Ok(program) = module.line_program() else { continue };
            let mut found = program.lines();
            let mut file: Option<(pdb2::FileIndex, Rc<str>)> = None;
            while let Some(line) = found.next()? {
                let Some(place) = line.offset.to_rva(&map) else { continue };
                if file.as_ref().is_none_or(|(index, _)| *index != line.file_index) {
                    let name = program.get_file_info(line.file_index)?.name;
                    file = Some((line.file_index, name.to_string_lossy(&strings)?.into()));
                }
                let Some((_, name)) = &file else { continue };
                lines.push(Line {
                    address: base + u64::from(place.0),
                    file: Rc::clone(name),
                    number: line.line_start,
                });
            }
        }
        lines.sort_by_key(|line| line.address);
        Ok(Database { functions, lines })
    }

    /// The functions of `file`, which is the executable, by address.
    pub(crate) fn symbols<'e>(&self, file: &File<'e>) -> Vec<Symbol<'e>> {
        let mut symbols: Vec<_> = self
            .functions
            .iter()
            .filter_map(|function| {
                let code = file.sections().find_map(|section| {
                    section.data_range(function.address, function.length).ok().flatten()
                })?;
                Some(Symbol::new(function.name.clone(), function.address, code))
            })
            .collect();
        symbols.sort_by_key(|symbol| symbol.address);
        symbols.dedup_by_key(|symbol| symbol.address);
        symbols
    }
}

impl Notes for Database {
    fn line(&self, address: u64) -> Option<(String, u32)> {
        let function = self.functions.iter().find(|function| {
            (function.address..function.address + function.length).contains(&address)
        })?;
        let before = self.lines.partition_point(|line| line.address <= address);
        let line = self.lines[..before].last().filter(|line| line.address >= function.address)?;
        Some((line.file.as_ref().to_owned(), line.number))
    }

    fn variables(&self, _: u64) -> Vec<Variable> {
        Vec::new()
    }
}
