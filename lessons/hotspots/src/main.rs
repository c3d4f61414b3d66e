//! `cargo run -p hotspots`: see the chapter in `lessons/hotspots/README.md`.

fn main() {}
