//! What the session has seen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use children::Switches;
use measure::{Board, Complaint};

/// The place of the baseline among the numbers of workers.
pub(crate) const BASELINE: usize = 0;

/// What there is beside the times.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// From small to large.
    pub(crate) sizes: Vec<Size>,
    /// Seconds to start a program that does nothing.
    pub(crate) start: Option<f64>,
    /// Files that the first run made or changed in the working folder.
    pub(crate) written: Vec<String>,
    /// Processes that the first run left behind.
    pub(crate) left: usize,
}

/// One value of {terms}.
#[derive(Debug)]
pub(crate) struct Size {
    pub(crate) terms: Option<u64>,
    pub(crate) board: Arc<Board>,
    /// By the number of workers; that of the baseline is [`BASELINE`].
    pub(crate) used: BTreeMap<usize, Vec<Used>>,
    /// How much of its own unit a program of a fixed time did in its first run.
    pub(crate) work: Option<f64>,
    /// What speaks against the baseline.
    pub(crate) complaint: Option<Complaint>,
    /// Counts whose copies would not fit the memory.
    pub(crate) without_control: BTreeSet<usize>,
    /// Why copies could not be run side by side.
    pub(crate) no_copies: Option<String>,
}

/// What one run used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used {
    pub(crate) wall: f64,
    pub(crate) cpu: Option<f64>,
    pub(crate) peak_bytes: Option<u64>,
    /// What it wrote, which is in memory, too.
    pub(crate) output_bytes: u64,
    pub(crate) switches: Option<Switches>,
}

impl Seen {
    pub(super) fn size(&mut self, terms: Option<u64>) -> &mut Size {
        let size = self.sizes.iter_mut().find(|size| size.terms == terms);
        size.expect("a size is noted before it is measured")
    }
}

impl Size {
    pub(super) fn new(terms: Option<u64>, board: &Arc<Board>) -> Self {
        let board = Arc::clone(board);
        let (used, without_control) = Default::default();
        Size { terms, board, used, work: None, complaint: None, without_control, no_copies: None }
    }

    pub(super) fn peak_of_one(&self) -> u64 {
        [BASELINE, 1]
            .iter()
            .filter_map(|workers| self.used.get(workers))
            .flatten()
            .map(|used| used.peak_bytes.unwrap_or(0) + used.output_bytes)
            .max()
            .unwrap_or(0)
    }
}
