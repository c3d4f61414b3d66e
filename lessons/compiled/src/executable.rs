//! An executable, mostly this program: its header and its functions.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use addr2line::demangle_auto;
use measure::Error;
use object::{BinaryFormat, File, Object, ObjectSection, ObjectSymbol, SymbolKind};

/// The bytes of an executable.
#[derive(Debug)]
pub struct Executable {
    bytes: Vec<u8>,
    path: PathBuf,
    /// Whether it is the program that runs.
    runs: bool,
}

/// A function as it lies in the executable.
#[derive(Debug, Clone)]
pub struct Symbol<'e> {
    /// The name that the compiler gave it, with all types in it.
    mangled: Cow<'e, str>,
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
        // On Linux it is found even where its file was replaced or removed. A program of Windows that runs there
        // would find the one that runs it.
        let running = Path::new("/proc/self/exe");
        let path = std::env::current_exe();
        let bytes = match &path {
            _ if std::env::consts::OS == "linux" && running.exists() => fs::read(running),
            Ok(path) => fs::read(path),
            Err(cause) => Err(cause.kind().into()),
        };
        let bytes = bytes.map_err(|cause| Error::Refused {
            what: "to read the executable of this program".to_owned(),
            cause: cause.to_string(),
            remedy: "run it from a file that may be read",
        })?;
        Ok(Executable { bytes, path: path.unwrap_or_default(), runs: true })
    }

    /// Reads another executable, which may be one for another system and another processor.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let bytes = fs::read(path).map_err(|cause| Error::Input {
            path: path.to_owned(),
            cause: cause.to_string(),
            remedy: "give --executable a file that may be read",
        })?;
        Ok(Executable { bytes, path: path.to_owned(), runs: false })
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is the program that runs.
    pub(crate) fn runs(&self) -> bool {
        self.runs
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
        File::parse(&*self.bytes).map_err(|cause| Error::Input {
            path: self.path.clone(),
            cause: format!("no executable that this lesson knows: {cause}"),
            remedy: "it reads those of Linux, Windows and macOS, each for one processor",
        })
    }
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
        // On macOS all names of functions begin with one more underscore.
        let macos = file.format() == BinaryFormat::MachO;
        let mangled = mangled.strip_prefix('_').filter(|_| macos).unwrap_or(mangled);
        // Some formats do not say how long a function is: then it ends where the next one begins.
        let end = section.address() + section.size();
        let gap = ends.get(number).copied().unwrap_or(end).min(end) - symbol.address();
        let size = if symbol.size() == 0 { gap } else { symbol.size() };
        if let Ok(Some(code)) = section.data_range(symbol.address(), size) {
            functions.push(Symbol::new(mangled, symbol.address(), code));
        }
    }
    if functions.is_empty() {
        return Err(nameless("this executable was stripped of them"));
    }
    Ok(functions)
}

/// The error where there are no names.
pub(crate) fn nameless(why: &str) -> Error {
    Error::Missing {
        what: "the table of names".to_owned(),
        why: why.to_owned(),
        remedy: "build it anew, and leave them in: cargo build -p compiled",
    }
}

impl<'e> Symbol<'e> {
    pub(crate) fn new(mangled: impl Into<Cow<'e, str>>, address: u64, code: &'e [u8]) -> Self {
        Symbol { mangled: mangled.into(), address, code }
    }

    /// Its name as a programmer writes it, without the mark that tells two builds apart.
    pub fn name(&self) -> Cow<'e, str> {
        match rustc_demangle::try_demangle(&self.mangled) {
            Ok(name) => format!("{name:#}").into(),
            Err(_) => demangle_auto(self.mangled.clone(), None),
        }
    }

    /// The part of its name that is asked for: no types of arguments, no types that it is made for.
    pub fn path(&self) -> String {
        let name = self.name();
        let end = name.find(['(', '<']).filter(|at| *at > 0).unwrap_or(name.len());
        name[..end].trim_end_matches(':').to_owned()
    }
}
