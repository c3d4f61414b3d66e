use course::{Document, HandIn};
use measure::machine::Machine;
use serde::Deserialize;

use super::standing::{Outcome, Standing};
use super::{exercises, rows};

/// What a hand-in holds.
#[derive(Debug)]
pub(super) enum Content {
    /// A table of strategies.
    Table(Box<Document>),
    /// Anything else, such as exercises, of which the circumstances are known.
    Other(Box<Circumstances>),
}

/// Where something was run, and from what its rng was seeded.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Circumstances {
    #[serde(default)]
    seed: Option<u64>,
    #[serde(default)]
    machine: Option<Machine>,
}

impl Content {
    /// That of a hand-in.
    ///
    /// # Errors
    ///
    /// Says what is wrong with its document.
    pub(super) fn of(hand_in: &HandIn) -> Result<Self, String> {
        let Some(document) = &hand_in.document else {
            return Ok(Content::Other(Box::default()));
        };
        // The documents of some lessons have no table of strategies.
        if hand_in.exercises.is_none() && document["kernel"].is_object() {
            return Ok(Content::Table(Box::new(hand_in.measurements()?)));
        }
        let document = Document::<Circumstances>::parse(&document.to_string())?;
        let Circumstances { seed, machine } = &*document;
        let circumstances = Circumstances { seed: *seed, machine: machine.clone() };
        Ok(Content::Other(Box::new(circumstances)))
    }

    /// The table, where it is one.
    pub(super) fn table(&self) -> Option<&Document> {
        match self {
            Content::Table(document) => Some(document),
            Content::Other(_) => None,
        }
    }

    pub(super) fn seed(&self) -> Option<u64> {
        match self {
            Content::Table(document) => document.seed,
            Content::Other(circumstances) => circumstances.seed,
        }
    }

    pub(super) fn machine(&self) -> Option<&Machine> {
        match self {
            Content::Table(document) => Some(&document.machine),
            Content::Other(circumstances) => circumstances.machine.as_ref(),
        }
    }

    /// What it came to.
    pub(super) fn standings(&self, hand_in: &HandIn) -> Vec<Standing> {
        match (self, &hand_in.exercises) {
            (Content::Table(document), _) => vec![rows::standing(document)],
            (Content::Other(_), Some(exercises)) => exercises::standings(exercises),
            (Content::Other(_), None) => vec![Standing::of("", Outcome::NoVerdict, NO_TABLE)],
        }
    }
}

/// What there is to say of another document.
const NO_TABLE: &str =
    "the lesson has no table of strategies, and so no verdict that could be read here";
