//! Text and the slots of `str`.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use super::format::format;
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

/// A text: the beginning of a buffer that may go on in others.
///
/// What is added to the last text of a buffer is written behind it. So a text that grows letter by letter
/// costs what its letters cost, where a copy each time would cost the square of it.
#[derive(Debug)]
pub struct Text {
    buffer: Rc<Buffer>,
    bytes: usize,
    characters: usize,
}

/// Bytes that texts share.
#[derive(Debug)]
struct Buffer(RefCell<String>);

impl Text {
    /// A text whose characters are counted once.
    pub fn new(text: String) -> Self {
        let characters = text.chars().count();
        Self::counted(text, characters)
    }

    /// A text with a known number of characters.
    fn counted(text: String, characters: usize) -> Self {
        let bytes = text.len();
        ALIVE.set(ALIVE.get() + bytes);
        Text { buffer: Rc::new(Buffer(RefCell::new(text))), bytes, characters }
    }

    /// The text.
    pub fn as_str(&self) -> Ref<'_, str> {
        Ref::map(self.buffer.0.borrow(), |text| &text[..self.bytes])
    }

    /// How many characters it has.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// This text and another one behind it.
    fn joined(&self, other: &Text) -> Result<Text, Box<Exception>> {
        let characters = self.characters + other.characters;
        let is_last = self.bytes == self.buffer.0.borrow().len();
        // Behind a longer text only: a short one would keep all of a long one alive.
        if !is_last || self.bytes < other.bytes {
            let mut text = String::with_capacity(room(self.bytes.checked_add(other.bytes))?);
            text.push_str(&self.as_str());
            text.push_str(&other.as_str());
            return Ok(Text::counted(text, characters));
        }
        room(Some(other.bytes))?;
        if Rc::ptr_eq(&self.buffer, &other.buffer) {
            let copy = other.as_str().to_owned();
            self.buffer.0.borrow_mut().push_str(&copy);
        } else {
            self.buffer.0.borrow_mut().push_str(&other.as_str());
        }
        ALIVE.set(ALIVE.get() + other.bytes);
        let buffer = self.buffer.clone();
        Ok(Text { buffer, bytes: self.bytes + other.bytes, characters })
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - self.0.get_mut().len());
    }
}

/// A number of bytes for which there is still room.
pub(super) fn room(bytes: Option<usize>) -> Result<usize, Box<Exception>> {
    let fits = |bytes: &usize| bytes.checked_add(ALIVE.get()).is_some_and(|all| all <= BYTES);
    bytes.filter(fits).ok_or_else(|| Exception::memory("1,073,741,824 bytes in all texts"))
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
    Ok(of(a.joined(b)?))
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
            if text.characters.checked_mul(times).is_none_or(|all| isize::try_from(all).is_err()) {
                return Err(Some(Exception::overflow("repeated string is too long")));
            }
            room(text.bytes.checked_mul(times))?;
            Ok(of(Text::counted(text.as_str().repeat(times), text.characters * times)))
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

/// `text % value` fills the value in.
fn remainder(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    match left.payload() {
        Payload::Str(text) => Ok(make(format(&text.as_str(), right, heap)?)),
        _ => NOT_IMPLEMENTED,
    }
}

/// The letters of a text, one after the other.
#[derive(Debug)]
pub(crate) struct Letters {
    text: Value,
    at: Cell<usize>,
}

impl Letters {
    /// From the first letter of a value that is a text.
    pub fn of(text: &Value) -> Self {
        Letters { text: text.clone(), at: Cell::new(0) }
    }

    /// The next letter, a text itself.
    pub fn advance(&self) -> Option<Value> {
        let letter = self.text.as_str()?[self.at.get()..].chars().next()?;
        self.at.set(self.at.get() + letter.len_utf8());
        Some(make(letter.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_grows_leaves_those_before_it_as_they_were() {
        let mut heap = Heap::default();
        let mut join = |a: &Value, b: &Value| add(a, b, &mut heap).expect("there is room");
        let first = Value::str("äb");
        let second = join(&first, &Value::str("c"));
        let (third, other) = (join(&second, &Value::str("d")), join(&second, &Value::str("e")));
        let twice = join(&third, &third);
        let texts = [&first, &second, &third, &other, &twice];
        let texts = texts.map(|value| value.as_str().expect("a text").to_owned());
        assert_eq!(texts, ["äb", "äbc", "äbcd", "äbce", "äbcdäbcd"]);
        let Payload::Str(text) = twice.payload() else { panic!("a text") };
        assert_eq!(text.characters(), 8);
    }

    #[test]
    fn a_text_grows_in_place_and_what_it_held_is_given_back() {
        let before = ALIVE.get();
        let mut heap = Heap::default();
        let (mut text, letter) = (Value::str("x"), Value::str("x"));
        let buffer = |value: &Value| match value.payload() {
            Payload::Str(text) => Rc::as_ptr(&text.buffer),
            _ => std::ptr::null(),
        };
        let place = buffer(&text);
        for _ in 0..1000 {
            text = add(&text, &letter, &mut heap).expect("there is room");
        }
        assert_eq!((buffer(&text), ALIVE.get() - before), (place, 1002));
        drop((text, letter));
        assert_eq!(ALIVE.get(), before);
    }

    #[test]
    fn letters_are_texts() {
        let letters = Letters::of(&Value::str("aß"));
        let texts = std::iter::from_fn(|| letters.advance());
        let texts: Vec<String> =
            texts.map(|letter| letter.as_str().expect("a text").to_owned()).collect();
        assert_eq!(texts, ["a", "ß"]);
    }
}
