#![expect(
    unsafe_code,
    reason = "calls the copy of the hot loop that this processor can run, \
                                 and maps the file that holds the data"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::sync::Arc;

use memmap2::{Mmap, MmapOptions};

use super::integers::triangle;
use super::simd::{Level, at_every_level};
use super::{Expected, Home, Kernel, KernelName, Known, Spec};
use crate::{Error, machine};

/// The integers 0..n, laid out in memory as `u64` and read back: bound by bandwidth.
///
/// The additions are those of [`Integers`](super::Integers), but each number must come from
/// memory first, and all cores share one path to it. The data is made once, before any clock runs.
#[derive(Debug, Clone)]
pub struct Memory {
    numbers: Numbers,
    level: Level,
}

#[derive(Debug, Clone)]
enum Numbers {
    Private(Arc<Vec<u64>>),
    Shared { file: Arc<File>, map: Arc<Mmap> },
}

impl Memory {
    /// The same kernel with the hot loop of another level.
    pub fn at(self, level: Level) -> Self {
        Memory { level, ..self }
    }

    /// The kernel over numbers that another process laid out in `file`.
    ///
    /// # Errors
    ///
    /// When the system refuses the mapping.
    pub fn attach(file: Arc<File>) -> Result<Self, Error> {
        let map = map_read_only(&file).map_err(|cause| refused("a mapping of the data", &cause))?;
        Ok(Memory { numbers: Numbers::Shared { file, map: Arc::new(map) }, level: Level::best() })
    }

    /// The numbers, wherever they lie.
    pub fn numbers(&self) -> &[u64] {
        match &self.numbers {
            Numbers::Private(numbers) => numbers,
            Numbers::Shared { map, .. } => bytemuck::cast_slice(map),
        }
    }
}

impl Known for Memory {
    const NAME: KernelName = KernelName::Memory;
    /// The largest n with n(n-1)/2 below 2^64.
    const LARGEST: u64 = 6_074_001_000;
    const DEFAULT_TERMS: u64 = 50_000_000;
    const BYTES_PER_TERM: u64 = 8;

    fn with_home(terms: u64, home: Home) -> Result<Self, Error> {
        Self::check_terms(terms)?;
        machine::check_available(terms * Self::BYTES_PER_TERM)?;
        if home == Home::Shared {
            let file =
                file_of_numbers(terms).map_err(|cause| refused("a file for the data", &cause))?;
            return Memory::attach(Arc::new(file));
        }
        let mut numbers = Vec::new();
        numbers.try_reserve_exact(terms as usize).map_err(|cause| {
            refused("memory for the data", &io::Error::new(io::ErrorKind::OutOfMemory, cause))
        })?;
        numbers.extend(0..terms);
        Ok(Memory { numbers: Numbers::Private(Arc::new(numbers)), level: Level::best() })
    }

    fn expected(&self) -> Expected {
        Expected::Exact(triangle(self.numbers().len() as u64))
    }

    fn level(&self) -> Level {
        self.level
    }
}

impl Kernel for Memory {
    fn sum(&self, range: Range<u64>) -> u64 {
        sum_slice(self.level, &self.numbers()[range.start as usize..range.end as usize])
    }

    #[inline]
    fn term(&self, i: u64) -> u64 {
        self.numbers()[i as usize]
    }

    fn grain(&self) -> u64 {
        65_536 // 512 KiB, at some 10 GB/s.
    }

    fn spec(&self) -> Spec {
        let data = match &self.numbers {
            Numbers::Private(_) => None,
            Numbers::Shared { file, .. } => Some(Arc::clone(file)),
        };
        Spec { kernel: Self::NAME, terms: self.numbers().len() as u64, data }
    }
}

at_every_level! {
    fn sum_slice(numbers: &[u64]) -> u64 {
        numbers.iter().sum()
    }
}

/// The sum of the numbers that `bytes` hold, as they came through a pipe.
///
/// Bytes that make no whole number at the end are left out.
pub fn sum_of_bytes(bytes: &[u8]) -> u64 {
    bytes
        .chunks_exact(8)
        .map(|number| u64::from_ne_bytes(number.try_into().expect("8 bytes")))
        .sum()
}

fn refused(what: &str, cause: &io::Error) -> Error {
    let mend = "ask for fewer terms with -n";
    Error::Refused { what: what.to_owned(), cause: cause.to_string(), mend }
}

/// A nameless file with the numbers 0..terms: in memory on Linux, an unlinked one elsewhere.
fn file_of_numbers(terms: u64) -> io::Result<File> {
    let file = nameless_file()?;
    let mut writer = BufWriter::with_capacity(1 << 20, &file);
    for i in 0..terms {
        writer.write_all(&i.to_ne_bytes())?;
    }
    writer.flush()?;
    drop(writer);
    seal(&file)?;
    Ok(file)
}

#[cfg(target_os = "linux")]
fn nameless_file() -> io::Result<File> {
    use rustix::fs::{MemfdFlags, memfd_create};
    Ok(File::from(memfd_create("sum-of-parts", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?))
}

#[cfg(not(target_os = "linux"))]
fn nameless_file() -> io::Result<File> {
    tempfile::tempfile()
}

/// From here on nobody can change the file, this process included, so a mapping of it is a slice.
#[cfg(target_os = "linux")]
fn seal(file: &File) -> io::Result<()> {
    use rustix::fs::{SealFlags, fcntl_add_seals};
    let seals = SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
    Ok(fcntl_add_seals(file, seals)?)
}

#[cfg(not(target_os = "linux"))]
fn seal(_file: &File) -> io::Result<()> {
    Ok(())
}

/// The whole file, mapped read-only, its pages already in place.
fn map_read_only(file: &File) -> io::Result<Mmap> {
    // SAFETY: nobody writes to the file while it is mapped: on Linux it is sealed, elsewhere
    // it has no name by which another program could open it, and this one only reads it.
    unsafe { MmapOptions::new().populate().map(file) }
}
