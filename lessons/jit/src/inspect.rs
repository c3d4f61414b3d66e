use std::fmt::Write;

use crate::cache::Cache;
use crate::compile::Compiled;
use crate::infer::Program;

/// A stage on the way from bytecode to machine code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Stage {
    /// The typed form: each step, with the type of what it gives
    Types,
    /// Cranelift's form, as this compiler wrote it
    Ir,
    /// The machine code
    Asm,
}

/// What became of every function at this stage, as text.
pub fn view(cache: &Cache, stage: Stage) -> String {
    let mut text = String::new();
    for version in cache.versions() {
        match &version.made {
            Ok((program, compiled)) => text += &stages(program, compiled, stage),
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
pub fn stages(program: &Program, compiled: &Compiled, stage: Stage) -> String {
    let mut text = String::new();
    for (typed, made) in program.functions.iter().zip(&compiled.made) {
        let _ = match stage {
            Stage::Types => writeln!(text, "{typed}"),
            Stage::Ir => writeln!(text, "; {}\n{}", made.name, made.ir),
            Stage::Asm => writeln!(
                text,
                "; {}: {} bytes\n{}",
                made.name,
                made.bytes.len(),
                made.assembly.trim_end()
            ),
        };
    }
    text
}
