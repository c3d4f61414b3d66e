//! The machine: a stack of operands, the local variables, and the running functions.

mod call;
mod machine;
mod register_machine;
mod stack;

pub use call::CallHook;

use std::fmt;
use std::io::Write;
use std::rc::Rc;
use std::time::Instant;

use crate::exception::Location;
use crate::object::Function;
use crate::trace::Step;
use crate::{Code, Exception, ExceptionKind, Form, Globals, Heap, Value};

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
    heap: Heap,
    globals: Globals,
    output: &'a mut dyn Write,
    hook: Option<&'a mut dyn CallHook>,
    /// The stack: for each running function its local variables, then its operands. The arguments of a
    /// call are the first local variables of the called function: they stay where they were pushed.
    slots: Vec<Option<Value>>,
    /// The calling functions, each with the place where it resumes.
    callers: Vec<Frame>,
    /// The running function.
    frame: Frame,
    /// The named arguments of the call that follows.
    keywords: Option<u32>,
}

/// The result of a traced call, and the steps of its additions, each with its time.
pub(crate) type Traced = (Result<Value, Box<Exception>>, Vec<(Step, Instant)>);

/// A running function.
#[derive(Debug, Clone)]
struct Frame {
    code: Rc<Code>,
    /// The index after that of the running instruction.
    at: usize,
    /// Where its local variables begin.
    base: usize,
    /// The index after its last operand, counted from `base`.
    top: usize,
}

impl Frame {
    /// At the beginning of a code, with its arguments at `base`.
    fn new(code: Rc<Code>, base: usize) -> Self {
        Frame { at: 0, base, top: code.locals(), code }
    }
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
            hook: None,
            slots: Vec::new(),
            callers: Vec::new(),
            frame: Frame::new(code.clone(), 0),
            keywords: None,
            code,
        }
    }

    /// Lets another engine take over calls of functions.
    pub fn with_hook(mut self, hook: &'a mut dyn CallHook) -> Self {
        self.hook = Some(hook);
        self
    }

    /// The global variables.
    pub fn globals(&self) -> &Globals {
        &self.globals
    }

    /// Runs the program from its first line to its last.
    pub fn run(&mut self) -> Result<(), Box<Exception>> {
        let code = self.code.clone();
        self.frame = Frame::new(code, 0);
        let result = self.execute().map(drop);
        self.clear();
        result
    }

    /// Calls a function of the program, once it is defined.
    pub fn call(&mut self, callee: &Value, arguments: &[Value]) -> Result<Value, Box<Exception>> {
        let Some(function) = callee.as_function() else {
            return self.builtin(callee, arguments, &[]);
        };
        function.accepts(arguments.len())?;
        self.slots.extend(arguments.iter().cloned().map(Some));
        self.frame = Frame::new(function.code.clone(), 0);
        let result = self.execute();
        self.clear();
        result
    }

    /// Calls a function of the program in the plain form and records each step of its additions.
    pub(crate) fn trace(&mut self, function: &Function, arguments: &[Value]) -> Traced {
        self.slots.extend(arguments.iter().cloned().map(Some));
        self.frame = Frame::new(function.code.clone(), 0);
        self.reserve();
        self.heap.steps.start();
        let result = self.machine::<false, true>();
        let steps = self.heap.steps.stop();
        self.clear();
        (result.map_err(|exception| self.with_traceback(exception)), steps)
    }

    /// Runs the current frame in the chosen form until it returns.
    fn execute(&mut self) -> Result<Value, Box<Exception>> {
        self.reserve();
        let result = match self.form {
            Form::Specialised => self.machine::<true, false>(),
            Form::Registers => self.register_machine(),
            Form::Plain | Form::Superinstructions => self.machine::<false, false>(),
        };
        result.map_err(|exception| self.with_traceback(exception))
    }

    /// Adds the running functions to the traceback.
    #[cold]
    fn with_traceback(&self, mut exception: Box<Exception>) -> Box<Exception> {
        for frame in std::iter::once(&self.frame).chain(self.callers.iter().rev()) {
            let span = frame.code.spans.get(frame.at.saturating_sub(1)).copied();
            let function = frame.code.name.clone();
            exception.traceback.push(Location { function, span: span.unwrap_or_default() });
        }
        if exception.kind == ExceptionKind::NameError
            && let Some(name) = exception.message.split('\'').nth(1)
            && let Some(other) = self.globals.suggestion(name, &self.frame.code.varnames)
        {
            exception.message += &format!(". Did you mean: '{other}'?");
        }
        exception
    }

    fn clear(&mut self) {
        self.slots.clear();
        self.callers.clear();
        self.keywords = None;
    }
}

impl fmt::Debug for Vm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vm")
            .field("form", &self.form)
            .field("running", &self.frame.code.name)
            .finish()
    }
}
