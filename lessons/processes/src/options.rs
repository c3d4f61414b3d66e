use clap::Args;

/// The options of all lessons, and how often a lost range may be given to another worker.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    common: course::Options,

    /// How often a lost worker's range may be given to another, in one sum
    #[arg(long, value_name = "K", default_value = "0", value_parser = retries,
          help_heading = "More", allow_hyphen_values = true)]
    pub(crate) retries: u32,
}

impl AsRef<course::Options> for Options {
    fn as_ref(&self) -> &course::Options {
        &self.common
    }
}

/// Reads the number of `--retries`.
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn retries(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|retries| *retries <= MOST_RETRIES).ok_or_else(|| {
        format!("retries are a number from 0 to {MOST_RETRIES}; for example: --retries 2")
    })
}

/// Whoever loses more workers than this has another problem.
const MOST_RETRIES: u32 = 1000;
