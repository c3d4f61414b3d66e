use std::collections::HashSet;

use crate::syntax::{Name, Statement, StatementKind};

/// Which names are local variables of the code that is compiled.
///
/// As in Python, a name that is given a value anywhere in a function is local everywhere in it.
pub(super) struct Scope<'a> {
    /// The names that the function gives values to; `None` outside of all functions.
    locals: Option<HashSet<&'a str>>,
    /// The names of the functions around it.
    outer: HashSet<&'a str>,
}

/// What a name means where it stands.
pub(super) enum Binding {
    /// A local variable.
    Local,
    /// A variable of the program, read in a function.
    Global,
    /// A variable of the program, outside of all functions.
    Module,
    /// A local variable of a function around this one.
    Captured,
}

impl<'a> Scope<'a> {
    /// Outside of all functions.
    pub fn module() -> Self {
        Scope { locals: None, outer: HashSet::new() }
    }

    /// The inside of a function that is defined here.
    pub fn function(&self, parameters: &'a [Name], body: &'a [Statement]) -> Self {
        let mut locals: HashSet<&str> = parameters.iter().map(|name| name.text.as_str()).collect();
        collect(body, &mut locals);
        let mut outer = self.outer.clone();
        outer.extend(self.locals.iter().flatten());
        Scope { locals: Some(locals), outer }
    }

    pub fn binding(&self, name: &str) -> Binding {
        match &self.locals {
            None => Binding::Module,
            Some(locals) if locals.contains(name) => Binding::Local,
            Some(_) if self.outer.contains(name) => Binding::Captured,
            Some(_) => Binding::Global,
        }
    }

    pub fn is_module(&self) -> bool {
        self.locals.is_none()
    }
}

/// Collects the names that statements give values to, without entering the functions they define.
fn collect<'a>(body: &'a [Statement], names: &mut HashSet<&'a str>) {
    for statement in body {
        names.extend(statement.targets().into_iter().map(|name| name.text.as_str()));
        if !matches!(statement.kind, StatementKind::Define(..)) {
            statement.blocks().into_iter().for_each(|block| collect(block, names));
        }
    }
}
