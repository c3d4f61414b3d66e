use std::collections::hash_map::DefaultHasher;
use std::env::current_exe;
use std::fs;
use std::hash::{Hash, Hasher};

/// A number that is the same in two ranks if they are the same program, byte for byte.
///
/// A version number would not tell two builds of one version apart, and these may disagree on what a
/// message means.
pub fn fingerprint() -> u64 {
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    // Where the program can't be read, its version is all there is to go by.
    current_exe().and_then(fs::read).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
