//! Text and the slots of `str`.

use std::cell::Cell;

use super::types::slots;
use super::{Heap, NOT_IMPLEMENTED, Payload, STR, Slot, SlotResult, Value};
use crate::{Exception, Operator};

pub(super) const SLOTS: [Option<Slot>; 13] = slots(&[
    (Operator::Add, add),
    (Operator::Multiply, multiply),
    (Operator::Remainder, remainder),
]);

/// The most bytes that the texts of a program may have together (1 GiB); more is a MemoryError.
const BYTES: usize = 1 << 30;

thread_local! {
    /// The bytes of the texts that are alive.
    static ALIVE: Cell<usize> = const { Cell::new(0) };
}

/// A text, and its length in characters.
#[derive(Debug)]
pub struct Text {
    text: String,
    characters: usize,
}

impl Text {
    /// A text whose characters are counted once.
    pub fn new(text: String) -> Self {
        let characters = text.chars().count();
        Self::counted(text, characters)
    }

    /// A text with a known number of characters.
    fn counted(text: String, characters: usize) -> Self {
        ALIVE.set(ALIVE.get() + text.len());
        Text { text, characters }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many characters it has.
    pub fn characters(&self) -> usize {
        self.characters
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - self.text.len());
    }
}

/// A number of bytes for which there is still room.
fn room(bytes: Option<usize>) -> Result<usize, Box<Exception>> {
    bytes.filter(|bytes| bytes + ALIVE.get() <= BYTES).ok_or_else(Exception::memory)
}

/// A value that is a text.
pub(super) fn make(text: String) -> Value {
    of(Text::new(text))
}

fn of(text: Text) -> Value {
    Value::new(&STR, Payload::Str(Box::new(text)))
}

fn add(left: &Value, right: &Value, _: &mut Heap) -> SlotResult {
    let (Payload::Str(a), Payload::Str(b)) = (left.payload(), right.payload()) else {
        if !matches!(left.payload(), Payload::Str(_)) {
            return NOT_IMPLEMENTED;
        }
        return Err(Some(Exception::type_error(format!(
            "can only concatenate str (not \"{}\") to str",
            right.kind().name
        ))));
    };
    let mut text = String::with_capacity(room(a.text.len().checked_add(b.text.len()))?);
    text.push_str(&a.text);
    text.push_str(&b.text);
    Ok(of(Text::counted(text, a.characters + b.characters)))
}

fn multiply(left: &Value, right: &Value, _: &mut Heap) -> SlotResult {
    let (text, times) = match (left.payload(), right.payload()) {
        (Payload::Str(text), _) => (text, right),
        (_, Payload::Str(text)) => (text, left),
        _ => return NOT_IMPLEMENTED,
    };
    match times.payload() {
        Payload::Int(times) => {
            let times = usize::try_from(*times).unwrap_or(0);
            room(text.text.len().checked_mul(times))?;
            Ok(of(Text::counted(text.text.repeat(times), text.characters * times)))
        }
        Payload::Big(_) => {
            Err(Some(Exception::overflow("cannot fit 'int' into an index-sized integer")))
        }
        _ => Err(Some(Exception::type_error(format!(
            "can't multiply sequence by non-int of type '{}'",
            times.kind().name
        )))),
    }
}

/// Formatting is not in the subset; but a text in which nothing is to be filled in is refused by Python.
fn remainder(left: &Value, _: &Value, _: &mut Heap) -> SlotResult {
    let Payload::Str(text) = left.payload() else { return NOT_IMPLEMENTED };
    let message = match text.text.contains('%') {
        true => "formatting with % is not in the subset of Python that this lesson runs",
        false => "not all arguments converted during string formatting",
    };
    Err(Some(Exception::type_error(message)))
}
