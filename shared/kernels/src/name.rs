use std::fmt;

use serde::Serialize;

/// The name of a kernel, as the command line and the JSON have it.
///
/// Which names there are is up to the kernels: each names itself ([`Known::NAME`](crate::Known::NAME)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct KernelName(&'static str);

impl KernelName {
    /// A name: lower case, without spaces.
    pub const fn new(name: &'static str) -> Self {
        KernelName(name)
    }

    /// The kernel in the reader's own file.
    pub const YOURS: KernelName = KernelName("yours");

    /// Whether this is the reader's own, of which nobody knows what it sums.
    pub fn is_yours(self) -> bool {
        self == KernelName::YOURS
    }

    /// The name as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for KernelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}
