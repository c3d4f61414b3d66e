//! What was compiled, by function and types.

use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use ::interpreted::Code;

use crate::compile::Compiled;
use crate::infer::{Program, Refusal};
use crate::status::GivenUp;
use crate::types::Type;

/// A version that gave up so many calls is not called any more: each of them ran twice.
const PATIENCE: u32 = 3;

/// One function, compiled for the types of one call; or why it is not.
#[derive(Debug)]
pub struct Version {
    /// The function.
    pub code: Rc<Code>,
    /// The types that it is called with.
    pub arguments: Vec<Type>,
    /// Whether somebody wrote the types down, and so wants no others.
    pub explicit: bool,
    /// What was made of it.
    pub made: Result<(Program, Compiled), Refusal>,
    /// How often it was called, and went through.
    pub hits: u64,
    /// How often a call was left to the interpreter because it is not compiled.
    pub misses: u64,
    /// How often a call was given up.
    pub given_up: u32,
    /// Why, the last time.
    pub last: Option<GivenUp>,
}

impl Version {
    /// Whether it is worth a call.
    pub fn is_ready(&self) -> bool {
        self.made.is_ok() && (self.explicit || self.given_up < PATIENCE)
    }

    /// Its name, with the types.
    pub fn name(&self) -> String {
        let kinds: Vec<String> = self.arguments.iter().map(ToString::to_string).collect();
        format!("{}({})", self.code.name, kinds.join(", "))
    }
}

/// All versions, by function: each is compiled once, and kept.
#[derive(Debug, Default)]
pub struct Cache {
    versions: Vec<Version>,
    /// The places of a function's versions. The versions hold the codes, so no address comes twice.
    by_code: HashMap<*const Code, Vec<usize>>,
    /// Calls whose arguments have no compiled form at all, and an example.
    pub strangers: (u64, Option<String>),
}

impl Cache {
    /// The places of the versions of a function.
    pub fn of(&self, code: &Rc<Code>) -> &[usize] {
        self.by_code.get(&Rc::as_ptr(code)).map_or(&[], Vec::as_slice)
    }

    /// A version by its place.
    pub fn get(&mut self, place: usize) -> &mut Version {
        &mut self.versions[place]
    }

    /// Keeps a version; gives its place.
    pub fn keep(&mut self, version: Version) -> usize {
        let place = self.versions.len();
        self.by_code.entry(Rc::as_ptr(&version.code)).or_default().push(place);
        self.versions.push(version);
        place
    }

    /// Forgets a version: what it took for constant has changed.
    pub fn forget(&mut self, place: usize) {
        let code = Rc::as_ptr(&self.versions[place].code);
        if let Some(places) = self.by_code.get_mut(&code) {
            places.retain(|known| *known != place);
        }
    }

    /// All versions, in the order in which they were made.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// What became of every function, in words.
    pub fn statistics(&self) -> String {
        let mut text = String::new();
        for version in &self.versions {
            let _ = match &version.made {
                Ok((_, compiled)) => writeln!(
                    text,
                    "{}: compiled in {}, called {} times{}",
                    version.name(),
                    units::seconds(compiled.times.total().as_secs_f64()),
                    version.hits,
                    version.last.map_or_else(String::new, |last| format!(
                        "; {} given up, the last at line {}: {}",
                        version.given_up,
                        last.line,
                        last.cause.words()
                    ))
                ),
                Err(refusal) => writeln!(
                    text,
                    "{}: interpreted {} times; {refusal}",
                    version.name(),
                    version.misses
                ),
            };
        }
        if let (count @ 1.., Some(example)) = &self.strangers {
            let _ = writeln!(text, "interpreted {count} times for their arguments, as {example}");
        }
        text
    }
}
