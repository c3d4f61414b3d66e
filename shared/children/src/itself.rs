//! What a program asks of the system for itself, as a child or as a parent.

use crate::system::{Here, System};

/// From here on this process is killed when its parent ends, however that ends, even if this one is stopped then.
///
/// On Linux the parent is the *thread* that started this process. On macOS a process that is stopped does not
/// see it. On Windows there is nothing to ask for: a parent that starts a [`Child`](crate::Child) has all that
/// it starts in a job, which ends with it.
pub fn end_with_parent() {
    Here::end_with_parent();
}

/// Whether the parent of this process is this very program; no where the system does not tell.
pub fn is_parent_this_program() -> bool {
    Here::is_parent_this_program()
}

/// Waits until nobody holds the other end of standard input any more: then the parent has ended, or wants this
/// process to end. Where that cannot be seen, as where the input is no pipe, it waits for ever.
pub fn wait_for_hang_up() {
    while !Here::wait_for_hang_up() {
        std::thread::park();
    }
}

/// In lists of processes, takes the name that this program was started by.
pub fn take_name() {
    Here::take_name();
}

/// Stops this process, all of it, until another one continues it. Where the system cannot, it waits for an hour.
pub fn stop() {
    if !Here::stop() {
        std::thread::sleep(std::time::Duration::from_hours(1));
    }
}

/// Allows this process as many open files as the system lets it have.
pub fn raise_file_limit() {
    Here::raise_file_limit();
}

/// Allows this process, and each that it starts, so many bytes of memory; as many as it wants where the system has
/// no such limit.
pub fn limit_memory(most: u64) {
    Here::limit_memory(most);
}
