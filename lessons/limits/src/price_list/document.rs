//! The prices as a document, which `--beside` reads back.

use std::path::Path;

use course::Document;
use measure::{Error, Interval, machine::Machine};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::beside::Compared;
use crate::probes::prices::{Price, Probe, TABLE};

/// What such a document is called, and the version of its form.
const KIND: &str = "prices";
const SCHEMA: u32 = 1;

const REMEDY: &str = "write one with cargo run -p limits -- prices --json > mine.json";

/// All prices of one machine, at one time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PriceList {
    kind: String,
    schema: u32,
    /// Where they were measured.
    pub(crate) machine: Machine,
    /// What the order within the rounds was drawn from.
    pub(crate) seed: u64,
    /// How many rounds there were.
    #[serde(default)]
    pub(crate) rounds: usize,
    /// One for each thing, also where it has none.
    pub(crate) prices: Vec<Price>,
    /// What they say.
    #[serde(default)]
    pub(crate) findings: Vec<String>,
    /// The same things beside those of another document. Nobody reads that back.
    #[serde(skip_deserializing)]
    pub(crate) beside: Option<Vec<Compared>>,
}

impl PriceList {
    pub(super) fn new(machine: Machine, seed: u64, prices: Vec<Price>) -> Self {
        PriceList {
            kind: KIND.to_owned(),
            schema: SCHEMA,
            machine,
            seed,
            rounds: 0,
            prices,
            findings: Vec::new(),
            beside: None,
        }
    }

    /// The price of a thing, if it has one.
    pub(super) fn seconds(&self, probe: &Probe) -> Option<Interval> {
        self.named(probe.name)?.seconds
    }

    pub(super) fn named(&self, name: &str) -> Option<&Price> {
        self.prices.iter().find(|price| price.name == name)
    }
}

/// The prices in a file.
pub(super) fn read(path: &Path) -> Result<PriceList, Error> {
    let text = course::read_text(path, REMEDY)?;
    parsed(&text).map_err(|cause| Error::Data {
        path: path.to_owned(),
        line: None,
        cause,
        remedy: REMEDY,
    })
}

/// The part of the document that is about prices.
#[derive(Debug, Deserialize)]
struct Sections {
    #[serde(default)]
    prices: Value,
}

fn parsed(text: &str) -> Result<PriceList, String> {
    let document = Document::<Sections>::parse(text)?;
    let section = &document.prices;
    if section["kind"] != KIND {
        return Err("it is a result of a lesson, but has no prices".to_owned());
    }
    if section["schema"] != SCHEMA {
        return Err(format!(
            "its prices are of schema {}, and this program reads {SCHEMA}",
            section["schema"]
        ));
    }
    let list = PriceList::deserialize(section);
    let list = list.map_err(|error| format!("its prices are damaged: {error}"))?;
    if !list.prices.iter().any(|price| price.seconds.is_some() && is_known(&price.name)) {
        return Err("it has no price of anything that has one here".to_owned());
    }
    match list.prices.iter().find(|price| !price.is_sound()) {
        Some(price) => Err(format!("its price of `{}` is damaged", plain(&price.name))),
        None => Ok(list),
    }
}

/// Whether this program asks for such a price, too.
fn is_known(name: &str) -> bool {
    TABLE.iter().any(|probe| probe.name == name)
}

/// What is shown of a name that may be anything.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::probes::prices::{ADDITION, Group, Unit};

    /// A list of these prices: name, median, and how far it reaches to both sides, as a share.
    pub(in crate::price_list) fn list(prices: &[(&str, f64, f64)]) -> PriceList {
        let price = |(name, median, spread): &(&str, f64, f64)| Price {
            name: (*name).to_owned(),
            group: Group::Alone,
            what: String::new(),
            unit: Unit::Seconds,
            seconds: Some(Interval {
                median: *median,
                low: Some(median * (1.0 - spread)),
                high: Some(median * (1.0 + spread)),
            }),
            samples: 21,
            below: None,
            why_not: None,
            device: None,
        };
        PriceList::new(Machine::default(), 7, prices.iter().map(price).collect())
    }

    fn text(list: &PriceList) -> String {
        let section = serde_json::json!({ "prices": list });
        Document::new("limits", section).to_json()
    }

    #[test]
    fn what_is_written_is_read() {
        let written = list(&[(ADDITION.name, 3e-11, 0.1), ("x", 1e-9, 0.0)]);
        let read = parsed(&text(&written)).expect("it has all that is needed");
        assert_eq!((read.prices, read.seed), (written.prices, 7));
    }

    /// The device of a price is kept, and a file of before prices had one is read.
    #[test]
    fn the_device_of_a_price_is_read_back() {
        let mut written = list(&[(ADDITION.name, 3e-11, 0.1), ("dispatch to the GPU", 1e-5, 0.1)]);
        let device = course::Device {
            name: "a card".to_owned(),
            kind: "discrete".to_owned(),
            driver: String::new(),
        };
        written.prices[1].device = Some(device.clone());
        let text = text(&written);
        assert_eq!(text.matches("\"device\"").count(), 1, "the others have no such field: {text}");
        assert_eq!(parsed(&text).expect("it is one").prices[1].device, Some(device));
        let nobody = text.replace("\"device\"", "\"what_else\"");
        assert_eq!(parsed(&nobody).expect("it is one").prices[1].device, None);
    }

    #[test]
    fn what_is_foreign_or_damaged_is_refused() {
        let good = text(&list(&[(ADDITION.name, 1e-9, 0.1)]));
        let cases = [
            (good[..good.len() / 2].to_owned(), "no result of a lesson"),
            ("{}".to_owned(), "no result of a lesson"),
            (r#"{"schema": 2, "lesson": "threads", "runs": []}"#.to_owned(), "has no prices"),
            (good.replace(r#""kind": "prices""#, r#""kind": "sizes""#), "has no prices"),
            (good.replace(r#""schema": 1,"#, r#""schema": 9,"#), "of schema 9"),
            (
                good.replace(r#""name": "addition""#, r#""nome": "addition""#),
                "damaged: missing field `name`",
            ),
            (good.replace(r#""name": "addition""#, r#""name": "x""#), "no price of anything"),
            (good.replace(r#""low": 9"#, r#""low": -9"#), "price of `addition` is damaged"),
            (good.replace(r#""low": 9"#, r#""low": 99"#), "price of `addition` is damaged"),
            (
                good.replace(r#""unit": "seconds""#, r#""unit": "miles""#),
                "damaged: unknown variant",
            ),
        ];
        for (text, said) in cases {
            assert_ne!(text, good);
            let error = parsed(&text).expect_err(said);
            assert!(error.contains(said), "{error}");
        }
        assert!(parsed(&good).is_ok());
    }
}
