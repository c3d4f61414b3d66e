use crate::Error;
use crate::system::{Here, System};

/// The memory that a program may still take: what the system says is free, or what the control
/// group leaves, whichever is less.
pub fn available_memory() -> u64 {
    let Some(system) = memory() else { return u64::MAX };
    let group = system.cgroup_limits().map_or(u64::MAX, |limits| limits.free_memory);
    let limit = Here::address_space_left().unwrap_or(u64::MAX);
    system.available_memory().min(group).min(limit)
}

/// Main memory, in bytes; `None` where the system does not tell.
pub fn total_memory() -> Option<u64> {
    memory().map(|system| system.total_memory())
}

/// What the system says of its memory just now, where it can be asked. On Linux without `/proc` it says
/// that there is none at all.
fn memory() -> Option<sysinfo::System> {
    let mut system = sysinfo::System::new().ok()?;
    system.refresh_memory();
    (system.total_memory() > 0).then_some(system)
}

/// Refuses to allocate more than there is.
///
/// # Errors
///
/// [`Error::NoMemory`] that names what is needed and what is available.
pub fn check_available(needed: u64) -> Result<(), Error> {
    let available = available_memory();
    if needed <= available {
        return Ok(());
    }
    let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
    let cause = format!("it needs {}, {} available", gigabytes(needed), gigabytes(available));
    Err(Error::NoMemory(cause))
}
