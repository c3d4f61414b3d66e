//! `cargo run -p jit`: see the chapter in `lessons/jit/README.md`.

fn main() {}
