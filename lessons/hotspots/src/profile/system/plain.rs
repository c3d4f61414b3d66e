use measure::Error;

use crate::profile::Sampled;

/// Does `work`. Nobody looks on: the profiler needs SIGPROF, which only Unix has.
pub(in crate::profile) fn sampled(
    _variant: &'static str,
    work: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<Result<Sampled, String>, Error> {
    work()?;
    Ok(Err("the profiler needs a signal that only Unix has".to_owned()))
}
