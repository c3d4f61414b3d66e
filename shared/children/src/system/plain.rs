//! A system of which nothing is known but what Rust's library offers everywhere.

use std::io;
use std::process::Child;

use super::System;

/// Has no groups: a child is alone, and ends with its input.
#[derive(Debug)]
pub(crate) struct Plain;

impl System for Plain {
    type Group = ();
    type Starter = ();
    type Watch = ();

    fn group_of(_child: &Child) -> io::Result<()> {
        Ok(())
    }

    fn starter() {}

    fn watch(_child: &Child) -> io::Result<()> {
        Ok(())
    }
}
