//! Variables of the environment that change what the standard library does.

/// Takes out of the environment, for this program and those that it starts:
///
/// - `RUST_MIN_STACK`: an invalid value would make every `spawn` fail;
/// - `RUST_BACKTRACE` and `RUST_LIB_BACKTRACE`, with which Rust prints a trace where memory or stack has
///   run out. No trace is for a user to read.
///
/// To be called before any thread is started; with more threads than one it does nothing.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "changes the environment, which threads may read without a lock")]
pub fn sanitize() {
    let threads = std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    let known = ["RUST_MIN_STACK", "RUST_BACKTRACE", "RUST_LIB_BACKTRACE"];
    let given = known.into_iter().filter(|name| std::env::var_os(name).is_some());
    for name in given.filter(|_| threads == 1) {
        // SAFETY: nobody may read or write the environment meanwhile. The system says that this is the
        // only thread, and only a thread could start another.
        unsafe { std::env::remove_var(name) };
    }
}

/// Elsewhere nobody says how many threads there are.
#[cfg(not(target_os = "linux"))]
pub fn sanitize() {}
