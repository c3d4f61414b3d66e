use std::hint::black_box;
use std::sync::atomic::{
    AtomicU32, AtomicU64, Ordering::Acquire, Ordering::Relaxed, Ordering::Release,
};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use rng::Rng;

use super::place::{Place, is_crowd};
use crate::audit::nanoseconds;
use crate::lock::locked;

/// A worker that comes out of the kernel sleeps this long for another to come out, too; each time in vain, half
/// as long from then on. But twice as long where another came too late, and where more threads want to run
/// than there are cores: a new one then gets a core only once others have had their turns.
const FIRST_WAIT: Duration = Duration::from_millis(2);
const SHORTEST_WAIT: Duration = Duration::from_micros(200);
const LONGEST_WAIT: Duration = Duration::from_millis(8);

/// So long, in all, workers sleep in vain between two meetings; then each wait is the shortest.
const IN_VAIN: Duration = Duration::from_millis(16);
const IN_VAIN_IN_A_CROWD: Duration = Duration::from_millis(100);

/// Whoever comes second wakes the first, and stays awake for this long until that one runs: longer if that
/// one was sent to another core, where it may have to wait for its turn.
const WAKING: Duration = Duration::from_micros(300);
const WAKING_ELSEWHERE: Duration = Duration::from_millis(8);

/// Once both run, they go on so many nanoseconds later.
const SOON: u64 = 500;

/// Whoever was to go on then goes on up to so many steps later, of about a cycle each.
const APART: usize = 200;

/// So many meetings in one sum are enough: another sum is another chance.
const MEETINGS_IN_A_SUM: u32 = 2;

/// Where workers wait for each other, to go on at the same moment.
///
/// A lost update needs two workers between the same load and store: a few nanoseconds that they rarely share.
#[derive(Debug)]
pub(super) struct Rendezvous {
    meeting: Mutex<Meeting>,
    arrival: Condvar,
    /// The number of the last meeting of which both were seen to run.
    begun: AtomicU64,
    /// When the two who met last go on, in nanoseconds from `made`.
    start: AtomicU64,
    made: Instant,
    /// How often two came out together.
    met: AtomicU32,
}

#[derive(Debug)]
struct Meeting {
    /// The number of this meeting.
    number: u64,
    /// Who waits for it to begin.
    awaited: Option<Place>,
    /// How often workers may still meet in this sum. None once somebody waited in vain: they come one by one.
    left: u32,
    /// Who waited in vain in this sum.
    gave_up: Option<ThreadId>,
    /// How long the next one waits.
    patience: Duration,
    /// How long those who waited in vain have slept since the last meeting.
    in_vain: Duration,
}

impl Rendezvous {
    pub(super) fn new() -> Self {
        let meeting = Meeting {
            number: 1,
            awaited: None,
            left: 0,
            gave_up: None,
            patience: FIRST_WAIT,
            in_vain: Duration::ZERO,
        };
        Rendezvous {
            meeting: Mutex::new(meeting),
            arrival: Condvar::new(),
            begun: AtomicU64::default(),
            start: AtomicU64::default(),
            made: Instant::now(),
            met: AtomicU32::default(),
        }
    }

    /// To be called before each sum: its workers wait for each other again.
    pub(super) fn open(&self) {
        let mut meeting = locked(&self.meeting);
        (meeting.left, meeting.gave_up) = (MEETINGS_IN_A_SUM, None);
    }

    /// How often two workers met.
    pub(super) fn met(&self) -> u32 {
        self.met.load(Relaxed)
    }

    /// Waits for another worker to come here, too; both go on at about the same moment.
    pub(super) fn meet(&self, rng: &mut Rng) {
        let mut meeting = locked(&self.meeting);
        if meeting.left == 0 {
            meeting.came_too_late();
            return;
        }
        let together = match meeting.awaited.take() {
            Some(first) => self.join(meeting, &first),
            None => self.wait(meeting),
        };
        if together {
            (0..rng.below(APART)).for_each(|step| {
                black_box(step);
            });
        }
    }

    /// The part of whoever comes second: wakes `first`. Whether both go on together.
    fn join(&self, mut meeting: MutexGuard<'_, Meeting>, first: &Place) -> bool {
        let number = meeting.number;
        meeting.number += 1;
        meeting.left -= 1;
        meeting.in_vain = Duration::ZERO;
        let waking = if first.leave_to_the_caller() { WAKING_ELSEWHERE } else { WAKING };
        drop(meeting);
        self.arrival.notify_all();
        let end = Instant::now() + waking;
        while self.begun.load(Acquire) < number {
            if Instant::now() > end {
                // So that the other does not wait for this one, either.
                self.start.store(self.nanoseconds(), Release);
                return false;
            }
        }
        self.met.fetch_add(1, Relaxed);
        let start = self.nanoseconds() + SOON;
        self.start.store(start, Release);
        self.wait_until(start);
        true
    }

    /// The part of whoever comes first. Whether both go on together.
    fn wait(&self, mut meeting: MutexGuard<'_, Meeting>) -> bool {
        let (number, patience) = (meeting.number, meeting.patience);
        let place = Place::of_this_thread();
        meeting.awaited = Some(place.clone());
        let before = self.start.load(Acquire);
        let waited = self.arrival.wait_timeout_while(meeting, patience, |now| now.number == number);
        let (mut meeting, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if meeting.number == number {
            meeting.give_up();
            return false;
        }
        drop(meeting);
        place.come_back();
        self.begun.fetch_max(number, Release);
        let end = Instant::now() + WAKING_ELSEWHERE;
        while self.start.load(Acquire) == before {
            if Instant::now() > end {
                return false;
            }
        }
        self.wait_until(self.start.load(Acquire));
        true
    }

    fn nanoseconds(&self) -> u64 {
        nanoseconds(self.made.elapsed())
    }

    fn wait_until(&self, start: u64) {
        while self.nanoseconds() < start {}
    }
}

impl Meeting {
    /// Nobody came.
    fn give_up(&mut self) {
        (self.awaited, self.left) = (None, 0);
        self.gave_up = Some(thread::current().id());
        self.in_vain += self.patience;
        let crowd = is_crowd();
        let enough = if crowd { IN_VAIN_IN_A_CROWD } else { IN_VAIN };
        self.patience = if self.in_vain > enough {
            SHORTEST_WAIT
        } else if crowd {
            self.longer()
        } else {
            (self.patience / 2).max(SHORTEST_WAIT)
        };
    }

    /// Somebody is here after the last meeting of this sum.
    fn came_too_late(&mut self) {
        let others = self.gave_up.take_if(|who| *who != thread::current().id());
        if others.is_some() && self.in_vain <= IN_VAIN {
            self.patience = self.longer();
        }
    }

    fn longer(&self) -> Duration {
        (self.patience * 4).min(LONGEST_WAIT)
    }
}
