//! What the kernels ask the system. No other file here knows on which one they run.

use std::fs::File;
use std::io;

use memmap2::MmapMut;

#[cfg(unix)]
mod limits;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::Linux as Here;

#[cfg(not(any(unix, windows)))]
mod plain;
#[cfg(not(any(unix, windows)))]
pub(crate) use plain::Plain as Here;

#[cfg(all(unix, not(target_os = "linux")))]
mod unix;
#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) use unix::Unix as Here;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(crate) use windows::Windows as Here;

/// What a system has to offer to the kernels.
pub(crate) trait System {
    /// How many bytes of addresses this process may still take; `None` where it has no limit, and where the
    /// system does not tell.
    fn address_space_left() -> Option<u64>;

    /// How many hardware threads this process may use, where the standard library does not count that in.
    fn allowed_cores() -> Option<usize> {
        None
    }

    /// A file that has no name by which another program could open it, and that is gone with the last who has
    /// it open, however that one ends.
    ///
    /// # Errors
    ///
    /// Where the system refuses it.
    fn nameless_file() -> io::Result<File>;

    /// From here on nobody can change the file, this process included, so a mapping of it is a slice. Does
    /// nothing where the system knows no seals.
    ///
    /// # Errors
    ///
    /// Where the system refuses it.
    fn seal(_file: &File) -> io::Result<()> {
        Ok(())
    }

    /// Whether nobody can write to the file any more, nor make it shorter. Where the system knows no seals: yes, as
    /// the file has [no name](System::nameless_file), and the only programs that hold it read.
    fn is_sealed(_file: &File) -> bool {
        true
    }

    /// Asks for large pages, which spare the processor many look-ups of addresses. A system without them says
    /// no, and that is fine.
    fn prefer_large_pages(_map: &MmapMut) {}
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, Write};

    use super::*;

    #[test]
    fn a_nameless_file_is_read_again() {
        let mut file = Here::nameless_file().expect("there is room for a small file");
        file.write_all(b"terms").expect("it is not sealed yet");
        Here::seal(&file).expect("it has just been made");
        assert!(Here::is_sealed(&file));
        file.rewind().expect("it is a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("it is a file");
        assert_eq!(text, "terms");
    }
}
