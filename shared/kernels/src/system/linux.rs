//! Linux: files in memory, with seals.

use std::fs::File;
use std::io;

use memmap2::{Advice, MmapMut};
use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, fcntl_get_seals, memfd_create};

use super::{System, limits};

pub(crate) struct Linux;

impl System for Linux {
    fn address_space_left() -> Option<u64> {
        let limit = limits::address_space()?;
        let pages = std::fs::read_to_string("/proc/self/statm").ok();
        let used = pages.and_then(|text| pages_in_use(&text)).unwrap_or(0);
        Some(limit.saturating_sub(used * rustix::param::page_size() as u64))
    }

    fn nameless_file() -> io::Result<File> {
        let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
        Ok(File::from(memfd_create("sum-of-parts", flags)?))
    }

    fn seal(file: &File) -> io::Result<()> {
        let seals = SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
        Ok(fcntl_add_seals(file, seals)?)
    }

    fn is_sealed(file: &File) -> bool {
        let needed = SealFlags::WRITE | SealFlags::SHRINK;
        fcntl_get_seals(file).is_ok_and(|seals| seals.contains(needed))
    }

    fn prefer_large_pages(map: &MmapMut) {
        let _ = map.advise(Advice::HugePage);
    }
}

/// The pages of addresses that a process has: the first number of `2417 312 280 2 0 131 0`.
fn pages_in_use(statm: &str) -> Option<u64> {
    statm.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use super::*;
    use crate::{Error, Known, Memory};

    #[test]
    fn pages_are_read() {
        assert_eq!(pages_in_use("2417 312 280 2 0 131 0\n"), Some(2417));
        assert_eq!(pages_in_use(""), None);
    }

    /// A file that may change under the reader is not mapped.
    #[test]
    fn only_sealed_numbers_are_mapped() {
        let mut file = Linux::nameless_file().expect("there is room for a small file");
        file.write_all(&[0; 80]).expect("it is not sealed yet");
        let file = Arc::new(file);
        let numbers = || Memory::attach(10, Some(Arc::clone(&file)));
        assert!(matches!(numbers(), Err(Error::NoMemory(_))));
        Linux::seal(&file).expect("nobody has mapped it");
        assert_eq!(numbers().expect("nobody can change it any more").all(), [0; 10]);
    }
}
