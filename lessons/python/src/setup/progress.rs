use std::cell::RefCell;
use std::time::{Duration, Instant};

use course::Output;
use indicatif::{ProgressBar, ProgressStyle};

/// What `setup` reports while it works, on standard error: a line for each step that is done, and on a
/// terminal what is being done just now.
#[derive(Debug)]
pub(super) struct Progress {
    output: Output,
    bar: ProgressBar,
    now: RefCell<(String, Instant)>,
}

impl Progress {
    pub(super) fn new(output: Output) -> Self {
        let bar = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("{spinner} {elapsed:>3} {wide_msg}");
        bar.set_style(style.expect("the template is right"));
        Progress { output, bar, now: RefCell::new((String::new(), Instant::now())) }
    }

    /// A step begins.
    pub(super) fn begin(&self, step: &str) {
        *self.now.borrow_mut() = (step.to_owned(), Instant::now());
        self.bar.reset_elapsed();
        self.bar.set_message(step.to_owned());
        self.bar.enable_steady_tick(Duration::from_millis(100));
    }

    /// The step is called something else from now on.
    pub(super) fn rename(&self, step: &str) {
        self.now.borrow_mut().0 = step.to_owned();
    }

    /// What the step does just now.
    pub(super) fn detail(&self, line: &str) {
        let step = &self.now.borrow().0;
        self.bar.set_message(format!("{step}: {}", line.trim()));
    }

    /// The step is done; how long it took.
    pub(super) fn done(&self) -> f64 {
        let (step, begin) = &*self.now.borrow();
        let took = begin.elapsed().as_secs_f64();
        self.note(&format!("{step:<32}{:>8}", units::seconds(took)));
        took
    }

    /// The step failed.
    pub(super) fn failed(&self, reason: &str) {
        let (step, _) = &*self.now.borrow();
        self.note(&format!("{step:<32}  failed: {reason}"));
    }

    pub(super) fn note(&self, line: &str) {
        self.bar.suspend(|| self.output.complain(line));
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
