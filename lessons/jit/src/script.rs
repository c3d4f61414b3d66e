//! A learner's own program, run by the machine with the compiler beside it.

use std::io;

use ::interpreted::{Form, Script, Vm};
use course::Output;
use measure::Error;

use crate::Engine;
use crate::inspect::{Stage, view};
use crate::signature::Signature;

/// How a program is run.
#[derive(Debug, Clone, Default)]
pub struct ScriptOptions {
    /// Whether a function that can't be compiled is an error.
    pub strict: bool,
    /// What to show in place of the program's output.
    pub stage: Option<Stage>,
    /// The functions to compile before the program starts.
    pub signatures: Vec<Signature>,
    /// Whether to report at the end what became of each function, on standard error.
    pub statistics: bool,
}

/// Runs a program and returns the exit code.
pub fn run(script: &Script, options: &ScriptOptions, output: Output) -> Result<u8, Error> {
    let Some(code) = script.compile(output) else { return Ok(1) };
    let mut engine = Engine::new(options.strict, options.stage.is_some());
    for signature in &options.signatures {
        engine.prepare(&code, signature).map_err(Error::Usage)?;
    }
    let ended = match options.stage {
        None => script.run_code(&code, Form::Plain, Some(&mut engine), output)?,
        Some(stage) => {
            let mut nowhere = io::sink();
            let result = Vm::new(&code, Form::Plain, &mut nowhere).with_hook(&mut engine).run();
            output.result(&view(&engine.cache, stage))?;
            match result {
                Ok(()) => 0,
                Err(exception) => {
                    output.complain(script.source.traceback(&exception).trim_end());
                    1
                }
            }
        }
    };
    if options.statistics {
        output.complain(engine.cache.statistics().trim_end());
    }
    Ok(ended)
}
