use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use object::read::archive::ArchiveFile;
use object::{File, Object, ObjectSymbol};

use super::Notes;
use super::dwarf::Dwarf;
use crate::place::Variable;

/// The notes in the object files that an executable of macOS was linked from: the linker leaves them there, and
/// writes down which function came from which file. A file is read when it is first asked for.
pub(super) struct ObjectFiles {
    functions: Vec<Function>,
    paths: Vec<ObjectPath>,
    read: RefCell<HashMap<usize, Option<Rc<ObjectFile>>>>,
}

/// A function of the executable.
struct Function {
    range: Range<u64>,
    /// What the linker calls it, the same in both files.
    name: Vec<u8>,
    /// The object file that it came from, as a place in the list of them.
    object: usize,
}

/// Where an object file is: a file, or a member of an archive.
struct ObjectPath {
    path: PathBuf,
    member: Option<Vec<u8>>,
}

/// An object file's notes, and the address of each of its functions there.
struct ObjectFile {
    notes: Dwarf,
    addresses: HashMap<Vec<u8>, u64>,
}

impl ObjectFiles {
    /// Reads what the linker wrote down; `None` where it wrote nothing.
    ///
    /// # Errors
    ///
    /// Where all of the object files are gone.
    pub(super) fn of(executable: &Path, file: &File<'_>) -> Result<Option<Self>, String> {
        let folder = executable.parent().unwrap_or(Path::new(""));
        let map = file.object_map();
        let functions: Vec<Function> = map
            .symbols()
            .iter()
            .filter(|entry| entry.size() > 0)
            .map(|entry| Function {
                range: entry.address()..entry.address() + entry.size(),
                name: entry.name().to_owned(),
                object: entry.object_index(),
            })
            .collect();
        let paths: Vec<ObjectPath> = map
            .objects()
            .iter()
            .map(|object| ObjectPath {
                path: folder.join(String::from_utf8_lossy(object.path()).as_ref()),
                member: object.member().map(<[u8]>::to_owned),
            })
            .collect();
        match paths.first() {
            _ if functions.is_empty() => Ok(None),
            Some(first) if !paths.iter().any(|object| object.path.exists()) => {
                let path = first.path.display();
                Err(format!("the object files that hold them are gone, {path} and all others"))
            }
            _ => Ok(Some(ObjectFiles { functions, paths, read: RefCell::default() })),
        }
    }

    /// The object file that holds the notes for `address`, and which address that is there.
    fn there(&self, address: u64) -> Option<(Rc<ObjectFile>, u64)> {
        let function = self.functions.iter().find(|function| function.range.contains(&address))?;
        let mut read = self.read.borrow_mut();
        let object = read
            .entry(function.object)
            .or_insert_with(|| self.paths.get(function.object)?.read().map(Rc::new));
        let object = Rc::clone(object.as_ref()?);
        let start = *object.addresses.get(&function.name)?;
        Some((object, start + (address - function.range.start)))
    }
}

impl Notes for ObjectFiles {
    fn line(&self, address: u64) -> Option<(String, u32)> {
        let (object, address) = self.there(address)?;
        object.notes.line(address)
    }

    fn variables(&self, address: u64) -> Vec<Variable> {
        let Some((object, there)) = self.there(address) else { return Vec::new() };
        let here = |place: u64| place.wrapping_sub(there).wrapping_add(address);
        let mut variables = object.notes.variables(there);
        for (range, _) in variables.iter_mut().flat_map(|variable| &mut variable.places) {
            // One that holds everywhere is left as it is.
            if range.end != u64::MAX {
                *range = here(range.start)..here(range.end);
            }
        }
        variables
    }
}

impl ObjectPath {
    /// Its notes; `None` where it is gone or has none.
    fn read(&self) -> Option<ObjectFile> {
        let bytes = std::fs::read(&self.path).ok()?;
        let Some(member) = &self.member else { return ObjectFile::of(&bytes) };
        let archive = ArchiveFile::parse(&*bytes).ok()?;
        let mut members = archive.members().flatten();
        let found = members.find(|found| found.name() == member)?;
        ObjectFile::of(found.data(&*bytes).ok()?)
    }
}

impl ObjectFile {
    fn of(bytes: &[u8]) -> Option<Self> {
        let file = File::parse(bytes).ok()?;
        let addresses = file.symbols().filter(ObjectSymbol::is_definition);
        let addresses = addresses
            .filter_map(|symbol| Some((symbol.name_bytes().ok()?.to_owned(), symbol.address())));
        let addresses = addresses.collect();
        Some(ObjectFile { notes: Dwarf::of(&file).ok()??, addresses })
    }
}
