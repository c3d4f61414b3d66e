//! The compiled functions, by function and argument types.

use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use ::interpreted::Code;
use units::{count, seconds};

use crate::bailout::Bailout;
use crate::compile::Compilation;
use crate::infer::{Refusal, TypedProgram};
use crate::types::Type;

/// A version is not called any more after this many bailouts: each of those calls ran twice.
const PATIENCE: u32 = 3;

/// One function, compiled for the types of one call.
#[derive(Debug)]
pub struct Version {
    /// The function.
    pub code: Rc<Code>,
    /// The types that it is called with.
    pub arguments: Vec<Type>,
    /// Whether the types come from an explicit signature, which allows no others.
    pub explicit: bool,
    /// Its machine code, or why there is none.
    pub outcome: Result<(TypedProgram, Compilation), Refusal>,
    /// How many calls ran to their end.
    pub hits: u64,
    /// How many calls were left to the interpreter because it is not compiled.
    pub misses: u64,
    /// How many calls bailed out.
    pub bailouts: u32,
    /// The last bailout.
    pub last: Option<Bailout>,
}

impl Version {
    /// Whether it may be called.
    pub fn is_ready(&self) -> bool {
        self.outcome.is_ok() && (self.explicit || self.bailouts < PATIENCE)
    }

    /// Its name, with the types.
    pub fn name(&self) -> String {
        let kinds: Vec<String> = self.arguments.iter().map(ToString::to_string).collect();
        format!("{}({})", self.code.name, kinds.join(", "))
    }
}

/// All versions, by function. Each is compiled once.
#[derive(Debug, Default)]
pub struct Cache {
    versions: Vec<Version>,
    /// The indices of a function's versions. The versions keep the codes alive, so addresses are unique.
    by_code: HashMap<*const Code, Vec<usize>>,
    /// The calls whose arguments have no compiled form at all: how many, and an example.
    pub unsupported: (u64, Option<String>),
}

impl Cache {
    /// The indices of a function's versions.
    pub fn of(&self, code: &Rc<Code>) -> &[usize] {
        self.by_code.get(&Rc::as_ptr(code)).map_or(&[], Vec::as_slice)
    }

    /// The version with this index.
    pub fn get(&mut self, index: usize) -> &mut Version {
        &mut self.versions[index]
    }

    /// Adds a version and returns its index.
    pub fn add(&mut self, version: Version) -> usize {
        let index = self.versions.len();
        self.by_code.entry(Rc::as_ptr(&version.code)).or_default().push(index);
        self.versions.push(version);
        index
    }

    /// Invalidates a version: a global that it took for a constant has changed.
    pub fn invalidate(&mut self, index: usize) {
        let code = Rc::as_ptr(&self.versions[index].code);
        if let Some(indices) = self.by_code.get_mut(&code) {
            indices.retain(|known| *known != index);
        }
    }

    /// All versions, in the order in which they were compiled.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// What became of every function: the text of `--statistics`.
    pub fn statistics(&self) -> String {
        let mut text = String::new();
        for version in &self.versions {
            let _ = match &version.outcome {
                Ok((_, compiled)) => writeln!(
                    text,
                    "{}: compiled in {}, called {}{}",
                    version.name(),
                    seconds(compiled.times.total().as_secs_f64()),
                    count(version.hits + u64::from(version.bailouts), "time"),
                    version.last.map_or_else(String::new, |last| format!(
                        ", of which {} bailed out, the last at line {}: {}",
                        version.bailouts,
                        last.line,
                        last.cause.describe()
                    ))
                ),
                Err(refusal) => writeln!(
                    text,
                    "{}: interpreted {}; {refusal}",
                    version.name(),
                    count(version.misses, "time")
                ),
            };
        }
        if let (calls @ 1.., Some(example)) = &self.unsupported {
            let times = count(*calls, "time");
            let _ = writeln!(text, "interpreted {times} for their arguments, as {example}");
        }
        text
    }
}
