//! What the compiler noted down about a function: which line each instruction comes from, and where each
//! variable lies. Where the notes lie is up to the system: in the executable itself (Linux, and mingw for
//! Windows), in a bundle beside it or in the object files that it was linked from (macOS), or in a database
//! beside it (MSVC for Windows).

mod dwarf;
mod object_files;
mod pdb;

use std::path::Path;

use object::{File, Object};

use crate::executable::Executable;
use crate::place::Variable;
use dwarf::Dwarf;
use object_files::ObjectFiles;

pub(crate) use pdb::Database;

/// The notes of a whole executable.
pub(crate) trait Notes {
    /// The file and the line that the instruction at `address` comes from.
    fn line(&self, address: u64) -> Option<(String, u32)>;

    /// The variables of the function that begins at `address`, and where they lie.
    fn variables(&self, address: u64) -> Vec<Variable>;
}

/// The notes as they were found: none, or why they cannot be read.
pub(crate) type Found = Result<Option<Box<dyn Notes>>, String>;

/// Finds the notes of `file` that are no database: those in itself, or those that it points to.
pub(crate) fn find(executable: &Executable, file: &File<'_>) -> Found {
    if let Some(notes) = Dwarf::of(file)? {
        return Ok(Some(Box::new(notes)));
    }
    if let Some(notes) = bundle(executable.path(), file)? {
        return Ok(Some(Box::new(notes)));
    }
    Ok(ObjectFiles::of(executable.path(), file)?.map(|notes| Box::new(notes) as Box<dyn Notes>))
}

/// The notes in the bundle that `dsymutil` makes of an executable of macOS.
fn bundle(path: &Path, file: &File<'_>) -> Result<Option<Dwarf>, String> {
    let (Ok(Some(id)), Some(name)) = (file.mach_uuid(), path.file_name()) else { return Ok(None) };
    let mut folder = path.as_os_str().to_owned();
    folder.push(".dSYM");
    let notes = Path::new(&folder).join("Contents/Resources/DWARF").join(name);
    let Ok(bytes) = std::fs::read(notes) else { return Ok(None) };
    let notes = File::parse(&*bytes).map_err(|cause| cause.to_string())?;
    // The bundle of another build is no use.
    if notes.mach_uuid() != Ok(Some(id)) { Ok(None) } else { Dwarf::of(&notes) }
}
