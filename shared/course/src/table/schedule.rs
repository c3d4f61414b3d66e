use std::cell::Cell;
use std::time::{Duration, Instant};

use kernels::{Home, KernelName, Workers};
use measure::audit::{audited, second_look};
use measure::{Board, BoundStrategy, Context, Error, Plan, Rounds, Row, Setup, Work};

use super::prepared::Prepared;

/// Rows are measured side by side only while the workers of their pools are no more than this.
const POOLED_AT_ONCE: usize = 256;

/// The measuring of one kernel's rows: which of them stand side by side, and then their audits.
pub(super) struct Schedule<'s> {
    pub(super) prepared: &'s Prepared,
    pub(super) setup: &'s Setup,
    pub(super) board: &'s Board,
    pub(super) with_baseline: bool,
    /// The kernel, where it is not the one that the run is about.
    pub(super) on: Option<KernelName>,
    /// How long all pools took to start: that is no measuring, and may take as long as it does.
    starting: Cell<Duration>,
}

impl<'s> Schedule<'s> {
    pub(super) fn new(
        prepared: &'s Prepared,
        setup: &'s Setup,
        board: &'s Board,
        with_baseline: bool,
    ) -> Self {
        let starting = Cell::default();
        Schedule { prepared, setup, board, with_baseline, on: None, starting }
    }

    pub(super) fn starting(&self) -> Duration {
        self.starting.get()
    }

    /// Measures every strategy at every worker count, and those that have one worker with that one.
    /// `after_round` is called between rounds.
    pub(super) fn measure(
        &self,
        strategies: &[&BoundStrategy],
        counts: &[Workers],
        plan: Plan,
        after_round: &dyn Fn(),
    ) {
        let pools = strategies.iter().filter(|strategy| strategy.info.is_pool).count();
        let alone = strategies.iter().any(|strategy| strategy.info.alone);
        let mut all = counts.to_vec();
        if alone && !all.contains(&Workers::ONE) {
            all.insert(0, Workers::ONE);
        }
        // Those that have one worker are measured with that one, asked for or not.
        let wanted = |strategy: &BoundStrategy, workers: Workers| {
            if strategy.info.alone { workers == Workers::ONE } else { counts.contains(&workers) }
        };
        let groups = groups(&all, pools);
        for (group, left) in groups.iter().zip((1..=groups.len() as u32).rev()) {
            let share = plan.until.saturating_duration_since(Instant::now()) / left;
            let begin = Instant::now();
            let mut rounds = self.rounds(group);
            for workers in group {
                for strategy in strategies.iter().filter(|strategy| wanted(strategy, *workers)) {
                    self.add(&mut rounds, strategy, *workers);
                }
            }
            let started = begin.elapsed();
            self.starting.set(self.starting.get() + started);
            rounds.run(Plan { until: begin + share + started, ..plan }, after_round);
        }
    }

    /// Rounds with baseline and control, without rows.
    fn rounds(&self, counts: &[Workers]) -> Rounds<'s> {
        let subject = &self.prepared.subject;
        let rounds = Rounds::new(self.board).with_setup(self.setup);
        if !self.with_baseline {
            return rounds;
        }
        rounds
            .with_baseline(
                subject.terms(),
                Box::new(|| Ok(subject.sum().into())),
                Box::new(|sum| subject.learn(sum)),
            )
            .with_control(counts, Box::new(|context, alone| subject.control(context, alone)))
    }

    fn add(&self, rounds: &mut Rounds<'s>, strategy: &BoundStrategy, workers: Workers) {
        let (subject, floats) =
            (self.prepared.subject_of(strategy.info.per_term), strategy.info.floats);
        let mut row = Row { on: self.on, ..Row::new(&strategy.info.name, workers, strategy.terms) };
        if let Some(complaint) = self.prepared.complaints.get(&strategy.info.name) {
            row.complain(complaint.clone());
            self.board.results().rows.push(row);
            return;
        }
        let context = self.setup.context(workers);
        let referee = Box::new(move |sum: &_| subject.rule(sum, floats));
        let theirs = context.clone();
        let start = || self.started(strategy, &theirs);
        rounds.add(row, strategy.info.is_pool, context, Some(referee), start);
    }

    /// Starts the workers; where one of their first sums is wrong, the error says what is wrong with it.
    pub(super) fn started(
        &self,
        strategy: &BoundStrategy,
        context: &Context,
    ) -> Result<Work<'s>, Error> {
        strategy.start(context).map_err(|error| {
            let Error::WrongSum { terms, .. } = error else { return error };
            self.fault(&strategy.info.name, terms, context)
                .map_or(error, |fault| Error::WrongSum { terms, fault })
        })
    }

    /// What an audit finds wrong with the sum of so few terms.
    fn fault(&self, name: &str, terms: u64, context: &Context) -> Option<String> {
        let strategy = self.prepared.audited(name)?;
        let subject = self.prepared.with_terms(terms, Home::Shared).ok()?;
        second_look(strategy, subject.kernel().kernel(), &subject, context).ok()?.1
    }

    /// Puts every strategy on the board with the worker count that the table shows, and measures none. Their
    /// workers start, and do their first sums, where these are a part of the check.
    pub(super) fn enlist(&self, strategies: &[&BoundStrategy], main: Workers, starting: bool) {
        for strategy in strategies {
            let info = &strategy.info;
            let workers = if info.alone { Workers::ONE } else { main };
            let mut row = Row::new(&info.name, workers, strategy.terms);
            row.complaint = self.prepared.complaints.get(&info.name).cloned();
            let context = self.setup.context(workers);
            let start = || self.started(strategy, &context).map(drop);
            if starting
                && let Err(error) =
                    self.board.limit.run(&row.title(), context.cancellation(), start)
            {
                row.fail(&error);
            }
            self.board.results().rows.push(row);
        }
    }

    /// Runs every row that nothing speaks against once more under audit, untimed.
    pub(super) fn audit(&self) {
        let rows = self.board.results().rows.len();
        for place in 0..rows {
            let row = self.board.results().rows[place].clone();
            if row.complaint.is_some() || row.audit.is_some() {
                continue;
            }
            let audited = self.audited(&row);
            if self.setup.cancellation().is_cancelled() {
                return;
            }
            self.board.results().rows[place] = audited;
        }
    }

    /// The row with its audit.
    fn audited(&self, row: &Row) -> Row {
        let mut row = row.clone();
        let Some(strategy) = self.prepared.audited(&row.strategy) else { return row };
        let context = self.setup.context(row.workers);
        let title = row.title();
        let run = |subject: &_| audited(strategy, subject, &context, &self.board.limit, &title);
        let mut run_of = run(self.prepared.subject_of(strategy.per_term));
        let (mut note, mut terms) = (None, None);
        if run_of.as_ref().is_ok_and(|run| !run.audit.complete) {
            run_of = self.prepared.fewer_terms().and_then(|fewer| {
                terms = Some(fewer.terms());
                note = Some(format!("audited on {} terms only", units::grouped(fewer.terms())));
                run(&fewer)
            });
        }
        row.retries += context.take_retries();
        match run_of {
            Err(error) => row.fail(&error),
            Ok(run) => {
                run.complaint.into_iter().for_each(|complaint| row.complain(complaint));
                row.audit = Some(run.audit);
                row.audited_terms = terms;
                row.note = row.note.or(note);
            }
        }
        row
    }
}

/// Worker counts that are measured side by side: all of them, while their pools have few workers.
fn groups(counts: &[Workers], pools: usize) -> Vec<Vec<Workers>> {
    let mut groups: Vec<Vec<Workers>> = Vec::new();
    let mut pooled = 0;
    for workers in counts {
        let more = pools * workers.get();
        match groups.last_mut() {
            Some(group) if pooled + more <= POOLED_AT_ONCE => {
                group.push(*workers);
                pooled += more;
            }
            _ => {
                groups.push(vec![*workers]);
                pooled = more;
            }
        }
    }
    groups
}

/// Makes the rows of the table ready, and measures nothing.
pub(super) type Prepare<'p> =
    dyn Fn(KernelName, u64, &dyn Fn(&str) -> bool) -> Result<Prepared, Error> + 'p;
