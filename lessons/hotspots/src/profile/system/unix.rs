use std::path::Path;

use measure::Error;
use pprof::{Frames, ProfilerGuard, Report, Symbol, flamegraph};

use crate::Part;
use crate::profile::Sampled;

/// How often to look, in a second of processor time. No round number, so that the clock of the profiler
/// does not keep step with what it looks at. Some systems look less often than asked.
const PER_SECOND: i32 = 997;

/// The function whose callees are the parts.
const PROGRAM: &str = "program::run";

/// Does `work` while SIGPROF interrupts it so many times a second, and looks each time where it is. An
/// error in `Ok` says why nobody could look on.
pub(in crate::profile) fn sampled(
    variant: &'static str,
    work: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<Result<Sampled, String>, Error> {
    let guard = ProfilerGuard::new(PER_SECOND);
    work()?;
    let report = guard.and_then(|guard| {
        guard.report().frames_post_processor(move |frames| cut(frames, variant)).build()
    });
    Ok(report.map_err(|cause| format!("the profiler failed: {cause}")).and_then(|report| {
        let samples = |count: isize| u64::try_from(count).unwrap_or(0);
        let sum = |part| {
            let seen = report.data.iter().filter(|(frames, _)| is_in(frames, part));
            samples(seen.map(|(_, count)| *count).sum())
        };
        let all = samples(report.data.values().sum());
        let flamegraph = (all > 0).then(|| picture(&report, variant)).transpose()?;
        Ok(Sampled { samples: all, parts: Part::ALL.map(sum), flamegraph })
    }))
}

/// Leaves of the stack what a reader of the lesson wants to see: the program and what it calls, without
/// the small functions of the standard library that the compiler has put in place of their calls.
fn cut(frames: &mut Frames, variant: &str) {
    for frame in &mut frames.frames {
        // The innermost function comes first; the last is the one that was called.
        let called = frame.pop();
        frame.retain(|symbol| ours(symbol).is_some());
        frame.extend(called);
        for symbol in frame {
            if let Some(name) = ours(symbol) {
                symbol.name = Some(name.into_bytes());
            }
        }
    }
    let program = |frame: &Vec<Symbol>| frame.iter().any(|symbol| symbol.name() == PROGRAM);
    if let Some(place) = frames.frames.iter().position(program) {
        frames.frames.truncate(place + 1);
    }
    frames.thread_name = variant.to_owned();
}

/// The name of a function of this lesson with that of its file: `first::parse`.
fn ours(symbol: &Symbol) -> Option<String> {
    let name = symbol.name();
    let file = symbol.filename.as_ref().filter(|file| file.parent().is_some_and(in_the_lesson));
    match file.and_then(|file| file.file_stem()) {
        // Line tables have the plain name.
        Some(module) if !name.contains("::") => {
            let plain = name.split('<').next().unwrap_or(&name);
            Some(format!("{}::{plain}", module.to_string_lossy()))
        }
        // Tables of symbols have the whole path.
        _ => name.strip_prefix("hotspots::").map(str::to_owned),
    }
    .filter(|name| !name.contains('{')) // A closure belongs to its function.
}

fn in_the_lesson(folder: &Path) -> bool {
    folder.ends_with("hotspots/src")
}

/// Whether a function on the stack is this part, in whichever file: `first::parse`.
fn is_in(frames: &Frames, part: Part) -> bool {
    let called = |symbol: &Symbol| {
        let name = symbol.name();
        name.split_once("::").is_some_and(|(_, function)| function == part.as_str())
    };
    frames.frames.iter().flatten().any(called)
}

/// The flamegraph: a file that a browser opens, and that answers clicks.
fn picture(report: &Report, variant: &str) -> Result<Vec<u8>, String> {
    let mut options = flamegraph::Options::default();
    options.title = format!("hotspots: where {variant} spends its time");
    options.subtitle =
        Some("width: share of the time. Above a function: what it calls. Click to zoom".to_owned());
    options.deterministic = true; // A function has the same colour in every run.
    let mut svg = Vec::new();
    report
        .flamegraph_with_options(&mut svg, &mut options)
        .map_err(|cause| format!("the flamegraph could not be drawn: {cause}"))?;
    Ok(svg)
}
