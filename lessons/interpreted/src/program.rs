//! The program of the table's rows, in a machine that stands ready.

use std::fmt;
use std::io;
use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;
use num_traits::ToPrimitive;

use crate::{Form, Value, Vm, compile, parse};

/// What the rows run: the sum of the numbers from `low` up to but without `high`.
pub const SOURCE: &str = "\
def total(low, high):
    s = 0
    for i in range(low, high):
        s += i
    return s
";

/// A machine that has read [`SOURCE`] or another program, and the function `total` in it.
pub struct Program {
    machine: Vm<'static>,
    total: Value,
}

impl Program {
    /// A machine of this form that has read a program, which defines `total(low, high)`.
    pub fn new(source: &str, form: Form) -> Result<Program, Error> {
        let code = parse(source).and_then(|module| compile(&module)).map_err(|e| wrong(&e))?;
        // A sink has no size: nothing is leaked.
        let mut machine = Vm::new(&code, form, Box::leak(Box::new(io::sink())));
        machine.run().map_err(|exception| wrong(&exception))?;
        let total = machine.globals().by_name("total").cloned();
        let total = total.ok_or_else(|| wrong(&"it defines no total"))?;
        Ok(Program { machine, total })
    }

    /// The sum of a range, added by the machine, which tells the audit.
    pub fn sum<K: Kernel>(&mut self, kernel: &K, terms: Range<u64>) -> Result<u64, Error> {
        let start = Instant::now();
        let number = |value: u64| i64::try_from(value).map_err(|error| wrong(&error));
        let bounds = [Value::int(number(terms.start)?), Value::int(number(terms.end)?)];
        let sum = self.machine.call(&self.total, &bounds).map_err(|exception| wrong(&exception))?;
        let sum = sum.as_big().and_then(|sum| sum.to_u64());
        kernel.record(Event::Summed(Span::mine(terms, start)));
        sum.ok_or_else(|| wrong(&"it gave no number"))
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.machine.fmt(f)
    }
}

fn wrong(cause: &dyn fmt::Display) -> Error {
    Error::Worker {
        worker: "the program".to_owned(),
        cause: cause.to_string(),
        remedy: "mend the program, or the code of this form",
    }
}
