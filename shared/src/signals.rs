//! Signals: some end the program in good order, some become plain errors.

/// From here on SIGINT, SIGTERM and SIGHUP [end](crate::cleanup) everything that is registered, and
/// then this program, by the same signal. A SIGHUP that the caller ignores, as `nohup` does, stays
/// ignored. What [`become_errors`] does is done, too; and a program that has no memory left ends with
/// exit code 71.
///
/// # Errors
///
/// Where the system refuses a thread, or a handler.
#[cfg(unix)]
pub fn handle() -> std::io::Result<()> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGABRT, SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    become_errors()?;
    // With SIGABRT Rust ends a program to which the system refuses memory. It has said so then.
    flag::register_conditional_shutdown(SIGABRT, REFUSED, Arc::new(AtomicBool::new(true)))?;
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    if !is_ignored(SIGHUP) {
        signals.add_signal(SIGHUP)?;
    }
    let wait = move || {
        for signal in signals.forever() {
            crate::cleanup::interrupt();
            // It does not come back from any of these three; if it does, the next signal tries.
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(wait).map(drop)
}

/// From here on some signals are no end without a word, for parent and worker alike:
///
/// - SIGXFSZ: to write beyond a limit (`ulimit -f`) is an error of that write;
/// - SIGCHLD: where the caller ignores it, the system would forget how a child ended.
///
/// # Errors
///
/// Where the system refuses a handler.
#[cfg(unix)]
pub fn become_errors() -> std::io::Result<()> {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGCHLD, SIGXFSZ};
    use signal_hook::flag;

    // A handler is enough: nobody looks at what it writes down.
    let nobody_looks = Arc::new(AtomicBool::new(false));
    flag::register(SIGXFSZ, Arc::clone(&nobody_looks))?;
    flag::register(SIGCHLD, nobody_looks).map(drop)
}

/// The exit code of a program to which the system refused memory.
#[cfg(unix)]
const REFUSED: i32 = 71;

/// Whether this program was started with `signal` ignored. Where the system does not tell: no.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let set = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let set = set.and_then(|set| u64::from_str_radix(set.trim(), 16).ok()).unwrap_or(0);
    set >> (signal - 1) & 1 == 1
}

/// Other systems end the program themselves; its workers end when their input does.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn handle() -> std::io::Result<()> {
    Ok(())
}

/// Other systems have no such signals.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn become_errors() -> std::io::Result<()> {
    Ok(())
}
