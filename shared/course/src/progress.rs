use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A day; a longer bar would not move.
const LONGEST: Duration = Duration::from_secs(86_400);

/// A bar on standard error, if that is a terminal, for a run of about `budget`; its position is the time
/// in milliseconds. A `hidden` one shows nothing.
pub fn progress_bar(budget: Duration, hidden: bool) -> ProgressBar {
    if hidden {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("measuring {bar:40} {elapsed} of about {len} ms");
    let bar = ProgressBar::new(budget.min(LONGEST).as_millis() as u64);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
