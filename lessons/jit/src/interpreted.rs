use std::io;
use std::ops::Range;
use std::time::Instant;

use ::interpreted::{Form, Value, Vm};
use kernels::Kernel;
use measure::Error;
use num_traits::ToPrimitive;

use crate::total::{code, failed, tell};

/// A machine for the same function, in which it is defined.
pub struct Machine(Vm<'static>);

/// Defines the function in a machine of this form.
///
/// # Errors
///
/// None, as long as the program is one.
pub fn machine(form: Form) -> Result<Machine, Error> {
    // A sink has no size, so that this takes no memory.
    let nowhere: &'static mut io::Sink = Box::leak(Box::new(io::sink()));
    let mut vm = Vm::new(&code()?, form, nowhere);
    vm.run().map_err(|exception| failed(&exception.to_string()))?;
    Ok(Machine(vm))
}

/// The same bytecode in the machine of `interpreted`, in its plain form: nothing is compiled.
///
/// # Errors
///
/// What the program raises.
pub fn interpreted<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    machine: &mut Machine,
) -> Result<u64, Error> {
    let start = Instant::now();
    let raised = |what: &dyn std::fmt::Display| failed(&what.to_string());
    let word = |number: u64| i64::try_from(number).map_err(|large| raised(&large));
    let bounds = [Value::int(word(terms.start)?), Value::int(word(terms.end)?)];
    let Machine(vm) = machine;
    let total = vm.globals().by_name("total").cloned();
    let total = total.ok_or_else(|| failed("total.py defines no total"))?;
    let sum = vm.call(&total, &bounds).map_err(|exception| raised(&exception))?;
    tell(kernel, terms, start);
    sum.as_big().and_then(|sum| sum.to_u64()).ok_or_else(|| failed("the sum is no u64"))
}
