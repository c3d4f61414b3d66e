//! `cargo run -p python`: see the chapter in `lessons/python/README.md`.

fn main() {}
