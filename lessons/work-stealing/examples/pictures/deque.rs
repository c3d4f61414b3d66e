use draw::{Drawing, Paint, Place, Sketch, Svg};

/// The ranges in the deque, the oldest first: each is half as long as the one before.
const RANGES: [&str; 4] = ["64..128", "32..64", "16..32", "8..16"];

const CELL: (f64, f64) = (76.0, 34.0);
const LEFT: f64 = 88.0;
const TOP: f64 = 92.0;

/// A deque: its owner at one end, thieves at the other.
pub fn picture() -> Sketch {
    let mut svg = Svg::default();
    svg.open_large();
    for (number, range) in RANGES.iter().enumerate() {
        let x = LEFT + CELL.0 * number as f64;
        let paint = match number {
            0 => Paint::Frame(1),
            3 => Paint::Frame(0),
            _ => Paint::Grey,
        };
        let place = Place { x, y: TOP, width: CELL.0 - 4.0, height: CELL.1 };
        svg.cell(paint, place, range);
    }
    let right = LEFT + CELL.0 * RANGES.len() as f64 - 4.0;
    let bottom = TOP + CELL.1;

    svg.label("strong", 10.0, 22.0, "a thief");
    svg.label("", 10.0, 42.0, "steals the oldest range,");
    svg.label("", 10.0, 60.0, "the largest one");
    svg.arrow(1, (LEFT + 18.0, TOP - 2.0), (40.0, 68.0));

    svg.label("strong end", 470.0, 22.0, "its owner");
    svg.label("end", 470.0, 42.0, "pushes and pops here:");
    svg.label("end", 470.0, 60.0, "the range it cut last");
    svg.arrow(0, (right - 48.0, 68.0), (right - 48.0, TOP - 2.0));
    svg.arrow(0, (right - 22.0, TOP - 2.0), (right - 22.0, 68.0));

    svg.label("soft", LEFT, bottom + 22.0, "oldest");
    svg.label("soft end", right, bottom + 22.0, "newest");
    svg.label("mid", 240.0, bottom + 50.0, "They meet only when one range is left.");
    svg.close();
    let reading = "A deque of four ranges, from the oldest, 64..128, to the newest, 8..16. Its owner pushes and pops at the newest \
         end, a thief takes from the oldest. The oldest range is the largest, because ranges are halved again and again \
         before they are summed, so one steal brings much work. The two only get in each other's way when a single range \
         is left.";
    Sketch::new(
        "deque",
        "A deque has two ends: one for its owner, one for thieves",
        reading,
        Drawing { svg, height: bottom + 66.0 },
    )
}
