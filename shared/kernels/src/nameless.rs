use std::fs::File;
use std::io;

use crate::system::{Here, System};

/// A file without a name, in memory where the system has such files: it is gone with the last who has it open.
///
/// ```
/// use std::io::{Read, Seek, Write};
/// let mut file = kernels::nameless_file()?;
/// file.write_all(b"terms")?;
/// file.rewind()?;
/// let mut text = String::new();
/// file.read_to_string(&mut text)?;
/// assert_eq!(text, "terms");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// Where the system refuses it.
pub fn nameless_file() -> io::Result<File> {
    Here::nameless_file()
}
