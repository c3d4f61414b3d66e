//! The machine: a stack of operands, the local variables, and the functions that are being run.

mod call;
mod machine;

use std::fmt;
use std::io::Write;
use std::rc::Rc;

use crate::exception::Place;
use crate::{Calls, Code, Exception, Form, Globals, Heap, Value};

/// The machine that runs a program.
///
/// # Examples
///
/// ```
/// use interpreted::{Form, Vm, compile, parse};
///
/// let code = compile(&parse("print(1 + 2)")?)?;
/// let mut output = Vec::new();
/// Vm::new(&code, Form::Plain, &mut output).run()?;
/// assert_eq!(output, b"3\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Vm<'a> {
    code: Rc<Code>,
    form: Form,
    pub(crate) heap: Heap,
    globals: Globals,
    output: &'a mut dyn Write,
    calls: Option<&'a mut dyn Calls>,
    /// The stack that the instructions push to and pop from.
    operands: Vec<Value>,
    /// The local variables of all functions that are being run, the innermost last.
    locals: Vec<Option<Value>>,
    /// The callers, each with the place where it goes on.
    frames: Vec<Frame>,
    /// The code that is being run, and the instruction behind the one that is.
    now: Frame,
    /// The named arguments of the call that follows.
    keywords: Option<u32>,
}

/// A function that is being run.
#[derive(Debug, Clone)]
struct Frame {
    code: Rc<Code>,
    at: usize,
    /// Where its local variables begin.
    base: usize,
}

impl<'a> Vm<'a> {
    /// A machine for one program. What the program prints goes to `output`.
    pub fn new(code: &Rc<Code>, form: Form, output: &'a mut dyn Write) -> Self {
        let code = form.prepare(code);
        Vm {
            form,
            heap: Heap::default(),
            globals: Globals::new(&code.names),
            output,
            calls: None,
            operands: Vec::new(),
            locals: Vec::new(),
            frames: Vec::new(),
            now: Frame { code: code.clone(), at: 0, base: 0 },
            keywords: None,
            code,
        }
    }

    /// The same machine, whose calls of functions another engine may take over.
    pub fn with_calls(mut self, calls: &'a mut dyn Calls) -> Self {
        self.calls = Some(calls);
        self
    }

    /// The global variables.
    pub fn globals(&self) -> &Globals {
        &self.globals
    }

    /// Runs the program from its first line to its last.
    ///
    /// # Errors
    ///
    /// What the program raises.
    pub fn run(&mut self) -> Result<(), Box<Exception>> {
        let code = self.code.clone();
        self.locals.resize(code.locals(), None);
        self.now = Frame { code, at: 0, base: 0 };
        let result = self.execute().map(drop);
        self.clear();
        result
    }

    /// Calls a function of the program, once it is defined.
    ///
    /// # Errors
    ///
    /// What the function raises, and a `TypeError` for what cannot be called.
    pub fn call(&mut self, callee: &Value, arguments: &[Value]) -> Result<Value, Box<Exception>> {
        let Some(function) = callee.as_function() else {
            return self.builtin(callee, arguments, &[]);
        };
        function.accepts(arguments.len())?;
        let code = function.code.clone();
        self.locals.extend(arguments.iter().cloned().map(Some));
        self.locals.resize(code.locals(), None);
        self.now = Frame { code, at: 0, base: 0 };
        let result = self.execute();
        self.clear();
        result
    }

    /// Runs what `now` says, in the chosen form, until it is left.
    fn execute(&mut self) -> Result<Value, Box<Exception>> {
        let result = match self.form {
            Form::Specialised => self.machine::<true>(),
            Form::Plain | Form::Superinstructions => self.machine::<false>(),
        };
        result.map_err(|exception| self.located(exception))
    }

    /// Writes down which functions were being run.
    #[cold]
    fn located(&self, mut exception: Box<Exception>) -> Box<Exception> {
        for frame in std::iter::once(&self.now).chain(self.frames.iter().rev()) {
            let span = frame.code.spans.get(frame.at.saturating_sub(1)).copied();
            let place = Place { function: frame.code.name.clone(), span: span.unwrap_or_default() };
            exception.places.push(place);
        }
        exception
    }

    fn clear(&mut self) {
        self.operands.clear();
        self.locals.clear();
        self.frames.clear();
        self.keywords = None;
    }
}

impl fmt::Debug for Vm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vm").field("form", &self.form).field("now", &self.now.code.name).finish()
    }
}
