use draw::{Drawing, Paint, Place, Sketch, Svg};

/// How many blocks the terms are cut into. Later ones cost more, as with primes.
const BLOCKS: usize = 32;
const WORKERS: usize = 4;

const LEFT: f64 = 92.0;
/// Width of a unit of time.
const UNIT: f64 = 0.8;
const LANE: (f64, f64) = (20.0, 26.0);

/// A block of terms that a worker sums, and whether it was dealt to another.
struct Block {
    cost: f64,
    is_stolen: bool,
}

/// Four workers with equal ranges, and the same four when they steal.
pub fn picture() -> Sketch {
    let (equal, stealing) = (equal_ranges(), stealing());
    let mut svg = Svg::default();
    svg.open_large();
    let last = panel(&mut svg, 8.0, "equal ranges", &equal);
    let middle = last + 20.0;
    let last = panel(&mut svg, middle, "stealing", &stealing);
    let y = last + 20.0;
    for (x, paint, text) in [
        (LEFT, Paint::Full(0), "its own"),
        (LEFT + 110.0, Paint::Full(1), "stolen"),
        (LEFT + 220.0, Paint::Grey, "idle"),
    ] {
        svg.cell(paint, Place { x, y, width: 16.0, height: 16.0 }, "");
        svg.label("", x + 23.0, y + 13.0, text);
    }
    svg.close();
    let reading = format!(
        "Thirty-two blocks whose costs grow from 1 to 63, and four workers. With equal ranges worker 3 gets the last eight \
         blocks and is busy for {} units, while worker 0 is done after {}. When idle workers steal, all are done after \
         {} units at the latest.",
        longest(&equal),
        total(&equal[0]),
        longest(&stealing),
    );
    Sketch::new(
        "shares",
        "Equal ranges leave workers idle; stealing fills the gaps",
        &reading,
        Drawing { svg, height: y + 28.0 },
    )
}

/// What each block costs.
fn costs() -> Vec<f64> {
    (0..BLOCKS).map(|block| (2 * block + 1) as f64).collect()
}

/// As many blocks for each.
fn equal_ranges() -> Vec<Vec<Block>> {
    let own = |costs: &[f64]| costs.iter().map(|&cost| Block { cost, is_stolen: false }).collect();
    costs().chunks(BLOCKS / WORKERS).map(own).collect()
}

/// Each begins with its own blocks. Who has none left takes the last one of the worker with the most to do.
fn stealing() -> Vec<Vec<Block>> {
    let mut left: Vec<Vec<f64>> = costs()
        .chunks(BLOCKS / WORKERS)
        .map(|costs| costs.iter().rev().copied().collect())
        .collect();
    let mut done: Vec<Vec<Block>> = (0..WORKERS).map(|_| Vec::new()).collect();
    while left.iter().any(|costs| !costs.is_empty()) {
        let next = (0..WORKERS).min_by(|a, b| total(&done[*a]).total_cmp(&total(&done[*b])));
        let worker = next.expect("there are workers");
        let block = match left[worker].pop() {
            Some(cost) => Block { cost, is_stolen: false },
            None => {
                let sum = |costs: &Vec<f64>| costs.iter().sum::<f64>();
                let victim = left.iter_mut().max_by(|a, b| sum(a).total_cmp(&sum(b)));
                Block { cost: victim.expect("there are workers").remove(0), is_stolen: true }
            }
        };
        done[worker].push(block);
    }
    done
}

fn total(blocks: &[Block]) -> f64 {
    blocks.iter().map(|block| block.cost).sum()
}

fn longest(lanes: &[Vec<Block>]) -> f64 {
    lanes.iter().map(|blocks| total(blocks)).fold(0.0, f64::max)
}

/// The lanes of one way to share; gives where they end.
fn panel(svg: &mut Svg, top: f64, name: &str, lanes: &[Vec<Block>]) -> f64 {
    svg.label("strong", 8.0, top + 16.0, name);
    svg.label("soft end", 472.0, top + 16.0, &format!("done after {}", longest(lanes)));
    let end = longest(lanes);
    let mut y = top + 26.0;
    for (worker, blocks) in lanes.iter().enumerate() {
        svg.label("soft", 8.0, y + 15.0, &format!("worker {worker}"));
        let mut at = 0.0;
        for block in blocks {
            let paint = Paint::Full(usize::from(block.is_stolen));
            box_of(svg, paint, at, block.cost, y);
            at += block.cost;
        }
        if at < end {
            box_of(svg, Paint::Grey, at, end - at, y);
        }
        y += LANE.1;
    }
    y
}

fn box_of(svg: &mut Svg, paint: Paint, at: f64, cost: f64, y: f64) {
    let place = Place { x: LEFT + UNIT * at, y, width: UNIT * cost - 1.5, height: LANE.0 };
    svg.cell(paint, place, "");
}
