use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

use super::output;

/// Takes variables out of the environment. Where this is not the only thread, or nobody tells how many there are, the
/// program begins anew without them, as the same process. Where that is refused, nothing changes.
pub(super) fn forget(variables: &[&str]) {
    let given: Vec<&&str> = variables.iter().filter(|name| env::var_os(name).is_some()).collect();
    if given.is_empty() {
        return;
    }
    if is_only_thread() {
        given.iter().for_each(|name| remove(name));
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut arguments = env::args_os();
    let mut again = Command::new(program);
    arguments.next().inspect(|name| {
        again.arg0(name);
    });
    given.iter().for_each(|name| {
        again.env_remove(name);
    });
    output::stays_closed();
    // It comes back only where the system refuses it.
    let _ = again.args(arguments).exec();
}

/// Only Linux tells. An emulator may have threads of its own there.
fn is_only_thread() -> bool {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count) == 1
}

#[expect(unsafe_code, reason = "changes the environment, which threads may read without a lock")]
fn remove(name: &str) {
    // SAFETY: nobody may read or write the environment meanwhile. The system says that this is the only thread, and
    // only a thread could start another.
    unsafe { env::remove_var(name) };
}
