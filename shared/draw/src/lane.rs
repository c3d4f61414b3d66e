//! What a timeline shows: lanes with boxes.

/// Lanes that ran at the same time, and how long.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// Its name, in bold.
    pub name: String,
    /// What stands beside the name.
    pub summary: String,
    /// When all was done, in seconds.
    pub end: f64,
    /// The axis reaches at least to here, so that pictures beside each other can share a scale; 0 for no such.
    pub until: f64,
    /// The lanes; the first [`Timeline::MOST_LANES`] are drawn.
    pub lanes: Vec<Lane>,
}

/// One lane.
#[derive(Debug, Clone)]
pub struct Lane {
    /// Its name, shown where lanes are high enough.
    pub name: String,
    /// What was done in it, by time.
    pub boxes: Vec<LaneBox>,
    /// What all boxes of a kind say together where lanes are too low to point at one: the plain ones,
    /// the hatched ones.
    pub tips: [String; 2],
}

/// What the boxes mean, for the legend.
#[derive(Debug, Clone, Copy)]
pub struct Meaning {
    /// The plain boxes.
    pub plain: &'static str,
    /// The hatched ones.
    pub hatched: &'static str,
    /// The lane between them.
    pub between: &'static str,
}

/// From when to when something was done, in a lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneBox {
    /// When it began.
    pub start: f64,
    /// When it ended.
    pub end: f64,
    /// Whether it is of the second kind, which is hatched.
    pub hatched: bool,
}

impl Timeline {
    /// The most lanes that are drawn.
    pub const MOST_LANES: usize = 64;

    pub(crate) fn has_hatched(&self) -> bool {
        self.lanes.iter().flat_map(|lane| &lane.boxes).any(|one| one.hatched)
    }
}
