//! What holds for the whole workspace, checked against its files.

mod book;
mod chapters;
mod conventions;
mod devcontainer;
mod glossary;
mod machines;
mod one_file_a_system;
mod promises;
mod recorded;
mod systems;
