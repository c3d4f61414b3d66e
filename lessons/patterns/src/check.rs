//! Is a row right at all? Asked before it is timed, as in every lesson.

use std::sync::Arc;
use std::time::Duration;

use kernels::Workers;
use measure::check::TERMS;
use measure::{Complaint, Context, Error, Ruling, Setup, TimeLimit};
use units::count;

use crate::subject::Subject;

/// Numbers of workers that divide badly.
const WORKERS: [usize; 5] = [1, 2, 3, 5, 7];

/// So many terms are shared by two or three workers again and again: a race has many chances.
const TERMS_OF_A_RACE: u64 = 1000;
const WORKERS_OF_A_RACE: [usize; 2] = [2, 3];
const RUNS_OF_A_RACE: usize = 20;

/// The same work with numbers of terms that divide badly.
pub(crate) struct Check {
    subjects: Vec<Box<dyn Subject>>,
    seed: u64,
    limit: Duration,
}

impl Check {
    /// The check of the rows of `subject`, of which no row may take longer than `limit`.
    ///
    /// # Errors
    ///
    /// Where there is not so much memory.
    pub(crate) fn of(subject: &dyn Subject, seed: u64, limit: Duration) -> Result<Self, Error> {
        let subjects = TERMS.into_iter().map(|terms| subject.with_terms(terms));
        Ok(Check { subjects: subjects.collect::<Result<_, _>>()?, seed, limit })
    }

    /// What speaks against the row of that name, if anything. It runs on a thread of its own, which is given up
    /// where the row never comes back.
    pub(crate) fn complaint(
        self: &Arc<Self>,
        row: &str,
        several: bool,
        setup: &Setup,
    ) -> Option<Complaint> {
        let limit = Arc::new(TimeLimit::new(self.limit).noticing_deadlocks());
        let theirs = (Arc::clone(self), Arc::clone(&limit), row.to_owned(), setup.clone());
        let checked = limit.watch(move || {
            let (check, limit, row, setup) = theirs;
            let cancellation = setup.cancellation().child();
            let setup = setup.with_cancellation(cancellation.clone());
            let title = format!("the check of {row}");
            limit.run(&title, &cancellation, || check.fault(&row, several, &setup))
        });
        match checked.and_then(|fault| fault) {
            Ok(fault) => fault
                .map(|fault| Complaint::Wrong(format!("{fault}; fix the code of this strategy"))),
            Err(error) => Some(Complaint::of(&error)),
        }
    }

    /// What is wrong, in words, and with what it takes to see it again.
    fn fault(&self, row: &str, several: bool, setup: &Setup) -> Result<Option<String>, Error> {
        let all_workers = if several { &WORKERS[..] } else { &WORKERS[..1] };
        for subject in &self.subjects {
            for &workers in all_workers {
                let context = setup.context(Workers::new(workers).expect("a small number"));
                let is_race =
                    subject.terms() == TERMS_OF_A_RACE && WORKERS_OF_A_RACE.contains(&workers);
                for _ in 0..if is_race { RUNS_OF_A_RACE } else { 1 } {
                    if let Some(fault) = fault_of(&**subject, row, &context)? {
                        let (terms, workers) =
                            (count(subject.terms(), "term"), count(workers as u64, "worker"));
                        let seed = self.seed;
                        return Ok(Some(format!("{fault} ({terms} by {workers}, --seed {seed})")));
                    }
                }
            }
        }
        Ok(None)
    }
}

/// Under audit first, which names what is wrong; and then as it is timed.
fn fault_of(subject: &dyn Subject, row: &str, context: &Context) -> Result<Option<String>, Error> {
    if let Some(fault) = subject.audited(row, context)?.fault {
        return Ok(Some(fault));
    }
    Ok(match subject.rule(subject.timed(row, context)?.sum.number()) {
        Ruling::Right { .. } => None,
        Ruling::Wrong(why) => Some(why),
    })
}
