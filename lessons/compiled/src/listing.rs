//! Machine code as text: what `objdump -d -M intel` shows, for one function.

use iced_x86::{
    Decoder, DecoderOptions, FlowControl, Formatter, Instruction, IntelFormatter, MemorySizeOptions,
};
use measure::Error;

/// One instruction.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it lies.
    pub address: u64,
    /// Its encoding.
    pub bytes: Vec<u8>,
    /// Its text, in Intel's notation: the destination comes first.
    pub text: String,
    pub(crate) instruction: Instruction,
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
/// [`Error::Missing`] on processors other than x86-64.
pub fn listing(code: &[u8], address: u64) -> Result<Vec<Line>, Error> {
    listing_with(code, address, &|_| None)
}

/// The same, where `name` knows what lies at an address that is called.
pub(crate) fn listing_with(
    code: &[u8],
    address: u64,
    name: &dyn Fn(u64) -> Option<String>,
) -> Result<Vec<Line>, Error> {
    if !cfg!(target_arch = "x86_64") {
        return Err(Error::Missing {
            what: format!("a reader of the machine code of {}", std::env::consts::ARCH),
            why: "this lesson can read that of x86-64 only".to_owned(),
            remedy: "read it with: objdump -d --disassemble=NAME",
        });
    }
    let mut formatter = formatter();
    let decoder = Decoder::with_ip(64, code, address, DecoderOptions::NONE);
    let within = address..address + code.len() as u64;
    let lines = decoder.into_iter().map(|instruction| {
        let mut text = String::new();
        formatter.format(&instruction, &mut text);
        if let Some(target) = target(&instruction) {
            let place = if within.contains(&target) {
                format!("+{:#x}", target - address)
            } else {
                name(target).unwrap_or_else(|| format!("{target:#x}"))
            };
            let mnemonic = text.split(' ').next().unwrap_or_default();
            text = format!("{mnemonic} {place}");
        }
        let start = (instruction.ip() - address) as usize;
        let bytes = code[start..start + instruction.len()].to_vec();
        Line { address: instruction.ip(), bytes, text, instruction }
    });
    Ok(without_filling(lines.collect()))
}

fn formatter() -> IntelFormatter {
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_uppercase_hex(false);
    options.set_small_hex_numbers_in_decimal(false);
    options.set_memory_size_options(MemorySizeOptions::Always);
    options.set_always_show_scale(true);
    options.set_rip_relative_addresses(true);
    formatter
}

/// Where a jump or a call goes, if the instruction itself says so.
pub(crate) fn target(instruction: &Instruction) -> Option<u64> {
    let goes = matches!(
        instruction.flow_control(),
        FlowControl::Call | FlowControl::ConditionalBranch | FlowControl::UnconditionalBranch
    );
    let near = instruction.near_branch_target();
    (goes && near != 0).then_some(near)
}

/// A function whose length is not known ends with what fills the gap to the next one.
fn without_filling(mut lines: Vec<Line>) -> Vec<Line> {
    let fills = |line: &Line| {
        let mnemonic = line.text.split(' ').next().unwrap_or_default();
        matches!(mnemonic, "int3" | "nop")
    };
    while lines.len() > 1 && lines.last().is_some_and(fills) {
        lines.pop();
    }
    lines
}
