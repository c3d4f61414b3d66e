//! What the prices ask the system. No other file here knows on which one this program runs.

use memmap2::MmapMut;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::Linux as Here;

#[cfg(all(unix, not(target_os = "linux")))]
mod unix;
#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) use unix::Unix as Here;

#[cfg(not(unix))]
mod plain;
#[cfg(not(unix))]
pub(crate) use plain::Plain as Here;

/// What has a price only the system knows.
pub(crate) trait System {
    /// Enters the kernel, finds next to nothing to do there, and comes back. `None` where no such call is known that
    /// the kernel surely answers itself.
    const CALL: Option<fn()> = None;

    /// The size of a page of memory.
    fn page_bytes() -> usize;

    /// Asks that these pages be small ones, so that the first touch of one brings no others with it.
    fn small_pages(_map: &MmapMut) {}
}
