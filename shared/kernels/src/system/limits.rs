use rustix::process::{Resource, getrlimit};

/// What `ulimit -v` allows, in bytes; `None` where it allows all.
pub(super) fn address_space() -> Option<u64> {
    getrlimit(Resource::As).current
}
