use std::ffi::OsStr;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use children::itself;
use kernels::{Integers, Kernel, Known, Workers};
use measure::{Context, Error, panics};
use serde::{Deserialize, Serialize};
use wgpu::InstanceFlags;

use super::contestants::contestants;
use crate::program::Marking;
use crate::ready::Ready;
use crate::session::{Asked, Session};

/// What a witness is to watch.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Task {
    pub(super) device: String,
    pub(super) terms: u64,
}

/// What it heard while a kernel ran: a line of JSON on standard output.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Messages {
    pub(super) shader: String,
    pub(super) messages: Vec<String>,
}

/// The argument that makes this program a witness.
pub(super) const WITNESS: &str = "--witness-of-races";

/// Runs the kernels under the validation layer, where this process was started for that: the layer is switched on by
/// its environment.
pub fn witness_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() != Some(OsStr::new(WITNESS)) {
        return None;
    }
    itself::end_with_parent();
    panics::quiet();
    let task = arguments.next().and_then(|task| serde_json::from_str(task.to_str()?).ok());
    let Some(task): Option<Task> = task else {
        return Some(complain("a witness is started by the lesson, not by hand", 2));
    };
    Some(match watch(&task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&error.to_string(), error.exit_code()),
    })
}

fn watch(task: &Task) -> Result<(), Error> {
    // There is one logger in a process, and this one begins here.
    let _ = log::set_logger(&EAR);
    log::set_max_level(log::LevelFilter::Warn);
    let session = Session::default();
    session.ask(Asked {
        device: Some(task.device.clone()),
        flags: Some(
            InstanceFlags::VALIDATION | InstanceFlags::DEBUG | InstanceFlags::GPU_BASED_VALIDATION,
        ),
        ..Asked::default()
    });
    let (context, spec) = (Context::new(Workers::ONE), Integers::new(task.terms)?.spec());
    for contestant in contestants() {
        let mut ready = Ready::new(&session, &contestant.shader, &spec, Marking::Off, &context)?;
        // What the layer finds in a sum it may say when the next one is asked for.
        for _ in 0..2 {
            ready.sum(&(0..task.terms))?;
        }
        let heard = Messages { shader: contestant.name(), messages: EAR.take() };
        let line = serde_json::to_string(&heard).expect("plain data");
        writeln!(io::stdout(), "{line}").map_err(Error::Output)?;
    }
    Ok(())
}

/// Hears what wgpu and the layer have to say.
struct Ear(Mutex<Vec<String>>);

static EAR: Ear = Ear(Mutex::new(Vec::new()));

/// One that says more says nothing new.
const MOST: usize = 1000;

impl Ear {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl log::Log for Ear {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &log::Record<'_>) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if self.enabled(record.metadata()) && heard.len() < MOST {
            heard.push(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

fn complain(text: &str, code: u8) -> ExitCode {
    // If even that fails, the exit code has to speak.
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(code)
}
