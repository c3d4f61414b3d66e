use std::fmt;
use std::io::BufRead;
use std::time::Duration;

use children::{Child, Killer};
use course::TemporaryFolder;
use kernels::{Integers, Known};
use measure::Cancellation;
use serde::Serialize;

use super::contestants::contestants;
use super::layer::{Layer, REMEDY, layers};
use super::message::{Message, trouble};
use super::witness::{Messages, Task, WITNESS};
use crate::adapters::Facts;
use crate::program::{Marking, place};

/// A race shows in a few workgroups, and a shader that is watched takes its time.
const MOST_TERMS: u64 = 1 << 13;

/// How long a witness may take for all kernels.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the validation layer saw.
#[derive(Debug, Default, Serialize)]
pub(super) struct Witness {
    /// The layer's file; `None` where there is none.
    pub(super) layer: Option<String>,
    /// Which kernels it watched to their end.
    pub(super) watched: Vec<String>,
    /// The lines that it names.
    pub(super) lines: Vec<Line>,
    /// Why it says nothing, or not all, where that is known.
    pub(super) trouble: Option<String>,
}

/// A line with a race.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    pub(super) shader: String,
    pub(super) file: String,
    pub(super) line: usize,
    /// What stands there.
    pub(super) text: String,
    pub(super) variable: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: a data race on `{}`", self.file, self.line, self.variable)
    }
}

impl Witness {
    /// Lets the layer watch each kernel on this device: by this program once more, with the layer switched on. Of
    /// several layers that of the first that names a line counts.
    pub(super) fn ask(device: &Facts, terms: u64, cancellation: &Cancellation) -> Self {
        if device.interface != "vulkan" {
            let trouble = Some(format!(
                "it watches Vulkan, and this device is asked by {}",
                device.interface
            ));
            return Witness { trouble, ..Witness::default() };
        }
        let mut last = Witness { trouble: Some(REMEDY.to_owned()), ..Witness::default() };
        for layer in layers() {
            last = asked(&layer, device, terms.min(MOST_TERMS), cancellation);
            if !last.lines.is_empty() || cancellation.is_cancelled() {
                break;
            }
        }
        last
    }
}

fn asked(layer: &Layer, device: &Facts, terms: u64, cancellation: &Cancellation) -> Witness {
    let mut witness =
        Witness { layer: Some(layer.file.display().to_string()), ..Witness::default() };
    let folder = TemporaryFolder::create();
    let heard = folder.map_err(|error| error.to_string()).and_then(|folder| {
        let all = heard(layer, device, terms, &folder, cancellation);
        folder.remove();
        all
    });
    let (all, ended) = heard.unwrap_or_else(|refused| (Vec::new(), Err(refused)));
    let messages: Vec<String> = all.iter().flat_map(|heard| heard.messages.clone()).collect();
    for contestant in contestants() {
        for message in messages.iter().filter_map(|text| Message::of(text, contestant.shader.name))
        {
            let found = place(&contestant.shader, Integers::NAME, Marking::Off, message.line);
            let Some((file, line, text)) = found else { continue };
            let line = Line {
                shader: contestant.name(),
                file,
                line,
                text: text.trim().to_owned(),
                variable: message.variable,
            };
            if !witness.lines.contains(&line) {
                witness.lines.push(line);
            }
        }
    }
    witness.watched = all.into_iter().map(|heard| heard.shader).collect();
    witness.trouble = trouble(&messages).map(str::to_owned).or(ended.err());
    witness
}

type All = (Vec<Messages>, Result<(), String>);

/// What a witness hears, and how it ended.
fn heard(
    layer: &Layer,
    device: &Facts,
    terms: u64,
    folder: &TemporaryFolder,
    cancellation: &Cancellation,
) -> Result<All, String> {
    let variables = layer.switched_on(folder.path()).map_err(|cause| cause.to_string())?;
    let task = Task { device: device.name.clone(), terms };
    let mut command = children::this_program().map_err(|cause| cause.to_string())?;
    command.arg(WITNESS).arg(serde_json::to_string(&task).expect("plain data")).envs(variables);
    let killer = Killer::of_group();
    let _cancelled = cancellation.on_cancel({
        let (killer, folder) = (killer.clone(), folder.clone());
        move || {
            killer.kill();
            folder.remove();
        }
    });
    let child = Child::spawn(&mut command, &killer, Duration::ZERO);
    let mut child = child.map_err(|error| error.to_string())?;
    child.limit(PATIENCE);
    let mut all = Vec::new();
    loop {
        let mut line = String::new();
        match child.read_line(&mut line) {
            Ok(0) => break,
            // Drivers may print what they like.
            Ok(_) => all.extend(serde_json::from_str::<Messages>(&line)),
            Err(cause) => return Ok((all, Err(child.failure(&cause).to_string()))),
        }
    }
    child.wait(PATIENCE);
    let exit = child.end();
    if exit.is_success() {
        return Ok((all, Ok(())));
    }
    let said = child.errors().last_line().map(|line| format!(" ({line})")).unwrap_or_default();
    Ok((all, Err(format!("the run under it {exit}{said}"))))
}
