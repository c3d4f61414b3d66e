//! What a system tells of its processor and its cores, and how its answers are read.
//!
//! How to ask is another matter, and each system has its own way. But an answer can be read anywhere,
//! also one of another system that was recorded: files of `/proc` and `/sys`, numbers by name, bytes.

mod arm_parts;
mod order;
mod power;
mod proc_sys;
mod processors;
mod quota;
#[cfg(test)]
pub(crate) mod recorded;
mod sysctl;

use serde::{Deserialize, Serialize};

pub use order::Order;
pub use power::is_on_battery;
pub use proc_sys::{Read, runnable_threads, thread_of_proc_sys};
pub use processors::{Processors, group_and_bit, threads_of_mask};
pub use quota::{Quota, quota_in_words};

pub use crate::cpu_list::list_of;
use crate::system::{Here, System};

/// What is known of a machine by the word of its system. What that does not tell is `None`, or empty; never guessed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The processor's name.
    pub cpu: Option<String>,
    /// Whether a hypervisor says that it is there.
    pub virtual_machine: Option<bool>,
    /// Hardware threads that the system runs, whoever may use them.
    pub logical_cores: Option<usize>,
    /// The cores behind them.
    pub physical_cores: Option<usize>,
    /// The numbers of the hardware threads on which the system may put this program.
    pub allowed: Option<Vec<usize>>,
    /// The numbers of the hardware threads of the first core.
    pub siblings: Option<Vec<usize>>,
    /// The kinds of cores, the fastest first; one where all are alike.
    pub kinds: Option<Vec<CoreKind>>,
    /// The caches of the first core, or of one of the fastest kind.
    pub caches: Vec<Cache>,
    /// The size of a cache line.
    pub cache_line_bytes: Option<u64>,
    /// The numbers of the parts of the machine that have memory of their own.
    pub nodes: Option<Vec<usize>>,
    /// What the control group or the job of this program allows.
    pub quota: Option<Quota>,
}

/// Cores that are alike, by the word of the system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoreKind {
    /// `performance` or `efficiency`, where the system has such a name for it.
    pub name: Option<String>,
    /// What one of them does beside the fastest of the machine, which does 1024: what Linux on Arm tells.
    pub capacity: Option<u64>,
    /// How many there are.
    pub cores: usize,
    /// Their hardware threads.
    pub threads: usize,
}

/// One cache of a core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cache {
    /// 1, 2 or 3.
    pub level: u32,
    /// `Data`, `Instruction` or `Unified`.
    pub kind: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A hardware thread, as far as it matters to whoever pins a worker to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HardwareThread {
    /// Its number in the system.
    pub number: usize,
    /// The threads of the same core, itself among them; empty where the system does not tell.
    pub siblings: Vec<usize>,
    /// How fast it is, beside others: of two such, the larger is the faster one. `None` where the system does
    /// not tell.
    pub speed: Option<(u64, u64)>,
}

impl Facts {
    /// What this system tells.
    pub fn asked() -> Self {
        Here::facts()
    }

    /// Whether two hardware threads share a core. A system that lists siblings is believed. One that lists
    /// none is believed only on bare metal: a hypervisor may present two threads of one core as two cores.
    pub fn smt(&self, virtual_machine: Option<bool>) -> Option<bool> {
        let of_first = self.siblings.as_ref().map(|threads| threads.len() > 1);
        let of_any = self.logical_cores.zip(self.physical_cores);
        let of_any = of_any.map(|(threads, cores)| threads > cores);
        let shared = of_first.into_iter().chain(of_any).reduce(|one, other| one || other)?;
        match (shared, virtual_machine) {
            (true, _) => Some(true),
            (false, Some(false)) => Some(false),
            (false, _) => None,
        }
    }
}
