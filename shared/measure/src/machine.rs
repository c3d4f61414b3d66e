//! The machine that a run is on: its cores, its limits, its memory.

mod ceilings;
mod quota;
mod read_rate;
mod topology;

use serde::{Deserialize, Serialize};

pub use ceilings::Ceilings;
pub use quota::{Quota, quota, quota_in_words};
pub use read_rate::read_rate;
pub use topology::Cache;

pub use crate::cpu_list::count_list;

use kernels::{Workers, simd::Level};

use crate::{Context, Error};

/// What is known of this machine. What a system does not tell is `None`, never guessed. What a file does
/// not tell is empty, or zero.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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
    /// Cores that this process may use: affinity and quota counted in, a fraction of a core left out.
    pub usable_cores: usize,
    /// The same by the crate `num_cpus`, which rounds a quota up.
    pub usable_cores_num_cpus: usize,
    /// CPUs that the control group allows, as a fraction.
    pub cpu_quota: Option<f64>,
    /// Whether two hardware threads share a core; `None` where a hypervisor may hide it.
    pub smt: Option<bool>,
    /// Whether a hypervisor says that it is there.
    pub virtual_machine: Option<bool>,
    /// The kinds of cores, the fastest first, where a run saw that they differ; empty where they are alike, and
    /// where it cannot be told.
    pub kinds: Vec<Kind>,
    /// The caches of the first core.
    pub caches: Vec<Cache>,
    /// The widest instruction set in use.
    pub simd: String,
    /// Main memory.
    pub memory_bytes: u64,
    /// The measured ceilings; none where nothing is timed.
    #[serde(skip_serializing_if = "Ceilings::are_unknown")]
    pub ceilings: Ceilings,
}

/// Cores that are about as fast as each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// How many there are.
    pub cores: usize,
    /// How fast each is, beside the fastest kind, with all cores at work.
    pub speed: f64,
}

impl Machine {
    /// Asks the system, and measures the ceilings: under half a second, on as many threads as `context`
    /// has workers. `numbers` are those of the kernel, if it has any.
    ///
    /// # Errors
    ///
    /// Where the system refuses the threads that measure the ceilings.
    pub fn measured(context: &Context, numbers: Option<&[u64]>) -> Result<Self, Error> {
        let machine = Machine::asked();
        Ok(Machine { ceilings: Ceilings::measured(context, &machine.caches, numbers)?, ..machine })
    }

    /// Asks the system, and measures nothing.
    pub fn asked() -> Self {
        let virtual_machine = topology::virtual_machine();
        Machine {
            cpu: topology::cpu_name(),
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            rustc: env!("RUSTC_VERSION").to_owned(),
            logical_cores: topology::logical_cores(),
            physical_cores: num_cpus::get_physical(),
            usable_cores: Workers::usable().get(),
            usable_cores_num_cpus: num_cpus::get(),
            cpu_quota: quota(std::path::Path::new("/")).map(|quota| quota.cpus),
            smt: topology::smt(virtual_machine),
            virtual_machine,
            caches: topology::caches(),
            kinds: Vec::new(),
            simd: Level::best().name().to_owned(),
            memory_bytes: kernels::total_memory(),
            ceilings: Ceilings::default(),
        }
    }
}
