//! Ranks on paper: they share no memory, and send each other messages.
//!
//! Each rank follows a [`RankProgram`]. It works, sends and receives, one step after the other, as a real
//! rank runs its function. A message costs what [`Link`] says, the same between any two ranks. The same
//! programs give the same end, always.
//!
//! What it leaves out: ranks that are near and far, messages that get in each other's way between two
//! ranks, and ranks that share a core.

use std::collections::VecDeque;

use super::queue::Queue;

/// What a message costs, in seconds: LogGP (Alexandrov and others, 1995), with the processor's part of a
/// message counted to its latency.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Link {
    /// A small message, from the call that sends it until it has been received.
    pub latency: f64,
    /// A rank sends or takes in one message in so much time, and not more.
    pub gap: f64,
    /// Each byte.
    pub per_byte: f64,
}

/// What a rank does next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Works for so many seconds.
    Work(f64),
    /// Sends a message, and goes on as soon as it is on its way.
    Send {
        /// To which rank.
        to: usize,
        /// How long the message is. A number or two are nothing: that is what the latency is of.
        bytes: u64,
        /// Its content.
        value: u64,
    },
    /// Waits for a message: of this rank, or of any.
    Receive(Option<usize>),
    End,
}

/// A message that was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Who sent it.
    pub from: usize,
    /// Its content.
    pub value: u64,
}

/// What a rank does, step by step.
pub trait RankProgram {
    /// The next step. After [`Step::Receive`] `message` is the one that was received.
    fn next(&mut self, message: Option<Message>) -> Step;
}

/// Runs the programs, one a rank; gives the seconds until rank 0 ends.
///
/// ```
/// use limits::simulator::ranks::{Link, Message, RankProgram, Step, simulate};
/// /// Rank 1 works and sends; rank 0 waits for it.
/// struct Steps(std::vec::IntoIter<Step>);
/// impl RankProgram for Steps {
///     fn next(&mut self, _: Option<Message>) -> Step {
///         self.0.next().unwrap_or(Step::End)
///     }
/// }
/// let zero = vec![Step::Work(1.0), Step::Receive(Some(1))];
/// let one = vec![Step::Work(2.0), Step::Send { to: 0, bytes: 0, value: 7 }];
/// let link = Link { latency: 0.5, gap: 0.1, per_byte: 0.0 };
/// assert_eq!(simulate(link, [zero, one].map(|steps| Steps(steps.into_iter())).into()), 2.5);
/// ```
///
/// # Panics
///
/// Where ranks wait for each other and nobody can go on.
pub fn simulate<P: RankProgram>(link: Link, programs: Vec<P>) -> f64 {
    let ranks = programs.len();
    let mut simulation = Simulation {
        link,
        programs,
        arrivals: Queue::new(),
        mail: vec![VecDeque::new(); ranks],
        waits: vec![None; ranks],
        ends: vec![None; ranks],
    };
    simulation.run();
    let stuck = simulation.ends.iter().position(Option::is_none);
    assert_eq!(stuck, None, "a rank waits for a message that nobody sends");
    simulation.ends.first().copied().flatten().unwrap_or(0.0)
}

struct Simulation<P> {
    link: Link,
    programs: Vec<P>,
    /// The messages that are on their way, and to which rank.
    arrivals: Queue<(usize, Message)>,
    /// What has arrived at a rank and was not yet received, in the order of its arrival.
    mail: Vec<VecDeque<Message>>,
    /// Since when a rank waits, and for whom.
    waits: Vec<Option<(f64, Option<usize>)>>,
    ends: Vec<Option<f64>>,
}

impl<P: RankProgram> Simulation<P> {
    // ANCHOR: run
    /// Ranks meet in messages only. So each goes ahead on its own until it has to wait for one, and what
    /// happens next is always that a message arrives.
    fn run(&mut self) {
        (0..self.programs.len()).for_each(|rank| self.go(0.0, rank, None));
        while let Some((now, (rank, message))) = self.arrivals.pop() {
            self.mail[rank].push_back(message);
            if let Some((since, from)) = self.waits[rank].take()
                && let Some((taken, message)) = self.received(since.max(now), since, rank, from)
            {
                self.go(taken, rank, Some(message));
            }
        }
    }

    /// A rank goes on until it ends, or waits for a message that is not there.
    fn go(&mut self, mut now: f64, rank: usize, mut received: Option<Message>) {
        loop {
            match self.programs[rank].next(received.take()) {
                Step::Work(seconds) => now += seconds,
                Step::Send { to, bytes, value } => {
                    let long = bytes as f64 * self.link.per_byte;
                    let message = Message { from: rank, value };
                    self.arrivals.push(now + self.link.latency + long, (to, message));
                    now += self.link.gap.max(long);
                }
                Step::Receive(from) => match self.received(now, now, rank, from) {
                    Some((taken, message)) => (now, received) = (taken, Some(message)),
                    None => return,
                },
                Step::End => {
                    self.ends[rank] = Some(now);
                    return;
                }
            }
        }
    }
    // ANCHOR_END: run

    /// A message out of the mail, and when it is taken in; if there is none, the rank waits. To take one in
    /// costs a gap, but a rank that has waited so long has paid it.
    fn received(
        &mut self,
        now: f64,
        since: f64,
        rank: usize,
        from: Option<usize>,
    ) -> Option<(f64, Message)> {
        let mail = &mut self.mail[rank];
        let place = mail.iter().position(|message| from.is_none_or(|from| from == message.from));
        let message = place.and_then(|place| mail.remove(place));
        if message.is_none() {
            self.waits[rank] = Some((since, from));
        }
        message.map(|message| (now.max(since + self.link.gap), message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: Link = Link { latency: 3.0, gap: 1.0, per_byte: 0.5 };

    /// Follows its steps, whatever it hears.
    struct Steps<'s>(std::slice::Iter<'s, Step>);

    impl RankProgram for Steps<'_> {
        fn next(&mut self, _: Option<Message>) -> Step {
            self.0.next().copied().unwrap_or(Step::End)
        }
    }

    fn end(programs: &[&[Step]]) -> f64 {
        let steps = programs.iter().map(|steps| Steps(steps.iter()));
        simulate(LINK, steps.collect())
    }

    const SMALL: Step = Step::Send { to: 0, bytes: 0, value: 0 };
    const ANY: Step = Step::Receive(None);

    #[test]
    fn nobody_and_one_that_does_nothing_end_at_once() {
        assert_eq!((end(&[]), end(&[&[]])), (0.0, 0.0));
    }

    #[test]
    fn messages_that_come_at_once_are_taken_in_one_by_one() {
        // All are there at 3; the first is taken in then, the others one gap later each.
        assert_eq!(end(&[&[ANY, ANY, ANY], &[SMALL], &[SMALL], &[SMALL]]), 5.0);
        // Who was busy when they came pays a gap for the first, too.
        assert_eq!(end(&[&[Step::Work(10.0), ANY, ANY], &[SMALL], &[SMALL]]), 12.0);
    }

    #[test]
    fn a_sender_sends_one_message_a_gap() {
        // The second leaves at 1 and is there at 4.
        assert_eq!(end(&[&[ANY, ANY], &[SMALL, SMALL]]), 4.0);
    }

    #[test]
    fn bytes_take_their_time_and_keep_the_sender() {
        let long = Step::Send { to: 0, bytes: 8, value: 0 };
        // It leaves for 4, so the next one leaves at 4 and is there at 7, with the long one.
        assert_eq!(end(&[&[ANY], &[long]]), 7.0);
        assert_eq!(end(&[&[ANY, ANY], &[long, SMALL]]), 8.0);
    }

    #[test]
    fn a_rank_can_wait_for_one_and_leave_the_other_waiting() {
        let late: &[Step] = &[Step::Work(10.0), SMALL];
        let from = |rank| Step::Receive(Some(rank));
        // Rank 2 is there at 3, but is not wanted before 13.
        assert_eq!(end(&[&[from(1), from(2)], late, &[SMALL]]), 14.0);
        assert_eq!(end(&[&[from(2), from(1)], late, &[SMALL]]), 13.0);
    }

    #[test]
    #[should_panic(expected = "a rank waits for a message that nobody sends")]
    fn a_deadlock_is_a_panic_and_no_time() {
        end(&[&[ANY], &[]]);
    }
}
