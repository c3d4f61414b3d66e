use super::{Frame, Vm};
use crate::object::{BuiltinCall, Function, Payload, Value};
use crate::{Exception, ExceptionKind, Globals};

/// CPython's recursion limit.
const DEPTH: usize = 1000;

/// Another engine that may take over the calls of a program's functions, for example a compiler.
pub trait CallHook {
    /// Calls a function, or leaves it to the machine (`None`).
    ///
    /// It is asked before each call with the right number of arguments. `depth` is how many more calls may
    /// be nested in this one.
    fn call(
        &mut self,
        globals: &Globals,
        function: &Function,
        arguments: &[Value],
        depth: usize,
    ) -> Option<Result<Value, Box<Exception>>>;
}

impl Vm<'_> {
    /// Begins a call: `count` arguments are the last operands, below them lies what is called.
    ///
    /// A function of the program is entered: its arguments become its first local variables. Everything
    /// else is done at once.
    pub(super) fn begin_call(&mut self, count: u32) -> Result<(), Box<Exception>> {
        let first = self.now.base + self.now.top - count as usize;
        let callee = self.slots[first - 1].clone().expect("what is called was pushed first");
        let keywords = self.keywords.take();
        let Some(function) = callee.as_function() else {
            return self.call_builtin(&callee, first, keywords);
        };
        if let Some(index) = keywords {
            let names = &self.now.code.keywords[index as usize];
            let (name, given) = (&function.code.name, &names[0]);
            let message = format!("{name}() got an unexpected keyword argument '{given}'");
            return Err(Exception::type_error(message));
        }
        function.accepts(count as usize)?;
        if self.frames.len() + 1 >= DEPTH {
            let message = "maximum recursion depth exceeded";
            return Err(Exception::new(ExceptionKind::RecursionError, message));
        }
        if self.calls.is_some()
            && let Some(value) = self.taken_over(function, first, count as usize)?
        {
            self.end_call(first, value);
            return Ok(());
        }
        let next = Frame::new(function.code.clone(), first);
        self.frames.push(std::mem::replace(&mut self.now, next));
        self.make_room();
        Ok(())
    }

    /// Asks the other engine.
    fn taken_over(
        &mut self,
        function: &Function,
        first: usize,
        count: usize,
    ) -> Result<Option<Value>, Box<Exception>> {
        let Some(calls) = &mut self.calls else { return Ok(None) };
        let arguments: Vec<Value> =
            self.slots[first..first + count].iter().flatten().cloned().collect();
        // This call is one more on its way, and the last that would be too many is not counted.
        let depth = DEPTH - 2 - self.frames.len();
        calls.call(&self.globals, function, &arguments, depth).transpose()
    }

    /// Makes the stack long enough for the function that is about to run.
    pub(super) fn make_room(&mut self) {
        let need = self.now.base + self.now.code.locals() + self.now.code.depth;
        if self.slots.len() < need {
            self.slots.resize(need, None);
        }
    }

    /// Puts the result in the place of what was called and its arguments.
    fn end_call(&mut self, first: usize, value: Value) {
        for slot in &mut self.slots[first..self.now.base + self.now.top] {
            if let Some(argument) = slot.take() {
                self.heap.release(argument);
            }
        }
        self.slots[first - 1] = Some(value);
        self.now.top = first - self.now.base;
    }

    /// Goes back to the caller with a value; gives it back where there is no caller.
    pub(super) fn leave(&mut self, value: Value) -> Option<Value> {
        for slot in &mut self.slots[self.now.base..self.now.base + self.now.top] {
            if let Some(value) = slot.take() {
                self.heap.release(value);
            }
        }
        let Some(caller) = self.frames.pop() else { return Some(value) };
        let first = self.now.base;
        self.now = caller;
        self.slots[first - 1] = Some(value);
        self.now.top = first - self.now.base;
        None
    }

    fn call_builtin(
        &mut self,
        callee: &Value,
        first: usize,
        keywords: Option<u32>,
    ) -> Result<(), Box<Exception>> {
        let keywords = match keywords {
            Some(index) => self.now.code.keywords[index as usize].clone(),
            None => Vec::new(),
        };
        let last = self.now.base + self.now.top;
        let arguments: Vec<Value> =
            self.slots[first..last].iter_mut().filter_map(Option::take).collect();
        let value = self.builtin(callee, &arguments, &keywords)?;
        arguments.into_iter().for_each(|argument| self.heap.release(argument));
        self.end_call(first, value);
        Ok(())
    }

    pub(super) fn builtin(
        &mut self,
        callee: &Value,
        arguments: &[Value],
        keywords: &[String],
    ) -> Result<Value, Box<Exception>> {
        let Payload::Builtin(builtin) = callee.payload() else {
            let name = callee.kind().name;
            return Err(Exception::type_error(format!("'{name}' object is not callable")));
        };
        let output = &mut *self.output;
        (builtin.run)(arguments, &mut BuiltinCall { heap: &mut self.heap, output, keywords })
    }
}
