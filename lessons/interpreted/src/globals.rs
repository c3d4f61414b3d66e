use std::rc::Rc;

use crate::object::{BUILTIN, BUILTINS, Payload, TYPE, Value};
use crate::python_names::{self, predefined};
use crate::suggestion::nearest;
use crate::{Exception, ExceptionKind, Span, SyntaxError};

/// The global variables of a program, by the index of their names, and the built-in functions behind them.
#[derive(Debug, Default)]
pub struct Globals {
    names: Rc<[String]>,
    values: Vec<Option<Value>>,
    builtins: Vec<Option<Value>>,
}

impl Globals {
    /// The globals of a program with these names; none of them has a value yet.
    pub fn new(names: &Rc<[String]>) -> Self {
        let builtin = |name: &String| {
            let known = BUILTINS.iter().find(|builtin| builtin.name == *name)?;
            let kind = if known.is_type { &TYPE } else { &BUILTIN };
            Some(Value::new(kind, Payload::Builtin(known)))
        };
        let text = |text| Value::str(text);
        let predefined = |name: &String| Some(predefined(name)?.map_or_else(Value::none, text));
        Globals {
            names: names.clone(),
            values: names.iter().map(predefined).collect(),
            builtins: names.iter().map(builtin).collect(),
        }
    }

    /// The value of a name.
    pub fn by_name(&self, name: &str) -> Option<&Value> {
        let index = self.names.iter().position(|known| known == name)?;
        self.values[index].as_ref().or(self.builtins[index].as_ref())
    }

    /// The value of the name with this index.
    #[inline]
    pub fn get(&self, index: u32) -> Result<&Value, Box<Exception>> {
        let index = index as usize;
        match self.values[index].as_ref().or(self.builtins[index].as_ref()) {
            Some(value) => Ok(value),
            None => Err(self.missing(index)),
        }
    }

    /// Sets the name with this index and returns its old value.
    #[inline]
    pub fn set(&mut self, index: u32, value: Value) -> Option<Value> {
        self.values[index as usize].replace(value)
    }

    /// Whether the name with this index has a value that is not a built-in one.
    pub fn is_assigned(&self, index: u32) -> bool {
        self.values[index as usize].is_some()
    }

    /// The known name that is most similar to an unknown one.
    pub(crate) fn suggestion<'a>(&'a self, name: &str, locals: &'a [String]) -> Option<&'a str> {
        let indices = (0u32..).zip(self.names.iter());
        let assigned =
            indices.filter(|(index, name)| self.is_assigned(*index) && predefined(name).is_none());
        let own = python_names::MODULE.split(' ').chain(assigned.map(|(_, name)| name.as_str()));
        nearest(name, locals.iter().map(String::as_str))
            .or_else(|| nearest(name, own))
            .or_else(|| nearest(name, python_names::BUILTINS.split(' ')))
    }

    #[cold]
    fn missing(&self, index: usize) -> Box<Exception> {
        let name = &self.names[index];
        // A name of Python's own that the program assigns, but later.
        let message = match python_names::missing(name) {
            Some(what) => SyntaxError::unsupported(&what, Span::default()).message,
            None => format!("name '{}' is not defined", cut(name)),
        };
        Exception::new(ExceptionKind::NameError, message)
    }
}

/// The bytes of a name that CPython shows.
const SHOWN: usize = 200;

fn cut(name: &str) -> &str {
    &name[..name.floor_char_boundary(SHOWN)]
}
