use std::rc::Rc;

use super::{Frame, Vm};
use crate::types::{Context, Function};
use crate::value::{Payload, Value};
use crate::{Code, Exception, ExceptionKind};

/// So many functions may be on their way at once, as in CPython.
const DEPTH: usize = 1000;

impl Vm<'_> {
    /// Begins a call: `count` arguments lie on the stack, below them what is called.
    ///
    /// A function of the program is entered: its arguments become its first local variables. Everything
    /// else is done at once.
    pub(super) fn begin_call(&mut self, count: u32) -> Result<(), Box<Exception>> {
        let first = self.operands.len() - count as usize;
        let callee = self.operands[first - 1].clone();
        let Some(function) = callee.as_function() else {
            return self.call_builtin(&callee, first);
        };
        let keywords = self.keywords.take();
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
        if let Some(value) = self.taken_over(function, first)? {
            self.operands.truncate(first - 1);
            self.operands.push(value);
            return Ok(());
        }
        self.enter(function.code.clone(), first);
        Ok(())
    }

    /// Asks the other engine, if there is one.
    fn taken_over(
        &mut self,
        function: &Function,
        first: usize,
    ) -> Result<Option<Value>, Box<Exception>> {
        let Some(calls) = &mut self.calls else { return Ok(None) };
        // This call is one more on its way, and the last that would be too many is not counted.
        let depth = DEPTH - 2 - self.frames.len();
        calls.call(&self.globals, function, &self.operands[first..], depth).transpose()
    }

    /// Makes a function the one that is being run.
    fn enter(&mut self, code: Rc<Code>, first: usize) {
        let base = self.locals.len();
        let count = code.locals();
        self.locals.extend(self.operands.drain(first..).map(Some));
        self.locals.resize(base + count, None);
        self.operands.truncate(first - 1);
        let caller = std::mem::replace(&mut self.now, Frame { code, at: 0, base });
        self.frames.push(caller);
    }

    /// Goes back to the caller. `false` where there is none.
    pub(super) fn leave(&mut self) -> bool {
        while self.locals.len() > self.now.base {
            if let Some(Some(value)) = self.locals.pop() {
                self.heap.release(value);
            }
        }
        match self.frames.pop() {
            Some(caller) => {
                self.now = caller;
                true
            }
            None => false,
        }
    }

    fn call_builtin(&mut self, callee: &Value, first: usize) -> Result<(), Box<Exception>> {
        let keywords = match self.keywords.take() {
            Some(index) => self.now.code.keywords[index as usize].clone(),
            None => Vec::new(),
        };
        let arguments: Vec<Value> = self.operands.drain(first..).collect();
        let value = self.builtin(callee, &arguments, &keywords)?;
        arguments.into_iter().for_each(|argument| self.heap.release(argument));
        self.operands.truncate(first - 1);
        self.operands.push(value);
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
        (builtin.run)(arguments, &mut Context { heap: &mut self.heap, output, keywords })
    }
}
