//! What does a compiler make of a sum?
//!
//! First the rows of the table, one a file, in reading order; `plain` holds the two functions that most of
//! them run. Then what reads the machine code out of this very program: its functions by name
//! (`executable`, `find`), their instructions (`instruction_set`, `listing`), where each comes from
//! (`debug_info`, `place`), and what they do (`work`, `loops`).

pub mod plain;

mod unoptimised;

mod cxx_unoptimised;

mod folded;

mod cxx_optimised;

mod masked;

mod your_turn;

mod lesson;

pub mod cxx;
mod debug_info;
mod executable;
mod find;
mod instruction_set;
mod listing;
mod loops;
mod options;
mod place;
mod program;
mod show;
mod source;
mod work;

pub use cxx_optimised::cxx_optimised;
pub use cxx_unoptimised::cxx_unoptimised;
pub use executable::{Executable, Symbol, symbols};
pub use folded::folded;
pub use instruction_set::InstructionSet;
pub use lesson::Compiled;
pub use listing::{Line, listing, listing_of};
pub use loops::{Loop, innermost};
pub use masked::masked;
pub use unoptimised::unoptimised;
pub use your_turn::your_turn;
