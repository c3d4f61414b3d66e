//! What the system tells of cores, threads and caches.

use serde::{Deserialize, Serialize};

use crate::cpu_list::count_list;

/// One cache of the first core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cache {
    /// 1, 2 or 3.
    pub level: u32,
    /// `Data`, `Instruction` or `Unified`.
    pub kind: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Hardware threads that the system runs, whether this process may use them or not.
pub(super) fn logical_cores() -> usize {
    let online = read("/sys/devices/system/cpu/online").and_then(|list| count_list(&list));
    online.unwrap_or_else(num_cpus::get)
}

/// The processor's own name.
pub(super) fn cpu_name() -> String {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    {
        let brand = raw_cpuid::CpuId::new().get_processor_brand_string();
        if let Some(name) = brand.map(|brand| brand.as_str().trim().to_owned()) {
            return name;
        }
    }
    std::env::consts::ARCH.to_owned()
}

/// Whether a hypervisor says that it is there.
pub(super) fn virtual_machine() -> Option<bool> {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    return raw_cpuid::CpuId::new().get_feature_info().map(|info| info.has_hypervisor());
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    None
}

/// Whether two hardware threads share a core.
///
/// A system that lists siblings is believed. One that lists none is believed only on bare metal: a
/// hypervisor may present two threads of one core as two cores.
pub(super) fn smt(virtual_machine: Option<bool>) -> Option<bool> {
    let siblings = read("/sys/devices/system/cpu/cpu0/topology/thread_siblings_list")
        .and_then(|list| count_list(&list))?;
    match (siblings > 1, virtual_machine) {
        (true, _) => Some(true),
        (false, Some(false)) => Some(false),
        (false, _) => None,
    }
}

/// The caches of the first core, the nearest first; empty where the system does not list them.
pub(super) fn caches() -> Vec<Cache> {
    let folder = |index: u32| format!("/sys/devices/system/cpu/cpu0/cache/index{index}");
    (0..8)
        .filter_map(|index| {
            let field = |name: &str| read(&format!("{}/{name}", folder(index)));
            let level = field("level")?.parse().ok()?;
            Some(Cache { level, kind: field("type")?, bytes: parse_size(&field("size")?)? })
        })
        .collect()
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok().map(|text| text.trim().to_owned())
}

/// `48K` or `2M` in bytes.
fn parse_size(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(['K', 'M', 'G']);
    let unit = match &text[digits.len()..] {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        _ => 1 << 30,
    };
    Some(digits.parse::<u64>().ok()? * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cache_sizes_are_read() {
        assert_eq!(parse_size("48K"), Some(49_152));
        assert_eq!(parse_size("2M"), Some(2_097_152));
        assert_eq!(parse_size("K"), None);
    }
}
