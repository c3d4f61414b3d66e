use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

use course::{Document, doubt};

use super::chapter::chapters;
use super::marks::Declared;
use super::recording::Recording;
use crate::chart::charts;
use crate::gate;
use crate::ladder;
use crate::program::{cargo, program, root};
use crate::results::{Ladder, Results};
use crate::saving;

/// What a run says that explains nothing, whatever its lesson.
const DOUBTS: [&str; 2] = ["was too busy to explain anything", "cannot explain anything"];

/// What a chapter writes for the folder of a run's pictures: `lessons/recorded/runs/NAME`.
const PICTURES: &str = "{pictures}";

/// The name of the bench with its ladder.
pub const BENCH: &str = "bench";

/// Why nothing was recorded: the runs that were refused, each with its reason.
#[derive(Debug, thiserror::Error)]
#[error("nothing was recorded: {0}")]
pub struct Refused(pub String);

/// Runs all that the chapters declare, then the bench and the ladder, and puts them in `lessons/recorded`. With
/// names in `wanted` only those; [`BENCH`] is one of them.
///
/// A run that the gate refuses is repeated, at most `tries` times in all. If one is refused to the end, what was
/// recorded before stays as it is. `tell` hears what is being done.
///
/// # Errors
///
/// [`Refused`], with the reasons; also where a chapter is broken, or a file cannot be written.
pub fn record(wanted: &[String], tries: u32, tell: impl Fn(&str)) -> Result<(), Refused> {
    let declared = declared().map_err(Refused)?;
    let is_known = |name: &&String| *name == BENCH || declared.contains_key(*name);
    if let Some(unknown) = wanted.iter().find(|name| !is_known(name)) {
        return Err(Refused(format!("no chapter declares a run {unknown}")));
    }
    let staged = tempfile::tempdir().map_err(|cause| Refused(cause.to_string()))?;
    let mut refused = Vec::new();
    let asked = |name: &&String| wanted.is_empty() || wanted.contains(name);
    for run in declared.keys().filter(asked).map(|name| &declared[name]) {
        let what = format!("{}: {}", run.name, run.arguments.join(" "));
        if let Err(why) = tried(tries, &what, &tell, || one(run, staged.path())) {
            refused.push(format!("{}: {why}", run.name));
        }
    }
    if !refused.is_empty() {
        return Err(Refused(refused.join("; ")));
    }
    let asked = wanted.is_empty() || wanted.iter().any(|name| name == BENCH);
    let bench = asked.then(|| bench(tries, &tell)).transpose().map_err(Refused)?;
    let kept = keep(staged.path(), bench.as_ref(), wanted.is_empty());
    kept.map_err(|cause| Refused(cause.to_string()))
}

/// Does `what` until it is not refused, at most `tries` times; the last refusal is the error.
fn tried<T>(
    tries: u32,
    what: &str,
    tell: &impl Fn(&str),
    run: impl Fn() -> Result<T, String>,
) -> Result<T, String> {
    tell(what);
    let mut done = run();
    for attempt in 2..=tries {
        let Err(why) = &done else { break };
        tell(&format!("  {why}"));
        tell(&format!("{what} (again: {attempt})"));
        done = run();
    }
    done
}

/// All runs of all chapters, by their names.
fn declared() -> Result<BTreeMap<String, Declared>, String> {
    let mut all = BTreeMap::new();
    for chapter in chapters()? {
        for run in chapter.runs()? {
            if let Some(other) = all.insert(run.name.clone(), run.clone())
                && other != run
            {
                return Err(format!("two chapters declare different runs {}", run.name));
            }
        }
    }
    Ok(all)
}

/// One run: its text, and its document where it has one, in `folder`.
fn one(run: &Declared, folder: &Path) -> Result<(), String> {
    let (lesson, arguments) = run.arguments.split_first().ok_or("it names no lesson")?;
    let document = folder.join(&run.name).with_extension("json");
    let pictures = folder.join(&run.name);
    if arguments.iter().any(|argument| argument.contains(PICTURES)) {
        fs::create_dir_all(&pictures).map_err(|cause| cause.to_string())?;
    }
    let filled = |argument: &String| argument.replace(PICTURES, &pictures.to_string_lossy());
    let mut command = program(lesson);
    command.args(arguments.iter().map(filled));
    if run.has_document {
        command.arg("--save").arg(&document);
    }
    let ended = command.output().map_err(|cause| format!("cargo could not be started: {cause}"))?;
    let text = String::from_utf8_lossy(&ended.stdout).into_owned();
    if !ended.status.success() {
        let errors = String::from_utf8_lossy(&ended.stderr);
        let last = errors.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        return Err(format!("{}: {last}", ended.status));
    }
    if run.has_document {
        let read = fs::read_to_string(&document).map_err(|cause| cause.to_string())?;
        let doubts = doubt(&Document::parse(&read)?);
        doubts.map_or(Ok(()), |doubt| Err(doubt.to_string()))?;
    }
    doubtless(&text)?;
    // A path of this machine tells other readers nothing.
    let text = text.replace(&format!("{}/", folder.display()), "lessons/recorded/runs/");
    let text = text.replace(&format!("{}/", root().display()), "");
    fs::write(folder.join(&run.name).with_extension("txt"), text).map_err(|cause| cause.to_string())
}

/// Refuses a text that says of itself that it explains nothing.
fn doubtless(text: &str) -> Result<(), String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let doubt = DOUBTS.iter().find(|doubt| flat.contains(*doubt));
    doubt.map_or(Ok(()), |doubt| Err(format!("it says: ... {doubt}")))
}

/// The bench, and the ladder.
fn bench(tries: u32, tell: &impl Fn(&str)) -> Result<Results, String> {
    let results = tried(tries, "cargo bench", tell, bench_once);
    let results = results.map_err(|why| format!("bench: {why}"))?;
    tell("the ladder");
    with_ladder(results)
}

fn bench_once() -> Result<Results, String> {
    let mut command = cargo();
    command.args(["bench", "--locked"]).stdin(Stdio::null()).stderr(Stdio::null());
    let ended = command.output().map_err(|cause| format!("cargo could not be started: {cause}"))?;
    let results =
        Results::load(&saving::folder().join(saving::NUMBERS)).map_err(|why| why.to_string())?;
    if !ended.status.success() || !results.complete {
        return Err(format!("{}: it is not complete", ended.status));
    }
    if let Some(doubt) = gate::doubt(&results) {
        return Err(doubt.to_string());
    }
    Ok(results)
}

fn with_ladder(results: Results) -> Result<Results, String> {
    let ladder = Ladder::measured(&ladder::lessons(), |_| ());
    if let Some(missing) = ladder.missing_in_words() {
        return Err(format!("ladder: {missing}"));
    }
    Ok(Results { ladder: Some(ladder), ..results })
}

/// Puts what was staged where the chapters read it.
fn keep(staged: &Path, bench: Option<&Results>, whole: bool) -> io::Result<()> {
    let runs = Recording::folder();
    if whole && runs.exists() {
        fs::remove_dir_all(&runs)?;
    }
    fs::create_dir_all(&runs)?;
    copy_into(staged, &runs)?;
    let Some(results) = bench else { return Ok(()) };
    fs::write(runs.join("machine.txt"), machine(results))?;
    let recorded: PathBuf = root().join("lessons/recorded");
    let saved = saving::save_into(&recorded, results, &charts(results), &[]);
    let saved = saved.map_err(|why| io::Error::other(why.to_string()))?;
    // The page is long, and `draw` makes it again.
    fs::remove_file(saved.report)
}

/// Copies the files of `from`, and those in its folders.
fn copy_into(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let copy = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy_into(&path, &copy)?;
        } else {
            fs::copy(&path, copy)?;
        }
    }
    Ok(())
}

/// Where and when, in words.
fn machine(results: &Results) -> String {
    let machine = &results.machine;
    let mut text = String::new();
    let kind = if machine.virtual_machine == Some(true) { "a virtual machine, " } else { "" };
    let simd = units::instructions(&machine.simd);
    let _ = writeln!(text, "machine    {kind}{}, {simd}", machine.cpu);
    let _ = writeln!(text, "cores      {} usable", machine.usable_cores);
    let _ =
        writeln!(text, "system     {} on {}, rustc {}", machine.os, machine.arch, machine.rustc);
    for (what, program) in [("compiler", "cc"), ("python", "python3")] {
        if let Some(version) = version(program) {
            let _ = writeln!(text, "{what:<11}{version}");
        }
    }
    let _ = writeln!(text, "date       {}", results.began.split('T').next().unwrap_or_default());
    if let Some(commit) = &results.commit {
        let _ = writeln!(text, "commit     {commit}");
    }
    text
}

/// The first line that a program says of its version.
fn version(program: &str) -> Option<String> {
    let ended = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&ended.stdout).into_owned();
    text.lines().next().map(str::to_owned).filter(|_| ended.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_explains_nothing_is_refused() {
        assert!(
            doubtless(
                "What the numbers say\n  This machine was too busy\n  to explain anything: x"
            )
            .is_err()
        );
        assert!(doubtless("3 rounds cannot explain anything: that is too few").is_err());
        assert_eq!(doubtless("2 workers gave 1.9x"), Ok(()));
    }

    #[test]
    fn a_lesson_that_fails_is_refused_with_its_reason() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let run = Declared {
            name: "none".to_owned(),
            arguments: vec!["no-such-lesson".to_owned()],
            has_document: false,
        };
        let why = one(&run, folder.path()).expect_err("there is no such lesson");
        assert!(why.contains("exit status") && why.contains("no-such-lesson"), "{why}");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 0);
    }
}
