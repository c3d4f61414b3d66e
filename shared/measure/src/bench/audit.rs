//! The audited runs: untimed, one for each row.

use kernels::{Known, Workers};
use units::grouped;

use super::{Bench, TERMS_OF_A_SLOW_ROW};
use crate::audit::{Audit, Audited};
use crate::subject::Subject;
use crate::{Error, Strategy, retry};

impl<K: Known> Bench<'_, K> {
    /// Runs every row that has no verdict yet, and no audit, once more under audit.
    pub fn audit(&self, strategies: &[Strategy<Audited<K>>]) {
        let rows = self.results().rows.len();
        for row in 0..rows {
            let (name, workers, title) = {
                let row = &self.results().rows[row];
                if row.verdict.is_some() || row.audit.is_some() {
                    continue;
                }
                (row.strategy.clone(), row.workers, row.title())
            };
            let Some(strategy) = strategies.iter().find(|strategy| strategy.name == name) else {
                continue;
            };
            let subject = self.subject_of(strategy);
            let mut judged = self.judged_audit(strategy, workers, &title, subject);
            let mut note = None;
            if matches!(&judged, Ok((audit, _)) if !audit.complete) {
                let terms = TERMS_OF_A_SLOW_ROW.min(subject.terms);
                note = Some(format!("audited on {} terms only", grouped(terms)));
                judged = K::new(terms).map_err(Error::from).and_then(|kernel| {
                    let fewer = Subject::new(kernel, terms);
                    fewer.learn(fewer.kernel.sum(0..terms));
                    self.judged_audit(strategy, workers, &title, &fewer)
                });
            }
            if crate::cleanup::interrupted() {
                return;
            }
            let mut results = self.results();
            let row = &mut results.rows[row];
            row.retries += retry::taken();
            match judged {
                Err(error) => row.fail(&error),
                Ok((audit, complaint)) => {
                    complaint.iter().for_each(|complaint| row.wrong(complaint));
                    row.audit = Some(audit);
                    row.note = row.note.take().or(note);
                }
            }
        }
    }

    /// One audited run, and what is wrong with it.
    fn judged_audit(
        &self,
        strategy: &Strategy<Audited<K>>,
        workers: Workers,
        title: &str,
        subject: &Subject<K>,
    ) -> Result<(Audit, Option<&'static str>), Error> {
        let plain = Audited::new(subject.kernel.clone());
        let mut sum = self.watch.run(title, || strategy.start(&plain, workers))?;
        // The book is opened anew once the workers stand, so that times count from the sum's start.
        let kernel = Audited::new(subject.kernel.clone());
        let total = self.watch.run(title, || sum(&kernel, 0..subject.terms))?;
        drop(sum);
        let audit = kernel.finish(workers);
        let complaint = if !subject.answer().accepts(&subject.kernel, total, strategy.floats) {
            Some("the audited sum is not the known answer; fix the code of this strategy")
        } else if audit.complete && !audit.tiles(subject.terms) {
            Some("the workers did not sum every term exactly once; fix this strategy")
        } else {
            None
        };
        Ok((audit, complaint))
    }
}
