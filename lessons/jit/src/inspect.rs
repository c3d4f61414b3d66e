//! The stages, as text.

use std::fmt::Write;

use crate::cache::Cache;
use crate::compile::{Compilation, CompiledFunction};
use crate::typed::TypedFunction;

/// A stage between bytecode and machine code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Stage {
    /// The typed form: each step, with the type of what it gives
    Types,
    /// Cranelift's form, as this compiler wrote it
    Ir,
    /// The machine code
    Asm,
}

/// Every function at this stage, as text.
pub fn view(cache: &Cache, stage: Stage) -> String {
    let mut text = String::new();
    for version in cache.versions() {
        match &version.outcome {
            Ok((program, compiled)) => text += &stages(&program.functions, compiled, stage),
            Err(refusal) => {
                let _ = writeln!(text, "{}: not compiled\n  {refusal}\n", version.name());
            }
        }
    }
    if text.is_empty() {
        text.push_str("No function was called, so nothing was compiled.\n");
    }
    text
}

/// All functions that were compiled together, at one stage.
pub fn stages(functions: &[TypedFunction], compiled: &Compilation, stage: Stage) -> String {
    let mut text = String::new();
    for (typed, function) in functions.iter().zip(&compiled.functions) {
        let _ = match stage {
            Stage::Types => writeln!(text, "{typed}"),
            Stage::Ir => writeln!(text, "; {}\n{}", function.name, function.ir),
            Stage::Asm => {
                writeln!(
                    text,
                    "; {}: {} bytes\n{}",
                    function.name,
                    function.bytes.len(),
                    machine_code(function)
                )
            }
        };
    }
    text
}

/// The instructions as `objdump` would show them. Cranelift's own listing where a function calls others, whose
/// addresses are not known yet, or where this processor has no disassembler.
fn machine_code(function: &CompiledFunction) -> String {
    match ::compiled::listing(&function.bytes, 0) {
        Ok(lines) if !function.calls => {
            lines.iter().map(|line| format!("  {:>4x}: {}\n", line.address, line.text)).collect()
        }
        _ => readable(&function.assembly),
    }
}

/// Cranelift's listing without the lines that are not instructions.
fn readable(assembly: &str) -> String {
    let remark = |line: &str| line.starts_with("unwind") || line.starts_with("uninit");
    let lines = assembly.lines().filter(|line| !remark(line.trim_start()));
    lines.map(|line| format!("{line}\n")).collect()
}
