use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use kernels::Workers;
use measure::machine::Machine;
use measure::{Board, Complaint, Context, Error, Results, Rounds, Row, Setup, TimeLimit, Work};

use crate::check::Check;
use crate::options::Options;
use crate::pattern::Info;
use crate::subject::Subject;
use crate::table_kind::TableKind;

/// The row that is in no table: the sum of all terms, which is the first half of what some rows do.
pub(crate) const SUM_ONLY: &str = "sum-only";

/// So many terms where nothing is timed: a number that divides badly.
const TERMS_OF_A_CHECK: u64 = 100_003;

/// What the measuring needs, and what it has found so far: also readable while a row is stuck.
pub(crate) struct Session {
    options: Options,
    pub(crate) setup: Setup,
    /// Whose time limit all tables share.
    board: Board,
    machine: Mutex<Option<Machine>>,
    tables: Mutex<Vec<Arc<Measured>>>,
}

/// One table: its work, and what is known of its rows.
pub(crate) struct Measured {
    pub(crate) kind: TableKind,
    pub(crate) subject: Arc<dyn Subject>,
    board: Board,
    /// Of the audited runs, by row and workers: how many terms were added up without writing anything.
    summed: Mutex<BTreeMap<(String, usize), u64>>,
}

impl Measured {
    /// How many terms such a row added up without writing anything; `None` without an audit.
    pub(crate) fn summed(&self, row: &str, workers: usize) -> Option<u64> {
        locked(&self.summed).get(&(row.to_owned(), workers)).copied()
    }

    /// What was measured, in reading order.
    pub(crate) fn results(&self) -> Results {
        let mut results = self.board.results().clone();
        let rows = self.subject.rows();
        let place = |row: &Row| rows.iter().position(|info| info.name() == row.strategy);
        results.rows.sort_by_key(|row| (place(row), row.workers));
        results
    }
}

impl Session {
    /// A session that has measured nothing yet.
    pub(crate) fn new(options: Options, setup: Setup) -> Self {
        let limit = TimeLimit::new(options.timing.timeout).noticing_deadlocks();
        let board = Board::under(limit);
        Session { options, setup, board, machine: Mutex::default(), tables: Mutex::default() }
    }

    /// Checks, times and audits everything. Gives the error of a run that is stuck for good.
    ///
    /// # Errors
    ///
    /// Where nothing can be measured.
    pub(crate) fn measure(self: &Arc<Self>) -> Result<Option<Error>, Error> {
        let theirs = Arc::clone(self);
        match self.board.limit.watch(move || theirs.all()) {
            Ok(measured) => measured.map(|()| None),
            Err(late) if late.stuck_run().is_some() => {
                self.tables().iter().for_each(|table| table.board.results().fail_stuck(&late));
                Ok(Some(late))
            }
            Err(error) => Err(error),
        }
    }

    /// The tables, as far as there are any.
    pub(crate) fn tables(&self) -> Vec<Arc<Measured>> {
        locked(&self.tables).clone()
    }

    /// The machine, once it was asked.
    pub(crate) fn machine(&self) -> Option<Machine> {
        locked(&self.machine).clone()
    }

    fn all(&self) -> Result<(), Error> {
        let (begin, options) = (Instant::now(), &self.options);
        for kind in TableKind::wanted(options) {
            let usual = if options.check { TERMS_OF_A_CHECK } else { kind.default_terms() };
            let subject = kind.subject(options.terms.unwrap_or(usual), options.seed)?;
            let board = self.board.beside();
            let table = Measured { kind, subject, board, summed: Mutex::default() };
            locked(&self.tables).push(Arc::new(table));
        }
        *locked(&self.machine) = Some(match options.check {
            true => Machine::asked(),
            false => Machine::measured(&self.setup.context(Workers::usable()), None)?,
        });
        let bar = course::progress_bar(options.timing.budget, options.json);
        let tick = || bar.set_position(begin.elapsed().as_millis() as u64);
        let tables = self.tables();
        for (table, left) in tables.iter().zip((1..=tables.len() as u32).rev()) {
            let rows = self.checked(table)?;
            if options.check {
                self.enlist(table, &rows);
            } else {
                let end = begin + options.timing.budget.mul_f64(0.95);
                let share = end.saturating_duration_since(Instant::now()) / left;
                self.time(table, &rows, Instant::now() + share.mul_f64(0.9), &tick);
            }
            self.audit(table);
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// The rows that are wanted, with what the check has found against them.
    fn checked(&self, table: &Measured) -> Result<Vec<(Info, Option<Complaint>)>, Error> {
        let options = &self.options;
        let check = Check::of(&*table.subject, options.seed, options.timing.timeout)?;
        let check = Arc::new(check);
        let wanted = table.subject.rows().into_iter().filter(|row| options.wants(&row.name()));
        let checked = |row: Info| {
            let is_over = self.setup.cancellation().is_cancelled();
            let found = (!is_over).then(|| check.complaint(&row.name(), !row.alone, &self.setup));
            (row, found.flatten())
        };
        Ok(wanted.map(checked).collect())
    }

    /// The worker counts of a row.
    fn counts(&self, row: &Info) -> Vec<Workers> {
        let list = &self.options.workers;
        match (row.alone, self.options.check) {
            (true, _) => vec![Workers::ONE],
            (false, true) => vec![list.main()],
            (false, false) => list.0.clone(),
        }
    }

    /// Puts the rows on the board, and times none.
    fn enlist(&self, table: &Measured, rows: &[(Info, Option<Complaint>)]) {
        for (info, complaint) in rows {
            for workers in self.counts(info) {
                let mut row = Row::new(&info.name(), workers, table.subject.terms());
                row.complaint.clone_from(complaint);
                table.board.results().rows.push(row);
            }
        }
    }

    /// Times the rows that nothing speaks against, side by side.
    fn time(
        &self,
        table: &Measured,
        rows: &[(Info, Option<Complaint>)],
        until: Instant,
        tick: &dyn Fn(),
    ) {
        let (good, bad): (Vec<_>, Vec<_>) =
            rows.iter().cloned().partition(|(_, complaint)| complaint.is_none());
        self.enlist(table, &bad);
        let (subject, terms) = (&table.subject, table.subject.terms());
        let baseline = subject.rows()[0].name();
        let alone = self.setup.context(Workers::ONE);
        let mut rounds = Rounds::new(&table.board).with_setup(&self.setup).with_baseline(
            terms,
            work(subject, baseline, alone),
            Box::new(|_| ()),
        );
        if terms > 0 {
            let control = Box::new(|context: &_, alone| subject.control(context, alone));
            rounds = rounds.with_control(&[], control);
        }
        for (info, _) in good {
            for workers in self.counts(&info) {
                let row = Row::new(&info.name(), workers, terms);
                let context = self.setup.context(workers);
                let work = work(subject, info.name(), context.clone());
                let referee = Box::new(|number: &kernels::Total| subject.rule(number.number()));
                rounds.add(row, false, context, Some(referee), || Ok(work));
            }
        }
        if subject.sum_only().is_some() {
            rounds.add_work(SUM_ONLY, Box::new(|| Ok(subject.sum_only().unwrap_or(0).into())));
        }
        rounds.run(self.options.timing.plan(until), tick);
    }

    /// Runs every row that nothing speaks against once more under audit, untimed.
    fn audit(&self, table: &Measured) {
        let rows = table.board.results().rows.len();
        for place in 0..rows {
            let mut row = table.board.results().rows[place].clone();
            if row.complaint.is_some() || row.strategy == SUM_ONLY {
                continue;
            }
            let context = self.setup.context(row.workers);
            let run = || table.subject.audited(&row.strategy, &context);
            let seen = self.board.limit.run(&row.title(), context.cancellation(), run);
            if self.setup.cancellation().is_cancelled() {
                return;
            }
            match seen {
                Err(error) => row.fail(&error),
                Ok(seen) => {
                    let wrong = |fault| format!("{fault}; fix the code of this strategy");
                    let wrong = seen.fault.map(|fault| Complaint::Wrong(wrong(fault)));
                    wrong.into_iter().for_each(|complaint| row.complain(complaint));
                    let key = (row.strategy.clone(), row.workers.get());
                    locked(&table.summed).insert(key, seen.summed);
                    row.audit = Some(seen.audit);
                }
            }
            table.board.results().rows[place] = row;
        }
    }
}

/// Runs of one row, for the stopwatch.
fn work<'s>(subject: &'s Arc<dyn Subject>, row: String, context: Context) -> Work<'s> {
    Box::new(move || subject.timed(&row, &context))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
