//! The recorded run: what the chapters show and say came out of it, and nowhere else.
//!
//! A chapter declares its runs and marks its figures in comments, which no reader of a page sees:
//!
//! | comment | meaning |
//! |---|---|
//! | `<!--run NAME: threads -k pi-->` | a run of a lesson's table; its document is kept, too |
//! | `<!--text NAME: python dis-->` | a run of which only the text is kept; `threads/race` is an example of a lesson |
//! | `<!--text NAME: limits machine --svg {pictures}-->` | the same, and the run puts pictures into `runs/NAME` |
//! | `<!--shown NAME-->` | the fenced block below is the text of that run; `from "A"` and `to "B"` cut it |
//! | `<!--code src/scoped.rs:private-->` | the fenced block below is this part of a source |
//! | `1.9x<!--= NAME: scoped speedup-->` | the figure before it is [this one](Figure) of that run |
//! | `4 ms<!--fact: why-->` | the figure before it is none of a run |
//!
//! `cargo run -p benches -- record` runs them all, and [fills](filled) the chapters. A test fails where a figure
//! is not the one of its run, or has no comment at all.

mod chapter;
mod excerpt;
mod expression;
mod figure;
mod marks;
mod of_the_bench;
mod record;
mod recording;

pub use chapter::{Chapter, chapters, filled, unmarked};
pub use excerpt::{anchors, excerpt};
pub use figure::Figure;
pub use marks::Declared;
pub use record::{BENCH, Refused, record};
pub use recording::{Recorded, Recording};
