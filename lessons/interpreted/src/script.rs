//! A learner's own program: read, compiled and run.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, LineWriter, Read, Write};
use std::rc::Rc;

use course::{Output, Stdout};
use measure::Error;

use crate::encoding::decode;
use crate::traceback::Source;
use crate::{CallHook, Code, Exception, ExceptionKind, Form, SyntaxError, Vm, compile, dis, parse};

/// The exit code of a program that ended with an error of its own.
const FAILED: u8 = 1;

/// A program that was read from a file.
#[derive(Debug)]
pub struct Script {
    /// Its text for error messages.
    pub source: Source,
    /// Its text for the compiler.
    pub text: String,
    /// Why the file is not a text.
    error: Option<SyntaxError>,
}

impl Script {
    /// Reads a program from a file, or from standard input where the path is `-`.
    pub fn read(path: &OsStr) -> Result<Script, Error> {
        let mut bytes = Vec::new();
        let piped = path == "-";
        let read = match piped {
            true => io::stdin().lock().read_to_end(&mut bytes).map(drop),
            false => fs::read(path).map(|found| bytes = found),
        };
        if let Err(cause) = read {
            return Err(Error::Input {
                path: path.into(),
                cause: cause.to_string(),
                remedy: "give the path of a program, for example program.py, or - for standard input",
            });
        }
        let name = if piped { "<stdin>".to_owned() } else { shown(path) };
        Ok(match decode(&bytes, &name) {
            Ok(text) => Script::of(&name, &text),
            Err(error) => {
                let error = Some(error);
                Script { source: Source::new(&name, ""), text: String::new(), error }
            }
        })
    }

    /// A program from its text.
    pub fn of(name: &str, text: &str) -> Script {
        Script { source: Source::new(name, text), text: text.to_owned(), error: None }
    }

    /// Shows its instructions in a form of the machine, and those of python3.
    pub fn disassemble(&self, form: Form, output: Output) -> Result<u8, Error> {
        let Some(code) = self.compile(output) else { return Ok(FAILED) };
        let ours = dis::listing(&form.prepare(&code), &self.source);
        let theirs = match dis::of_python(&self.text) {
            Some(text) => format!("\n{text}"),
            None => "\nThere is no python3 on the path to compare with.\n".to_owned(),
        };
        output.result(&format!("{ours}{theirs}"))?;
        Ok(0)
    }

    /// Compiles it; `None` where it does not compile, once the error is written.
    pub fn compile(&self, output: Output) -> Option<Rc<Code>> {
        let module = self.error.clone().map_or_else(|| parse(&self.text), Err);
        match module.and_then(|module| compile(&module)) {
            Ok(code) => Some(code),
            Err(error) => {
                output.complain(self.source.refusal(&error).trim_end());
                None
            }
        }
    }

    /// Compiles and runs it. Only what it prints goes to standard output.
    pub fn run(&self, form: Form, output: Output) -> Result<u8, Error> {
        let Some(code) = self.compile(output) else { return Ok(FAILED) };
        self.run_code(&code, form, None, output)
    }

    /// Runs its code; another engine may take over calls.
    pub fn run_code(
        &self,
        code: &Rc<Code>,
        form: Form,
        hook: Option<&mut dyn CallHook>,
        output: Output,
    ) -> Result<u8, Error> {
        let mut sink: Box<dyn Write> = match io::stdout().is_terminal() {
            true => Box::new(LineWriter::new(Stdout::lock())),
            false => Box::new(BufWriter::with_capacity(1 << 16, Stdout::lock())),
        };
        let mut machine = Vm::new(code, form, &mut sink);
        if let Some(hook) = hook {
            machine = machine.with_hook(hook);
        }
        let result = machine.run();
        drop(machine);
        self.finish(result, &mut sink, output)
    }

    /// Flushes the output, reports the error, and returns the exit code.
    fn finish(
        &self,
        result: Result<(), Box<Exception>>,
        sink: &mut dyn Write,
        output: Output,
    ) -> Result<u8, Error> {
        let written = sink.flush().map_err(|error| error.kind());
        let exception = result.err();
        let refused = match &exception {
            Some(exception) if exception.kind == ExceptionKind::OSError => exception.cause,
            _ => written.err(),
        };
        match refused {
            Some(ErrorKind::BrokenPipe) => return Ok(0),
            Some(kind) => {
                let cause = course::can_be_written().err();
                return Err(Error::Output(cause.unwrap_or_else(|| kind.into())));
            }
            None => {}
        }
        let Some(exception) = exception else { return Ok(0) };
        output.complain(self.source.traceback(&exception).trim_end());
        Ok(FAILED)
    }
}

/// A path as CPython's errors show it: a byte that is no text is `\udce9`.
fn shown(path: &OsStr) -> String {
    let mut text = String::new();
    for chunk in path.as_encoded_bytes().utf8_chunks() {
        text += chunk.valid();
        chunk.invalid().iter().for_each(|byte| text += &format!("\\udc{byte:02x}"));
    }
    text
}
