use std::collections::HashSet;

use crate::syntax::{Name, Statement, StatementKind};

/// The names that are local variables of the current code.
///
/// As in Python, a name that is assigned anywhere in a function is local everywhere in it.
pub(super) struct Scope<'a> {
    /// The names that the function assigns; `None` outside all functions.
    locals: Option<HashSet<&'a str>>,
    /// The names of the functions around it.
    outer: HashSet<&'a str>,
}

/// What a name refers to.
pub(super) enum Binding {
    /// A local variable.
    Local,
    /// A variable of the program, read in a function.
    Global,
    /// A variable of the program, outside all functions.
    Module,
    /// A local variable of a function around this one.
    Captured,
}

impl<'a> Scope<'a> {
    /// The scope outside all functions.
    pub fn module() -> Self {
        Scope { locals: None, outer: HashSet::new() }
    }

    /// The scope of a function that is defined in this one.
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

/// Collects the names that statements assign, without entering the functions they define.
pub(super) fn collect<'a>(body: &'a [Statement], names: &mut HashSet<&'a str>) {
    for statement in body {
        names.extend(statement.targets().into_iter().map(|name| name.text.as_str()));
        if !matches!(statement.kind, StatementKind::Define(..)) {
            statement.blocks().into_iter().for_each(|block| collect(block, names));
        }
    }
}
