use std::fmt;
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// How many moves each worker makes.
pub const MOVES: u64 = 100;

/// How often the watcher looks, and for how long at most.
const LOOK: Duration = Duration::from_millis(20);
const LIMIT: Duration = Duration::from_secs(10);

/// For how long a worker waits for the other one to come, too.
const PATIENCE: Duration = Duration::from_secs(1);

/// Two totals, with a lock each or with one for both; and a board with a note of each worker.
#[derive(Default)]
pub struct Totals {
    pub each: [Mutex<i64>; 2],
    pub both: Mutex<[i64; 2]>,
    board: Mutex<[Note; 2]>,
    meet: bool,
}

/// The total whose lock a worker holds, the one that it waits for, and how many moves it has made.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Note {
    holds: Option<usize>,
    waits_for: Option<usize>,
    moves: u64,
}

/// How it ended: what the watcher saw.
pub enum End {
    Done,
    Wrong,
    Deadlock { notes: [Note; 2], after: Duration },
    TooSlow,
}

impl Totals {
    /// Two totals of 0. Whether workers are made to meet.
    pub fn new(meet: bool) -> Self {
        Totals { meet, ..Totals::default() }
    }

    /// Takes the lock of a total, and keeps the note of worker `me` up to date.
    pub fn lock(&self, me: usize, total: usize) -> MutexGuard<'_, i64> {
        self.board()[me].waits_for = Some(total);
        let guard = self.each[total].lock().expect("no worker panics");
        let note = &mut self.board()[me];
        (note.holds, note.waits_for) = (note.holds.or(Some(total)), None);
        guard
    }

    /// Worker `me` has made a move and holds nothing any more.
    pub fn moved(&self, me: usize) {
        let note = &mut self.board()[me];
        *note = Note { moves: note.moves + 1, ..Note::default() };
    }

    /// Between two locks: waits until the other worker is at a lock, too, or has made its moves.
    pub fn meet(&self, me: usize) {
        let is_there = |note: Note| note.holds.or(note.waits_for).is_some() || note.moves == MOVES;
        let end = Instant::now() + PATIENCE;
        while self.meet && !is_there(self.board()[1 - me]) && Instant::now() < end {
            thread::yield_now();
        }
    }

    // ANCHOR: watch
    /// Looks at the board until all moves are made, or none ever will be.
    pub fn watch(&self) -> End {
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            thread::sleep(LOOK);
            let notes = *self.board();
            if notes.iter().all(|note| note.moves == MOVES) {
                return if self.is_balanced() { End::Done } else { End::Wrong };
            }
            let waits = |one: Note, other: Note| {
                one.waits_for.is_some_and(|lock| other.holds == Some(lock))
            };
            if waits(notes[0], notes[1]) && waits(notes[1], notes[0]) {
                return End::Deadlock { notes, after: start.elapsed() };
            }
        }
        End::TooSlow
    }
    // ANCHOR_END: watch

    fn is_balanced(&self) -> bool {
        let each = self.each.iter().map(|total| *total.lock().expect("no worker panicked"));
        each.sum::<i64>() == 0 && *self.both.lock().expect("no worker panicked") == [0, 0]
    }

    fn board(&self) -> MutexGuard<'_, [Note; 2]> {
        self.board.lock().expect("no worker panics")
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if let Some(total) = self.holds {
            write!(f, "holds total {total}")?;
        }
        if let Some(total) = self.waits_for {
            write!(f, " and waits for total {total}")?;
        }
        Ok(())
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(match self {
            End::Done => "done",
            End::Wrong => "wrong",
            End::Deadlock { .. } => "deadlock",
            End::TooSlow => "too slow",
        })
    }
}
