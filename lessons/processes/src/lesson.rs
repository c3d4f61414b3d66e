use course::Lesson;
use kernels::{Home, Kernel, Known, Memory};
use measure::{Strategy, row};

use crate::{Pool, mapped, piped, pool, spawned, your_turn};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Processes;

impl Lesson for Processes {
    const NAME: &'static str = "processes";
    const QUESTION: &'static str = "what does it cost to let other programs add?";
    const HOME: Home = Home::Shared;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(spawned, "children started for every sum, one range each"),
            row!(pool, "children that stay and are sent ranges", standing on Pool::start),
            row!(piped, "the numbers travel through the pipes", standing on Pool::start)
                .only_on(Memory::NAME),
            row!(mapped, "each child maps the numbers, for every sum", standing on Pool::start)
                .only_on(Memory::NAME),
            row!(your_turn, "yours: lessons/processes/src/your_turn.rs", standing on Pool::start),
        ]
    }
}
