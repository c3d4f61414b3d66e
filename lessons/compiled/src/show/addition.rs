use std::hint::black_box;

use course::wrapped;
use measure::Error;

use super::function;
use crate::program::Program;
use crate::{cxx, plain};

/// `c = a + b` in both languages, as they were compiled without optimisation.
pub(super) fn addition(program: &Program<'_>) -> Result<String, Error> {
    let mut text = String::new();
    for name in ["unoptimised::plain::addition", "cxx_unoptimised::addition"] {
        text += &function(program, &program.function(name)?, false)?;
        text.push('\n');
    }
    if program.executable.runs() {
        text += &just_run();
    }
    Ok(text)
}

/// What the functions say that were just shown. They are in this program because it runs them.
fn just_run() -> String {
    let (a, b) = (black_box(2), black_box(3));
    let (rust, cxx) = (::unoptimised::addition(a, b), cxx::unoptimised_addition(a, b));
    let optimised = (plain::addition(a, b), cxx::optimised_addition(a, b));
    wrapped(
        &format!(
            "Both were just run: 2 + 3 is {rust} in Rust and {cxx} in C++. The optimised ones say {} \
             and {}.",
            optimised.0, optimised.1
        ),
        0,
    )
}
