//! This program, as the file that the system runs: its header, its functions, where they came from.

use std::borrow::Cow;
use std::fs;
use std::path::PathBuf;

use addr2line::demangle_auto;
use measure::Error;
use object::{
    CompressionFormat, File, Object, ObjectSection, ObjectSymbol, SectionIndex, SymbolKind,
};

/// The bytes of an executable.
#[derive(Debug)]
pub struct Executable {
    bytes: Vec<u8>,
    /// The sections that are compressed in it: unpacked, or why they could not be.
    unpacked: Vec<(SectionIndex, Result<Vec<u8>, String>)>,
}

/// A function as it lies in the executable.
#[derive(Debug, Clone, Copy)]
pub struct Symbol<'e> {
    /// The name that the compiler gave it, with all types in it.
    mangled: &'e str,
    /// Where it begins, in the addresses of the file.
    pub address: u64,
    /// Its machine code.
    pub code: &'e [u8],
}

impl Executable {
    /// Reads the program that runs just now.
    ///
    /// # Errors
    ///
    /// Where the system does not say which file that is, or does not let it be read.
    pub fn of_this_program() -> Result<Self, Error> {
        // On Linux it is found even where its file was replaced or removed.
        let running = PathBuf::from("/proc/self/exe");
        let path = if running.exists() { Ok(running) } else { std::env::current_exe() };
        let bytes = path.and_then(fs::read).map_err(|cause| Error::Refused {
            what: "to read the executable of this program".to_owned(),
            cause: cause.to_string(),
            remedy: "run it from a file that may be read",
        })?;
        let unpacked = File::parse(&*bytes).map(|file| unpacked(&file)).unwrap_or_default();
        Ok(Executable { bytes, unpacked })
    }

    /// The bytes of a section, none where it is not there.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, as where it is compressed in an unknown way.
    pub(crate) fn section<'e>(&'e self, file: &File<'e>, name: &str) -> Result<&'e [u8], String> {
        // An old way to compress them gives them another name, under which they are found, too.
        let Some(section) = file.section_by_name(name) else { return Ok(&[]) };
        match self.unpacked.iter().find(|(index, _)| *index == section.index()) {
            Some((_, unpacked)) => unpacked.as_deref().map_err(Clone::clone),
            None => section.data().map_err(|cause| cause.to_string()),
        }
    }

    /// Its beginning, which says what it is.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file, taken apart.
    ///
    /// # Errors
    ///
    /// Where it is no executable that this lesson understands.
    pub fn file(&self) -> Result<File<'_>, Error> {
        File::parse(&*self.bytes).map_err(|cause| Error::Missing {
            what: "the format of this executable".to_owned(),
            why: format!("it could not be read: {cause}"),
            remedy: "run the lesson on Linux",
        })
    }
}

/// The sections that are compressed. The linker does that where it is asked to, and so does `objcopy`.
fn unpacked(file: &File<'_>) -> Vec<(SectionIndex, Result<Vec<u8>, String>)> {
    let compressed = file.sections().filter(|section| {
        // What cannot be told is asked for again below, and then says why.
        section
            .compressed_file_range()
            .map_or(true, |range| range.format != CompressionFormat::None)
    });
    compressed
        .map(|section| {
            let data = section.uncompressed_data().map(Cow::into_owned);
            (section.index(), data.map_err(|cause| cause.to_string()))
        })
        .collect()
}

/// All functions of an executable, by address.
///
/// # Errors
///
/// Where it has no names: it was stripped.
pub fn symbols<'e>(file: &File<'e>) -> Result<Vec<Symbol<'e>>, Error> {
    let text = |symbol: &object::Symbol<'e, '_>| {
        symbol.kind() == SymbolKind::Text && symbol.is_definition()
    };
    let mut found: Vec<_> = file.symbols().filter(text).collect();
    found.sort_by_key(|symbol| (symbol.address(), symbol.is_local()));
    found.dedup_by_key(|symbol| symbol.address());
    let ends: Vec<u64> = found.iter().skip(1).map(|next| next.address()).collect();
    let mut functions = Vec::new();
    for (number, symbol) in found.iter().enumerate() {
        let section = symbol.section_index().and_then(|index| file.section_by_index(index).ok());
        let (Some(section), Ok(mangled)) = (section, symbol.name()) else { continue };
        // Some formats do not say how long a function is: then it ends where the next one begins.
        let end = section.address() + section.size();
        let gap = ends.get(number).copied().unwrap_or(end).min(end) - symbol.address();
        let size = if symbol.size() == 0 { gap } else { symbol.size() };
        if let Ok(Some(code)) = section.data_range(symbol.address(), size) {
            functions.push(Symbol { mangled, address: symbol.address(), code });
        }
    }
    if functions.is_empty() {
        return Err(stripped());
    }
    Ok(functions)
}

/// The error where there are no names.
pub(crate) fn stripped() -> Error {
    Error::Missing {
        what: "the table of names".to_owned(),
        why: "this executable was stripped of them".to_owned(),
        remedy: "build it anew, and leave them in: cargo build -p compiled",
    }
}

impl<'e> Symbol<'e> {
    /// Its name as a programmer writes it, without the mark that tells two builds apart.
    pub fn name(&self) -> Cow<'e, str> {
        match rustc_demangle::try_demangle(self.mangled) {
            Ok(name) => format!("{name:#}").into(),
            Err(_) => demangle_auto(self.mangled.into(), None),
        }
    }

    /// The part of its name that is asked for: no types of arguments, no types that it is made for.
    pub fn path(&self) -> String {
        let name = self.name();
        let end = name.find(['(', '<']).filter(|at| *at > 0).unwrap_or(name.len());
        name[..end].trim_end_matches(':').to_owned()
    }
}
