//! What the processors count in rows that were timed and audited before.

use measure::counters::Meters;
use measure::{BoundStrategy, Complaint, Row, Ruling};

use super::schedule::Schedule;

impl Schedule<'_> {
    /// Counts what the processors do in every row that nothing speaks against, in sums that nobody times.
    pub(super) fn count(&self) {
        let rows = self.board.results().rows.len();
        for place in 0..rows {
            let row = self.board.results().rows[place].clone();
            let named = |strategy: &&BoundStrategy| strategy.info.name == row.strategy;
            let strategy = self.prepared.strategies.iter().find(named);
            let Some(strategy) = strategy.filter(|_| row.complaint.is_none()) else { continue };
            let counted = self.counted(row, strategy);
            if self.setup.cancellation().is_cancelled() {
                return;
            }
            self.board.results().rows[place] = counted;
        }
    }

    /// The row with what was counted. Its workers start once more: counters see only those that start after them.
    fn counted(&self, mut row: Row, strategy: &BoundStrategy) -> Row {
        let (context, title) = (self.setup.context(row.workers), row.title());
        let (mut work, mut sum) = (None, None);
        let counted = Meters::open().count(&mut |calls| {
            self.board.limit.run(&title, context.cancellation(), || {
                let work = match &mut work {
                    Some(work) => work,
                    None => work.insert(self.started(strategy, &context)?),
                };
                for _ in 0..calls {
                    sum = Some(work()?.sum);
                }
                Ok(())
            })
        });
        row.retries += context.take_retries();
        match counted {
            Err(error) => row.fail(&error),
            Ok(counted) => row.counters = Some(counted),
        }
        let subject = self.prepared.subject_of(strategy.info.per_term);
        if let Some(Ruling::Wrong(why)) = sum.map(|sum| subject.rule(&sum, strategy.info.floats)) {
            row.complain(Complaint::Wrong(why));
        }
        row
    }
}
