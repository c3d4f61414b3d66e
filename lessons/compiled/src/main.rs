//! `cargo run -p compiled`: see the chapter in `lessons/compiled/README.md`.

fn main() {}
