//! What goes wrong at a border, done on purpose: what would come of it, and what is answered here.

use course::{BOLD, wrapped};
use summing::Status;

use crate::bridge::sums;
use crate::{by_callback, mistakes, texts};

/// One thing that goes wrong.
#[derive(Debug)]
pub struct Shown {
    pub done: &'static str,
    /// What would come of it if nobody looked.
    pub unchecked: &'static str,
    pub answered: String,
}

/// All of them, done now.
pub fn all() -> Vec<Shown> {
    let mut shown = vec![
        Shown {
            done: "C calls Rust for each term, and the fourth panics",
            unchecked: "the panic would unwind through C, so Rust ends the program",
            answered: panics_in_a_callback(),
        },
        Shown {
            done: "C++ throws an exception: there is no place 3 in 3 numbers",
            unchecked: "the exception would unwind through Rust: undefined",
            answered: answer(sums::number_at(&[1, 2, 3], 3)),
        },
        Shown {
            done: "C++ throws a number, which is no std::exception",
            unchecked: "nobody catches it, and the program ends",
            answered: answer(sums::throw_number(7)),
        },
        Shown {
            done: "Rust passes a text with a NUL inside to C",
            unchecked: "C sees the first part only",
            answered: answer(texts::length("0..1\x0000")),
        },
        Shown {
            done: "C writes a name of nine letters into nine bytes",
            unchecked: "no NUL fits behind it, and Rust reads on past the end",
            answered: answer(texts::name(9)),
        },
    ];
    shown.extend(mistakes::all().into_iter().map(|mistake| Shown {
        done: mistake.done,
        unchecked: mistake.unchecked,
        answered: status(mistake.answer),
    }));
    shown
}

// ANCHOR: panic
fn panics_in_a_callback() -> String {
    answer(by_callback(0..10, |i| if i == 3 { panic!("term 3 is bad") } else { i }))
}
// ANCHOR_END: panic

fn answer<T, E: ToString>(result: Result<T, E>) -> String {
    result.map_or_else(|error| format!("error: {}", error.to_string()), |_| "no error".to_owned())
}

fn status(number: i32) -> String {
    format!("status {number}: {}", Status::message(number).to_string_lossy())
}

/// All of them as text.
pub(crate) fn text() -> String {
    let mut text = format!("{BOLD}What goes wrong at the border{BOLD:#}\n");
    for shown in all() {
        text += &format!("\n{}\n", shown.done);
        text += &labelled("unchecked", shown.unchecked);
        text += &labelled("answered", &shown.answered);
    }
    text
}

/// A line that begins with what it tells; the lines after it, if any, begin under its text.
fn labelled(label: &str, what: &str) -> String {
    let text = wrapped(what, 13);
    format!("  {label:<11}{}", text.trim_start())
}
