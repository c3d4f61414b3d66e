//! The mountain, the matrix of cores, and the roofline as pictures.

use draw::{Across, Drawing, Line, Mark, Plot, Point, Reference, Scale, Svg, Up, looks, tick};
use units::{count, seconds, three_digits};

use super::MachineReport;
use super::roofs::delivered;
use super::text::size;
use crate::picture::picture;
use crate::probes::{Mountain, Pairs, Roof};

/// All that there is to draw.
pub(super) fn pictures(report: &MachineReport) -> Vec<(String, String)> {
    let mut pictures = vec![mountain(&report.mountain)];
    pictures.extend(matrix(&report.pairs));
    pictures.extend(roofline(&report.roofline));
    pictures
}

fn point(x: f64, y: f64, tip: String) -> Point {
    Point { x, y, bounds: None, apart: false, tip }
}

fn mountain(mountain: &Mountain) -> (String, String) {
    let names: Vec<String> =
        mountain.workers.iter().map(|workers| count(*workers as u64, "worker")).collect();
    let looks = looks(&names.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    let lines = names.into_iter().zip(looks).enumerate().map(|(column, (name, look))| {
        let points = mountain.slopes.iter().filter_map(|slope| {
            let rate = slope.bytes_per_second[column]? / 1e9;
            let (bytes, fits) = (size(slope.bytes), &slope.fits);
            let tip = format!("{name}, {bytes} in {fits}: {} GB/s", three_digits(rate));
            Some(point(slope.bytes as f64, rate, tip))
        });
        Line { points: points.collect(), name: name.clone(), look }
    });
    let lines: Vec<Line> = lines.collect();
    let up = Up::log(Line::extent(&lines).unwrap_or((1.0, 10.0)), tick);
    let across = Across::Log {
        values: mountain.slopes.iter().map(|slope| slope.bytes as f64).collect(),
        write: |bytes| size(bytes as u64),
    };
    let mut marks: Vec<Mark> = Vec::new();
    for slope in &mountain.slopes {
        if marks.last().is_none_or(|last| last.name != slope.fits) {
            marks.push(Mark { at: slope.bytes as f64, name: slope.fits.clone() });
        }
    }
    let plot =
        Plot::new((across, "bytes that each worker reads again and again"), (up, "GB/s"), lines);
    let reading = mountain.valley().map_or(String::new(), |(one, all)| {
        format!(
            "Bytes read a second over the bytes that each worker reads again and again. At the right \
             end, from memory: {} GB/s for one worker, {} GB/s for all.",
            three_digits(one / 1e9),
            three_digits(all / 1e9)
        )
    });
    picture("mountain", "The memory mountain", &reading, Plot { marks, ..plot }.drawn())
}

/// Where the matrix begins.
const CORNER: (f64, f64) = (40.0, 18.0);

fn matrix(pairs: &Pairs) -> Option<(String, String)> {
    let (low, high) = pairs.reach()?;
    // Never so dark that the figures would need an edge to be read.
    let opacity = Scale::log((low, high.max(low * 1.5)), (0.12, 0.45));
    let cell = (420.0 / pairs.cores.len() as f64).min(60.0);
    let (left, top) = CORNER;
    let mut svg = Svg::default();
    for (row, times) in pairs.seconds.iter().enumerate() {
        let y = top + row as f64 * cell;
        let core = pairs.cores[row].to_string();
        // Numbers of narrow cells would touch.
        if cell >= 20.0 || row % 8 == 0 {
            svg.label("end soft", left - 6.0, y + cell / 2.0 + 4.0, &core);
            svg.label("mid soft", left + (row as f64 + 0.5) * cell, top - 6.0, &core);
        }
        for (column, time) in times.iter().enumerate() {
            let Some(time) = time else { continue };
            let x = left + column as f64 * cell;
            let strength = format!("{:.2}", opacity.at(*time));
            let tag = svg.tag("rect").is("class", "cell").is("fill-opacity", &strength);
            let tip = format!("{} to {core}: {}", pairs.cores[column], seconds(*time));
            let tag = tag.is("data-tip", &tip).at("x", x + 1.0).at("y", y + 1.0);
            tag.at("width", cell - 2.0).at("height", cell - 2.0).leaf();
            if cell >= 26.0 {
                let (x, y) = (x + cell / 2.0, y + cell / 2.0 + 4.0);
                svg.label("mid", x, y, &format!("{:.0}", time * 1e9));
            }
        }
    }
    let bottom = top + cell * pairs.cores.len() as f64;
    svg.label("soft", left, bottom + 18.0, "nanoseconds for one way; darker takes longer");
    let reading = format!(
        "How long a cache line takes from one core to another, for each pair of {} cores: from {} to {}.",
        pairs.cores.len(),
        seconds(low),
        seconds(high)
    );
    let drawing = Drawing { svg, height: bottom + 28.0 };
    Some(picture("cores", "A cache line from core to core", &reading, drawing))
}

/// Additions for each byte, from where to where the roofline is drawn, and its ticks between.
const INTENSITIES: [f64; 5] = [1.0 / 64.0, 0.125, 1.0, 8.0, 64.0];

/// Where a kernel stands that reads nothing: outside, since it has no additions for each byte.
const READS_NOTHING: f64 = 512.0;

fn roofline(roofs: &[Roof]) -> Option<(String, String)> {
    let kernels: Vec<&Roof> = roofs.iter().filter(|roof| roof.operation == "additions").collect();
    let peak = kernels.first()?.cores_allow / 1e9;
    let bytes = delivered(roofs)? / 1e9;
    let [left, .., right] = INTENSITIES;
    let roof_at = |intensity: f64| (intensity, peak.min(intensity * bytes));
    let names: Vec<&str> = kernels.iter().map(|roof| roof.kernel.as_str()).collect();
    let lines = kernels.iter().zip(looks(&names, &[])).map(|(roof, look)| {
        let (name, rate) = (roof.kernel.to_string(), roof.per_second / 1e9);
        let tip = format!("{name}: {} additions/ns", three_digits(rate));
        let intensity = roof.intensity();
        let is_outside = !intensity.is_finite();
        let x = if is_outside { READS_NOTHING } else { intensity.clamp(left, right) };
        let points = vec![Point { apart: is_outside, ..point(x, rate, tip) }];
        let name = if is_outside { format!("{name}, reads nothing") } else { name };
        Line { name, look, points }
    });
    let lines: Vec<Line> = lines.collect();
    let lowest = Line::extent(&lines).map_or(peak, |(low, _)| low);
    let reads_nothing = kernels.iter().any(|roof| !roof.intensity().is_finite());
    let across = Across::Log {
        values: INTENSITIES.into_iter().chain(reads_nothing.then_some(READS_NOTHING)).collect(),
        write: |value| match value {
            READS_NOTHING.. => "\u{2192}".to_owned(),
            below if below < 1.0 => format!("1/{}", 1.0 / below),
            _ => value.to_string(),
        },
    };
    let up = Up::log((roof_at(left).1.min(lowest), peak), tick);
    let ridge = (peak / bytes).clamp(left, right);
    let (peak_text, bytes_text) = (three_digits(peak), three_digits(bytes));
    let roof = Reference {
        class: "even",
        name: format!(
            "the roof: {bytes_text} GB/s from memory, {peak_text} additions/ns by the cores"
        ),
        points: [left, ridge, right].map(roof_at).into(),
    };
    let plot = Plot {
        references: vec![roof],
        named_at_points: true,
        ..Plot::new((across, "additions for each byte of memory"), (up, "additions/ns"), lines)
    };
    let rates: Vec<String> = kernels
        .iter()
        .map(|roof| {
            format!("{} does {} additions/ns", roof.kernel, three_digits(roof.per_second / 1e9))
        })
        .collect();
    let reading = format!(
        "The slope is what the memory delivers, {bytes_text} GB/s; the flat part is what the cores add, \
         {peak_text} additions/ns. {}.{}",
        rates.join("; "),
        if reads_nothing { " What reads nothing stands outside, at the arrow." } else { "" }
    );
    Some(picture("roofline", "The roofline of additions", &reading, plot.drawn()))
}
