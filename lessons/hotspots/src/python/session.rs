use std::ffi::OsStr;
use std::path::Path;
use std::time::Instant;

use measure::Error;
use measure::verdict::Verdict;

use super::document::PythonObservations;
use super::interpreter::{Interpreter, Observed};
use super::options::PythonOptions;
use super::rows::TimedRow;
use super::sample::Sample;

/// No more rounds than these, where nobody asked for a number.
const MOST_ROUNDS: usize = 20;

/// Fewer rounds have no interval.
const FEWEST_ROUNDS: usize = 6;

/// A slow machine takes six rounds all the same, if it can do half of them within the budget.
const LEAST_AFFORDABLE: f64 = 3.0;

/// A way to run a program.
struct Way<'w> {
    name: &'static str,
    program: &'w Path,
    traced: bool,
    samples: Vec<f64>,
    verdict: Option<Verdict>,
}

/// Runs the program with cProfile and without, in turn, and the lesson's own one with its hotspot fixed, too.
pub(super) fn measure(
    options: &PythonOptions,
    interpreter: &Interpreter,
    sample: Option<&Sample>,
) -> Result<PythonObservations, Error> {
    let own: Vec<&OsStr> = options.program.iter().map(AsRef::as_ref).collect();
    let (program, words) = match (sample, &own[..]) {
        (Some(sample), _) => {
            (&*sample.first, vec![sample.input.as_os_str(), sample.output.as_os_str()])
        }
        (None, [program, words @ ..]) => (Path::new(program), words.to_vec()),
        (None, []) => unreachable!("without a program there is the lesson's own"),
    };
    readable(program)?;
    let way =
        |name, program, traced| Way { name, program, traced, samples: Vec::new(), verdict: None };
    let mut ways = vec![way("untraced", program, false), way("traced", program, true)];
    ways.extend(sample.map(|sample| way("faster", &sample.faster, false)));
    let bar = course::progress_bar(options.timing.budget, options.json);
    let begin = Instant::now();
    let round = |ways: &mut [Way<'_>], first: usize| -> Result<Option<Observed>, Error> {
        let (count, mut profiled) = (ways.len(), None);
        for place in (first..first + count).map(|place| place % count) {
            let way = &mut ways[place];
            let seen = interpreter.run(way.program, &words, way.traced)?;
            way.samples.push(seen.seconds);
            let verdict = sample.map(Sample::judge);
            way.verdict = way.verdict.filter(|verdict| *verdict == Verdict::Wrong).or(verdict);
            profiled = if way.traced { Some(seen) } else { profiled };
            bar.set_position(begin.elapsed().as_millis() as u64);
        }
        Ok(profiled)
    };
    // The first round fills the caches. It is the only one where six more would exceed the budget by far, and with a
    // program of the reader, which may do more than compute.
    let seen = round(&mut ways, 0)?;
    let affordable = options.timing.budget.as_secs_f64() / begin.elapsed().as_secs_f64();
    let usual = sample.filter(|_| affordable >= LEAST_AFFORDABLE);
    let usual = usual.map(|_| (affordable as usize).clamp(FEWEST_ROUNDS, MOST_ROUNDS));
    let rounds =
        options.timing.rounds.map_or(usual, |rounds| Some(rounds.get()).filter(|more| *more > 1));
    if let Some(rounds) = rounds {
        ways.iter_mut().for_each(|way| way.samples.clear());
        for first in 0..rounds {
            round(&mut ways, first)?;
        }
    }
    bar.finish_and_clear();
    let untraced = ways[0].samples.clone();
    let rows = ways.iter().map(|way| TimedRow::new(way.name, &way.samples, &untraced, way.verdict));
    let (python, profile) = seen.map(|seen| (seen.version, seen.profile)).unzip();
    Ok(PythonObservations {
        python,
        program: Some(program.file_name().unwrap_or_default().to_string_lossy().into_owned()),
        records: sample.map(|sample| sample.known.records),
        profile: profile.flatten(),
        runs: rows.collect(),
        verdict: None,
        note: None,
    })
}

/// Refuses what is no file before Python does, in more words.
fn readable(program: &Path) -> Result<(), Error> {
    let cause = match std::fs::File::open(program).and_then(|file| file.metadata()) {
        Ok(facts) if facts.is_dir() => "it is a folder".to_owned(),
        Ok(_) => return Ok(()),
        Err(cause) => cause.to_string(),
    };
    Err(Error::Input {
        path: program.to_owned(),
        cause,
        remedy: "give the path of a Python program, for example: python program.py",
    })
}
