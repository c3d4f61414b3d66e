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

/// The code that everyone writes first, or that of this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Version {
    Naive,
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
