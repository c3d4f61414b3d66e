use crate::KernelName;

/// Why a kernel cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The sum would not fit the type that holds it.
    #[error(
        "{}: the largest n is {largest}; ask for fewer terms, for example -n {largest}",
        if kernel.is_yours() {
            format!("{terms} terms are more than can be numbered here")
        } else {
            format!("the sum of {terms} terms of `{kernel}` does not fit its type")
        }
    )]
    TooManyTerms {
        /// The kernel that refused.
        kernel: KernelName,
        /// The number of terms asked for.
        terms: u64,
        /// The largest number of terms that the kernel can add.
        largest: u64,
    },

    /// The system does not have, or does not give, the memory for the data.
    #[error("memory for the data was refused: {0}; ask for fewer terms with -n")]
    NoMemory(String),
}
