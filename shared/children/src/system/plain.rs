//! A system of which nothing is known but what Rust's library offers everywhere.

use std::io;
use std::process::Child;

use super::System;

/// Has no groups: a child is alone, and ends with its input.
#[derive(Debug)]
pub(crate) struct Plain;

/// What there is to know of a child where the system tells nothing.
#[derive(Debug)]
pub(crate) struct Nothing;

impl System for Plain {
    type Group = Nothing;
    type Starter = Nothing;
    type Watch = Nothing;

    fn group_of(_child: &Child) -> io::Result<Nothing> {
        Ok(Nothing)
    }

    fn starter() -> Nothing {
        Nothing
    }

    fn watch(_child: &Child) -> io::Result<Nothing> {
        Ok(Nothing)
    }
}
