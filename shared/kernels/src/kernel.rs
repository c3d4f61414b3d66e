use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use crate::{Event, KernelName, Partial};

/// A sum of numbered terms: how to add a range of them, fast.
///
/// Partials join in any order, so any strategy may cut the terms as it likes and must get the same sum.
/// Those of the kernels that come with this workspace are whole numbers: the same bits. A clone is a handle to the same terms and the same data,
/// and costs next to nothing.
///
/// ```
/// use kernels::Kernel;
/// use kernels::{Integers, Known};
/// let kernel = Integers::new(101)?;
/// assert_eq!(kernel.sum(0..101), 5050);
/// assert_eq!(kernel.sum(0..50) + kernel.sum(50..101), 5050);
/// # Ok::<(), kernels::Error>(())
/// ```
pub trait Kernel: Clone + Send + Sync + 'static {
    /// The sum of a range.
    type Partial: Partial;

    /// The sum of the terms in `range`, as fast as one core can: the hot loop.
    fn sum(&self, range: Range<u64>) -> Self::Partial;

    /// Term `i` alone, for the strategies that add one at a time.
    fn term(&self, i: u64) -> Self::Partial;

    /// The number of terms worth about 50 microseconds on one core.
    fn grain(&self) -> u64;

    /// The plain data from which another process makes the same kernel.
    fn spec(&self) -> Spec;

    /// Records an event that the calls of [`sum`](Kernel::sum) and [`term`](Kernel::term) do not show: a
    /// range summed by other means or in another process, a steal. Only an audit keeps it.
    ///
    /// A strategy cannot ask whether it is kept: it does the same in an audit and under the clock.
    fn record(&self, _event: Event) {}

    /// The partial that another process [sent](Partial::encode); `None` where these bytes are none.
    fn decode(&self, bytes: &[u8]) -> Option<Self::Partial> {
        Self::Partial::decode(bytes)
    }
}

/// The plain data from which another process makes the same kernel.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Which kernel.
    pub kernel: KernelName,
    /// How many terms it has.
    pub terms: u64,
    /// The numbers of `memory`, where they lie in a file that other processes can map.
    pub data: Option<Arc<File>>,
}
