use course::{BOLD, wrapped};
use measure::Error;
use object::{Architecture, BinaryFormat, Object};

use crate::program::Program;

/// The first bytes of this executable, and what they mean.
pub(super) fn header(program: &Program<'_>) -> Result<String, Error> {
    let bytes = program.executable.bytes();
    let file = &program.file;
    let mut text = format!("{BOLD}the header of this executable{BOLD:#}\n");
    let hexadecimal = |bytes: &[u8]| {
        let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        bytes.join(" ")
    };
    let mut row = |range: std::ops::Range<usize>, meaning: &str| {
        let shown = bytes.get(range.clone()).unwrap_or_default();
        text += &format!("{:>6}  {:<24}{meaning}\n", range.start, hexadecimal(shown));
    };
    if file.format() == BinaryFormat::Elf {
        row(0..4, "7f and ELF: an executable of Linux and others");
        row(4..5, if file.is_64() { "2: addresses of 64 bits" } else { "1: addresses of 32 bits" });
        row(5..6, if file.is_little_endian() { "1: little-endian" } else { "2: big-endian" });
        row(16..18, "its kind: 2 in a fixed place, 3 in any place");
        row(18..20, &architecture(file.architecture(), true));
        row(24..32, "where the system jumps to, to start it");
    } else {
        row(0..4, &format!("the format is {:?}", file.format()));
    }
    let name = architecture(file.architecture(), false);
    text += &wrapped(
        &format!(
            "An executable belongs to one architecture. This one holds instructions of {name}, and \
             the header says so: on another processor the system refuses it before the first \
             instruction is tried. The source belongs to none; for another processor it is compiled \
             again. See --show elsewhere."
        ),
        0,
    );
    Ok(text)
}

/// The name of the architecture, with ELF's number for it if that is asked for.
fn architecture(architecture: Architecture, with_number: bool) -> String {
    let (number, name) = match architecture {
        Architecture::X86_64 => ("62", "x86-64"),
        Architecture::Aarch64 => ("183", "AArch64"),
        Architecture::Riscv64 => ("243", "RISC-V"),
        other => return format!("{other:?}"),
    };
    if with_number { format!("{number}: the architecture {name}") } else { name.to_owned() }
}
