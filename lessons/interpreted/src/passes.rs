//! The passes from the compiler's instructions to those of the faster forms.

mod fuse;
mod specialise;
mod translate;

pub(crate) use fuse::fuse;
pub(crate) use specialise::{generalise, specialise_binary, specialise_compare};
pub(crate) use translate::translate;
