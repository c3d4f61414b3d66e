//! What holds for the whole workspace, checked against its files.

mod book;
mod conventions;
mod promises;
mod recorded;
mod systems;
