//! What the processor itself tells. Only those of Intel's architecture can be asked.

/// What was asked; all `None` where it cannot be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CpuId {
    /// The processor's own name.
    pub name: Option<String>,
    /// Whether a hypervisor says that it is there.
    pub virtual_machine: Option<bool>,
    /// Whether its counter of cycles has the same rate at any clock.
    pub steady_counter: Option<bool>,
}

impl CpuId {
    /// Asks the processor.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    pub fn asked() -> Self {
        let cpu = raw_cpuid::CpuId::new();
        let name = cpu.get_processor_brand_string();
        CpuId {
            name: name.map(|name| name.as_str().trim().to_owned()),
            virtual_machine: cpu.get_feature_info().map(|info| info.has_hypervisor()),
            steady_counter: cpu.get_advanced_power_mgmt_info().map(|info| info.has_invariant_tsc()),
        }
    }

    /// Asks nobody.
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    pub fn asked() -> Self {
        CpuId::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_processors_of_one_architecture_are_asked() {
        let asked = CpuId::asked();
        let tells = matches!(std::env::consts::ARCH, "x86" | "x86_64");
        assert_eq!(asked != CpuId::default(), tells, "{asked:?}");
    }
}
