use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{FLOAT, INT, Payload, Value};
use crate::trace::{Step, StepLog};

/// The integers that are made once and shared, as in CPython.
const SMALL: std::ops::RangeInclusive<i64> = -5..=256;

/// At most this many boxes are kept.
const SPARE: usize = 64;

/// Where values come from.
///
/// Most numbers of a loop live for one turn. Their boxes are kept and filled again, because asking the
/// allocator for one costs more than the addition. CPython 3.11 does the same with floats; its integers come from the
/// allocator each time.
#[derive(Debug)]
pub struct Heap {
    none: Value,
    false_value: Value,
    true_value: Value,
    small: Vec<Value>,
    spare: [Option<Value>; SPARE],
    /// The number of spare boxes.
    spares: usize,
    /// The steps of an addition while it is traced.
    pub(crate) steps: StepLog,
}

impl Default for Heap {
    fn default() -> Self {
        Heap {
            none: Value::none(),
            false_value: Value::bool(false),
            true_value: Value::bool(true),
            small: SMALL.map(Value::int).collect(),
            spare: [const { None }; SPARE],
            spares: 0,
            steps: StepLog::default(),
        }
    }
}

impl Heap {
    /// `None`: always the same object.
    #[inline]
    pub fn none(&self) -> Value {
        self.none.clone()
    }

    /// `True` or `False`: always the same two objects.
    #[inline]
    pub fn bool(&self, value: bool) -> Value {
        if value { self.true_value.clone() } else { self.false_value.clone() }
    }

    /// An integer: a shared one, a box that was used before, or a new box.
    #[inline(always)]
    pub fn int(&mut self, value: i64) -> Value {
        if SMALL.contains(&value) {
            self.steps.record(|| Step::SharedInt);
            return self.small[(value - SMALL.start()) as usize].clone();
        }
        if let Some(mut spare) = self.take_spare()
            && let Some(object) = Rc::get_mut(&mut spare.0)
        {
            object.kind = &INT;
            fill(&mut object.payload, Payload::Int(value));
            self.steps.record(|| Step::SpareBox);
            return spare;
        }
        self.steps.record(|| Step::NewBox);
        Value::int(value)
    }

    /// Stores an integer in a place. A box without other references is overwritten where it is.
    #[inline(always)]
    pub(crate) fn set_int(&mut self, place: &mut Option<Value>, value: i64) {
        if let Some(Value(object)) = place
            && let Some(object) = Rc::get_mut(object)
            && let Payload::Int(number) = &mut object.payload
        {
            object.kind = &INT;
            *number = value;
            return;
        }
        if let Some(old) = place.replace(self.int(value)) {
            self.release(old);
        }
    }

    /// An integer of any size.
    pub fn big(&mut self, value: BigInt) -> Value {
        match value.to_i64() {
            Some(small) => self.int(small),
            None => Value::big(value),
        }
    }

    /// A float.
    #[inline]
    pub fn float(&mut self, value: f64) -> Value {
        if let Some(mut spare) = self.take_spare()
            && let Some(object) = Rc::get_mut(&mut spare.0)
        {
            object.kind = &FLOAT;
            fill(&mut object.payload, Payload::Float(value));
            return spare;
        }
        Value::float(value)
    }

    /// Releases one reference. The box of a number without other references is kept.
    #[inline(always)]
    pub fn release(&mut self, value: Value) {
        if Rc::strong_count(&value.0) == 1 {
            self.recycle(value);
        }
    }

    /// Releases the last reference.
    #[inline(never)]
    fn recycle(&mut self, value: Value) {
        if self.spares < SPARE && matches!(value.payload(), Payload::Int(_) | Payload::Float(_)) {
            // The place is empty: there is nothing to drop.
            std::mem::forget(self.spare[self.spares].replace(value));
            self.spares += 1;
        }
    }

    #[inline(always)]
    fn take_spare(&mut self) -> Option<Value> {
        let last = self.spares.checked_sub(1)?;
        self.spares = last;
        self.spare.get_mut(last)?.take()
    }
}

/// Fills a spare box anew. What was in it is a number, and needs no end of its own.
#[inline(always)]
fn fill(payload: &mut Payload, value: Payload) {
    std::mem::forget(std::mem::replace(payload, value));
}
