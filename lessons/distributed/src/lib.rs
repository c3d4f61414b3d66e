//! How far does a sum go on many machines?
//!
//! First the strategies, one a file, in reading order; each rank runs its function, at the same time as
//! all others. Then what they stand on: `world` says who they are, `part` what they hold of `memory`,
//! `rank` is their life, `supervisor` looks after `mpirun`, `launcher` asks them, and `model` calculates what
//! nobody here can run. All but the model needs the feature `mpi`.

#[cfg(feature = "mpi")]
mod reduce;

#[cfg(feature = "mpi")]
mod tree;

#[cfg(feature = "mpi")]
mod flat;

#[cfg(feature = "mpi")]
mod ring;

#[cfg(feature = "mpi")]
mod static_blocks;

#[cfg(feature = "mpi")]
mod master_worker;

#[cfg(feature = "mpi")]
mod hybrid;

#[cfg(feature = "mpi")]
mod own_part;

#[cfg(feature = "mpi")]
mod scattered;

#[cfg(feature = "mpi")]
mod your_turn;

mod lesson;

#[cfg(feature = "mpi")]
mod bound;
mod costs;
#[cfg(feature = "mpi")]
mod folder;
#[cfg(feature = "mpi")]
mod launcher;
#[cfg(feature = "mpi")]
mod messages;
pub mod model;
#[cfg(feature = "mpi")]
mod part;
#[cfg(feature = "mpi")]
mod rank;
#[cfg(feature = "mpi")]
mod supervisor;
#[cfg(feature = "mpi")]
mod turn_off;
#[cfg(feature = "mpi")]
mod world;

#[cfg(not(feature = "mpi"))]
mod without;
#[cfg(not(feature = "mpi"))]
use without as launcher;
#[cfg(not(feature = "mpi"))]
use without as turn_off;

pub use launcher::Teams;
pub use lesson::{Distributed, rows};
pub use turn_off::part_if_asked;
#[cfg(feature = "mpi")]
pub use world::{World, own_range};
