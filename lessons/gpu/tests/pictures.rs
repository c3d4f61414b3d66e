//! The pictures of the chapter are those that the example draws, and stand in it.

#[path = "../examples/pictures/pictures.rs"]
mod pictures;

testkit::pictures!(["README.md"], pictures::all().map(|picture| (picture.file(), picture.svg)));
