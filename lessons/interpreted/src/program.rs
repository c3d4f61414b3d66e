//! The program of the table's rows, in a machine that is ready to run it.

use std::fmt;
use std::io;
use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;
use num_traits::ToPrimitive;

use crate::vm::Traced;
use crate::{Form, Value, Vm, compile, parse};

/// What the rows run: the sum of the numbers from `low` up to, but not including, `high`.
pub const SOURCE: &str = "\
def total(low, high):
    s = 0
    for i in range(low, high):
        s += i
    return s
";

/// A machine that has run a program, and a function that the program defines.
pub struct Program {
    machine: Vm<'static>,
    function: Value,
}

impl Program {
    /// Runs a program that defines `total(low, high)` in a machine of this form.
    pub fn new(source: &str, form: Form) -> Result<Program, Error> {
        Program::defining("total", source, form)
    }

    /// Runs a program that defines this function.
    pub(crate) fn defining(name: &str, source: &str, form: Form) -> Result<Program, Error> {
        let code = parse(source).and_then(|module| compile(&module)).map_err(|e| wrong(&e))?;
        // A sink has no size: nothing is leaked.
        let mut machine = Vm::new(&code, form, Box::leak(Box::new(io::sink())));
        machine.run().map_err(|exception| wrong(&exception))?;
        let function = machine.globals().by_name(name).cloned();
        let function = function.ok_or_else(|| wrong(&format!("it does not define {name}")))?;
        Ok(Program { machine, function })
    }

    /// Calls the function.
    pub(crate) fn call(&mut self, arguments: &[Value]) -> Result<Value, Error> {
        self.machine.call(&self.function, arguments).map_err(|exception| wrong(&exception))
    }

    /// Calls the function in the plain form and records each step of its additions.
    pub(crate) fn trace(&mut self, arguments: &[Value]) -> Option<Traced> {
        Some(self.machine.trace(self.function.as_function()?, arguments))
    }

    /// Sums a range with the function, and records it for the audit.
    pub fn sum<K: Kernel>(&mut self, kernel: &K, terms: Range<u64>) -> Result<u64, Error> {
        let start = Instant::now();
        let number = |value: u64| i64::try_from(value).map_err(|error| wrong(&error));
        let bounds = [Value::int(number(terms.start)?), Value::int(number(terms.end)?)];
        let sum = self.call(&bounds)?.as_big().and_then(|sum| sum.to_u64());
        kernel.record(Event::Summed(Span::mine(terms, start)));
        sum.ok_or_else(|| wrong(&"the result is not a number that fits 64 bits"))
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.machine.fmt(f)
    }
}

pub(crate) fn wrong(cause: &dyn fmt::Display) -> Error {
    Error::Worker {
        worker: "the program".to_owned(),
        cause: cause.to_string(),
        remedy: "fix the program or the code of this form",
    }
}
