//! The function that the rows of the table sum with: `total.py` as text, bytecode and machine code.

use std::ops::Range;
use std::rc::Rc;
use std::time::Instant;

use ::interpreted::Code;
use kernels::{Event, Kernel, Span};
use measure::Error;

use crate::compile::{Compilation, compile_call};
use crate::infer::{ModuleScope, TypedProgram};
use crate::native::{DEPTH, NativeCode, WORDS};
use crate::types::Type;

/// The text of the program.
pub const SOURCE: &str = include_str!("total.py");

/// The recursion depth that Python allows.
const CALLS: u64 = 998;

/// Its bytecode.
pub fn code() -> Result<Rc<Code>, Error> {
    let code = ::interpreted::parse(SOURCE).and_then(|module| ::interpreted::compile(&module));
    code.map_err(|refused| failed(&refused.to_string()))
}

/// Its machine code for unsigned integers, compiled anew by every call.
pub fn compiled(module: &Rc<Code>, look: bool) -> Result<(TypedProgram, Compilation), Error> {
    let names = ModuleScope(module);
    let function = names.function("total").ok_or_else(|| failed("total.py defines no total"))?;
    compile_call(&function, &[Type::Unsigned, Type::Unsigned], &names, look)
        .map_err(|refusal| failed(&refusal.to_string()))
}

/// Calls the machine code; an error where the sum outgrows 64 bits.
pub fn call(native: &NativeCode, terms: &Range<u64>) -> Result<u64, Error> {
    let mut frame = [0; WORDS + 1];
    (frame[0], frame[1], frame[DEPTH]) = (terms.start, terms.end, CALLS);
    native.call(&mut frame).map_err(|bailout| failed(bailout.cause.describe()))?;
    Ok(frame[0])
}

/// Records for the audit that these terms were summed: machine code asks the kernel for none of them.
pub(crate) fn record<K: Kernel>(kernel: &K, terms: Range<u64>, start: Instant) {
    kernel.record(Event::Summed(Span::mine(terms, start)));
}

/// An error of the compiler or of the code that it made.
pub(crate) fn failed(cause: &str) -> Error {
    Error::Worker {
        worker: "the JIT compiler".to_owned(),
        cause: cause.to_owned(),
        remedy: "see lessons/jit/src/total.py",
    }
}
