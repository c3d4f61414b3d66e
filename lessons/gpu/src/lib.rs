//! When does a GPU make a sum faster?
//!
//! First the rows, in reading order: a short file that says how a shader is launched, and its text in WGSL beside it.
//! Then what they stand on: `shader` describes one, `program` compiles it, `ready` sums with it, `device` makes what
//! goes wrong an error, `adapters` finds devices, and `session` is what all rows share.

mod self_scheduled;

mod one_atomic;

mod group_atomic;

mod tree;

mod strided;

mod four_at_once;

mod blocked;

mod subgroup;

mod two_pass;

mod int64;

mod with_transfer;

mod compile_each_time;

mod your_turn;

mod adapters;
mod break_even;
mod costs;
mod device;
mod dispatches;
mod divergence;
mod drivers;
mod findings;
mod lesson;
mod numbers;
mod options;
mod price;
mod probes;
mod program;
mod races;
mod read_back;
mod ready;
mod row;
mod session;
mod shader;

pub use adapters::{Facts, Kind};
pub use drivers::quieten;
pub use lesson::Gpu;
pub use races::witness_if_asked;
pub use shader::Shader;

pub use self::self_scheduled::self_scheduled;
use blocked::blocked;
use compile_each_time::compile_each_time;
use four_at_once::four_at_once;
use group_atomic::group_atomic;
use int64::int64;
use one_atomic::one_atomic;
use strided::strided;
use subgroup::subgroup;
use tree::tree;
use two_pass::two_pass;
use with_transfer::with_transfer;
use your_turn::your_turn;
