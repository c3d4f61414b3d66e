//! A system of which nothing is known: the standard library alone speaks for it.

use super::{Anywhere, System};

pub(crate) struct Plain;

impl System for Plain {
    type Place = Anywhere;
}
