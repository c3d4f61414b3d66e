//! Another Unix: all that is asked of it is how long this program computed.

use std::time::Duration;

use super::{Anywhere, System, clocks};

pub(crate) struct Unix;

impl System for Unix {
    type Place = Anywhere;

    fn thread_time() -> Option<Duration> {
        clocks::thread()
    }

    fn process_time() -> Option<Duration> {
        clocks::process()
    }
}
