use std::env::args_os;
use std::ffi::OsString;
use std::process::ExitCode;

use crate::{bound, rank, supervisor};

/// Is a rank, or supervises a run, if this program was started as one; `None` in the launcher.
pub fn part_if_asked() -> Option<ExitCode> {
    let arguments: Vec<OsString> = args_os().skip(1).collect();
    match arguments.first()?.to_str()? {
        rank::OPTION => Some(rank::serve()),
        supervisor::OPTION => Some(supervisor::supervise(&arguments[1..])),
        bound::OPTION => Some(bound::become_it(&arguments[1..])),
        _ => None,
    }
}
