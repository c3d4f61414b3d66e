/// The block of one worker, and what it has done.
#[derive(Debug, Clone, Default)]
pub(super) struct Worker {
    /// The block that it has taken, if any.
    pub(super) block: Option<usize>,
    /// Since when it sums it; `None` while it is still taking it.
    pub(super) since: Option<f64>,
    /// How long it has summed.
    pub(super) busy: f64,
    /// How many blocks it has finished.
    pub(super) blocks: u64,
    /// When it finished its last block, or its thread ended.
    pub(super) end: f64,
    /// Whether it found that there is nothing left to take.
    pub(super) waits: bool,
    /// Whether its core is gone.
    pub(super) gone: bool,
}

impl Worker {
    /// Its block is done: gives the block, and when it began.
    pub(super) fn finish(&mut self, now: f64) -> Option<(usize, f64)> {
        let done = self.block.take().zip(self.since.take())?;
        self.busy += now - done.1;
        self.blocks += 1;
        self.end = now;
        Some(done)
    }
}
