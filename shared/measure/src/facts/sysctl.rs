//! The numbers and names that macOS gives to `sysctl`.

use super::{Cache, CoreKind, Facts};

impl Facts {
    /// What macOS tells: `ask` gives the bytes of a value by its name, `None` where there is no such name.
    ///
    /// `hw.l1dcachesize` and its like are those of the slowest cores on Apple's processors, so the fastest
    /// kind (`hw.perflevel0`) is asked first.
    pub fn of_sysctl(ask: &dyn Fn(&str) -> Option<Vec<u8>>) -> Self {
        let number = |name: &str| integer(&ask(name)?);
        let count = |name: &str| usize::try_from(number(name)?).ok().filter(|count| *count > 0);
        let kind = |level: usize| {
            let field = |name: &str| format!("hw.perflevel{level}.{name}");
            Some(CoreKind {
                name: ask(&field("name"))
                    .and_then(|name| text(&name))
                    .map(|name| name.to_lowercase()),
                capacity: None,
                cores: count(&field("physicalcpu"))?,
                threads: count(&field("logicalcpu"))?,
            })
        };
        let kinds: Vec<CoreKind> = (0..).map_while(kind).collect();
        let cache = |level, kind: &str, name: &str| {
            let of_fastest = number(&format!("hw.perflevel0.{name}"));
            let bytes = of_fastest.or_else(|| number(&format!("hw.{name}")))?;
            (bytes > 0).then(|| Cache { level, kind: kind.to_owned(), bytes })
        };
        let caches = [
            cache(1, "Data", "l1dcachesize"),
            cache(1, "Instruction", "l1icachesize"),
            cache(2, "Unified", "l2cachesize"),
            cache(3, "Unified", "l3cachesize"),
        ];
        Facts {
            cpu: ask("machdep.cpu.brand_string").and_then(|name| text(&name)),
            virtual_machine: number("kern.hv_vmm_present").map(|there| there != 0),
            logical_cores: count("hw.logicalcpu"),
            physical_cores: count("hw.physicalcpu"),
            kinds: (!kinds.is_empty()).then_some(kinds),
            caches: caches.into_iter().flatten().collect(),
            cache_line_bytes: number("hw.cachelinesize").filter(|bytes| *bytes > 0),
            ..Facts::default()
        }
    }
}

/// An integer of four or eight bytes, the processor's own way round.
fn integer(bytes: &[u8]) -> Option<u64> {
    match bytes.len() {
        4 => Some(u64::from(u32::from_ne_bytes(bytes.try_into().ok()?))),
        8 => Some(u64::from_ne_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
}

/// A text that ends with a zero.
fn text(bytes: &[u8]) -> Option<String> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let text = String::from_utf8_lossy(&bytes[..end]).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
