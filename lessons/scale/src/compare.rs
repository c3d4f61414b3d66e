//! `compare`: two programs in turn, and one of them against itself.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use children::{orphans, watchdog};
use course::hand_in::Contents;
use course::{BOLD, Document, Lesson, Program, Saved, plain_table, wrapped};
use measure::machine::Machine;
use measure::{Cancellation, Error, Interval, TimeLimit};
use rng::Rng;
use serde::Serialize;
use units::{count, seconds, three_digits};

use crate::Scale;
use crate::commits;
use crate::difference::{Answer, Difference, Round, difference, turns, typical};
use crate::judge::Judge;
use crate::options::{Commits, CompareOptions};
use crate::report::short;
use crate::subject::{Folders, Subject};

/// The content of the document.
#[derive(Debug, Clone, Serialize)]
struct Comparison {
    seed: u64,
    machine: Machine,
    /// The commands, A and B.
    programs: [String; 2],
    seconds: [Option<Interval>; 2],
    rounds: Vec<Round>,
    difference: Option<Difference>,
    findings: Vec<String>,
}

/// What the measuring needs.
struct Session {
    options: CompareOptions,
    subjects: [Subject; 2],
    judge: Judge,
    limit: Arc<TimeLimit>,
    cancellation: Cancellation,
    rounds: Mutex<Vec<Round>>,
}

const NAMES: [&str; 2] = ["A", "B"];

/// So many rounds make an interval, and more than these add little.
const ROUNDS: (usize, usize) = (7, 200);

/// Compares; gives the exit code.
pub(crate) fn compare(options: &CompareOptions, program: &Program) -> Result<u8, Error> {
    let two = options.two()?;
    program.handle_signals()?;
    let save = options.common.save.as_deref();
    let create = |path: &Path| Saved::create("document", "--save", path, &program.cancellation);
    let save = save.map(create).transpose()?;
    let hand_in = options.common.hand_in.open(Scale::NAME, || Ok(Vec::new()), program)?;
    watchdog::start();
    orphans::adopt();
    // Children are killed before their folders go.
    let runs = program.cancellation.child();
    let folders = Arc::new(Folders::create(&program.cancellation)?);
    let two = match &options.commits {
        None => two,
        Some(Commits(commits)) => {
            commits::built(commits, options.build.as_ref(), &two[0], &folders, &runs)?
        }
    };
    let subjects =
        two.each_ref().map(|words| Subject::new(words, &options.common, Arc::clone(&folders)));
    let session = Arc::new(Session {
        options: options.clone(),
        subjects,
        judge: Judge::new(&options.common),
        limit: Arc::new(TimeLimit::new(options.common.timing.timeout)),
        cancellation: runs,
        rounds: Mutex::default(),
    });
    let theirs = Arc::clone(&session);
    let measured = session.limit.watch(move || theirs.measure());
    program.stand_still_if_interrupted();
    measured??;
    let document = Document::new(Scale::NAME, session.comparison(&options.titles(&two)));
    let saved = save.map_or(Ok(()), |file| {
        file.write(|output| std::io::Write::write_all(output, document.to_json().as_bytes()))
    });
    let handed_in = hand_in.map(|file| file.write(Contents::of(&document))).transpose();
    program.output.result(&if options.common.json {
        document.to_json()
    } else {
        table(&document)
    })?;
    saved?;
    handed_in?.iter().for_each(|note| program.output.complain(note));
    let code =
        document.difference.zip(options.gate).map(|(difference, most)| difference.exit_code(most));
    Ok(code.unwrap_or(0))
}

impl Session {
    fn measure(&self) -> Result<(), Error> {
        let timing = &self.options.common.timing;
        let (begin, budget) = (Instant::now(), timing.budget);
        let bar = course::progress_bar(budget, self.options.common.json);
        let measured = self.look().and_then(|round| {
            // Fixed before the first of them: who stops when it looks good stops by luck.
            let left = (begin + budget).saturating_duration_since(Instant::now());
            let fits = (left.as_secs_f64() / round.as_secs_f64().max(1e-6)) as usize;
            let rounds = timing.rounds.map_or(fits.clamp(ROUNDS.0, ROUNDS.1), Into::into);
            let mut rng = Rng::new(self.options.common.seed);
            for _ in 0..rounds {
                self.round(&mut rng)?;
                bar.set_position(begin.elapsed().as_millis() as u64);
            }
            Ok(())
        });
        bar.finish_and_clear();
        measured
    }

    /// Runs A twice and B twice: both repeat themselves, and have the same answer. Gives how long the second runs took.
    fn look(&self) -> Result<Duration, Error> {
        self.run(0)?;
        let (again, _, second) = (self.run(0)?, self.run(1)?, self.run(1)?);
        Ok(Duration::from_secs_f64(2.0 * (again + second)))
    }

    fn round(&self, rng: &mut Rng) -> Result<(), Error> {
        let mut times = [[0.0; 2]; 2];
        for (program, run) in turns(rng) {
            times[program][run] = self.run(program)?;
        }
        let [a, b] = times;
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner).push(Round { a, b });
        Ok(())
    }

    /// Runs one of the two, judges its answer, and gives its seconds.
    fn run(&self, which: usize) -> Result<f64, Error> {
        let (title, own) = (NAMES[which], self.cancellation.child());
        let run = || self.subjects[which].run(title, (1, None), &own);
        let ended = self.limit.run(title, &own, run)?;
        orphans::end_all();
        let seconds = ended.timed.wall.as_secs_f64();
        match self.judge.fault(ended, (1, None), &own)? {
            None => Ok(seconds),
            Some(cause) => Err(Error::Row { row: title.to_owned(), cause, exit_code: 1 }),
        }
    }

    fn comparison(&self, programs: &[String; 2]) -> Comparison {
        let rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let difference = difference(&rounds, 1);
        Comparison {
            seed: self.options.common.seed,
            machine: Machine::asked(),
            programs: programs.clone(),
            seconds: [typical(&rounds, |round| round.a), typical(&rounds, |round| round.b)],
            findings: difference
                .map_or_else(Vec::new, |difference| sentences(&difference, self.options.gate)),
            difference,
            rounds,
        }
    }
}

fn sentences(difference: &Difference, gate: Option<f64>) -> Vec<String> {
    let percent = |share: f64| format!("{} %", three_digits(share * 100.0));
    let ratio = difference.ratio;
    let range = ratio.low.zip(ratio.high);
    let range =
        range.map(|(low, high)| format!(" ({} to {} of its time)", percent(low), percent(high)));
    let range = range.unwrap_or_default();
    let smallest = difference.smallest.map_or_else(
        || "So few rounds can tell nothing apart: seven are the least.".to_owned(),
        |smallest| {
            format!(
                "On this machine, today, nothing below {} can be told apart; A differs from itself by {}.",
                percent(smallest),
                percent(difference.itself)
            )
        },
    );
    let answer = match difference.answer {
        Answer::Faster => format!(
            "B is faster: it takes {} less time than A{range}.",
            percent(1.0 - ratio.median)
        ),
        Answer::Slower => format!(
            "B is slower: it takes {} more time than A{range}.",
            percent(ratio.median - 1.0)
        ),
        Answer::CannotTell => format!("Whether B is faster or slower cannot be told{range}."),
    };
    // As it was given: without a part of a percent that is none.
    let given = |most: f64| format!("{} %", (most * 1e6).round() / 1e4);
    let gate = gate.map(|most| match difference.exit_code(most) {
        0 => format!(
            "The gate is open: {} more for B was not seen, and would have been.",
            given(most)
        ),
        1 => format!("The gate is shut: that is more than {}.", given(most)),
        _ => format!(
            "The gate cannot see {} here: try a quieter machine, or more time with --budget.",
            given(most)
        ),
    });
    [smallest, answer].into_iter().chain(gate).collect()
}

fn table(document: &Document<Comparison>) -> String {
    let mut text = format!("{BOLD}{}: is the difference real?{BOLD:#}\n\n", document.lesson);
    for (name, command) in NAMES.iter().zip(&document.programs) {
        text += &wrapped(&format!("{name}: {}", short(command)), 0);
    }
    let range = |time: Interval| Some(format!("{} to {}", seconds(time.low?), seconds(time.high?)));
    let row = |(name, time): (&&str, &Option<Interval>)| {
        let time = time.as_ref();
        let median = time.map(|time| seconds(time.median)).unwrap_or_default();
        vec![
            (*name).to_owned(),
            median,
            time.and_then(|time| range(*time)).unwrap_or_default(),
            "right".to_owned(),
        ]
    };
    let columns = ["program", "time", "95 %", "answer"].map(str::to_owned);
    text += &format!(
        "\n{}",
        plain_table(&columns, NAMES.iter().zip(&document.seconds).map(row), columns.len() - 1)
    );
    text += &wrapped(
        &format!(
            "medians of {}, in each of which both ran twice; the faster of both counts",
            count(document.rounds.len() as u64, "round")
        ),
        0,
    );
    text += &format!("\n{BOLD}What the numbers say{BOLD:#}\n");
    text + &document.findings.iter().map(|finding| wrapped(finding, 2)).collect::<String>()
}
