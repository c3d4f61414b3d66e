/// What shares a sum among threads in C++, and may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Library {
    /// Pragmas of the compiler, and its runtime library.
    OpenMp,
    /// Work stealing, by its headers and a library.
    OneTbb,
    /// `std::execution::par`; that of libstdc++ is built on oneTBB.
    Cpp17,
}

/// One way to sum in C++; its name is the third part of the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// As it is asked for.
    pub name: &'static str,
    /// Its name in a sentence.
    pub title: &'static str,
    /// What it needs beside a compiler.
    pub library: Option<Library>,
}

/// Every way that the program knows, where its libraries are there.
pub const WAYS: [Way; 6] = [
    Way { name: "c", title: "C++", library: None },
    Way { name: "openmp-static", title: "OpenMP static", library: Some(Library::OpenMp) },
    Way { name: "onetbb-static", title: "oneTBB static", library: Some(Library::OneTbb) },
    Way { name: "openmp-dynamic", title: "OpenMP dynamic", library: Some(Library::OpenMp) },
    Way { name: "onetbb-dynamic", title: "oneTBB dynamic", library: Some(Library::OneTbb) },
    Way { name: "cpp17-par", title: "C++17 par", library: Some(Library::Cpp17) },
];

impl Way {
    /// The way of that name, where it is one of these.
    pub fn of(name: &str) -> Option<&'static Way> {
        WAYS.iter().find(|way| way.name == name)
    }

    /// Whether it shares the sum.
    pub fn is_shared(&self) -> bool {
        self.library.is_some()
    }
}

impl Library {
    /// All of them.
    pub const ALL: [Library; 3] = [Library::OpenMp, Library::OneTbb, Library::Cpp17];

    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Library::OpenMp => "OpenMP",
            Library::OneTbb => "oneTBB",
            Library::Cpp17 => "the parallel algorithms of C++17",
        }
    }

    /// What the reader can install.
    pub fn remedy(self) -> &'static str {
        match self {
            Library::OpenMp => "apt-get install g++",
            Library::OneTbb | Library::Cpp17 => "apt-get install libtbb-dev",
        }
    }

    /// Options of the compiler that turn it on.
    pub(super) fn options(self) -> &'static [&'static str] {
        match self {
            Library::OpenMp => &["-DWITH_OPENMP", "-fopenmp"],
            Library::OneTbb => &["-DWITH_ONETBB"],
            Library::Cpp17 => &["-DWITH_CPP17"],
        }
    }

    /// What stands behind the sources: a linker looks from left to right.
    pub(super) fn linked(self) -> &'static [&'static str] {
        match self {
            Library::OpenMp => &[],
            Library::OneTbb | Library::Cpp17 => &["-ltbb"],
        }
    }
}
