//! A system that has counters for the tools of its maker, and none for a program.

use crate::counters::event::{Event, Reading};
use crate::counters::missing::Missing;

/// There is none.
#[derive(Debug)]
pub(in crate::counters) enum Meter {}

impl Meter {
    /// Refuses.
    pub(in crate::counters) fn open(_event: Event) -> Result<Self, Missing> {
        Err(Missing::NotOnThisSystem)
    }

    /// What it shows.
    pub(in crate::counters) fn read(&mut self) -> Option<Reading> {
        match *self {}
    }
}
