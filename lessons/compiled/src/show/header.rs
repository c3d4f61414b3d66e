use std::ops::Range;

use course::{BOLD, wrapped};
use measure::Error;
use object::{Architecture, BinaryFormat, File, Object};

use crate::program::Program;

/// What the bytes at a place of the header mean.
type Row = (Range<usize>, String);

/// The first bytes of this executable, and what they mean.
pub(super) fn header(program: &Program<'_>) -> Result<String, Error> {
    let bytes = program.executable.bytes();
    let file = &program.file;
    let mut text = format!("{BOLD}the header of this executable{BOLD:#}\n");
    let rows = match file.format() {
        BinaryFormat::Elf => elf(file),
        BinaryFormat::Pe => pe(file, bytes),
        BinaryFormat::MachO => mach_o(file),
        other => vec![(0..4, format!("the format is {other:?}"))],
    };
    for (range, meaning) in rows {
        let shown = bytes.get(range.clone()).unwrap_or_default();
        let shown: Vec<String> = shown.iter().map(|byte| format!("{byte:02x}")).collect();
        text += &format!("{:>6}  {:<24}{meaning}\n", range.start, shown.join(" "));
    }
    let name = architecture(file.architecture());
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

/// The header of Linux.
fn elf(file: &File<'_>) -> Vec<Row> {
    let bits = if file.is_64() { "2: addresses of 64 bits" } else { "1: addresses of 32 bits" };
    let order = if file.is_little_endian() { "1: little-endian" } else { "2: big-endian" };
    let number = match file.architecture() {
        Architecture::X86_64 => "62: ",
        Architecture::Aarch64 => "183: ",
        Architecture::Riscv64 => "243: ",
        _ => "",
    };
    vec![
        (0..4, "7f and ELF: an executable of Linux and others".to_owned()),
        (4..5, bits.to_owned()),
        (5..6, order.to_owned()),
        (16..18, "its kind: 2 in a fixed place, 3 in any place".to_owned()),
        (18..20, format!("{number}the architecture {}", architecture(file.architecture()))),
        (24..32, "where the system jumps to, to start it".to_owned()),
    ]
}

/// The header of Windows: behind that of a program of MS-DOS, which says where it is.
fn pe(file: &File<'_>, bytes: &[u8]) -> Vec<Row> {
    let word = bytes.get(60..64).and_then(|word| word.try_into().ok()).map(u32::from_le_bytes);
    let at = word.and_then(|word| usize::try_from(word).ok()).unwrap_or(0);
    vec![
        (0..2, "MZ: what MS-DOS takes for a program of its own".to_owned()),
        (60..64, format!("{at}: where the header of Windows begins")),
        (at..at + 4, "PE and two zeros: an executable of Windows".to_owned()),
        (at + 4..at + 6, format!("the architecture {}", architecture(file.architecture()))),
        (at + 24..at + 26, "0b 02: addresses of 64 bits, 0b 01: of 32".to_owned()),
        (at + 40..at + 44, "where the system jumps to, to start it".to_owned()),
    ]
}

/// The header of macOS.
fn mach_o(file: &File<'_>) -> Vec<Row> {
    let bits = if file.is_64() { "64" } else { "32" };
    vec![
        (0..4, format!("an executable of macOS, addresses of {bits} bits")),
        (4..8, format!("the architecture {}", architecture(file.architecture()))),
        (12..16, "its kind: 2 is a program".to_owned()),
        (16..20, "how many commands to the loader follow".to_owned()),
    ]
}

/// The name of the architecture.
fn architecture(architecture: Architecture) -> String {
    match architecture {
        Architecture::X86_64 => "x86-64".to_owned(),
        Architecture::Aarch64 => "AArch64".to_owned(),
        Architecture::Riscv64 => "RISC-V".to_owned(),
        other => format!("{other:?}"),
    }
}
