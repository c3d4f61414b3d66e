//! Pages as a reader sees them: opened in Chromium, and checked there.
//!
//! A test is here one call of a function of [`checks`] for a [`page::Page`]; `self_test` proves that
//! each check can fail. Where Chromium is not installed, every test is ignored and says so.
//! `SCREENSHOTS=folder` saves a picture of every page that is opened.

mod book;
mod checks;
mod chromium;
mod class;
mod devtools;
mod events;
mod input;
mod page;
mod report;
mod self_test;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// What a test and its helpers answer; every error that can be shown turns into a `Failed`.
type Result<T> = std::result::Result<T, Failed>;

fn main() -> ExitCode {
    let mut trials = self_test::trials();
    trials.push(trial("book", book::missing(), book::test));
    trials.push(trial("class", None, class::test));
    trials.push(trial("report", None, report::test));
    trials.push(trial("large_report", None, report::large));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test, or one that is ignored because something is `missing`: the reason, and what to do.
fn trial<T>(name: impl Into<String>, missing: Option<String>, test: T) -> Trial
where
    T: FnOnce() -> Result<()> + Send + 'static,
{
    testkit::trial(name, chromium::missing().or(missing), test)
}
