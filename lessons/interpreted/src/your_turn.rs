use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::{Form, Program};

/// Your program, in the language of this lesson. It starts as the one of the other rows.
///
/// Change it, run `cargo run -p interpreted` again, and find your row in the table. It has to define
/// `total(low, high)`, the sum of the numbers from `low` up to, but not including, `high`. What costs time,
/// and what does not? Ideas: two numbers per iteration; `while` instead of `for`; the formula.
const YOURS: &str = "\
def total(low, high):
    s = 0
    for i in range(low, high):
        s += i
    return s
";

/// A machine with your program. Change the form, too.
pub fn yours() -> Result<Program, Error> {
    Program::new(YOURS, Form::Plain)
}

/// Runs it.
pub fn your_turn<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}
