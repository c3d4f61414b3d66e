use draw::{Drawing, Paint, Place, Sketch, Svg};

/// What the invocations bring.
const BROUGHT: [u32; 8] = [3, 1, 4, 1, 5, 9, 2, 6];

const LEFT: f64 = 92.0;
const COLUMN: f64 = 47.5;
const CELL: (f64, f64) = (34.0, 28.0);
/// From one row of cells to the next.
const ROW: f64 = 96.0;
const TOP: f64 = 30.0;

/// `sum_of_group.wgsl` with 8 invocations in the place of 256.
pub fn picture() -> Sketch {
    let mut svg = Svg::default();
    svg.open_large();
    svg.label("soft end", LEFT - 12.0, 18.0, "lane");
    for lane in 0..BROUGHT.len() {
        svg.label("soft mid", middle(lane), 18.0, &lane.to_string());
    }
    let (mut part, mut y) = (BROUGHT, TOP);
    row(&mut svg, &part, part.len(), y);
    svg.label("end", LEFT - 12.0, y + 19.0, "part");
    let mut half = part.len() / 2;
    while half > 0 {
        barrier(&mut svg, y + CELL.1 + 14.0);
        let (from, to) = (y + CELL.1 + 19.0, y + ROW - 2.0);
        for lane in 0..half {
            svg.arrow(1, (middle(lane + half), from), (middle(lane) + 9.0, to));
            svg.arrow(0, (middle(lane), from), (middle(lane), to));
            part[lane] += part[lane + half];
        }
        y += ROW;
        row(&mut svg, &part, half, y);
        svg.label("end", LEFT - 12.0, y + 19.0, &format!("half = {half}"));
        half /= 2;
    }
    svg.close();
    let drawing = Drawing { svg, height: y + CELL.1 + 8.0 };
    Sketch::new(
        "tree",
        "A tree with eight invocations: three steps, three barriers",
        &reading(part[0]),
        drawing,
    )
}

fn reading(sum: u32) -> String {
    let brought: Vec<String> = BROUGHT.iter().map(u32::to_string).collect();
    format!(
        "Eight invocations have written {} to part. Before each step all of them come to a barrier. In the first step \
         lanes 0 to 3 add what lanes 4 to 7 hold, in the second lanes 0 and 1 add what lanes 2 and 3 hold, in the third \
         lane 0 adds what lane 1 holds, and has the sum, {sum}. The others add nothing in that step; what they hold, in \
         grey, is not read again.",
        brought.join(", ")
    )
}

fn middle(lane: usize) -> f64 {
    LEFT + COLUMN * (lane as f64 + 0.5)
}

/// What stands in `part` after a step in which the first `busy` lanes added.
fn row(svg: &mut Svg, part: &[u32], busy: usize, y: f64) {
    for (lane, value) in part.iter().enumerate() {
        let paint = if lane < busy { Paint::Full(0) } else { Paint::Grey };
        let place = Place { x: middle(lane) - CELL.0 / 2.0, y, width: CELL.0, height: CELL.1 };
        svg.cell(paint, place, &value.to_string());
    }
}

fn barrier(svg: &mut Svg, y: f64) {
    let right = LEFT + COLUMN * BROUGHT.len() as f64;
    let style = "stroke-width:3;stroke:var(--text)";
    let tag = svg.tag("line").is("class", "axis").is("style", style).at("x1", LEFT).at("y1", y);
    tag.at("x2", right).at("y2", y).leaf();
    svg.label("strong end", LEFT - 12.0, y + 5.0, "barrier");
}
