//! Machine code as text: what `objdump -d` shows, for one function.

use measure::Error;

use crate::instruction_set::{InstructionSet, Meaning};

/// One instruction.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it lies.
    pub address: u64,
    /// Its encoding.
    pub bytes: Vec<u8>,
    /// Its text, in the notation of the processor's maker: the destination comes first.
    pub text: String,
    pub(crate) meaning: Meaning,
}

/// The instructions of a piece of machine code of this machine that begins at `address`.
///
/// ```
/// # if !cfg!(target_arch = "x86_64") { return Ok(()); }
/// let lines = compiled::listing(&[0x8d, 0x04, 0x37, 0xc3], 0x1000)?;
/// let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
/// assert_eq!(text, ["lea eax,[rdi+rsi*1]", "ret"]);
/// # Ok::<(), measure::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Missing`] on processors other than x86-64 and AArch64.
pub fn listing(code: &[u8], address: u64) -> Result<Vec<Line>, Error> {
    let here = InstructionSet::here().ok_or_else(|| unknown(std::env::consts::ARCH))?;
    Ok(listing_of(here, code, address))
}

/// The instructions of a piece of machine code that begins at `address`, for any processor.
///
/// ```
/// use compiled::{InstructionSet, listing_of};
///
/// let lines = listing_of(InstructionSet::A64, &[0x00, 0x00, 0x01, 0x0b], 0x1000);
/// assert_eq!(lines[0].text, "add w0, w0, w1");
/// ```
pub fn listing_of(set: InstructionSet, code: &[u8], address: u64) -> Vec<Line> {
    listing_with(set, code, address, &|_| None)
}

/// The same, where `name` knows what lies at an address that is called.
pub(crate) fn listing_with(
    set: InstructionSet,
    code: &[u8],
    address: u64,
    name: &dyn Fn(u64) -> Option<String>,
) -> Vec<Line> {
    let within = address..address + code.len() as u64;
    let lines = set.decode(code, address).into_iter().map(|instruction| {
        let mut text = instruction.text;
        if let Some(target) = instruction.meaning.flow.target() {
            let place = if within.contains(&target) {
                format!("+{:#x}", target - address)
            } else {
                name(target).unwrap_or_else(|| format!("{target:#x}"))
            };
            text = format!("{text} {place}");
        }
        let start = (instruction.address - address) as usize;
        let bytes = code[start..start + instruction.length].to_vec();
        Line { address: instruction.address, bytes, text, meaning: instruction.meaning }
    });
    without_filling(lines.collect())
}

/// The error where nobody here knows the instructions of an architecture.
pub(crate) fn unknown(architecture: &str) -> Error {
    Error::Missing {
        what: format!("a reader of the machine code of {architecture}"),
        why: "this lesson can read that of x86-64 and of AArch64 only".to_owned(),
        remedy: "read it with: objdump -d --disassemble=NAME",
    }
}

/// A function whose length is not known ends with what fills the gap to the next one.
fn without_filling(mut lines: Vec<Line>) -> Vec<Line> {
    while lines.len() > 1 && lines.last().is_some_and(|line| line.meaning.fills) {
        lines.pop();
    }
    lines
}
