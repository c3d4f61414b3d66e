use std::rc::Rc;

use ::interpreted::{Code, Globals, Instruction, Value};

/// What a global name is bound to.
#[derive(Debug, Clone)]
pub enum Binding {
    /// A function of the program.
    Function(Rc<Code>),
    /// A built-in function.
    Builtin(Value),
    /// Another value, which is treated as a constant.
    Value(Value),
    /// A built-in function, in a program that has not started.
    Untouched,
    /// Nothing yet.
    Missing,
}

/// Resolves global names.
pub trait Scope {
    /// The binding of the name with this index; `None` where it is not known yet.
    fn binding(&self, index: u32, name: &str) -> Option<Binding>;
}

/// In a running program: the current values.
impl Scope for Globals {
    fn binding(&self, index: u32, _: &str) -> Option<Binding> {
        let Ok(value) = self.get(index) else { return Some(Binding::Missing) };
        if let Some(function) = value.as_function() {
            return Some(Binding::Function(function.code.clone()));
        }
        let own = self.is_assigned(index);
        let value = value.clone();
        Some(if own { Binding::Value(value) } else { Binding::Builtin(value) })
    }
}

/// In a program that has not started: the functions that it is going to define.
#[derive(Debug)]
pub struct ModuleScope<'a>(pub &'a Code);

impl ModuleScope<'_> {
    /// The function of that name, if one is defined, once.
    pub fn function(&self, name: &str) -> Option<Rc<Code>> {
        let index = self.0.names.iter().position(|known| known == name)?;
        let mut stored = self.stored(index as u32);
        match (stored.next(), stored.next()) {
            (Some(Some(number)), None) => Some(self.0.functions[number as usize].clone()),
            _ => None,
        }
    }

    /// The functions that are stored under a name; `None` for anything else.
    fn stored(&self, index: u32) -> impl Iterator<Item = Option<u32>> {
        let mut before = None;
        self.0.listing().filter_map(move |instruction| {
            let last = before.replace(instruction);
            let stored = matches!(instruction, Instruction::StoreName(to) if to == index);
            stored.then_some(match last {
                Some(Instruction::MakeFunction(number)) => Some(number),
                _ => None,
            })
        })
    }
}

impl Scope for ModuleScope<'_> {
    fn binding(&self, index: u32, name: &str) -> Option<Binding> {
        if let Some(code) = self.function(name) {
            return Some(Binding::Function(code));
        }
        self.stored(index).next().is_none().then_some(Binding::Untouched)
    }
}

impl Binding {
    /// Whether the name is still bound to it.
    pub fn holds(&self, globals: &Globals, index: u32) -> bool {
        let Ok(now) = globals.get(index) else { return matches!(self, Binding::Missing) };
        match self {
            Binding::Function(code) => {
                now.as_function().is_some_and(|function| Rc::ptr_eq(&function.code, code))
            }
            Binding::Builtin(value) => now.is(value),
            Binding::Value(value) => now.is(value) || same_number(now, value),
            Binding::Missing => false,
            Binding::Untouched => now.as_function().is_none() && now.as_i64().is_none(),
        }
    }
}

fn same_number(one: &Value, other: &Value) -> bool {
    let bits = |value: &Value| (value.as_i64(), value.as_f64().map(f64::to_bits));
    std::ptr::eq(one.kind(), other.kind()) && bits(one) != (None, None) && bits(one) == bits(other)
}
