//! `cargo run -p ffi`: see the chapter in `lessons/ffi/README.md`.

fn main() {}
