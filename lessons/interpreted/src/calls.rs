use crate::object::Function;
use crate::{Exception, Globals, Value};

/// Another engine that may take over the calls of a program's functions: a compiler, say.
pub trait Calls {
    /// Calls a function, or leaves it to the machine (`None`). It is asked before each call, with the
    /// right number of arguments, and told how many calls may still be under way inside this one.
    fn call(
        &mut self,
        globals: &Globals,
        function: &Function,
        arguments: &[Value],
        depth: usize,
    ) -> Option<Result<Value, Box<Exception>>>;
}
