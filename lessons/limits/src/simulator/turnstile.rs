/// Something that only one worker can use at a time, such as a counter or a lock. The others wait in
/// line, in the order in which they came.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Turnstile {
    free_at: f64,
}

impl Turnstile {
    /// When a worker is through that comes `now` and needs so long.
    pub(super) fn pass(&mut self, now: f64, takes: f64) -> f64 {
        self.free_at = self.free_at.max(now) + takes;
        self.free_at
    }
}
