use draw::{Drawing, Paint, Place, Sketch, Svg};

/// The invocations of a subgroup, the numbers of a line, and the lines.
const EIGHT: usize = 8;

const CELL: f64 = 23.0;
/// From one number to the next, and from one line to the next.
const STEP: (f64, f64) = (25.5, 32.0);
const TOP: f64 = 58.0;
/// The left edges of the two panels.
const STRIDED: f64 = 14.0;
const BLOCKED: f64 = 260.0;

/// Which numbers eight invocations read in their first two steps, side by side and a range each.
pub fn picture() -> Sketch {
    let mut svg = Svg::default();
    svg.open_large();
    panel(&mut svg, STRIDED, "strided", |lane, step| step * EIGHT + lane);
    panel(&mut svg, BLOCKED, "blocked", |lane, step| lane * EIGHT + step);
    let y = TOP + STEP.1 * EIGHT as f64 + 20.0;
    key(&mut svg, y);
    svg.close();
    let reading = "Sixty-four numbers in memory, in eight lines of eight. Eight invocations in lockstep each read one \
                   number a step; the number in a cell is the lane that reads it. Strided: in the first step lanes 0 to \
                   7 read the whole first line, and one line is fetched; in the second step they read the second line. \
                   Blocked: lane 0 begins at the first line, lane 1 at the second, and so on: in the first step eight \
                   lines are fetched, and one number of each is used.";
    let drawing = Drawing { svg, height: y + 46.0 };
    Sketch::new(
        "coalesced",
        "Which lines a subgroup fetches: strided and blocked",
        reading,
        drawing,
    )
}

/// A panel in which `lane` reads number `reads(lane, step)`.
fn panel(svg: &mut Svg, left: f64, name: &str, reads: impl Fn(usize, usize) -> usize) {
    let reader = |number, step| (0..EIGHT).find(|lane| reads(*lane, step) == number);
    let line_of = |number: usize| number / EIGHT;
    let fetched = (0..EIGHT).filter(|line| (0..EIGHT).any(|lane| line_of(reads(lane, 0)) == *line));
    let fetched: Vec<usize> = fetched.collect();
    svg.label("strong", left, 18.0, name);
    let lines = if fetched.len() == 1 { "line" } else { "lines" };
    svg.label("soft", left, 38.0, &format!("step 1 fetches {} {lines}", fetched.len()));
    for line in 0..EIGHT {
        for place in 0..EIGHT {
            let number = line * EIGHT + place;
            let (x, y) = (left + STEP.0 * place as f64, TOP + STEP.1 * line as f64);
            let place = Place { x, y, width: CELL, height: CELL };
            let first = reader(number, 0).map(|lane| (Paint::Full(0), lane));
            let second = || reader(number, 1).map(|lane| (Paint::Frame(0), lane));
            match first.or_else(second) {
                Some((paint, lane)) => svg.cell(paint, place, &lane.to_string()),
                None => svg.cell(Paint::Grey, place, ""),
            }
        }
        if fetched.contains(&line) {
            frame(svg, left, TOP + STEP.1 * line as f64);
        }
    }
}

/// The frame around a line that is fetched.
fn frame(svg: &mut Svg, left: f64, top: f64) {
    let width = STEP.0 * (EIGHT - 1) as f64 + CELL;
    let place = Place { x: left - 2.8, y: top - 2.8, width: width + 5.6, height: CELL + 5.6 };
    svg.frame(1, place);
}

/// What the paints mean.
fn key(svg: &mut Svg, y: f64) {
    let small = |x| Place { x, y: y - 13.0, width: 17.0, height: 17.0 };
    svg.cell(Paint::Full(0), small(STRIDED), "");
    svg.label("", STRIDED + 25.0, y, "read in step 1");
    svg.cell(Paint::Frame(0), small(BLOCKED), "");
    svg.label("", BLOCKED + 25.0, y, "read in step 2");
    svg.frame(1, Place { x: STRIDED, y: y + 15.0, width: 17.0, height: 17.0 });
    svg.label("", STRIDED + 25.0, y + 28.0, "fetched in step 1: a line comes whole");
}
