//! Signals: some end the program in good order, some become plain errors.

use measure::{Cancellation, Error};

/// From here on SIGINT, SIGTERM, SIGHUP and SIGQUIT cancel `cancellation`, and then end this program, by the
/// same signal. One that the caller ignores, as `nohup` does with SIGHUP and a shell with SIGINT and SIGQUIT
/// for what runs in its background, stays ignored.
///
/// # Errors
///
/// [`Error::Refused`] where the system refuses a thread, or a handler.
pub fn handle(cancellation: Cancellation) -> Result<(), Error> {
    on_a_thread(cancellation).map_err(|cause| Error::Refused {
        what: "a thread that waits for signals".to_owned(),
        cause: cause.to_string(),
        remedy: "raise the limit (ulimit -u, ulimit -n)",
    })
}

#[cfg(unix)]
fn on_a_thread(cancellation: Cancellation) -> std::io::Result<()> {
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = Signals::new(ending())?;
    let wait = move || {
        for signal in signals.forever() {
            cancellation.cancel();
            // It does not come back from any of these; if it does, the next signal tries.
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(wait).map(drop)
}

/// The signals that ask a program to end, but for those that the caller ignores: to be asked before any of
/// them has a handler.
#[cfg(unix)]
pub fn ending() -> Vec<i32> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    [SIGINT, SIGTERM, SIGHUP, SIGQUIT].into_iter().filter(|signal| !is_ignored(*signal)).collect()
}

/// Whether `signal` is ignored. Where the system does not tell: no.
#[cfg(unix)]
#[expect(unsafe_code, reason = "asks the system, for which no library has a safe call")]
fn is_ignored(signal: i32) -> bool {
    use nix::libc::{SIG_IGN, sigaction};
    let mut action = std::mem::MaybeUninit::<sigaction>::zeroed();
    // SAFETY: without a new action nothing changes, and the old one is written to a place of its size.
    let asked = unsafe { sigaction(signal, std::ptr::null(), action.as_mut_ptr()) };
    // SAFETY: an action of zeros is one, too.
    asked == 0 && unsafe { action.assume_init() }.sa_sigaction == SIG_IGN
}

/// From here on signals that the caller has blocked arrive: a program inherits that. To be called before
/// any thread is started. If it cannot be done, they wait.
#[cfg(unix)]
pub fn unblock() {
    let _ = nix::sys::signal::SigSet::all().thread_unblock();
}

/// Turns SIGXFSZ and SIGCHLD into ordinary errors, for parent and worker alike:
///
/// - SIGXFSZ: to write beyond a limit (`ulimit -f`) is an error of that write;
/// - SIGCHLD: where the caller ignores it, the system would forget how a child ended.
///
/// Where the system refuses a handler, ends are less well explained, and that is all.
#[cfg(unix)]
pub fn become_errors() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGCHLD, SIGXFSZ};
    use signal_hook::flag;

    // A handler is enough: nobody looks at what it writes down.
    let nobody_looks = Arc::new(AtomicBool::new(false));
    let _ = flag::register(SIGXFSZ, Arc::clone(&nobody_looks));
    let _ = flag::register(SIGCHLD, nobody_looks);
}

/// The line that follows Rust's own.
#[cfg(unix)]
const REMEDY: &[u8] =
    b"error: the system refused more memory or stack; ask for fewer workers with -w or \
    fewer terms with -n, or raise the limit (ulimit -v, -d, -s)\n";

/// From here on this program ends with exit code 71 instead of by SIGABRT, and says what there is to do.
///
/// With SIGABRT Rust ends a program that gets no more memory, or no more stack, once it has said so:
/// the system has refused a resource, and that is what 71 means. Not for workers, whose parent names
/// the signal.
#[cfg(unix)]
#[expect(unsafe_code, reason = "says a line inside a signal handler")]
pub fn aborts_are_refusals() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    let always = Arc::new(AtomicBool::new(true));
    let code = i32::from(measure::REFUSED);
    let say = || {
        let _ = rustix::io::write(std::io::stderr(), REMEDY);
        crate::TemporaryFolder::remove_at_abort();
    };
    // SAFETY: a handler may only do what is safe at any moment. These are system calls; the program may be
    // out of memory, and none is asked for.
    let _ = unsafe { signal_hook::low_level::register(signal_hook::consts::SIGABRT, say) };
    // Without the handler it ends by the signal, which says no less.
    let _ = signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGABRT,
        code,
        always,
    );
}

/// Other systems end the program themselves; its workers end when their input does.
#[cfg(not(unix))]
fn on_a_thread(_: Cancellation) -> std::io::Result<()> {
    Ok(())
}

/// Other systems block no signals.
#[cfg(not(unix))]
pub fn unblock() {}

/// Other systems have no such signals.
#[cfg(not(unix))]
pub fn become_errors() {}

/// Other systems have no such signal.
#[cfg(not(unix))]
pub fn aborts_are_refusals() {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// SIGPIPE is the one that Rust ignores, so that to write into a closed pipe is an error.
    #[test]
    fn an_ignored_signal_is_known_as_such() {
        assert!(is_ignored(signal_hook::consts::SIGPIPE));
        assert!(!is_ignored(signal_hook::consts::SIGURG));
        assert!(!is_ignored(i32::MAX), "none that there is");
    }
}
