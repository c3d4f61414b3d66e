//! Where attempts are compiled and run: a folder for each exercise, in that of cargo.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::time::{Duration, SystemTime};

use children::family::parent_of;
use children::{Child, Killer};
use measure::{Cancellation, Error, Registration};

use crate::compiler;
use crate::exercise::Exercise;

/// The compiler takes no longer; a file of an exercise takes it about a second.
const LONGEST_COMPILATION: Duration = Duration::from_secs(20);

/// So much of what the compiler says is kept.
const MOST_LINES: usize = 400;

/// What the compiler says where the crate that is there is not of its own making.
const STALE: [&str; 2] = ["error[E0514]", "can't find crate for `judge`"];

/// So long a compiler that was told to end may take.
const GRACE: Duration = Duration::from_millis(200);

/// The crate that attempts are linked against, as cargo has built it beside this program.
#[derive(Debug)]
pub(crate) struct Workshop {
    /// For what is made here. It is this process's own, since others may be at work beside it, and goes with it. It lies
    /// beside what cargo builds: where temporary files are, programs may not be allowed to run.
    folder: PathBuf,
    _removed: Registration,
    /// The folder with the compiled crates.
    crates: PathBuf,
    judge: PathBuf,
    workspace: PathBuf,
    colour: bool,
    cancellation: Cancellation,
}

/// One of several attempts that are compiled together: its name, and its file.
pub(crate) struct Source<'s> {
    pub(crate) name: &'s str,
    pub(crate) path: PathBuf,
}

/// What the compiler made of attempts.
pub(crate) enum Compiled {
    /// A program that holds them.
    Program(PathBuf),
    /// It does not take them: its message.
    Refused(String),
}

impl Workshop {
    /// The workshop beside this program.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where the crate that attempts are linked against is not there.
    pub(crate) fn open(colour: bool, cancellation: &Cancellation) -> Result<Self, Error> {
        // A watchdog is no child of this program, so it is started before orphans are adopted.
        children::watchdog::start();
        children::orphans::adopt();
        let missing = |why: String| Error::Missing {
            what: "the crate that exercises are linked against".to_owned(),
            why,
            remedy: "run this program by cargo run -p practice",
        };
        let program = env::current_exe().map_err(|cause| missing(cause.to_string()))?;
        // Tests lie in that folder themselves.
        let crates = program
            .ancestors()
            .skip(1)
            .take(2)
            .flat_map(|folder| [folder.join("deps"), folder.to_owned()])
            .find(|folder| newest_judge(folder).is_some());
        let crates =
            crates.ok_or_else(|| missing(format!("no libjudge beside {}", program.display())))?;
        let judge = newest_judge(&crates).ok_or_else(|| missing("it has gone".to_owned()))?;
        let target = course::target().unwrap_or_else(|| crates.clone());
        let all = target.join("sum-of-parts").join("practice");
        remove_old(&all);
        let folder = all.join(process::id().to_string());
        let theirs = folder.clone();
        let removed = cancellation.on_cancel(move || drop(fs::remove_dir_all(&theirs)));
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .unwrap_or(Path::new("."))
            .to_owned();
        Ok(Workshop {
            folder,
            _removed: removed,
            crates,
            judge,
            workspace,
            colour,
            cancellation: cancellation.clone(),
        })
    }

    /// Compiles attempts at `exercise` into one program that judges each of them.
    ///
    /// # Errors
    ///
    /// Where the system refuses the files, or the compiler cannot be run.
    pub(crate) fn compile(
        &self,
        exercise: &Exercise,
        attempts: &[Source<'_>],
    ) -> Result<Compiled, Error> {
        let folder = self.folder_of(exercise)?;
        let write = |name: &str, text: &str| write(&folder.join(name), text);
        write("solution.rs", &exercise.solution_text())?;
        write("skeleton.rs", &exercise.skeleton_text())?;
        write("rules.rs", &exercise.rules)?;
        let main = folder.join("main.rs");
        write("main.rs", &main_text(&folder, attempts))?;
        let program = folder.join(format!("attempt{}", env::consts::EXE_SUFFIX));
        let mut rustc = children::this_program().map_err(|cause| refused(&program, &cause))?;
        rustc.arg(compiler::PART);
        rustc.current_dir(&self.workspace);
        rustc.args(["--edition", "2024", "--crate-name", "attempt", "--crate-type", "bin"]);
        rustc.args([
            "-C",
            "opt-level=3",
            "-C",
            "codegen-units=4",
            "-A",
            "warnings",
            "-F",
            "unsafe_code",
        ]);
        rustc.args(["--color", if self.colour { "always" } else { "never" }]);
        rustc.arg(format!(
            "--remap-path-prefix={}{}=",
            self.workspace.display(),
            std::path::MAIN_SEPARATOR
        ));
        rustc.arg(format!("--extern=judge={}", self.judge.display()));
        rustc.arg("-L").arg(format!("dependency={}", self.crates.display()));
        rustc.arg("-o").arg(&program).arg(&main);
        let (ended, said) = self.run(&mut rustc)?;
        if ended {
            return Ok(Compiled::Program(program));
        }
        Ok(Compiled::Refused(said))
    }

    /// Runs the compiler: whether it is content, and what it said.
    fn run(&self, rustc: &mut Command) -> Result<(bool, String), Error> {
        let failed = |cause: String| Error::Worker {
            worker: "the compiler".to_owned(),
            cause,
            remedy: "rustc has to be on PATH, in the version that built this program",
        };
        let killer = Killer::of_group();
        let theirs = killer.clone();
        let _registered = self.cancellation.on_cancel(move || theirs.kill());
        let mut child =
            Child::spawn(rustc, &killer, GRACE).map_err(|error| failed(error.to_string()))?;
        child.limit(LONGEST_COMPILATION);
        child.close_input();
        let mut said = Vec::new();
        let ended = child.finish(0, |line| {
            if said.len() < MOST_LINES {
                said.push(line.to_owned());
            }
        });
        let (exit, _) = match ended {
            Ok(ended) => ended,
            // A cancelled one has no message, and nobody to read it.
            Err(error) => {
                return Ok((false, format!("the compiler does not get through it: {error}")));
            }
        };
        let text = said.join("\n");
        if STALE.iter().any(|sign| text.contains(sign)) {
            return Err(Error::Missing {
                what: "the crate that exercises are linked against".to_owned(),
                why: "what is there was built by another compiler".to_owned(),
                remedy: "run cargo clean -p judge, and then this program by cargo run -p practice",
            });
        }
        match exit.status() {
            Some(0) => Ok((true, text)),
            Some(1) => Ok((false, text)),
            Some(code) if code == i32::from(compiler::NOT_STARTED) => Err(failed(text)),
            _ => Ok((false, format!("{text}\nthe compiler does not get through it"))),
        }
    }

    /// The folder in which things are made for `exercise`.
    pub(crate) fn folder_of(&self, exercise: &Exercise) -> Result<PathBuf, Error> {
        let folder = self.folder.join(&exercise.name);
        fs::create_dir_all(&folder).map_err(|cause| refused(&folder, &cause))?;
        Ok(folder)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What processes have left that were killed. Where the system does not tell who lives, that waits for a day.
fn remove_old(all: &Path) {
    const DAY: Duration = Duration::from_hours(24);
    let tells = parent_of(process::id()).is_some();
    for entry in fs::read_dir(all).into_iter().flatten().flatten() {
        let number = entry.file_name().to_str().and_then(|name| name.parse().ok());
        let is_dead = tells && number.is_some_and(|process| parent_of(process).is_none());
        let made = entry.metadata().and_then(|folder| folder.modified());
        let is_old = made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age > DAY));
        if is_dead || is_old {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The program around attempts: each with the rules of the exercise. No attempt can reach the solution.
fn main_text(folder: &Path, attempts: &[Source<'_>]) -> String {
    let path = |path: &Path| format!("#[path = {:?}]", path.display().to_string());
    let (mut outside, mut inside, mut variants) = (String::new(), String::new(), String::new());
    for name in ["solution", "skeleton"] {
        inside += &format!("    {}\n    mod {name};\n", path(&folder.join(format!("{name}.rs"))));
    }
    for (number, Source { name, path: file }) in attempts.iter().enumerate() {
        outside += &format!("{}\nmod attempt_{number};\n", path(file));
        inside += &format!(
            "    pub mod rules_{number} {{\n        use super::{{skeleton, solution}};\n        use \
             crate::attempt_{number} as attempt;\n        use judge::*;\n        include!(\"rules.rs\");\n    }}\n"
        );
        variants += &format!("({name:?}, judged::rules_{number}::rules), ");
    }
    format!(
        "{outside}mod judged {{\n{inside}}}\nfn main() -> std::process::ExitCode {{\n    \
         judge::main(&[{variants}])\n}}\n"
    )
}

/// Writes a file, unless it says that already.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|cause| refused(path, &cause))
}

pub(crate) fn refused(path: &Path, cause: &std::io::Error) -> Error {
    Error::Refused {
        what: path.display().to_string(),
        cause: cause.to_string(),
        remedy: "make room there, or see to it that you may write there",
    }
}

/// The crate that was built last, if any: of several, that of the sources as they are.
fn newest_judge(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let built = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let name = path.file_name()?.to_str()?;
        let fits = name.starts_with("libjudge-") && name.ends_with(".rlib");
        let time =
            path.metadata().and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        fits.then_some((time, path))
    });
    built.max().map(|(_, path)| path)
}
