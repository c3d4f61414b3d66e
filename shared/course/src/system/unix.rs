//! Linux, macOS and other systems with signals, descriptors and devices.

mod environment;
#[cfg(target_os = "linux")]
mod folder;
mod output;
mod signals;

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::{OFlags, fcntl_setfl};

/// A system of this kind.
pub(crate) struct Here;

impl super::System for Here {
    #[cfg(target_os = "linux")]
    type Folder = folder::Folder;
    #[cfg(not(target_os = "linux"))]
    type Folder = super::plain::Folder;

    const MORE_THREADS: &'static str = "raise the limit (ulimit -u, ulimit -n)";

    fn forget(variables: &[&str]) {
        environment::forget(variables);
    }

    fn unblock() {
        let _ = nix::sys::signal::SigSet::all().thread_unblock();
    }

    fn become_errors() {
        signals::become_errors();
    }

    fn aborts_are_refusals(last: fn()) {
        signals::aborts_are_refusals(last);
    }

    fn crashes_are_failures(line: &'static str, last: fn()) {
        signals::crashes_are_failures(line, last);
    }

    fn ending() -> Vec<i32> {
        signals::ending()
    }

    fn when_asked_to_end(cancel: impl Fn() + Send + 'static) -> io::Result<()> {
        signals::when_asked_to_end(cancel)
    }

    fn output_can_be_written() -> io::Result<()> {
        output::can_be_written()
    }

    fn is_standard_output(file: &File) -> bool {
        let (ours, theirs) = (file.metadata(), rustix::fs::fstat(io::stdout()));
        // The types differ from system to system: a device is an i32 on macOS.
        ours.ok().zip(theirs.ok()).is_some_and(|(ours, theirs)| {
            !ours.file_type().is_char_device()
                && i128::from(ours.dev()) == i128::from(theirs.st_dev)
                && i128::from(ours.ino()) == i128::from(theirs.st_ino)
        })
    }

    fn host_name() -> Option<String> {
        Some(rustix::system::uname().nodename().to_string_lossy().into_owned())
    }

    fn open_to_save(path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file = options.custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
        // Whoever reads the pipe may take their time.
        fcntl_setfl(&file, OFlags::empty())?;
        Ok(file)
    }

    fn remedy(cause: &io::Error) -> Option<&'static str> {
        let too_many = rustix::io::Errno::MFILE.raw_os_error();
        (cause.raw_os_error() == Some(too_many))
            .then_some("raise the limit of open files (ulimit -n)")
    }
}
