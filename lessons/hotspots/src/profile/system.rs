//! The profiler that a system has room for.

#[cfg(not(unix))]
pub(super) use plain::sampled;
#[cfg(unix)]
pub(super) use unix::sampled;

#[cfg(not(unix))]
mod plain;
#[cfg(unix)]
mod unix;
