//! The three pipes of a child, none of which can hold the caller for longer than it wants.

#[cfg(unix)]
mod polled;
#[cfg(unix)]
pub(crate) use polled::Pipes;

#[cfg(any(test, not(unix)))]
mod threaded;
#[cfg(not(unix))]
pub(crate) use threaded::Pipes;

#[cfg(all(test, unix))]
mod tests;
