//! The names of Arm's cores. An Arm processor has no name of its own to ask for: Linux shows two numbers, who made it and
//! which part it is, out of the register MIDR_EL1.

/// Arm Limited, which designs what is listed here.
const ARM: u64 = 0x41;

/// Part numbers, as each core's Technical Reference Manual has them under MIDR_EL1 (developer.arm.com), and as
/// `lscpu` of util-linux has them (sys-utils/lscpu-arm.c).
const PARTS: [(u64, &str); 21] = [
    (0xd03, "Cortex-A53"),
    (0xd05, "Cortex-A55"),
    (0xd07, "Cortex-A57"),
    (0xd08, "Cortex-A72"),
    (0xd09, "Cortex-A73"),
    (0xd0a, "Cortex-A75"),
    (0xd0b, "Cortex-A76"),
    (0xd0c, "Neoverse-N1"),
    (0xd0d, "Cortex-A77"),
    (0xd40, "Neoverse-V1"),
    (0xd41, "Cortex-A78"),
    (0xd44, "Cortex-X1"),
    (0xd46, "Cortex-A510"),
    (0xd47, "Cortex-A710"),
    (0xd48, "Cortex-X2"),
    (0xd49, "Neoverse-N2"),
    (0xd4f, "Neoverse-V2"),
    (0xd80, "Cortex-A520"),
    (0xd81, "Cortex-A720"),
    (0xd84, "Neoverse-V3"),
    (0xd8e, "Neoverse-N3"),
];

/// The name of a part, where it is one of those above.
pub(super) fn name(implementer: u64, part: u64) -> Option<&'static str> {
    let known = PARTS.iter().filter(|_| implementer == ARM);
    known.into_iter().find(|(number, _)| *number == part).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_names_and_those_of_others_have_none() {
        assert_eq!(name(0x41, 0xd0c), Some("Neoverse-N1"));
        assert_eq!(name(0x41, 0xd08), Some("Cortex-A72"));
        assert_eq!(name(0x41, 0xfff), None);
        assert_eq!(name(0x61, 0xd08), None, "Apple counts its own parts");
        assert!(PARTS.is_sorted_by_key(|(number, _)| *number));
    }
}
