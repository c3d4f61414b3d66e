use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use signal_hook::consts::{SIGABRT, SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, register};

/// Has `cancel` called, and then ends the program by the same signal.
pub(super) fn when_asked_to_end(cancel: impl Fn() + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new(ending())?;
    let wait = move || {
        for signal in signals.forever() {
            cancel();
            // It does not come back from any of these; if it does, the next signal tries.
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(wait).map(drop)
}

/// To be asked before any of them has a handler.
pub(super) fn ending() -> Vec<i32> {
    [SIGINT, SIGTERM, SIGHUP, SIGQUIT].into_iter().filter(|signal| !is_ignored(*signal)).collect()
}

/// Whether `signal` is ignored. Where the system does not tell: no.
#[expect(unsafe_code, reason = "asks the system, for which no library has a safe call")]
fn is_ignored(signal: i32) -> bool {
    use nix::libc;
    let mut action = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: without a new action nothing changes, and the old one is written to a place of its size.
    let asked = unsafe { libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr()) };
    // SAFETY: an action of zeros is one, too.
    asked == 0 && unsafe { action.assume_init() }.sa_sigaction == libc::SIG_IGN
}

pub(super) fn become_errors() {
    // A handler is enough: nobody looks at what it writes down.
    let nobody_looks = Arc::new(AtomicBool::new(false));
    let _ = flag::register(SIGXFSZ, Arc::clone(&nobody_looks));
    let _ = flag::register(SIGCHLD, nobody_looks);
}

/// The line that follows Rust's own.
const REMEDY: &[u8] =
    b"error: the system refused more memory or stack; ask for fewer workers with -w or \
    fewer terms with -n, or raise the limit (ulimit -v, -d, -s)\n";

#[expect(unsafe_code, reason = "says a line inside a signal handler")]
pub(super) fn aborts_are_refusals(last: fn()) {
    let always = Arc::new(AtomicBool::new(true));
    let code = i32::from(measure::REFUSED);
    let say = move || {
        let _ = rustix::io::write(io::stderr(), REMEDY);
        last();
    };
    // SAFETY: a handler may only do what is safe at any moment. These are system calls; the program may be out of
    // memory, and none is asked for.
    let _ = unsafe { register(SIGABRT, say) };
    // Without the handler it ends by the signal, which says no less.
    let _ = flag::register_conditional_shutdown(SIGABRT, code, always);
}

/// What is said of a crash, and what is done at last.
static CRASH: OnceLock<(&'static str, fn())> = OnceLock::new();

#[expect(unsafe_code, reason = "says a line inside a signal handler, and ends the program")]
pub(super) fn crashes_are_failures(line: &'static str, last: fn()) {
    extern "C" fn crashed(_: i32) {
        if let Some((line, last)) = CRASH.get() {
            let _ = rustix::io::write(io::stderr(), line.as_bytes());
            last();
        }
        // SAFETY: it ends the program at once, and does nothing else.
        unsafe { nix::libc::_exit(FAILED) }
    }
    let _ = CRASH.set((line, last));
    let handler = SigHandler::Handler(crashed);
    let action = SigAction::new(handler, SaFlags::SA_ONSTACK, SigSet::empty());
    for signal in [Signal::SIGSEGV, Signal::SIGBUS] {
        // SAFETY: the handler makes system calls only, and ends the program. Without it the signal does.
        let _ = unsafe { sigaction(signal, &action) };
    }
}

/// The exit code of a program with a worker that died.
const FAILED: i32 = 70;

#[cfg(test)]
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
