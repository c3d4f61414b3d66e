//! The functions of the lesson `compiled` once more, from the same file. The profiles in the `Cargo.toml`
//! of the workspace say `opt-level = 0` for this package, and that is the whole difference.

#[path = "../../src/plain.rs"]
mod plain;

pub use plain::{addition, sum};
