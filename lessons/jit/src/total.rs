//! The function that the rows of the table sum with: `total.py`, as text, bytecode and machine code.

use std::ops::Range;
use std::rc::Rc;
use std::time::Instant;

use ::interpreted::Code;
use kernels::{Event, Span};
use measure::Error;

use crate::compile::{Compiled, compile};
use crate::infer::{Defined, Program, infer};
use crate::native::{DEPTH, Native, WORDS};
use crate::types::Type;

/// The text of the program.
pub const SOURCE: &str = include_str!("total.py");

/// The depth that Python allows.
const CALLS: u64 = 998;

/// Its bytecode: what a call of the function begins with.
///
/// # Errors
///
/// None, as long as the program is one.
pub fn code() -> Result<Rc<Code>, Error> {
    let code = ::interpreted::parse(SOURCE).and_then(|module| ::interpreted::compile(&module));
    code.map_err(|refused| failed(&refused.to_string()))
}

/// Its machine code for unsigned integers, made anew.
///
/// # Errors
///
/// The reason why it can't be made, on this processor for example.
pub fn made(module: &Rc<Code>, look: bool) -> Result<(Program, Compiled), Error> {
    let names = Defined(module);
    let function = names.function("total").ok_or_else(|| failed("total.py defines no total"))?;
    let start = Instant::now();
    let program = infer(&function, &[Type::Unsigned, Type::Unsigned], &names, &[]);
    let program = program.map_err(|refusal| failed(&refusal.to_string()))?;
    let types = start.elapsed();
    let mut compiled = compile(&program.functions, look).map_err(|reason| failed(&reason))?;
    compiled.times.types = types;
    Ok((program, compiled))
}

/// Calls the machine code.
///
/// # Errors
///
/// Where the sum outgrew 64 bits.
pub fn call(native: &Native, terms: &Range<u64>) -> Result<u64, Error> {
    let mut frame = [0; WORDS + 1];
    (frame[0], frame[1], frame[DEPTH]) = (terms.start, terms.end, CALLS);
    native.call(&mut frame).map_err(|given_up| failed(given_up.cause.words()))?;
    Ok(frame[0])
}

/// Tells the audit that these terms were summed, by code that asks the kernel for none.
pub(crate) fn tell<K: kernels::Kernel>(kernel: &K, terms: Range<u64>, start: Instant) {
    kernel.record(Event::Summed(Span::mine(terms, start)));
}

/// What went wrong in the machine or the compiler, as the runner says it.
pub(crate) fn failed(cause: &str) -> Error {
    Error::Worker {
        worker: "the compiler at run time".to_owned(),
        cause: cause.to_owned(),
        remedy: "see lessons/jit/src/total.py",
    }
}
