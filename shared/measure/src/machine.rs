//! The machine that a run is on: its cores, its limits, its memory.

mod ceilings;
mod read_rate;

use serde::{Deserialize, Serialize};

pub use ceilings::{Ceilings, additions_per_second};
pub use read_rate::read_rate;

pub use crate::facts::{Cache, CoreKind, quota_in_words};

use kernels::{Workers, simd::Level};

use crate::cpuid::CpuId;
use crate::facts::Facts;
use crate::system::{Here, System};
use crate::{Context, Error};

/// What is known of this machine. What a system does not tell is `None`, or empty, never guessed. What a file does
/// not tell is that, or zero.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Machine {
    /// The processor's own name; that of its architecture where nobody tells.
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
    /// The same by the word of the system, which need not be what a program gets; `None` where it does not tell.
    pub core_kinds: Option<Vec<CoreKind>>,
    /// The caches of the first core, or of one of the fastest kind; empty where the system does not tell.
    pub caches: Vec<Cache>,
    /// The size of a cache line.
    pub cache_line_bytes: Option<u64>,
    /// The widest instruction set in use.
    pub simd: String,
    /// Main memory.
    pub memory_bytes: Option<u64>,
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

    /// Whether it runs on its battery, and so perhaps slower than it can; `None` where it has none, or the system does
    /// not tell.
    pub fn is_on_battery() -> Option<bool> {
        Here::is_on_battery()
    }

    /// Asks the system, and measures nothing.
    pub fn asked() -> Self {
        Machine::of(Facts::asked(), CpuId::asked())
    }

    /// What system and processor told, with the standard library's count of cores, and that of `num_cpus`.
    fn of(facts: Facts, cpuid: CpuId) -> Self {
        let virtual_machine = cpuid.virtual_machine.or(facts.virtual_machine);
        let smt = facts.smt(virtual_machine);
        let cpu = cpuid.name.or(facts.cpu);
        Machine {
            cpu: cpu.unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            os: std::env::consts::OS.to_owned(),
            arch: std::env::consts::ARCH.to_owned(),
            rustc: env!("RUSTC_VERSION").to_owned(),
            logical_cores: facts.logical_cores.unwrap_or_else(num_cpus::get),
            physical_cores: facts.physical_cores.unwrap_or_else(num_cpus::get_physical),
            usable_cores: Workers::usable().get(),
            usable_cores_num_cpus: num_cpus::get(),
            cpu_quota: facts.quota.map(|quota| quota.cpus),
            smt,
            virtual_machine,
            kinds: Vec::new(),
            core_kinds: facts.kinds,
            caches: facts.caches,
            cache_line_bytes: facts.cache_line_bytes,
            simd: Level::best().name().to_owned(),
            memory_bytes: kernels::total_memory(),
            ceilings: Ceilings::default(),
        }
    }
}

#[cfg(test)]
mod tests;
