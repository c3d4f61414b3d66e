use serde::{Deserialize, Serialize};

use crate::silent::SilentMistake;
use crate::{Fault, WorkerKind};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Scenario {
    /// A worker fails.
    Fault(Fault, WorkerKind),
    /// Nothing fails.
    Silent(SilentMistake),
}

/// The code of somebody who does not think of a fault, or that of this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Version {
    Careless,
    Careful,
}

impl Scenario {
    /// All of them, in reading order.
    pub(crate) fn all() -> impl Iterator<Item = Scenario> {
        let workers = |fault: Fault| fault.workers().iter().map(move |kind| (fault, *kind));
        let faults = Fault::ALL.into_iter().flat_map(workers);
        let faults = faults.map(|(fault, kind)| Scenario::Fault(fault, kind));
        faults.chain(SilentMistake::ALL.into_iter().map(Scenario::Silent))
    }

    /// Whether nothing goes wrong at all.
    pub(crate) fn is_without_fault(self) -> bool {
        matches!(self, Scenario::Fault(Fault::None, _))
    }

    /// Whether it waits for something that may never come. What only adds cannot hang: it is slow.
    pub(crate) fn may_hang(self) -> bool {
        match self {
            // Who reads a flood has enough to do.
            Scenario::Fault(fault, _) => fault != Fault::Flood,
            Scenario::Silent(mistake) => mistake == SilentMistake::LockAcrossCall,
        }
    }

    /// How often the careless version runs: whether it is wrong may be a matter of chance.
    pub(crate) fn tries(self) -> usize {
        match self {
            Scenario::Silent(SilentMistake::LostUpdate) => 20,
            _ => 1,
        }
    }

    /// Its name on the command line, which may be that of others, too.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Scenario::Fault(fault, _) => fault.as_str(),
            Scenario::Silent(mistake) => mistake.as_str(),
        }
    }

    /// How it is called in messages about the careful version.
    pub(crate) fn title(self) -> String {
        match self {
            Scenario::Fault(fault, kind) => format!("{} in {}", fault.as_str(), kind.as_str()),
            Scenario::Silent(mistake) => format!("{}, fixed,", mistake.as_str()),
        }
    }
}
