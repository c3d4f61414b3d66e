//! What does it cost to call another language?
//!
//! In reading order: what there is to add, as plain data; the borders to C and to C++; the rows; what a
//! call costs; and what goes wrong at a border.

pub mod plain_kernel;

pub mod c;

pub mod bridge;

mod trampoline;

mod rust;

mod c_per_term;

mod c_per_block;

mod c_whole;

mod cxx_whole;

mod cxx_template;

mod callback;

mod your_turn;

mod cost;

mod below;

pub mod texts;

pub mod mistakes;

pub mod borders;

mod lesson;

pub use c_per_block::c_per_block;
pub use c_per_term::c_per_term;
pub use c_whole::c_whole;
pub use callback::callback;
pub use cxx_template::cxx_template;
pub use cxx_whole::cxx_whole;
pub use lesson::Ffi;
pub use rust::rust;
pub use trampoline::by_callback;
pub use your_turn::your_turn;
