use kernels::KernelName;
use measure::{Interval, Subject};
use serde::{Deserialize, Serialize};

/// The kernel and its known answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KernelFacts {
    /// Its name.
    pub name: KernelName,
    /// How many terms.
    pub terms: u64,
    /// The bytes that one term is read from.
    #[serde(default)]
    pub bytes_per_term: u64,
    /// The known answer.
    #[serde(default)]
    pub expected: String,
    /// The instruction set that its hot loop uses here.
    #[serde(default)]
    pub simd: String,
}

impl KernelFacts {
    /// The facts of what is summed.
    pub fn of(subject: &Subject) -> Self {
        let kernel = subject.kernel();
        KernelFacts {
            name: kernel.name(),
            terms: subject.terms(),
            bytes_per_term: kernel.name().description().bytes_per_term,
            expected: kernel.answer(),
            simd: kernel.level().name().to_owned(),
        }
    }

    /// Whether that set is wider than the one that every processor of its architecture has.
    pub fn is_wide(&self) -> bool {
        matches!(self.simd.as_str(), "avx2" | "avx512")
    }
}

/// The sequential run that all others are compared with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WholeBaseline {
    /// Always `simd`: the kernel's own loop.
    pub strategy: String,
    /// How long it took.
    pub seconds: Interval,
}
