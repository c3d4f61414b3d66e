//! `break-even`: from how many terms on is the device quicker than the cores, and was that to be foretold?

mod measured;
mod text;

use std::sync::Arc;

use clap::Args;
use course::{Document, Seconds, Table};
use kernels::{Integers, KernelName, Known};
use laws::break_even::{BreakEven, of_points};
use measure::{Cancellation, Error};
use serde::{Serialize, Serializer};

use crate::options::Options;
use crate::session::{Asked, Session};
use crate::{Facts, Gpu};

/// Options of `break-even`.
#[derive(Debug, Clone, Args)]
pub(crate) struct BreakEvenOptions {
    /// What to sum: integers, memory or primes
    #[arg(short, long, value_name = "NAME", default_value = "integers")]
    kernel: KernelName,

    /// The largest number of terms [default: the kernel's own, and fewer on a software device]
    #[arg(short = 'n', long, value_name = "N", value_parser = course::options::values::terms)]
    terms: Option<u64>,

    /// The device whose name has this in it [default: the likely fastest]
    #[arg(long, value_name = "NAME")]
    device: Option<String>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    json: bool,
}

/// What was measured, and what it says.
#[derive(Debug, Serialize)]
struct Curves {
    device: Option<Facts>,
    /// Why nothing was measured; null where something was.
    missing: Option<String>,
    kernel: KernelName,
    /// The cores that `all_cores` are.
    workers: usize,
    sizes: Vec<Size>,
    answers: Vec<Answer>,
}

/// Seconds of a sum of so many terms; all samples of one place are of one round.
#[derive(Debug, Clone, Serialize)]
struct Size {
    terms: u64,
    one_core: Seconds,
    all_cores: Seconds,
    /// `strided` on the device.
    device: Seconds,
    /// The same with the numbers sent first; null for a kernel that has none.
    with_transfer: Option<Seconds>,
}

/// Whether, and from where on, one curve is below another.
#[derive(Debug, Serialize)]
struct Answer {
    /// `strided` or `with-transfer`.
    row: &'static str,
    than: &'static str,
    #[serde(serialize_with = "in_words")]
    measured: Option<BreakEven>,
    /// From the sums of the fewest and of the most terms alone; null for a kernel whose terms do not cost the same.
    #[serde(serialize_with = "in_words")]
    foretold: Option<BreakEven>,
}

impl Answer {
    /// How many times as many terms the model says as the curves do, or the other way round; `None` where one of them
    /// says no number.
    fn apart(&self) -> Option<f64> {
        match (self.measured?, self.foretold?) {
            (BreakEven::From(one), BreakEven::From(other)) => Some((one / other).max(other / one)),
            _ => None,
        }
    }
}

type Curve = fn(&Size) -> Option<&Seconds>;

const ONE_CORE: (&str, Curve) = ("one core", |size| Some(&size.one_core));
const ALL_CORES: (&str, Curve) = ("all cores", |size| Some(&size.all_cores));
const ON_DEVICE: [(&str, Curve); 2] =
    [("strided", |size| Some(&size.device)), ("with-transfer", |size| size.with_transfer.as_ref())];

/// Measures the curves, and tells where they cross.
///
/// # Errors
///
/// Where nothing can be measured. A machine without a device is no error.
pub(crate) fn break_even(
    asked: &BreakEvenOptions,
    options: &Options,
    cancellation: &Cancellation,
) -> Result<String, Error> {
    if !Gpu::KERNELS.contains(&asked.kernel) {
        return Err(Error::Usage(format!(
            "invalid value '{}' for --kernel: break-even knows integers, memory and primes; for example: -k {}",
            asked.kernel,
            Integers::NAME
        )));
    }
    let session = Arc::new(Session::default());
    session.ask(Asked { device: asked.device.clone(), ..Asked::default() });
    let opened = session.device();
    let (sizes, missing) = match opened {
        Err(missing @ Error::Missing { .. }) => (Vec::new(), Some(missing.to_string())),
        Err(error) => return Err(error),
        Ok(_) => {
            let timing = &AsRef::<course::Options>::as_ref(options).timing;
            let most =
                asked.terms.unwrap_or_else(|| crate::lesson::usual_terms(&session, asked.kernel));
            (measured::curves(asked.kernel, most, &session, timing, cancellation)?, None)
        }
    };
    let answers = answers(asked.kernel, &sizes);
    let workers = kernels::Workers::usable().get();
    let device = session.facts();
    let curves = Curves { device, missing, kernel: asked.kernel, workers, sizes, answers };
    Ok(if asked.json { Document::new(Gpu::NAME, curves).to_json() } else { text::text(&curves) })
}

fn answers(kernel: KernelName, sizes: &[Size]) -> Vec<Answer> {
    let even = kernel.description().even;
    let mut all = Vec::new();
    for (row, device) in ON_DEVICE {
        for (than, cores) in [ONE_CORE, ALL_CORES] {
            let speedup = |size: &Size| {
                let ratio = cores(size)?.over(device(size)?)?;
                Some((size.terms, ratio.median))
            };
            let Some(points) = sizes.iter().map(speedup).collect::<Option<Vec<_>>>() else {
                continue;
            };
            let measured = of_points(&points);
            let foretold = foretold(sizes, cores, device).filter(|_| even);
            all.extend(measured.map(|_| Answer { row, than, measured, foretold }));
        }
    }
    all
}

/// Where two straight lines cross, each of which goes through the times of the fewest and of the most terms.
fn foretold(sizes: &[Size], cores: Curve, device: Curve) -> Option<BreakEven> {
    let (few, many) = (sizes.first()?, sizes.last()?);
    let line = |curve: Curve| {
        let (short, long) = (curve(few)?.interval.median, curve(many)?.interval.median);
        let slope = (long - short) / (many.terms as f64 - few.terms as f64);
        Some((short - slope * few.terms as f64, slope))
    };
    let ((start, slope), (start_there, slope_there)) = (line(cores)?, line(device)?);
    let from = (start_there - start) / (slope - slope_there);
    Some(if slope <= slope_there || from > many.terms as f64 {
        BreakEven::NotUpTo(many.terms)
    } else if from <= few.terms as f64 {
        BreakEven::AlreadyAt(few.terms)
    } else {
        BreakEven::From(from)
    })
}

fn in_words<S: Serializer>(found: &Option<BreakEven>, serializer: S) -> Result<S::Ok, S::Error> {
    match found {
        None => serializer.serialize_none(),
        Some(BreakEven::From(terms)) => serializer.serialize_f64(*terms),
        Some(other) => serializer.collect_str(other),
    }
}

#[cfg(test)]
mod tests {
    use kernels::{Memory, Primes};

    use super::*;

    /// Straight lines: what nothing costs, and what a term costs, of one core, all cores, the device and its transfer.
    fn sizes(lines: [(f64, f64); 4]) -> Vec<Size> {
        let of = |terms: u64| {
            let [one_core, all_cores, device, with_transfer] = lines.map(|(start, slope)| {
                Seconds::of(&[start + slope * terms as f64; 8]).expect("there are some")
            });
            Size { terms, one_core, all_cores, device, with_transfer: Some(with_transfer) }
        };
        (5..14).map(|power| of(4_u64.pow(power))).collect()
    }

    #[test]
    fn lines_cross_where_the_model_says() {
        let straight = sizes([(0.0, 1e-9), (10e-6, 0.25e-9), (100e-6, 0.1e-9), (100e-6, 2e-9)]);
        let found = answers(Memory::NAME, &straight);
        assert_eq!(found.len(), 4);
        let (one, all) = (&found[0], &found[1]);
        let Some(BreakEven::From(from)) = one.foretold else { panic!("{one:?}") };
        assert!((from - 100e-6 / 0.9e-9).abs() < 1.0, "{from}");
        let Some(BreakEven::From(from)) = all.foretold else { panic!("{all:?}") };
        assert!((from - 90e-6 / 0.15e-9).abs() < 1.0, "{from}");
        // Between two sizes the logarithms are taken for a line, which they are not quite.
        for answer in [one, all] {
            assert!(answer.apart().is_some_and(|apart| apart < 1.2), "{answer:?}");
        }
        for never in &found[2..] {
            assert_eq!(never.foretold, Some(BreakEven::NotUpTo(4_u64.pow(13))));
            assert_eq!((never.measured, never.apart()), (never.foretold, None));
        }
    }

    #[test]
    fn both_ends_are_said_by_curves_and_model_alike() {
        let quick = sizes([(1e-6, 1e-9), (1e-6, 1e-9), (0.0, 0.1e-9), (1.0, 0.9e-9)]);
        let found = answers(Memory::NAME, &quick);
        assert_eq!(found[0].measured, Some(BreakEven::AlreadyAt(1024)));
        assert_eq!(found[0].foretold, Some(BreakEven::AlreadyAt(1024)));
        assert_eq!(found[2].measured, Some(BreakEven::NotUpTo(4_u64.pow(13))));
        assert_eq!(found[2].foretold, Some(BreakEven::NotUpTo(4_u64.pow(13))));
    }

    #[test]
    fn nothing_is_foretold_where_terms_do_not_cost_the_same() {
        let straight = sizes([(0.0, 1e-9), (10e-6, 0.25e-9), (100e-6, 0.1e-9), (100e-6, 2e-9)]);
        let found = answers(Primes::NAME, &straight);
        assert!(found.iter().all(|answer| answer.foretold.is_none() && answer.measured.is_some()));
        assert!(answers(Primes::NAME, &[]).is_empty());
    }
}
