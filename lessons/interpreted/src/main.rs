//! `cargo run -p interpreted`: see the chapter in `lessons/interpreted/README.md`.

fn main() {}
