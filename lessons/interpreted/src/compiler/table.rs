use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use super::number;
use crate::syntax::Constant;

/// Things that instructions refer to by their numbers, each of them once.
#[derive(Debug)]
pub(super) struct Table<T> {
    list: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T: Clone + Eq + Hash> Table<T> {
    /// The number of a thing; a new one is added.
    pub fn number(&mut self, thing: T) -> u32 {
        if let Some(known) = self.numbers.get(&thing) {
            return *known;
        }
        let new = number(self.list.len());
        self.numbers.insert(thing.clone(), new);
        self.list.push(thing);
        new
    }

    /// All things, by their numbers.
    pub fn into_list(self) -> Vec<T> {
        self.list
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { list: Vec::new(), numbers: HashMap::new() }
    }
}

/// A constant as the compiler tells it from others: `1`, `1.0`, `-0.0` and `True` are different ones.
#[derive(Debug, Clone)]
pub(super) struct Exact(pub Constant);

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Constant::Float(a), Constant::Float(b)) => a.to_bits() == b.to_bits(),
            (known, constant) => known == constant,
        }
    }
}

impl Eq for Exact {}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Constant::None => 0.hash(state),
            Constant::Bool(value) => value.hash(state),
            Constant::Int(value) => value.hash(state),
            Constant::Float(value) => value.to_bits().hash(state),
            Constant::Str(text) => text.hash(state),
        }
    }
}
