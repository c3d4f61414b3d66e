use std::sync::Arc;
use std::time::Instant;

use kernels::Workers;
use measure::{Board, Plan, Rounds, Setup};

use super::places::Places;
use super::target::Target;
use crate::answer::one_core;
use crate::race::{BUDGET, LONGEST_RUN, judged, nothing_to_complain_of};
use crate::{Row, Speed, Strategy, Trial};

impl Strategy {
    /// The attempt beside the solution, the skeleton, one core and the control.
    pub(super) fn fast(&self, trial: &mut Trial) -> Result<(), String> {
        let target = self.target.expect("it is asked only where there is one");
        let asked = target.asked();
        if let Some(why) = one_core() {
            trial.speed = Some(Speed::unknown(asked, why));
            return Ok(());
        }
        let terms = self.count()?;
        let places = Arc::new(
            Places::new(self.kernel, terms, Workers::usable())
                .map_err(|error| error.to_string())?,
        );
        let workers = Workers::usable();
        let board = Board::new(LONGEST_RUN);
        let setup = Setup::default().with_seed(trial.seed);
        let subject = &places.subject;
        let mut rounds = Rounds::new(&board)
            .with_setup(&setup)
            .with_baseline(
                terms,
                // By it the control learns which terms take longer.
                Box::new(|| Ok(subject.sum().into())),
                Box::new(|_| ()),
            )
            .with_control(&[workers], Box::new(|context, alone| subject.control(context, alone)));
        let runners =
            [("yours", &self.sum), ("solution", &self.solution), ("skeleton", &self.skeleton)];
        for (name, sum) in runners {
            let row = measure::Row::new(name, workers, terms);
            let work = places.work(Arc::clone(sum), workers, trial.seed);
            rounds.add(row, false, setup.context(workers), None, || Ok(work));
        }
        rounds.run(Plan { rounds: None, until: Instant::now() + BUDGET }, &|| ());
        drop(rounds);
        let results = board.results();
        nothing_to_complain_of(&results)?;
        trial.rows = results
            .rows
            .iter()
            .filter_map(|row| {
                Some(Row {
                    name: row.strategy.clone(),
                    seconds: row.time()?.median,
                    speedup: row.interval(&row.speedups).map(|speedup| speedup.median),
                    share: row.interval(&row.shares).map(|share| share.median),
                })
            })
            .collect();
        trial.against = "one core".to_owned();
        let controls = results.controls.get(&workers).map(Vec::as_slice).unwrap_or_default();
        let cores: Vec<f64> = controls.iter().map(measure::Capacity::cores).collect();
        let capacity = results.interval(&cores).map_or(1.0, |cores| cores.median);
        let skeleton = &results.rows[2];
        let of_row = |row: &measure::Row| {
            let samples: Vec<f64> = match target {
                Target::Capacity(_) => row.shares.clone(),
                Target::Even(_) => {
                    let even = controls.iter().map(measure::Capacity::even);
                    row.speedups.iter().zip(even).map(|(speedup, even)| speedup / even).collect()
                }
                Target::Skeleton(_) => {
                    let ratio = skeleton.seconds.iter().zip(&row.seconds);
                    ratio.map(|(skeleton, own)| skeleton / own).collect()
                }
            };
            results.interval(&samples)
        };
        let (interval, solution) = (of_row(&results.rows[0]), of_row(&results.rows[1]));
        drop(results);
        // One core alone would do as well: a share of it says nothing of sharing.
        if asked.is_share && capacity * asked.least < 1.1 {
            let why = format!(
                "the machine is busy: it gave {capacity:.2} cores to {}",
                units::count(workers.get() as u64, "worker")
            );
            trial.speed = Some(Speed { measured: interval, ..Speed::unknown(asked, &why) });
            return Ok(());
        }
        judged(trial, asked, interval, solution)
    }
}
