//! A curve as a picture: what was measured, the laws through it, and another machine behind.

use draw::{Across, Line, Plot, Point, Reference, Up, looks, tick};
use laws::Curve;
use units::{count, speedup};

use super::FittedCurve;
use crate::picture::picture;

/// One picture for each curve that begins with one worker.
pub(super) fn pictures(curves: &[FittedCurve]) -> Vec<(String, String)> {
    let name = |number: usize| match curves {
        [_] => "curve".to_owned(),
        _ => format!("curve-{}", number + 1),
    };
    let drawn = |(number, curve)| drawn(&name(number), curve);
    curves.iter().enumerate().filter_map(drawn).collect()
}

fn drawn(name: &str, curve: &FittedCurve) -> Option<(String, String)> {
    let medians = Curve::of_rounds(curve.points.clone());
    let (counts, alone) = (medians.counts(), medians.median(1)?);
    // One count is no axis.
    counts.get(1)?;
    let cores = |workers: usize| medians.cores(workers).unwrap_or(workers as f64);
    let measured =
        counts.iter().filter_map(|workers| Some((*workers, alone / medians.median(*workers)?)));
    let mut curves: Vec<(&str, Vec<(usize, f64)>)> = Vec::new();
    for (law, outcome) in
        [("Amdahl", &curve.reading.amdahl), ("universal", &curve.reading.universal)]
    {
        let Some(fit) = outcome.fit() else { continue };
        let predicted =
            |workers: &usize| (*workers, fit.predict_on(*workers, cores(*workers)).value);
        curves.push((law, counts.iter().map(predicted).collect()));
    }
    // What was measured is drawn over what was said of it.
    curves.push(("measured", measured.collect()));
    let names: Vec<&str> = curves.iter().map(|(name, _)| *name).collect();
    let line = |((name, points), look): ((&str, Vec<(usize, f64)>), _)| {
        let point = |(workers, value): (usize, f64)| {
            let tip = format!("{name}, {}: {}", count(workers as u64, "worker"), speedup(value));
            Point { x: workers as f64, y: value, bounds: None, apart: false, tip }
        };
        Line { name: name.to_owned(), look, points: points.into_iter().map(point).collect() }
    };
    let looks = looks(&names, &[]);
    let lines: Vec<Line> = curves.into_iter().zip(looks).map(line).collect();

    let given = counts.iter().map(|workers| (*workers as f64, cores(*workers)));
    let given = Reference {
        class: "given",
        name: "what the machine gave".to_owned(),
        points: given.collect(),
    };
    let behind = curve.beside.as_ref().map(|beside| Reference {
        class: "behind",
        name: beside.title(),
        points: beside.points(),
    });
    let references: Vec<Reference> = [given].into_iter().chain(behind).collect();
    let most = *counts.last()? as f64;
    let reached =
        references.iter().flat_map(|it| &it.points).filter(|(workers, _)| *workers <= most);
    let high = reached.map(|(_, speedup)| *speedup).fold(Line::extent(&lines)?.1, f64::max);
    let across =
        Across::Log { values: counts.iter().map(|workers| *workers as f64).collect(), write: tick };
    let up = Up::linear(0.0, high * 1.06, |times| tick(times) + "x");
    let plot = Plot::new((across, "workers"), (up, "speedup"), lines);
    let reading = match &curve.beside {
        Some(beside) => beside.sentence("In grey: "),
        None => "Speedup over the workers, and the laws that were drawn through it.".to_owned(),
    };
    Some(picture(name, &curve.origin, &reading, Plot { references, ..plot }.drawn()))
}
