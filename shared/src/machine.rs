//! The machine that a run is on: its cores, its limits, its memory.

mod ceilings;
mod quota;
mod topology;

use serde::{Deserialize, Serialize};
use sysinfo::System;

pub use ceilings::Ceilings;
pub(crate) use ceilings::read_rate;
pub use topology::{Cache, count_list};

use crate::kernel::simd::Level;
use crate::{Error, Workers};

/// What is known of this machine. What a system does not tell is `None`, never guessed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's own name.
    pub cpu: String,
    /// The operating system.
    pub os: String,
    /// The architecture.
    pub arch: String,
    /// The version of the compiler that made this program.
    pub rustc: String,
    /// Hardware threads that the system runs.
    pub logical_cores: usize,
    /// Cores behind them, as the system reports them; affinity and quota are not counted in.
    pub physical_cores: usize,
    /// Cores that this process may use: affinity and quota counted in, rounded down.
    pub usable_cores: usize,
    /// The same by the crate `num_cpus`, which rounds a quota up.
    pub usable_cores_num_cpus: usize,
    /// CPUs that the control group allows, as a fraction.
    pub cpu_quota: Option<f64>,
    /// Whether two hardware threads share a core; `None` where a hypervisor may hide it.
    pub smt: Option<bool>,
    /// Whether a hypervisor says that it is there.
    pub virtual_machine: Option<bool>,
    /// The caches of the first core.
    pub caches: Vec<Cache>,
    /// The widest instruction set in use.
    pub simd: String,
    /// Main memory.
    pub memory_bytes: u64,
    /// The measured ceilings.
    pub ceilings: Ceilings,
}

impl Machine {
    /// Asks the system, and measures the ceilings: under half a second. `numbers` are those of the
    /// kernel, if it has any.
    ///
    /// # Errors
    ///
    /// Where the system refuses the threads that measure the ceilings.
    pub fn measured(numbers: Option<&[u64]>) -> Result<Self, Error> {
        let virtual_machine = topology::virtual_machine();
        Ok(Machine {
            cpu: topology::cpu_name(),
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            rustc: env!("RUSTC_VERSION").to_owned(),
            logical_cores: topology::logical_cores(),
            physical_cores: num_cpus::get_physical(),
            usable_cores: Workers::usable().get(),
            usable_cores_num_cpus: num_cpus::get(),
            cpu_quota: quota::cpus(),
            smt: topology::smt(virtual_machine),
            virtual_machine,
            caches: topology::caches(),
            simd: Level::best().name().to_owned(),
            memory_bytes: memory().map_or(0, |system| system.total_memory()),
            ceilings: Ceilings::measured(Workers::usable(), numbers)?,
        })
    }
}

/// The memory that a program may still take: what the system says is free, or what the control
/// group leaves, whichever is less.
pub fn available_memory() -> u64 {
    let Some(system) = memory() else { return u64::MAX };
    let group = system.cgroup_limits().map_or(u64::MAX, |limits| limits.free_memory);
    system.available_memory().min(group).min(address_space_left())
}

/// What `ulimit -v` allows, less what this process has already.
#[cfg(unix)]
fn address_space_left() -> u64 {
    use rustix::process::{Resource, getrlimit};
    let Some(limit) = getrlimit(Resource::As).current else { return u64::MAX };
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let used = pages.and_then(|text| text.split(' ').next()?.parse::<u64>().ok()).unwrap_or(0);
    limit.saturating_sub(used * rustix::param::page_size() as u64)
}

#[cfg(not(unix))]
fn address_space_left() -> u64 {
    u64::MAX
}

/// What the system says of its memory just now, where it can be asked. On Linux without `/proc` it says
/// that there is none at all.
fn memory() -> Option<System> {
    let mut system = System::new().ok()?;
    system.refresh_memory();
    (system.total_memory() > 0).then_some(system)
}

/// Refuses to allocate more than there is.
///
/// # Errors
///
/// [`Error::Refused`] that names what is needed and what is available.
pub fn check_available(needed: u64) -> Result<(), Error> {
    let available = available_memory();
    if needed <= available {
        return Ok(());
    }
    let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
    Err(Error::Refused {
        what: "memory for the data".to_owned(),
        cause: format!("it needs {}, {} available", gigabytes(needed), gigabytes(available)),
        mend: "ask for fewer terms with -n",
    })
}
