use super::{Frame, Vm};
use crate::object::{BuiltinCall, Function, Payload, Value};
use crate::{Exception, ExceptionKind, Form, Globals};

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
    /// Begins a call: `count` arguments are the last operands, and the callee lies below them.
    ///
    /// A function of the program is entered: its arguments become its first local variables. Anything else
    /// is called at once.
    pub(super) fn begin_call(&mut self, count: u32) -> Result<(), Box<Exception>> {
        let first = self.frame.base + self.frame.top - count as usize;
        let callee = self.slots[first - 1].clone().expect("the callee was pushed first");
        let keywords = self.keywords.take();
        let Some(function) = callee.as_function() else {
            return self.call_builtin(&callee, first, keywords);
        };
        if let Some(index) = keywords {
            let names = &self.frame.code.keywords[index as usize];
            let (name, given) = (&function.code.name, &names[0]);
            let message = format!("{name}() got an unexpected keyword argument '{given}'");
            return Err(Exception::type_error(message));
        }
        function.accepts(count as usize)?;
        if self.callers.len() + 1 >= DEPTH {
            let message = "maximum recursion depth exceeded";
            return Err(Exception::new(ExceptionKind::RecursionError, message));
        }
        if self.hook.is_some()
            && let Some(value) = self.ask_hook(function, first, count as usize)?
        {
            self.end_call(first, value);
            return Ok(());
        }
        let next = Frame::new(function.code.clone(), first);
        self.callers.push(std::mem::replace(&mut self.frame, next));
        self.reserve();
        if self.form == Form::Registers {
            self.forget(first + count as usize);
        }
        Ok(())
    }

    /// Offers the call to the other engine.
    fn ask_hook(
        &mut self,
        function: &Function,
        first: usize,
        count: usize,
    ) -> Result<Option<Value>, Box<Exception>> {
        let Some(hook) = &mut self.hook else { return Ok(None) };
        let arguments: Vec<Value> =
            self.slots[first..first + count].iter().flatten().cloned().collect();
        // This call counts, and so does the one that would be refused.
        let depth = DEPTH - 2 - self.callers.len();
        hook.call(&self.globals, function, &arguments, depth).transpose()
    }

    /// Makes the stack long enough for the current function.
    pub(super) fn reserve(&mut self) {
        let need = self.frame.base + self.frame.code.locals() + self.frame.code.depth;
        if self.slots.len() < need {
            self.slots.resize(need, None);
        }
    }

    /// Empties the local variables from a slot on: the caller may have left values there.
    fn forget(&mut self, from: usize) {
        let end = self.frame.base + self.frame.code.locals();
        for slot in &mut self.slots[from..end] {
            if let Some(old) = slot.take() {
                self.heap.release(old);
            }
        }
    }

    /// Replaces the callee and its arguments by the result.
    fn end_call(&mut self, first: usize, value: Value) {
        for slot in &mut self.slots[first..self.frame.base + self.frame.top] {
            if let Some(argument) = slot.take() {
                self.heap.release(argument);
            }
        }
        self.slots[first - 1] = Some(value);
        self.frame.top = first - self.frame.base;
    }

    /// Returns a value to the caller; hands it out where there is no caller.
    pub(super) fn return_to_caller(&mut self, value: Value) -> Option<Value> {
        for slot in &mut self.slots[self.frame.base..self.frame.base + self.frame.top] {
            if let Some(value) = slot.take() {
                self.heap.release(value);
            }
        }
        let Some(caller) = self.callers.pop() else { return Some(value) };
        let first = self.frame.base;
        self.frame = caller;
        self.slots[first - 1] = Some(value);
        self.frame.top = first - self.frame.base;
        None
    }

    fn call_builtin(
        &mut self,
        callee: &Value,
        first: usize,
        keywords: Option<u32>,
    ) -> Result<(), Box<Exception>> {
        let keywords = match keywords {
            Some(index) => self.frame.code.keywords[index as usize].clone(),
            None => Vec::new(),
        };
        let last = self.frame.base + self.frame.top;
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
