#![expect(
    unsafe_code,
    reason = "calls the copy of the hot loop that this processor can run, \
                                 and maps the file that holds the data"
)]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::sync::Arc;

use memmap2::{Mmap, MmapMut, MmapOptions};

use crate::available::check_available;
use crate::integers::triangle;
use crate::simd::{Level, at_every_level};
use crate::system::{Here, System};
use crate::{Ceiling, Error, Expected, Home, Kernel, KernelName, Known, Spec};

/// The integers 0..n, laid out in memory as `u64` and read back: bound by bandwidth.
///
/// The additions are those of [`Integers`](super::Integers), but each number must come from
/// memory first, and the channels to it are fewer than the cores. The data is made once, before any clock runs.
#[derive(Debug, Clone)]
pub struct Memory {
    map: Arc<Mmap>,
    /// The file behind the map, where there is one.
    file: Option<Arc<File>>,
    level: Level,
}

impl Memory {
    /// The same kernel with the hot loop of another level.
    pub fn at(self, level: Level) -> Self {
        Memory { level, ..self }
    }

    /// The kernel over numbers that another process laid out in `file`; each page is put in its place
    /// only when it is read for the first time.
    ///
    /// # Errors
    ///
    /// When the system refuses the mapping, or the file is not what [`Known::with_home`] makes.
    pub fn attach_lazily(file: Arc<File>, terms: u64) -> Result<Self, Error> {
        Memory::from_map(map_of(&file, terms, false), Some(file))
    }

    fn from_map(map: io::Result<Mmap>, file: Option<Arc<File>>) -> Result<Self, Error> {
        let map = map.map_err(|cause| Error::NoMemory(cause.to_string()))?;
        let level = level_for(map.len());
        Ok(Memory { map: Arc::new(map), file, level })
    }

    /// The numbers, wherever they lie.
    #[inline]
    pub fn all(&self) -> &[u64] {
        bytemuck::cast_slice(&self.map)
    }
}

impl Known for Memory {
    const NAME: KernelName = KernelName::new("memory");
    /// The largest n with n(n-1)/2 below 2^64.
    const LARGEST: u64 = 6_074_001_000;
    const DEFAULT_TERMS: u64 = 50_000_000;
    const BYTES_PER_TERM: u64 = 8;
    const ABOUT: &'static str = "the same numbers read from memory; the limit is bandwidth";
    const CEILING: Option<Ceiling> = Some(Ceiling::Bandwidth);

    fn title(terms: u64) -> String {
        let megabytes = terms as f64 * Self::BYTES_PER_TERM as f64 * 1e-6;
        format!(
            "{} numbers in memory, {} MB",
            units::grouped(terms),
            units::three_digits(megabytes)
        )
    }

    fn with_home(terms: u64, home: Home) -> Result<Self, Error> {
        Self::check_terms(terms)?;
        check_available(terms * Self::BYTES_PER_TERM)?;
        match home {
            Home::Private => Memory::from_map(private_numbers(terms as usize), None),
            Home::Shared => {
                let file = file_of_numbers(terms).map(Arc::new);
                let map = file.as_ref().map_err(copy_of).and_then(|file| map_of(file, terms, true));
                Memory::from_map(map, file.ok())
            }
        }
    }

    fn attach(terms: u64, file: Option<Arc<File>>) -> Result<Self, Error> {
        match file {
            // Each page is put in its place at once.
            Some(file) => Memory::from_map(map_of(&file, terms, true), Some(file)),
            None => Self::new(terms),
        }
    }

    fn expected(&self) -> Expected {
        Expected::Exact(triangle(self.all().len() as u64).into())
    }

    fn numbers(&self) -> Option<&[u64]> {
        Some(self.all())
    }

    fn level(&self) -> Level {
        self.level
    }
}

impl Kernel for Memory {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        sum_slice(self.level, &self.all()[range.start as usize..range.end as usize])
    }

    #[inline]
    fn term(&self, i: u64) -> u64 {
        self.all()[i as usize]
    }

    fn grain(&self) -> u64 {
        65_536 // 512 KiB, at some 10 GB/s.
    }

    fn spec(&self) -> Spec {
        let terms = self.all().len() as u64;
        Spec { kernel: Self::NAME, terms, data: self.file.clone() }
    }
}

/// So many bytes are in the caches of one core after the first sum, on most.
const CACHED: usize = 2 << 20;

/// The level for so many bytes. What lies in a core's own caches is there sooner than 256 bits at a time can be added:
/// on an Intel Xeon (Granite Rapids, virtual machine) 10,000 numbers took 0.43 us instead of 0.51. What comes from
/// memory is not sooner there, and was 8 % later.
fn level_for(bytes: usize) -> Level {
    if bytes <= CACHED { Level::best() } else { Level::best_up_to_256_bits() }
}

at_every_level! {
    fn sum_slice(numbers: &[u64]) -> u64 {
        numbers.iter().sum()
    }
}

/// The sum of numbers that lie in memory, with the widest instructions that help.
pub fn sum_of_numbers(numbers: &[u64]) -> u64 {
    sum_slice(level_for(size_of_val(numbers)), numbers)
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

/// An error of the system again, for a second use.
fn copy_of(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), error.to_string())
}

/// The numbers 0..terms in memory of this process alone.
fn private_numbers(terms: usize) -> io::Result<Mmap> {
    let mut map = MmapMut::map_anon(terms * 8)?;
    Here::prefer_large_pages(&map);
    for (i, number) in (0_u64..).zip(bytemuck::cast_slice_mut(&mut map)) {
        *number = i;
    }
    map.make_read_only()
}

/// A nameless file with the numbers 0..terms: in memory on Linux, an unlinked one elsewhere.
fn file_of_numbers(terms: u64) -> io::Result<File> {
    let file = Here::nameless_file()?;
    let mut writer = BufWriter::with_capacity(1 << 20, &file);
    for i in 0..terms {
        writer.write_all(&i.to_ne_bytes())?;
    }
    writer.flush()?;
    drop(writer);
    Here::seal(&file)?;
    Ok(file)
}

/// The whole file of `terms` numbers, mapped read-only; `populate` puts every page in its place at once.
fn map_of(file: &File, terms: u64, populate: bool) -> io::Result<Mmap> {
    if !Here::is_sealed(file) || terms.checked_mul(8) != Some(file.metadata()?.len()) {
        return Err(io::Error::other("the file with the data is not one that this program made"));
    }
    let mut options = MmapOptions::new();
    if populate {
        options.populate();
    }
    // SAFETY: nobody changes the file while it is mapped: on Linux its seals were checked just now;
    // elsewhere it has no name, and the only programs that hold it, this one and its workers, read.
    unsafe { options.map(file) }
}
