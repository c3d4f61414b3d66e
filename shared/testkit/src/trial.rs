use std::env;

use libtest_mimic::{Completion, Failed, Trial};

/// A test of a harness of its own; where something is `missing`, one that is shown as ignored, with this
/// reason.
pub fn trial<T>(name: impl Into<String>, missing: Option<String>, test: T) -> Trial
where
    T: FnOnce() -> Result<(), Failed> + Send + 'static,
{
    let Some(reason) = missing else { return Trial::test(name, test) };
    // nextest asks which tests are ignored before it runs any, and shows no more than their names.
    if env::var_os("NEXTEST").is_some() {
        return Trial::test(name, test).with_kind(reason).with_ignored_flag(true);
    }
    Trial::ignorable_test(name, || Ok(Completion::ignored_with(reason)))
}
