use std::fmt;
use std::hint::black_box;
use std::time::{Duration, Instant};

use measure::{Board, Error, Interval, Plan, Results, Rounds, Setup, Summed, Work, time};

use crate::answer::{Asked, one_core};
use crate::{Answer, Row, Speed, Trial};

/// How long a race may take.
pub(crate) const BUDGET: Duration = Duration::from_millis(1500);

/// No single run of it may take longer.
pub(crate) const LONGEST_RUN: Duration = Duration::from_secs(6);

/// No core adds more than so many numbers in a nanosecond: four vectors of eight in each cycle at 6 GHz.
pub(crate) const MOST_ADDITIONS: f64 = 200.0;

/// Work that is timed: it is given the number of the round, from which it takes its data, and gives its answer.
type Runner = Box<dyn Fn(usize) -> u64 + Send>;

/// An attempt beside the exercise's solution and its skeleton, in the same rounds.
///
/// Each is given the number of the round, and is to take other data in each of a few rounds: who keeps an answer for the
/// next round then gives a wrong one.
#[must_use = "a race is a part of rules"]
pub struct Race {
    runners: Vec<(&'static str, Runner)>,
    least: f64,
    beside: &'static str,
    additions: Option<f64>,
    several: bool,
}

/// A runner for a [`Race`] or a strategy's rounds, with a name.
const YOURS: &str = "yours";

impl Race {
    /// These three, of which the attempt has to be at least `least` times as fast as the skeleton.
    pub fn new(
        least: f64,
        attempt: impl Fn(usize) -> u64 + Send + 'static,
        solution: impl Fn(usize) -> u64 + Send + 'static,
        skeleton: impl Fn(usize) -> u64 + Send + 'static,
    ) -> Self {
        let runners: Vec<(&'static str, Runner)> = vec![
            (YOURS, Box::new(attempt)),
            ("solution", Box::new(solution)),
            ("skeleton", Box::new(skeleton)),
        ];
        Race { runners, least, beside: "skeleton", additions: None, several: false }
    }

    /// The same, held against the row of this name: `solution`.
    pub fn beside(self, name: &'static str) -> Self {
        Race { beside: name, ..self }
    }

    /// The same beside one more runner, with a name of its own.
    pub fn with(
        mut self,
        name: &'static str,
        runner: impl Fn(usize) -> u64 + Send + 'static,
    ) -> Self {
        self.runners.push((name, Box::new(runner)));
        self
    }

    /// The same, for work that adds so many numbers: who is faster than any core can be has not added them.
    pub fn additions(self, additions: u64) -> Self {
        Race { additions: Some(additions as f64), ..self }
    }

    /// The same, for work of several threads: one core has nothing to say of it.
    pub fn on_several_cores(self) -> Self {
        Race { several: true, ..self }
    }

    fn asked(&self) -> Asked {
        let text = format!("at least {} times as fast as the {}", self.least, self.beside);
        Asked { text, least: self.least, is_share: false }
    }

    pub(crate) fn run(self, trial: &mut Trial) -> Result<(), String> {
        let asked = self.asked();
        if let Some(why) = one_core().filter(|_| self.several) {
            trial.speed = Some(Speed::unknown(asked, why));
            return Ok(());
        }
        let Race { runners, beside, additions, .. } = self;
        // What each round's answer is, by the solution.
        let right: Vec<u64> = {
            let (_, solution) = &runners[1];
            (0..VARIANTS).map(solution).collect()
        };
        let names: Vec<&'static str> = runners.iter().map(|(name, _)| *name).collect();
        let board = Board::new(LONGEST_RUN);
        let mut rounds = Rounds::new(&board).with_setup(&Setup::default().with_seed(trial.seed));
        for (name, runner) in runners {
            rounds.add_work(name, of_runner(runner, &right));
        }
        rounds.run(Plan { rounds: None, until: Instant::now() + BUDGET }, &|| ());
        drop(rounds);
        let results = board.results();
        nothing_to_complain_of(&results)?;
        let place = |wanted: &str| names.iter().position(|name| *name == wanted);
        let beside_row = &results.rows[place(beside).ok_or("no such row")?];
        let ratios = |row: &measure::Row| -> Vec<f64> {
            beside_row.seconds.iter().zip(&row.seconds).map(|(other, own)| other / own).collect()
        };
        trial.rows = results
            .rows
            .iter()
            .filter_map(|row| {
                Some(Row {
                    name: row.strategy.clone(),
                    seconds: row.time()?.median,
                    speedup: results.interval(&ratios(row)).map(|ratio| ratio.median),
                    share: None,
                })
            })
            .collect();
        trial.against = format!("the {beside}");
        let mine = &results.rows[0];
        if let (Some(additions), Some(time)) = (additions, mine.time())
            && additions / time.median > MOST_ADDITIONS * 1e9
        {
            return Err(folded(additions / time.median * 1e-9));
        }
        let solution = results.interval(&ratios(&results.rows[1]));
        judged(trial, asked, results.interval(&ratios(mine)), solution)
    }
}

/// So many variants of the data are to be had; a round is given one of their numbers.
const VARIANTS: usize = 3;

/// A runner as work that is timed, whose answers are held against the right ones.
fn of_runner(runner: Runner, right: &[u64]) -> Work<'static> {
    let (right, mut round) = (right.to_vec(), 0);
    Box::new(move || {
        round += 1;
        let variant = round % VARIANTS;
        let (answer, took) = time(|| runner(black_box(variant)));
        if answer == right[variant] {
            return Ok(Summed { sum: 0.into(), took: Some(took) });
        }
        Err(Error::Usage(format!(
            "when it was timed, its answer was {answer}, and {} is right: is something kept from the call before?",
            right[variant]
        )))
    })
}

/// Gives up where something speaks against one of the rows, in its words.
pub(crate) fn nothing_to_complain_of(results: &Results) -> Result<(), String> {
    let complaint = results.rows.iter().find_map(|row| row.complaint.as_ref());
    complaint.map_or(Ok(()), |complaint| Err(complaint.text().to_owned()))
}

pub(crate) fn folded(rate: f64) -> String {
    format!("{rate:.0} additions in a nanosecond are more than any core can do: nobody added")
}

/// Notes how fast the attempt is; a failure only where that is surely not enough. It is no fault of the attempt where the
/// exercise's own solution, in the same rounds, does not surely reach it, either.
pub(crate) fn judged(
    trial: &mut Trial,
    asked: Asked,
    measured: Option<Interval>,
    solution: Option<Interval>,
) -> Result<(), String> {
    let can_be_reached = solution.is_some_and(|solution| solution.is_above(asked.least));
    let mut speed = Speed::of(asked, measured);
    if speed.answer == Answer::NotReached && can_be_reached {
        let text = format!("it is {}; asked for: {}", speed.in_words(), speed.asked);
        trial.speed = Some(speed);
        return Err(text);
    }
    if speed.answer == Answer::NotReached {
        speed.answer = Answer::CannotTell(NOBODY.to_owned());
    }
    trial.speed = Some(speed);
    Ok(())
}

/// Why an attempt that is too slow may be fast enough.
const NOBODY: &str =
    "the exercise's own solution does not surely reach it here, either: the machine is busy";

impl fmt::Debug for Race {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.asked().text)
    }
}
