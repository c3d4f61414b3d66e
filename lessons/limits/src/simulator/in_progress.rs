use super::queue::Queue;

/// The blocks that are being summed just now, and the memory that they share.
///
/// While the memory can feed every busy core, a block takes what it costs. When it cannot, all blocks in
/// progress slow down together, and speed up again when one of them is done. To move the end of every block
/// each time would be slow. So the blocks have a clock of their own, which goes slower while they wait
/// for memory; on that clock a block still takes what it costs, and no end ever moves.
#[derive(Debug)]
pub(super) struct InProgress {
    /// How many cores of speed 1 the memory feeds.
    ceiling: f64,
    /// How many are asking for food: the sum of the speeds of the busy cores.
    hunger: f64,
    /// Until when the two fields above were taken into account.
    now: f64,
    /// How far the blocks' clock is behind.
    behind: f64,
    /// Who is done, and when on the blocks' clock.
    ends: Queue<usize>,
}

impl InProgress {
    pub(super) fn new(ceiling: Option<f64>) -> Self {
        let ceiling = ceiling.unwrap_or(f64::INFINITY);
        InProgress { ceiling, hunger: 0.0, now: 0.0, behind: 0.0, ends: Queue::new() }
    }

    /// A worker on a core of this speed begins a block that costs a core of speed 1 so much.
    pub(super) fn begin(&mut self, now: f64, worker: usize, speed: f64, cost: f64) {
        self.pass_to(now);
        self.hunger += speed;
        self.ends.push(now - self.behind + cost / speed, worker);
    }

    /// When the next block is done, if nothing begins before.
    pub(super) fn next_end(&self) -> Option<f64> {
        let end = self.ends.next_at()?;
        let pace = self.pace();
        // At full pace the clocks keep their distance. (The other formula gives the same, rounded.)
        let full = end + self.behind;
        let at = if pace < 1.0 { self.now + (end - self.now + self.behind) / pace } else { full };
        // Rounding must not lead back in time.
        Some(at.max(self.now))
    }

    /// The worker whose block is done at `now`, which is [`InProgress::next_end`].
    pub(super) fn end(&mut self, now: f64, speed_of: impl Fn(usize) -> f64) -> Option<usize> {
        self.pass_to(now);
        let (_, worker) = self.ends.pop()?;
        self.hunger -= speed_of(worker);
        Some(worker)
    }

    /// The worker drops its block.
    pub(super) fn drop_of(&mut self, now: f64, worker: usize, speed: f64) {
        self.pass_to(now);
        self.hunger -= speed;
        self.ends.retain(|other| *other != worker);
    }

    // ANCHOR: pace
    /// How fast the blocks' clock goes: 1 while the memory is fast enough.
    fn pace(&self) -> f64 {
        if self.hunger <= self.ceiling { 1.0 } else { self.ceiling / self.hunger }
    }

    fn pass_to(&mut self, now: f64) {
        self.behind += (now - self.now) * (1.0 - self.pace());
        self.now = now;
    }
    // ANCHOR_END: pace
}
