use std::rc::Rc;

use ::interpreted::{CallHook, Code, Exception, Function, Globals, Value};

use crate::bailout::{Bailout, Cause};
use crate::cache::{Cache, Version};
use crate::compile::compile_call;
use crate::infer::{ModuleScope, Scope};
use crate::native::{DEPTH, WORDS};
use crate::signature::Signature;
use crate::types::Type;
use crate::values;

/// At most this many versions of a function are compiled; other types stay with the interpreter.
const MOST_VERSIONS: usize = 16;

/// The compiler beside the machine: it takes over the calls that it can.
#[derive(Debug, Default)]
pub struct Engine {
    /// The compiled functions.
    pub cache: Cache,
    /// Whether a function that can't be compiled is an error.
    strict: bool,
    /// Whether to keep Cranelift's listings.
    look: bool,
}

impl Engine {
    /// With `strict`, what can't be compiled is an error; with `look`, the listings are kept.
    pub fn new(strict: bool, look: bool) -> Self {
        Engine { strict, look, ..Engine::default() }
    }

    /// Compiles a function for these types before the program starts.
    pub fn prepare(&mut self, module: &Code, signature: &Signature) -> Result<(), String> {
        let names = ModuleScope(module);
        let Some(code) = names.function(&signature.function) else {
            return Err(format!(
                "the program does not define one function `{}`",
                signature.function
            ));
        };
        let place = self.version(&code, signature.arguments.clone(), &names, true);
        let version = self.cache.get(place);
        match &version.outcome {
            Err(refusal) => Err(format!("{signature} can't be compiled: {refusal}")),
            Ok((program, _)) if program.functions[0].result != signature.result => {
                let result = &program.functions[0].result;
                Err(format!("{signature} says {}, but it returns {result}", signature.result))
            }
            Ok(_) => Ok(()),
        }
    }

    /// Compiles a version and returns its index.
    fn version(
        &mut self,
        code: &Rc<Code>,
        arguments: Vec<Type>,
        names: &dyn Scope,
        explicit: bool,
    ) -> usize {
        let outcome = compile_call(code, &arguments, names, self.look);
        self.cache.add(Version {
            code: code.clone(),
            arguments,
            explicit,
            outcome,
            hits: 0,
            misses: 0,
            bailouts: 0,
            last: None,
        })
    }

    /// The version for these arguments: an existing one or a new one.
    fn find(&mut self, globals: &Globals, code: &Rc<Code>, arguments: &[Value]) -> Option<usize> {
        let fits = |version: &Version| {
            version
                .arguments
                .iter()
                .zip(arguments)
                .all(|(kind, value)| values::fits(value, kind, version.explicit))
        };
        let places = self.cache.of(code);
        let found = places.iter().copied().find(|place| fits(&self.cache.versions()[*place]));
        if let Some(place) = found {
            let version = self.cache.get(place);
            let holds = version.outcome.as_ref().map_or(true, |(program, _)| {
                program.globals.iter().all(|(index, stands)| stands.holds(globals, *index))
            });
            if holds {
                return Some(place);
            }
            self.cache.invalidate(place);
        }
        let kinds: Option<Vec<Type>> = arguments.iter().map(values::kind).collect();
        let Some(kinds) = kinds else {
            let strange = arguments.iter().find(|value| values::kind(value).is_none())?;
            let example = format!("{}({})", code.name, strange.kind().name);
            self.cache.unsupported.0 += 1;
            self.cache.unsupported.1 = Some(example);
            return None;
        };
        let made = self.cache.versions().iter().filter(|version| Rc::ptr_eq(&version.code, code));
        if made.count() >= MOST_VERSIONS {
            return None;
        }
        Some(self.version(code, kinds, globals, false))
    }

    /// Calls a version.
    fn enter(
        &mut self,
        place: usize,
        arguments: &[Value],
        depth: usize,
    ) -> Option<Result<Value, Box<Exception>>> {
        let version = self.cache.get(place);
        if !version.is_ready() {
            version.misses += 1;
        }
        let ready = version.is_ready();
        let (program, compiled) = match &version.outcome {
            Ok(outcome) if ready => outcome,
            Ok(_) => return None,
            Err(refusal) if self.strict => {
                let message = format!("{} can't be compiled: {refusal}", version.name());
                return Some(Err(Exception::type_error(message)));
            }
            Err(_) => return None,
        };
        let mut frame = [0; WORDS + 1];
        let mut words = frame.iter_mut();
        for (value, kind) in arguments.iter().zip(&version.arguments) {
            match values::word(value, kind) {
                Ok(Some(word)) => {
                    *words.next()? = word;
                }
                Ok(None) => {}
                Err(reason) => return Some(Err(Exception::overflow(reason))),
            }
        }
        frame[DEPTH] = depth as u64;
        match compiled.native.call(&mut frame) {
            Ok(()) => {
                let value = values::value(&frame, &program.functions[0].result);
                version.hits += 1;
                value.map(Ok)
            }
            Err(bailout) => {
                version.bailouts += 1;
                version.last = Some(bailout);
                let raises = version.explicit || self.strict;
                raises.then(|| raised(&version.name(), bailout)).flatten().map(Err)
            }
        }
    }
}

/// The exception in place of a fallback; `None` where the interpreter is to raise Python's own.
fn raised(name: &str, bailout: Bailout) -> Option<Box<Exception>> {
    let line = bailout.line;
    let cause = bailout.cause.describe();
    matches!(bailout.cause, Cause::Overflow | Cause::Inexact)
        .then(|| Exception::overflow(format!("{cause} in {name}, line {line}")))
}

impl CallHook for Engine {
    fn call(
        &mut self,
        globals: &Globals,
        function: &Function,
        arguments: &[Value],
        depth: usize,
    ) -> Option<Result<Value, Box<Exception>>> {
        match self.find(globals, &function.code, arguments) {
            Some(place) => self.enter(place, arguments, depth),
            None if self.strict => {
                let name = &function.code.name;
                let kinds: Vec<&str> = arguments.iter().map(|value| value.kind().name).collect();
                Some(Err(Exception::type_error(format!(
                    "{name}({}) can't be compiled: line {}, in {name}: its arguments have no \
                     compiled form",
                    kinds.join(", "),
                    function.code.line
                ))))
            }
            None => None,
        }
    }
}
