use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use course::{Document, Table, wrapped};
use kernels::Workers;
use measure::{Cancellation, Context, Error, Interval, Setup, limited};
use serde::{Deserialize, Serialize};
use units::seconds;

use crate::probes::Probes;
use crate::session::{Asked, Session};
use crate::{Facts, Gpu};

/// Options of `price`.
#[derive(Debug, Clone, Args)]
pub(crate) struct PriceOptions {
    /// The device whose name has this in it [default: the likely fastest]
    #[arg(long, value_name = "NAME")]
    device: Option<String>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    json: bool,
}

/// What a dispatch costs, or why nobody knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Price {
    /// The device that was asked.
    device: Option<Facts>,
    /// Seconds from the call to the answer of a sum of one term.
    dispatch: Option<Interval>,
    /// How many rounds tell it.
    rounds: usize,
    /// Why there is no price.
    missing: Option<String>,
}

/// So many rounds count; the first one of all warms up, and does not.
const ROUNDS: usize = 15;

/// A device that takes longer than this for them is not worth waiting for.
const LIMIT: Duration = Duration::from_secs(20);

/// Measures what a dispatch costs that adds next to nothing. A machine without a device has no price, and that is an
/// answer, too.
///
/// # Errors
///
/// Where there is a device that fails, or none of the name that was asked for.
pub(crate) fn price(asked: &PriceOptions, cancellation: &Cancellation) -> Result<String, Error> {
    let session = Arc::new(Session::default());
    session.ask(Asked { device: asked.device.clone(), ..Asked::default() });
    let context = Setup::new(cancellation.clone()).context(Workers::ONE);
    let (theirs, cancelled) = (Arc::clone(&session), context.cancellation().clone());
    let samples = limited(LIMIT, "a dispatch", &cancelled, move || dispatches(&theirs, &context));
    let price = Price::of(session.facts(), samples)?;
    Ok(if asked.json { Document::new(Gpu::NAME, price).to_json() } else { price.text() })
}

/// Seconds of a dispatch, round by round.
fn dispatches(session: &Session, context: &Context) -> Result<Vec<f64>, Error> {
    let mut probes = Probes::new(session, context)?;
    probes.dispatch()?;
    (0..ROUNDS).map(|_| probes.dispatch()).collect()
}

impl Price {
    fn of(device: Option<Facts>, samples: Result<Vec<f64>, Error>) -> Result<Self, Error> {
        match samples {
            Ok(samples) => {
                let (dispatch, rounds) = (Interval::of(&samples), samples.len());
                Ok(Price { device, dispatch, rounds, missing: None })
            }
            Err(missing @ Error::Missing { .. }) => {
                let missing = Some(missing.to_string());
                Ok(Price { device, dispatch: None, rounds: 0, missing })
            }
            // That error speaks of options that there are not here.
            Err(Error::TimedOut { limit, .. }) => Err(Error::Refused {
                what: "the price of a dispatch".to_owned(),
                cause: format!("the device took longer than {}", seconds(limit.as_secs_f64())),
                remedy: "take another device with --device",
            }),
            Err(error) => Err(error),
        }
    }

    fn text(&self) -> String {
        let (Some(dispatch), Some(device)) = (&self.dispatch, &self.device) else {
            return wrapped(&format!("{}.", self.missing.as_deref().unwrap_or_default()), 0);
        };
        let ends = dispatch.low.zip(dispatch.high);
        let ends = ends.map(|(low, high)| format!(" ({} to {})", seconds(low), seconds(high)));
        let price = seconds(dispatch.median) + &ends.unwrap_or_default();
        let software = if device.is_software() { IN_SOFTWARE } else { "" };
        let what = "from the call to the answer of a sum of one term";
        wrapped(&format!("A dispatch costs {price}, {what}, on {}{software}.", device.name), 0)
    }
}

const IN_SOFTWARE: &str = ", a program on the cores, whose times say nothing about a GPU";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn device(kind: Kind) -> Option<Facts> {
        Some(Facts {
            name: "a card".to_owned(),
            kind,
            interface: "vulkan".to_owned(),
            driver: "a driver 1".to_owned(),
            offers: Vec::new(),
            subgroup: [32, 32],
        })
    }

    fn missing() -> Error {
        crate::adapters::missing()
    }

    #[test]
    fn a_price_is_written_and_read_back_with_its_device() {
        let samples = (1..=15).map(|sample| f64::from(sample) * 1e-6).collect();
        let price = Price::of(device(Kind::Discrete), Ok(samples)).expect("it was measured");
        let written = Document::new(Gpu::NAME, price.clone()).to_json();
        let told: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!((&told["lesson"], &told["missing"]), (&"gpu".into(), &serde_json::Value::Null));
        assert_eq!(
            (&told["device"]["kind"], &told["dispatch"]["median"]),
            (&"discrete".into(), &8e-6.into())
        );
        let read = Document::<Price>::parse(&written).expect("it is one");
        assert_eq!(*read, price);
        let text = price.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            text,
            "A dispatch costs 8.00 us (4.00 us to 12.0 us), from the call to the answer of a sum of one term, on a card."
        );
    }

    #[test]
    fn a_device_in_software_is_named_as_one() {
        let price = Price::of(device(Kind::Software), Ok(vec![1e-4; 15])).expect("it was measured");
        let text = price.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.ends_with(
                "on a card, a program on the cores, whose times say nothing about a GPU."
            ),
            "{text}"
        );
    }

    #[test]
    fn no_device_is_an_answer_and_one_that_fails_is_an_error() {
        let price = Price::of(None, Err(missing())).expect("it is an answer");
        assert_eq!((price.dispatch, price.missing.clone()), (None, Some(missing().to_string())));
        assert!(price.text().contains("a GPU with a driver is missing"), "{}", price.text());
        let late = Error::TimedOut { run: "a dispatch".to_owned(), limit: LIMIT, waited_for: None };
        let error = Price::of(device(Kind::Discrete), Err(late)).expect_err("it took too long");
        assert!(error.to_string().contains("took longer than 20.0 s; take another"), "{error}");
    }
}
