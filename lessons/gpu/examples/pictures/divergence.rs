use draw::{Drawing, Paint, Place, Sketch, Svg};

/// The number of the first lane.
const FIRST: u32 = 96;
const LANES: u32 = 8;

const LEFT: f64 = 82.0;
const CELL: (f64, f64) = (39.0, 24.0);
const STEP: (f64, f64) = (42.5, 28.0);
const TOP: f64 = 30.0;

/// How many divisors each of eight invocations tries, and for how long it waits for the others.
pub fn picture() -> Sketch {
    let all: Vec<u32> = (FIRST..FIRST + LANES).map(rounds).collect();
    let longest = all.iter().copied().max().unwrap_or_default();
    let mut svg = Svg::default();
    svg.open_large();
    svg.label("soft end", LEFT - 12.0, 18.0, "divisor");
    for round in 0..longest {
        let x = LEFT + STEP.0 * f64::from(round) + CELL.0 / 2.0;
        svg.label("soft mid", x, 18.0, &(round + 2).to_string());
    }
    let mut y = TOP;
    for (number, rounds) in (FIRST..).zip(&all) {
        let class = if is_prime(number) { "strong end" } else { "soft end" };
        svg.label(class, LEFT - 12.0, y + 17.0, &number.to_string());
        for round in 0..longest {
            let x = LEFT + STEP.0 * f64::from(round);
            let place = Place { x, y, width: CELL.0, height: CELL.1 };
            let paint = if round < *rounds { Paint::Full(0) } else { Paint::Grey };
            svg.cell(paint, place, "");
        }
        y += STEP.1;
    }
    let (busy, places) = (all.iter().sum::<u32>(), longest * LANES);
    let text = format!("{busy} of {places} places at work; in grey, a lane waits");
    svg.label("", LEFT, y + 16.0, &text);
    svg.close();
    let reading = format!(
        "Eight invocations in lockstep try the divisors of {FIRST} to {}, from 2 on. Each stops at the first that \
         divides its number, or beyond the square root: after {} divisions. All of them go on until the slowest is \
         done, after {longest} rounds, so {busy} of {places} places do any work.",
        FIRST + LANES - 1,
        all.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
    );
    let drawing = Drawing { svg, height: y + 28.0 };
    Sketch::new(
        "divergence",
        "Divergence: eight invocations in lockstep look for primes",
        &reading,
        drawing,
    )
}

fn is_prime(number: u32) -> bool {
    (2..number).all(|divisor| !number.is_multiple_of(divisor))
}

/// The divisions of `primes.wgsl` for `number`.
fn rounds(number: u32) -> u32 {
    let mut rounds = 0;
    for divisor in (2..).take_while(|divisor| divisor * divisor <= number) {
        rounds += 1;
        if number.is_multiple_of(divisor) {
            break;
        }
    }
    rounds
}
