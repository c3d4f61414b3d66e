use std::rc::Rc;

use crate::object::{BUILTIN, BUILTINS, Payload, TYPE, Value};
use crate::suggestion::nearest;
use crate::{Exception, ExceptionKind};

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
        Globals {
            names: names.clone(),
            values: vec![None; names.len()],
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

    /// The names that the program has assigned.
    pub fn assigned(&self) -> impl Iterator<Item = &str> {
        let assigned = |index: &usize| self.values[*index].is_some();
        (0..self.values.len()).filter(assigned).map(|index| self.names[index].as_str())
    }

    /// The known name that is most similar to an unknown one.
    pub(crate) fn suggestion<'a>(&'a self, name: &str, locals: &'a [String]) -> Option<&'a str> {
        let builtins = BUILTINS.iter().map(|builtin| builtin.name);
        nearest(name, locals.iter().map(String::as_str))
            .or_else(|| nearest(name, self.assigned()))
            .or_else(|| nearest(name, builtins))
    }

    #[cold]
    fn missing(&self, index: usize) -> Box<Exception> {
        let message = format!("name '{}' is not defined", self.names[index]);
        Exception::new(ExceptionKind::NameError, message)
    }
}
