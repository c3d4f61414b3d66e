//! What the lesson shows beside its table.

mod addition;
mod counts;
mod elsewhere;
mod fold;
mod function;
mod header;
mod twins;

use measure::Error;

use crate::program::Program;

pub(crate) use counts::counts;
pub(crate) use function::function;

type Draw = fn(&Program<'_>) -> Result<String, Error>;

/// The parts: name, what it is about, and how it is drawn.
pub(crate) const PARTS: [(&str, &str, Draw); 5] = [
    ("addition", "c = a + b in Rust and in C++, beside the machine code", addition::addition),
    ("twins", "the same functions, not optimised and optimised", twins::twins),
    ("fold", "the sum without its loop, and with one", fold::fold),
    ("header", "what this executable says of itself", header::header),
    ("elsewhere", "the same function for another processor", elsewhere::elsewhere),
];

/// The part called `name`.
pub(crate) fn part(name: &str) -> Option<(&'static str, &'static str, Draw)> {
    PARTS.into_iter().find(|(part, ..)| *part == name)
}
