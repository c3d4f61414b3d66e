//! What rungs there are: the rows of the table, each with its file.

use kernels::{Integers, KernelName, Known, Memory};

/// One way to sum in Python: a row of the table, and a file in the folder `rungs`.
#[derive(Debug, Clone, Copy)]
pub struct Rung {
    /// The name of the row.
    pub name: &'static str,
    /// One line about it, for `--list`.
    pub about: &'static str,
    /// What the name of its file ends with.
    pub ending: &'static str,
    /// What it imports, of all that is not Python's own.
    pub needs: &'static [&'static str],
    /// What is built for it beforehand.
    pub built: Built,
    /// How many workers it has.
    pub workers: Count,
    /// The only kernel that it is for; `None`: integers and memory.
    pub only: Option<KernelName>,
    /// Whether it makes an object of every term.
    pub per_term: bool,
}

/// What has to be compiled before a rung can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Built {
    /// Nothing: Python reads its file.
    Nothing,
    /// Its file, or a library that it calls; with these packages.
    With(&'static [&'static str]),
    /// What is built for this other rung.
    As(&'static str),
}

/// How many workers a rung has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// One, whatever is asked.
    One,
    /// As many as are asked.
    Asked,
}

impl Rung {
    /// The name of its module: `c_extension`.
    pub fn module(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Its file in the folder of the lesson: `rungs/c_extension.c`.
    pub fn file(&self) -> String {
        format!("rungs/{}{}", self.module(), self.ending)
    }
}

const PLAIN: Rung = Rung {
    name: "",
    about: "",
    ending: ".py",
    needs: &[],
    built: Built::Nothing,
    workers: Count::One,
    only: None,
    per_term: false,
};

/// Slow: it makes an object of every term.
const SLOW: Rung = Rung { per_term: true, ..PLAIN };

/// Numba compiles it while the program runs.
const NUMBA: Rung = Rung { needs: &["numba"], ..PLAIN };

/// Compiled beforehand with what setuptools and the machine's compiler offer.
const COMPILED: Rung = Rung { built: Built::With(&["setuptools"]), ..PLAIN };

/// A library of `ffi` is compiled for it; NumPy looks at its arguments.
const LIBRARY: Rung = Rung { needs: &["numpy"], ..COMPILED };

const CYTHON: Rung = Rung {
    ending: ".pyx",
    needs: &["numpy"],
    built: Built::With(&["setuptools", "cython"]),
    ..PLAIN
};

const CFFI: Rung =
    Rung { needs: &["numpy", "cffi"], built: Built::With(&["setuptools", "cffi"]), ..PLAIN };

/// Every rung, in reading order.
pub const RUNGS: &[Rung] = &[
    Rung { name: "loop", about: "the sum as everyone writes it", ..SLOW },
    Rung { name: "builtin-sum", about: "sum(range(n)): loop and total are in C", ..SLOW },
    Rung { name: "object-sum", about: "the same, but each total is an object again", ..SLOW },
    Rung {
        name: "numpy",
        about: "whole arrays at a time, in blocks that stay in the cache",
        needs: &["numpy"],
        ..PLAIN
    },
    Rung {
        name: "cython-untyped",
        about: "the loop as it is, translated to C: still objects",
        per_term: true,
        ..CYTHON
    },
    Rung { name: "cython-typed", about: "the same with types: plain C", ..CYTHON },
    Rung { name: "numba", about: "compiled at the first call, for its types", ..NUMBA },
    Rung { name: "numba-signature", about: "compiled at once, for types that are named", ..NUMBA },
    Rung {
        name: "numba-jitclass",
        about: "a class of two fields, compiled; its objects added",
        per_term: true,
        ..NUMBA
    },
    Rung {
        name: "numba-parallel",
        about: "prange: Numba's own threads",
        workers: Count::Asked,
        ..NUMBA
    },
    Rung { name: "ctypes", about: "a C library, called with types given at run time", ..LIBRARY },
    Rung { name: "ctypes-rust", about: "the same with a Rust library", ..LIBRARY },
    Rung {
        name: "cffi",
        about: "a C library, through a compiled module made from its header",
        ..CFFI
    },
    Rung { name: "cffi-rust", about: "the same with a Rust library", ..CFFI },
    Rung {
        name: "pybind11",
        about: "an extension in C++, with templates that convert",
        ending: ".cpp",
        built: Built::With(&["setuptools", "pybind11"]),
        ..PLAIN
    },
    Rung {
        name: "boost-python",
        about: "the same idea, older, from a library of the system",
        ending: ".cpp",
        ..COMPILED
    },
    Rung {
        name: "c-extension",
        about: "an extension in C, by hand against Python's own header",
        ending: ".c",
        ..COMPILED
    },
    Rung {
        name: "pyo3",
        about: "an extension in Rust",
        ending: "/src/lib.rs",
        built: Built::With(&["maturin"]),
        ..PLAIN
    },
    Rung {
        name: "threading",
        about: "the loop on threads, which share one lock",
        workers: Count::Asked,
        ..SLOW
    },
    Rung {
        name: "threading-released",
        about: "threads around a loop in C that gives the lock back",
        built: Built::As("c-extension"),
        workers: Count::Asked,
        ..PLAIN
    },
    Rung {
        name: "free-threaded",
        about: "the loop on threads, in a Python without the lock",
        workers: Count::Asked,
        ..SLOW
    },
    Rung {
        name: "pool-spawn",
        about: "the loop in processes that begin from nothing",
        workers: Count::Asked,
        only: Some(Integers::NAME),
        ..SLOW
    },
    Rung {
        name: "pool-fork",
        about: "the loop in processes that are copies",
        workers: Count::Asked,
        only: Some(Integers::NAME),
        ..SLOW
    },
    Rung {
        name: "pool-forkserver",
        about: "the loop in copies of a small server",
        workers: Count::Asked,
        only: Some(Integers::NAME),
        ..SLOW
    },
    Rung {
        name: "pool-shared",
        about: "processes that read the numbers where they lie",
        needs: &["numpy"],
        workers: Count::Asked,
        only: Some(Memory::NAME),
        ..PLAIN
    },
    Rung {
        name: "pool-pickled",
        about: "processes to which the numbers are sent",
        needs: &["numpy"],
        workers: Count::Asked,
        only: Some(Memory::NAME),
        per_term: true,
        ..PLAIN
    },
    Rung { name: "your-turn", about: "yours: lessons/python/rungs/your_turn.py", ..SLOW },
];

/// The rung of a row.
pub fn rung(name: &str) -> Option<&'static Rung> {
    RUNGS.iter().find(|rung| rung.name == name)
}
