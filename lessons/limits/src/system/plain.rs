//! Windows, and what is not known.

use super::System;

pub(crate) struct Plain;

impl System for Plain {
    /// On both processors for which Windows is built (*GetSystemInfo*, `dwPageSize`).
    fn page_bytes() -> usize {
        4096
    }
}
