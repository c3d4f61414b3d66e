//! The compiler, as a process that may not take all memory: an attempt can make it want that.

use std::env;
use std::process::{Command, ExitCode};

/// With this argument the program is the compiler, with the words after it.
pub(crate) const PART: &str = "--compile";

/// A compiler that needs more than so many bytes for an exercise is stuck.
const MEMORY: u64 = 6 << 30;

/// How this process ends where a signal ended the compiler.
const NO_END: u8 = 70;

/// And where it could not be started.
pub(crate) const NOT_STARTED: u8 = 69;

/// Does the part of the compiler, if this process was started for that; gives how it ended.
pub fn compile_if_asked() -> Option<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    if arguments.next()?.to_str() != Some(PART) {
        return None;
    }
    children::itself::limit_memory(MEMORY);
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let ended = Command::new(&rustc).args(arguments).status();
    let code = match ended {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(NO_END),
        Err(cause) => {
            course::Output::new(clap::ColorChoice::Never)
                .complain(&format!("{}: {cause}", rustc.display()));
            NOT_STARTED
        }
    };
    Some(ExitCode::from(code))
}
