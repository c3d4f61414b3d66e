use draw::{Drawing, Paint, Place, Sketch, Svg};

/// The counters that fit into a line of 64 bytes.
const COUNTERS: usize = 8;

const CELL: f64 = 19.0;
const LINE: f64 = CELL * COUNTERS as f64;
/// The left edges of what is in the caches of core 0 and core 1.
const CORE: [f64; 2] = [96.0, 312.0];
/// From one moment to the next.
const ROW: f64 = 56.0;

/// Two cores that add to counters of one line, and to counters on lines of their own.
pub fn picture() -> Sketch {
    let mut svg = Svg::default();
    svg.open_large();
    for (core, x) in CORE.iter().enumerate() {
        svg.label("strong mid", x + LINE / 2.0, 18.0, &format!("cache of core {core}"));
    }
    let mut y = neighbours(&mut svg, 34.0);
    y = padded(&mut svg, y + 18.0);
    svg.close();
    let reading = "Neighbours: counters 0 and 1 lie in one cache line. Core 0 adds to counter 0 and owns the line; when core 1 \
         adds to counter 1, the whole line has to travel to core 1, and the copy of core 0 becomes invalid; for the next \
         addition of core 0 it travels back. Padded: each counter lies on a line of its own, so each core keeps its line \
         and adds as often as it likes.";
    Sketch::new(
        "false-sharing",
        "False sharing: a line that travels between two cores, and two lines that stay",
        reading,
        Drawing { svg, height: y },
    )
}

/// Three additions in turn; gives where the next panel may begin.
fn neighbours(svg: &mut Svg, top: f64) -> f64 {
    svg.label("strong", 8.0, top + 16.0, "neighbours");
    let mut y = top + 26.0;
    for (moment, core) in [0, 1, 0].into_iter().enumerate() {
        label(svg, y, &format!("addition {}", moment + 1));
        line(svg, CORE[core], y, Some(core));
        if moment > 0 {
            gone(svg, CORE[1 - core], y);
            travels(svg, core, y - ROW + CELL, y);
        }
        y += ROW;
    }
    y - ROW + CELL + 12.0
}

/// Both cores at once.
fn padded(svg: &mut Svg, top: f64) -> f64 {
    svg.label("strong", 8.0, top + 16.0, "padded");
    let y = top + 26.0;
    label(svg, y, "all of them");
    for (core, x) in CORE.into_iter().enumerate() {
        line(svg, x, y, Some(core));
        svg.label("soft mid", x + LINE / 2.0, y + CELL + 18.0, "stays here");
    }
    y + CELL + 32.0
}

fn label(svg: &mut Svg, y: f64, text: &str) {
    svg.label("soft", 8.0, y + 14.0, text);
}

/// A line of counters, of which one is written; in the colour of its core.
fn line(svg: &mut Svg, x: f64, y: f64, written: Option<usize>) {
    for counter in 0..COUNTERS {
        let place = Place { x: x + CELL * counter as f64, y, width: CELL - 2.0, height: CELL };
        let paint = if written == Some(counter) { Paint::Full(counter) } else { Paint::Grey };
        svg.cell(paint, place, if counter < 2 { ["0", "1"][counter] } else { "" });
    }
    svg.frame(written.unwrap_or(8), around(x, y));
}

/// A copy that another core has made invalid.
fn gone(svg: &mut Svg, x: f64, y: f64) {
    svg.label("soft mid", x + LINE / 2.0, y + 14.0, "invalid");
}

/// The line goes to `core`.
fn travels(svg: &mut Svg, core: usize, from: f64, to: f64) {
    let middle = |core: usize| CORE[core] + LINE / 2.0;
    let (start, end) = (middle(1 - core), middle(core));
    svg.arrow(core, (start, from + 8.0), (end, to - 7.0));
}

fn around(x: f64, y: f64) -> Place {
    Place { x: x - 4.0, y: y - 4.0, width: LINE + 6.0, height: CELL + 8.0 }
}
