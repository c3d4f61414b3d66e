//! Draws the pictures of the chapter: `cargo run -p threads --example pictures`.

// The test of the pictures takes that file in, too, and finds those beside it the same way.
#[path = "pictures.rs"]
mod pictures;

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pictures");
    for picture in pictures::all() {
        fs::write(folder.join(picture.file()), picture.svg)?;
    }
    Ok(())
}
