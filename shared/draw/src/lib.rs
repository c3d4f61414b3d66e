//! Draws pictures as SVG: plots of lines, rows of dots, lanes of workers.
//!
//! A picture names itself in `<title>` and `<desc>`, follows the reader's light or dark scheme through
//! CSS classes, and gives each mark its value in `data-tip`, which a page may show on hover. It knows
//! nothing of what is drawn: values come as numbers, and names as text.
//!
//! ```
//! use draw::{Across, Line, Plot, Point, Up, looks};
//! let point = |x: f64, y| Point { x, y, bounds: None, apart: false, tip: format!("{y} at {x}") };
//! let line = Line {
//!     name: "mine".into(),
//!     look: looks(&["mine"], &[])[0],
//!     points: vec![point(1.0, 2.0), point(10.0, 3.0)],
//! };
//! let across = Across::Log { values: vec![1.0, 10.0], write: draw::tick };
//! let plot = Plot::new((across, "terms"), (Up::linear(0.0, 4.0, draw::tick), "speedup"), vec![line]);
//! let svg = plot.drawn().picture("mine", "Speedup against terms", "It grows.");
//! assert!(svg.starts_with("<svg") && svg.contains("<title"));
//! ```

#![warn(missing_docs)]

mod svg;

mod legend;
mod palette;
mod picture;
mod scale;
mod ticks;

mod across;
mod block;
mod dots;
mod ends;
mod frame;
mod joined;
mod lane;
mod line;
mod marks;
mod plot;
mod rows;
mod sketch;
mod stacks;
mod timeline;

pub use across::Across;
pub use dots::{Dot, DotKeys, Dots};
pub use joined::Joined;
pub use lane::{Lane, LaneBox, Meaning, Timeline};
pub use line::{Line, Point, Reference};
pub use marks::Mark;
pub use palette::{Look, looks};
pub use picture::{COLUMN, Drawing, STYLE, WIDTH, text_width};
pub use plot::{Plot, Up};
pub use rows::Rows;
pub use scale::{Scale, extent};
pub use sketch::{Paint, Place, Sketch};
pub use stacks::{Stack, stacks};
pub use svg::Svg;
pub use ticks::{tick, time_tick};
pub use timeline::timelines;
