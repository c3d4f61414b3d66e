//! `laws`: what the laws of scaling say about a curve, and whether they were right.

mod beside;
mod from_file;
mod held_out;
mod here;
mod made_up;
mod picture;
mod text;

use std::path::PathBuf;

use beside::Beside;
use clap::Args;
use course::gallery::Kind;
use held_out::HeldOut;
use laws::{Curve, Reading, Round, WeakReading};
use measure::Error;
use serde_json::{Value, json};

use crate::section::Section;

/// Options of `laws`.
#[derive(Debug, Clone, Args)]
pub(crate) struct LawsOptions {
    /// A curve that was measured: what another lesson wrote with --save
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,

    /// Which strategy of that file [default: the fastest of those with the most worker counts]
    #[arg(short, long, value_name = "NAME", requires = "from")]
    strategy: Option<String>,

    /// The same curve of another machine: a kind in lessons/machines
    #[arg(long, value_name = "KIND", requires = "from")]
    beside: Option<Kind>,
}

/// Worker counts in rising order, each with its times and the capacity beside each.
type Points = Vec<(usize, Vec<Round>)>;

/// A curve, and what the laws made of it.
#[derive(Debug)]
struct FittedCurve {
    /// Where it comes from, in a few words.
    origin: String,
    points: Points,
    /// What the laws say about all counts but the one held out.
    reading: Reading,
    /// The largest count, if there are enough of them.
    held_out: Option<HeldOut>,
    /// The kernel and the strategy, where it comes from a file that names them.
    of: Option<(String, String)>,
    /// The same on another machine, where that was asked for.
    beside: Option<Beside>,
    /// The truth, where the curve is made up.
    truth: Option<made_up::Truth>,
    /// The cores of the machine in the file, and the worker counts beyond them.
    usable_cores: Option<usize>,
    left_out: Vec<usize>,
}

/// Reads a file, or measures here, or makes curves up where there are too few cores.
pub(crate) fn laws(options: &LawsOptions) -> Result<Section, Error> {
    let mut curves = Vec::new();
    let mut weak = None;
    match &options.from {
        Some(path) => {
            let curve = from_file::read(path, options.strategy.as_deref())?;
            let beside = options.beside.map(|kind| Beside::of(kind, curve.of.as_ref()));
            curves.push(FittedCurve { beside: beside.transpose()?, ..curve });
        }
        None => {
            weak = Some(here::weak()?);
            match here::curve()? {
                Some(points) => {
                    curves.push(FittedCurve::new("scoped, measured here".to_owned(), points))
                }
                None => curves.extend(made_up::curves().chain([made_up::simulated()])),
            }
        }
    }
    let made_up = curves.iter().any(|curve| curve.truth.is_some());
    Ok(Section {
        name: "laws",
        text: text::text(&curves, weak.as_ref(), made_up),
        json: json!({
            "curves": curves.iter().map(FittedCurve::json).collect::<Vec<_>>(),
            "made_up": made_up,
            "weak": weak.as_ref().map(|weak| weak_json(&weak.reading)),
        }),
        pictures: picture::pictures(&curves),
    })
}

impl FittedCurve {
    fn new(origin: String, points: Points) -> Self {
        let (training, held_out) = held_out::split(&points);
        let reading = Reading::of(&Curve::of_rounds(training));
        let alone = Curve::of_rounds(points.clone()).median(1);
        let held_out = held_out.and_then(|last| HeldOut::judge(&reading, &last, alone?));
        FittedCurve {
            origin,
            points,
            reading,
            held_out,
            of: None,
            beside: None,
            truth: None,
            usable_cores: None,
            left_out: Vec::new(),
        }
    }

    fn json(&self) -> Value {
        let fit = |outcome: &laws::Outcome| {
            outcome.fit().map(|fit| {
                json!({
                    "contention": fit.contention,
                    "coherence": fit.coherence,
                    "misfit": fit.misfit.off,
                })
            })
        };
        json!({
            "origin": self.origin,
            "points": self.points.iter()
                .map(|(workers, rounds)| json!({
                    "workers": workers,
                    "samples": rounds.iter().map(|round| round.seconds).collect::<Vec<f64>>(),
                    "cores": rounds.iter().map(|round| round.cores).collect::<Vec<f64>>(),
                }))
                .collect::<Vec<_>>(),
            "left_out": self.left_out,
            "beside": self.beside.as_ref().map(Beside::json),
            "amdahl": fit(&self.reading.amdahl),
            "universal": fit(&self.reading.universal),
            "held_out": self.held_out.as_ref().map(HeldOut::json),
            "truth": self.truth.map(|truth| json!({
                "contention": truth.contention, "coherence": truth.coherence, "noise": truth.noise,
            })),
            "sentences": self.reading.sentences(),
        })
    }
}

fn weak_json(reading: &WeakReading) -> Value {
    json!({
        "points": reading.points.iter().map(|point| json!({
            "workers": point.workers,
            "scaled_speedup": point.scaled_speedup,
            "serial": point.serial,
        })).collect::<Vec<_>>(),
        "sentences": reading.sentences(),
    })
}
