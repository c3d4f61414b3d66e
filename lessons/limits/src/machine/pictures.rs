//! The mountain, the matrix of cores, and the roofline as pictures.

use course::svg::Svg;
use units::{seconds, three_digits};

use super::Measured;
use super::roofline::delivered;
use super::text::size;
use crate::picture::{WIDTH, picture};
use crate::probes::{Mountain, Pairs, Roof};

const LEFT: f64 = 64.0;
const RIGHT: f64 = 110.0;
const TOP: f64 = 44.0;
const HEIGHT: f64 = 260.0;

/// All that there is to draw.
pub(super) fn pictures(measured: &Measured) -> Vec<(String, String)> {
    let mut pictures = vec![mountain(&measured.mountain)];
    pictures.extend(matrix(&measured.pairs));
    pictures.extend(roofline(&measured.roofline));
    pictures
}

/// A place between `low` and `high` on a logarithmic axis, 0 to 1.
fn place(value: f64, low: f64, high: f64) -> f64 {
    if high > low { (value / low).ln() / (high / low).ln() } else { 0.5 }
}

fn mountain(mountain: &Mountain) -> (String, String) {
    let rates = || mountain.slopes.iter().flat_map(|slope| slope.bytes_per_second.iter().flatten());
    let (low, high) = (
        rates().copied().fold(f64::MAX, f64::min) / 1.2,
        rates().copied().fold(0.0, f64::max) * 1.2,
    );
    let last = mountain.slopes.len().saturating_sub(1).max(1) as f64;
    let across = |slope: usize| LEFT + slope as f64 / last * (WIDTH - LEFT - RIGHT);
    let up = |rate: f64| TOP + HEIGHT * (1.0 - place(rate, low, high));
    let mut svg = Svg::default();
    let ticks =
        [1e9, 2e9, 5e9].iter().flat_map(|tick| [1.0, 10.0, 100.0, 1000.0].map(|ten| tick * ten));
    for tick in ticks.filter(|tick| (low..high).contains(tick)) {
        svg.line("grid", (LEFT, up(tick)), (WIDTH - RIGHT, up(tick)));
        svg.label("end soft", LEFT - 6.0, up(tick) + 4.0, &format!("{:.0}", tick / 1e9));
    }
    svg.label("soft", 8.0, TOP - 6.0, "GB/s");
    for (number, slope) in mountain.slopes.iter().enumerate() {
        let first = number == 0 || mountain.slopes[number - 1].fits != slope.fits;
        if first {
            svg.line("grid", (across(number), TOP), (across(number), TOP + HEIGHT));
            svg.label("soft", across(number) + 3.0, TOP + 12.0, &slope.fits);
        }
        if number % 2 == 0 {
            svg.label("mid soft", across(number), TOP + HEIGHT + 18.0, &size(slope.bytes));
        }
    }
    let mut ends = Vec::new();
    for (column, workers) in mountain.workers.iter().enumerate() {
        let points: Vec<(f64, f64)> = (mountain.slopes.iter().enumerate())
            .filter_map(|(number, slope)| {
                Some((across(number), up(slope.bytes_per_second[column]?)))
            })
            .collect();
        svg.path(&format!("line k{}", column % 4), &points);
        ends.extend(points.last().map(|(x, y)| (*y, *x, *workers)));
    }
    // Ends that lie close together: each name below the one before.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = TOP;
    for (y, x, workers) in ends {
        let many = if workers == 1 { "" } else { "s" };
        svg.label("on", x + 6.0, y.max(free) + 4.0, &format!("{workers} worker{many}"));
        free = y.max(free) + 14.0;
    }
    let reading = mountain.valley().map_or(String::new(), |(one, all)| {
        format!(
            "Bytes read a second over the bytes that each worker reads again and again. At the right \
             end, from memory: {} GB/s for one worker, {} GB/s for all.",
            three_digits(one / 1e9),
            three_digits(all / 1e9)
        )
    });
    picture("mountain", "The memory mountain", &reading, TOP + HEIGHT + 32.0, svg)
}

fn matrix(pairs: &Pairs) -> Option<(String, String)> {
    let (low, high) = pairs.reach()?;
    let cell = (520.0 / pairs.cores.len() as f64).min(60.0);
    let mut svg = Svg::default();
    for (row, times) in pairs.seconds.iter().enumerate() {
        let y = TOP + 16.0 + row as f64 * cell;
        svg.label("end soft", LEFT - 6.0, y + cell / 2.0 + 4.0, &pairs.cores[row].to_string());
        let x = LEFT + row as f64 * cell + cell / 2.0;
        svg.label("mid soft", x, TOP + 10.0, &pairs.cores[row].to_string());
        for (column, time) in times.iter().enumerate() {
            let Some(time) = time else { continue };
            let x = LEFT + column as f64 * cell;
            let strength = 0.25 + 0.65 * place(*time, low, high.max(low * 1.5));
            let tag =
                svg.tag("rect").is("class", "cell").is("fill-opacity", &format!("{strength:.2}"));
            tag.at("x", x + 1.0)
                .at("y", y + 1.0)
                .at("width", cell - 2.0)
                .at("height", cell - 2.0)
                .leaf();
            if cell >= 26.0 {
                let (x, y) = (x + cell / 2.0, y + cell / 2.0 + 4.0);
                svg.label("mid on", x, y, &format!("{:.0}", time * 1e9));
            }
        }
    }
    let bottom = TOP + 16.0 + cell * pairs.cores.len() as f64;
    svg.label("soft", LEFT, bottom + 18.0, "nanoseconds for one way; darker takes longer");
    let reading = format!(
        "How long a cache line takes from one core to another, for each pair of {} cores: from {} to {}.",
        pairs.cores.len(),
        seconds(low),
        seconds(high)
    );
    Some(picture("cores", "A cache line from core to core", &reading, bottom + 30.0, svg))
}

fn roofline(roofs: &[Roof]) -> Option<(String, String)> {
    let kernels: Vec<&Roof> = roofs.iter().filter(|roof| roof.operation == "additions").collect();
    let peak = kernels.first()?.cores_allow;
    let bytes = delivered(roofs)?;
    let (left, right) = (1.0 / 64.0, 64.0);
    let roof_at = |intensity: f64| peak.min(intensity * bytes);
    let (low, high) = (roof_at(left) / 1.5, peak * 1.5);
    let across = |intensity: f64| {
        LEFT + place(intensity.clamp(left, right), left, right) * (WIDTH - LEFT - RIGHT)
    };
    let up = |rate: f64| TOP + HEIGHT * (1.0 - place(rate, low, high));
    let mut svg = Svg::default();
    for (tick, name) in [(left, "1/64"), (0.125, "1/8"), (1.0, "1"), (8.0, "8"), (right, "64")] {
        svg.line("grid", (across(tick), TOP), (across(tick), TOP + HEIGHT));
        svg.label("mid soft", across(tick), TOP + HEIGHT + 18.0, name);
    }
    let ridge = (peak / bytes).clamp(left, right);
    let roof = [left, ridge, right].map(|intensity| (across(intensity), up(roof_at(intensity))));
    svg.path("roof", &roof);
    for kernel in &kernels {
        let (x, y) = (across(kernel.intensity()), up(kernel.per_second));
        svg.tag("circle").is("class", "dot").at("cx", x).at("cy", y).at("r", 5.0).leaf();
        svg.label("on", x + 9.0, y + 16.0, kernel.kernel.as_str());
    }
    for rate in [peak, roof_at(left)] {
        svg.line("grid", (LEFT, up(rate)), (WIDTH - RIGHT, up(rate)));
        svg.label("end soft", LEFT - 6.0, up(rate) + 4.0, &three_digits(rate / 1e9));
    }
    svg.label("soft", 8.0, TOP - 6.0, "additions/ns");
    svg.label("end soft", WIDTH - RIGHT, TOP + HEIGHT + 36.0, "additions for each byte of memory");
    let seen: Vec<String> = kernels
        .iter()
        .map(|roof| {
            format!("{} does {} additions/ns", roof.kernel, three_digits(roof.per_second / 1e9))
        })
        .collect();
    let reading = format!(
        "The slope is what the memory delivers, {} GB/s; the flat part is what the cores add, {} \
         additions/ns. {}.",
        three_digits(bytes / 1e9),
        three_digits(peak / 1e9),
        seen.join("; ")
    );
    Some(picture("roofline", "The roofline of additions", &reading, TOP + HEIGHT + 48.0, svg))
}
