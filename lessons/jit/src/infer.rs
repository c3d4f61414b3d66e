//! From bytecode and argument types to the typed form: an abstract interpreter that runs the program once,
//! on types instead of values.

mod arithmetic;
mod builtins;
mod live;
mod scope;
mod state;
mod walk;

use std::fmt;
use std::rc::Rc;

use ::interpreted::Code;

use crate::typed::TypedFunction;
use crate::types::Type;
pub use scope::{Binding, ModuleScope, Scope};
use walk::Walk;

/// A program may call at most this many functions, each for its own types.
const MOST_FUNCTIONS: usize = 64;

/// Why a function can't be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The function.
    pub function: String,
    /// The line of the source.
    pub line: u32,
    /// The reason.
    pub reason: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, in {}: {}", self.line, self.function, self.reason)
    }
}

/// A function with the types of one call, and all that it calls, by number; the call is of the first.
#[derive(Debug)]
pub struct TypedProgram {
    /// The functions.
    pub functions: Vec<TypedFunction>,
    /// The global variables that were treated as constants: the code is valid only as long as they have
    /// these values.
    pub globals: Vec<(u32, Binding)>,
}

/// Finds the types of a call.
pub fn infer(
    code: &Rc<Code>,
    arguments: &[Type],
    globals: &dyn Scope,
) -> Result<TypedProgram, Refusal> {
    let first = Instance { code: code.clone(), arguments: arguments.to_vec(), result: None };
    let mut inference =
        Inference { globals, instances: vec![first], used: Vec::new(), unsigned: false };
    inference.unsigned = arguments.contains(&Type::Unsigned);
    // The result type of a function may depend on that of another, or on its own. Each pass knows more
    // results than the last; when one has learnt nothing, all are known.
    loop {
        let before = inference.known();
        let mut functions = Vec::new();
        let mut complete = true;
        let mut number = 0;
        while number < inference.instances.len() {
            let walked = Walk::new(&mut inference, number).run()?;
            complete &= walked.complete;
            if let Some(result) = walked.result {
                inference.instances[number].result = Some(result);
            }
            functions.push(walked.typed);
            number += 1;
        }
        if complete && before == inference.known() {
            return Ok(TypedProgram { functions, globals: inference.used });
        }
        if before == inference.known() {
            return Err(Refusal {
                function: code.name.clone(),
                line: code.line,
                reason: "it calls itself on every way through it, so that it never returns".into(),
            });
        }
    }
}

/// The state of the inference.
pub(crate) struct Inference<'a> {
    globals: &'a dyn Scope,
    instances: Vec<Instance>,
    used: Vec<(u32, Binding)>,
    /// Whether the signature has unsigned integers: then integers of the source are unsigned, too.
    unsigned: bool,
}

/// A function with the types that it is called with.
struct Instance {
    code: Rc<Code>,
    arguments: Vec<Type>,
    result: Option<Type>,
}

impl Inference<'_> {
    /// How many functions there are, and how many results are known.
    fn known(&self) -> (usize, usize) {
        let results = self.instances.iter().filter(|instance| instance.result.is_some());
        (self.instances.len(), results.count())
    }

    /// The number of a function with the types of a call, and its result type if that is known already.
    fn instance(&mut self, code: &Rc<Code>, arguments: Vec<Type>) -> Option<(usize, Option<Type>)> {
        let same = |instance: &Instance| {
            Rc::ptr_eq(&instance.code, code) && instance.arguments == arguments
        };
        if let Some(number) = self.instances.iter().position(same) {
            return Some((number, self.instances[number].result.clone()));
        }
        if self.instances.len() == MOST_FUNCTIONS {
            return None;
        }
        self.instances.push(Instance { code: code.clone(), arguments, result: None });
        Some((self.instances.len() - 1, None))
    }

    /// What a global name is bound to. From now on the code depends on it.
    fn global(&mut self, index: u32, name: &str) -> Option<Binding> {
        let stands = self.globals.binding(index, name)?;
        if !self.used.iter().any(|(known, _)| *known == index) {
            self.used.push((index, stands.clone()));
        }
        Some(stands)
    }
}
