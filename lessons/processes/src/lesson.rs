use course::{Document, Table};
use kernels::{Home, Kernel, Known, Memory};
use measure::check::Reach;
use measure::{Strategy, row};

use crate::findings::findings;
use crate::frame::Message;
use crate::options::Options;
use crate::{Pool, mapped, phases, piped, pool, spawned, your_turn};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Processes;

impl Table for Processes {
    const NAME: &'static str = "processes";
    const QUESTION: &'static str = "what does it cost to let other programs add?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const HOME: Home = Home::Shared;
    const REACH: Reach = Reach::Processes;
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(spawned, "children started for every sum, one range each")
                .sends(Message::LONGEST_PARTIAL),
            row!(pool, "children that stay and are sent ranges", on Pool::start)
                .sends(Message::LONGEST_PARTIAL),
            row!(piped, "the numbers travel through the pipes", on Pool::start)
                .only_on(Memory::NAME),
            row!(mapped, "each child maps the numbers, for every sum", on Pool::start)
                .only_on(Memory::NAME),
            row!(your_turn, "yours: lessons/processes/src/your_turn.rs", on Pool::start),
        ]
    }

    fn retries(options: &Options) -> u32 {
        options.retries
    }

    fn annotate(_: &Options, document: &mut Document) {
        phases::annotate(document);
    }

    fn findings(document: &Document) -> Vec<String> {
        findings(document)
    }

    fn details(document: &Document) -> String {
        phases::table(document)
    }
}
