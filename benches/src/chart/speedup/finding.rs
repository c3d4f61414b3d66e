//! What a speedup comes to, as a title.

use units::{count, three_digits};

use super::View;
use crate::chart::Section;
use crate::figures::{best, median, share_of_control};
use crate::gate::{doubt, is_sure};
use crate::memory_limit::{MemoryLimit, memory_limit};
use crate::results::{Measured, Question};
use crate::text::short;

impl View<'_> {
    /// What the best strategy reached; only what is drawn, where that cannot be told.
    pub(super) fn finding(&self) -> String {
        let (kernel, full) = (short(self.kernel), self.curves.full().unwrap_or(1));
        let workers = count(full as u64, "worker");
        let question = match self.section {
            Section::Weak => Question::Weak,
            _ => Question::Scaling,
        };
        let sure = |best: &&Measured| best.workers > 1 && is_sure(best);
        let best = best(self.results, question, self.kernel).filter(sure);
        let speedup = best.and_then(|best| median(best.speedup()));
        let (Some(best), Some(speedup), None) = (best, speedup, doubt(self.results)) else {
            return format!("{kernel}: {} with {workers}", self.what());
        };
        let times = three_digits(speedup);
        if self.section == Section::Weak {
            return format!("{kernel}: {workers} sum up to {times}x as much in the same time");
        }
        let is_memory =
            memory_limit(self.results, best) == Some(MemoryLimit::Reached) && kernel == "memory";
        let used = share_of_control(best).map(|share| share.median);
        let given = median(best.cores_given());
        match (is_memory, given, used) {
            (true, ..) => format!("{kernel}: {workers} bring {times}x, all that memory delivers"),
            (_, Some(given), Some(used)) if used < 1.0 && given > speedup => {
                format!(
                    "{kernel}: {workers} bring up to {times}x of {}x possible",
                    three_digits(given)
                )
            }
            _ => format!("{kernel}: {workers} bring up to {times}x"),
        }
    }
}
