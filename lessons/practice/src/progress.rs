use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use judge::{Answer, Verdict};
use measure::Error;
use serde::{Deserialize, Serialize};

use crate::workshop::refused;

/// The format of the file. One of another version is kept beside, and a new one begun.
const VERSION: u32 = 1;

/// The name of the file, among the learner's own.
const FILE: &str = "progress.json";

/// Whoever changes the file holds this one.
const LOCK: &str = ".progress.lock";

/// How far a learner is: one file that a person can read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Progress {
    version: u32,
    exercises: BTreeMap<String, Standing>,
    #[serde(skip)]
    path: PathBuf,
}

/// How far a learner is with one exercise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Standing {
    /// How it was done; `None`: it is not.
    pub(crate) done: Option<Done>,
    /// How often it was checked.
    pub(crate) checks: u32,
    /// How many hints were asked for.
    pub(crate) hints: usize,
    /// Whether the solution was shown before it was done.
    pub(crate) gave_up: bool,
}

/// How an exercise was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Done {
    /// It is right, and no speed is asked for.
    Right,
    /// It is right, and as fast as asked for.
    Fast,
    /// It is right; whether it is fast enough could not be told here.
    SpeedUnknown,
}

impl Done {
    /// What a verdict comes to; `None` where something does not hold.
    pub(crate) fn of(verdict: &Verdict) -> Option<Self> {
        match (&verdict.failure, &verdict.speed) {
            (Some(_), _) => None,
            (None, None) => Some(Done::Right),
            (None, Some(speed)) if speed.answer == Answer::Reached => Some(Done::Fast),
            (None, Some(_)) => Some(Done::SpeedUnknown),
        }
    }

    /// In words, for a list.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Done::Right => "done",
            Done::Fast => "done, fast",
            Done::SpeedUnknown => "done, speed: ?",
        }
    }
}

impl Progress {
    /// What is known in `folder`; and what there is to say where that could not be read.
    ///
    /// # Errors
    ///
    /// Where the file is there and the system refuses it.
    pub(crate) fn read(folder: &Path) -> Result<(Self, Option<String>), Error> {
        let path = folder.join(FILE);
        let new = Progress { version: VERSION, exercises: BTreeMap::new(), path: path.clone() };
        let bytes = match fs::read(&path) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok((new, None)),
            Err(cause) => return Err(refused(&path, &cause)),
            Ok(bytes) => bytes,
        };
        let why = match serde_json::from_slice::<Progress>(&bytes) {
            Ok(read) if read.version == VERSION => return Ok((Progress { path, ..read }, None)),
            Ok(_) => "is of another version".to_owned(),
            Err(error) => match version_of(&bytes) {
                Some(version) if version != VERSION => "is of another version".to_owned(),
                _ => format!("cannot be read ({error})"),
            },
        };
        let beside = kept(&path)?;
        let text = format!(
            "{} {why}: it is kept as {}, and a new one is begun; check --all finds again what is done",
            path.display(),
            beside.display()
        );
        Ok((new, Some(text)))
    }

    /// How far the learner is with `exercise`.
    pub(crate) fn of(&self, exercise: &str) -> Standing {
        self.exercises.get(exercise).cloned().unwrap_or_default()
    }

    /// Changes that, and writes it down. Others who do so at the same time wait, and their changes stay.
    ///
    /// # Errors
    ///
    /// Where the system refuses the file.
    pub(crate) fn change(
        &mut self,
        exercise: &str,
        change: impl FnOnce(&mut Standing),
    ) -> Result<(), Error> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let refused = |cause: io::Error| refused(&self.path, &cause);
        let lock = File::create(folder.join(LOCK)).map_err(refused)?;
        lock.lock().map_err(refused)?;
        if let Ok((now, None)) = Progress::read(folder) {
            self.exercises = now.exercises;
        }
        change(self.exercises.entry(exercise.to_owned()).or_default());
        let text = serde_json::to_string_pretty(self).expect("it has names and numbers only");
        // Whole, or not at all: whoever is interrupted loses nothing.
        let beside = self.path.with_extension("new");
        let written =
            fs::write(&beside, text + "\n").and_then(|()| fs::rename(&beside, &self.path));
        written.map_err(refused)
    }
}

fn version_of(bytes: &[u8]) -> Option<u32> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    value.get("version")?.as_u64()?.try_into().ok()
}

/// Gives a file a name of its own beside its place: `no_tail.kept-1.rs`. Where it is now.
pub(crate) fn kept(path: &Path) -> Result<PathBuf, Error> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
    let name = |number: u32| path.with_file_name(format!("{stem}.kept-{number}{end}"));
    let free = (1..).map(name).find(|path| !path.exists()).expect("there are numbers enough");
    fs::rename(path, &free).map_err(|cause| refused(path, &cause))?;
    Ok(free)
}
