use super::in_progress::InProgress;
use super::queue::Queue;
use super::sharing::{self, Next, Sharing};
use super::worker::Worker;
use super::{BlockSpan, Plan, Schedule, Strategy};

/// Simulates `plan` on blocks that cost a core of speed 1 so much each. With `timeline` the schedule holds
/// who summed what, and when.
///
/// ```
/// use limits::simulator::{Plan, Strategy, simulate};
/// // Four blocks, of which the last costs most. Equal ranges give two of them to each worker.
/// let blocks = [1.0, 1.0, 1.0, 5.0];
/// let schedule = simulate(&Plan::new(Strategy::EqualRanges, 2), &blocks, false);
/// assert_eq!((schedule.makespan, schedule.busy), (6.0, vec![2.0, 6.0]));
/// ```
///
/// # Panics
///
/// Where the only worker vanishes, or the plan has no worker.
pub fn simulate(plan: &Plan, costs: &[f64], timeline: bool) -> Schedule {
    assert!(plan.workers > 0, "a plan has a worker");
    let survives = |(worker, _)| worker < plan.workers && plan.workers > 1;
    assert!(plan.vanishes.is_none_or(survives), "somebody is left when a core vanishes");
    let mut simulation = Simulation {
        plan,
        costs,
        sharing: sharing::of(plan, costs.len()),
        events: Queue::new(),
        in_progress: InProgress::new(plan.ceiling.map(|cores| cores * plan.speed)),
        workers: vec![Worker::default(); plan.workers],
        done: 0,
        spans: timeline.then(Vec::new),
    };
    simulation.start();
    simulation.run();
    simulation.schedule()
}

/// What can happen, but for the end of a block, which `InProgress` knows.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// A worker is free.
    Free(usize),
    /// A worker begins the block that it has taken.
    Begin(usize),
    /// The core of a worker vanishes.
    Vanish(usize),
}

struct Simulation<'a> {
    plan: &'a Plan,
    costs: &'a [f64],
    sharing: Box<dyn Sharing>,
    events: Queue<Event>,
    in_progress: InProgress,
    workers: Vec<Worker>,
    /// How many blocks are done.
    done: usize,
    spans: Option<Vec<BlockSpan>>,
}

impl Simulation<'_> {
    /// Schedules when each worker is there. The caller starts the others one by one, and then works itself;
    /// the workers of a pool are only woken.
    fn start(&mut self) {
        let costs = self.plan.costs;
        let is_pool = self.plan.strategy.is_pool();
        let filled = match self.plan.strategy {
            Strategy::Channel => self.costs.len() as f64 * costs.send,
            _ => 0.0,
        };
        let others = (self.plan.workers - 1) as f64;
        let caller = if is_pool { 0.0 } else { filled + others * costs.start };
        self.events.push(caller, Event::Free(0));
        for worker in 1..self.plan.workers {
            let started = filled + worker as f64 * costs.start + costs.begin;
            let there = if is_pool { costs.wake } else { started };
            self.events.push(there, Event::Free(worker));
        }
        if let Some((worker, at)) = self.plan.vanishes {
            self.events.push(at, Event::Vanish(worker));
        }
    }

    // ANCHOR: loop
    /// From event to event, until nothing happens any more.
    fn run(&mut self) {
        loop {
            match (self.events.next_at(), self.in_progress.next_end()) {
                (None, None) => break,
                // A block that ends at the same moment ends first.
                (event, Some(end)) if event.is_none_or(|at| end <= at) => self.end_of_block(end),
                _ => {
                    if let Some((now, event)) = self.events.pop() {
                        self.happens(now, event);
                    }
                }
            }
        }
    }
    // ANCHOR_END: loop

    fn happens(&mut self, now: f64, event: Event) {
        match event {
            Event::Free(worker) if !self.workers[worker].gone => self.ask(worker, now),
            Event::Begin(worker) if !self.workers[worker].gone => self.begin(worker, now),
            Event::Vanish(worker) if self.done < self.costs.len() => self.vanish(worker, now),
            Event::Free(_) | Event::Begin(_) | Event::Vanish(_) => {}
        }
    }

    /// A free worker asks what is next.
    fn ask(&mut self, worker: usize, now: f64) {
        let one = &mut self.workers[worker];
        one.waits = false;
        match self.sharing.next(worker, now) {
            Next::Sum { block, at } => {
                one.block = Some(block);
                if at > now {
                    self.events.push(at, Event::Begin(worker));
                } else {
                    self.begin(worker, now);
                }
            }
            Next::Look { at } => self.events.push(at, Event::Free(worker)),
            Next::Nothing => {
                one.waits = true;
                // A thread ends when there is nothing left; a worker of a pool just waits.
                if !self.plan.strategy.is_pool() {
                    one.end = one.end.max(now);
                }
            }
        }
    }

    fn begin(&mut self, worker: usize, now: f64) {
        let Some(block) = self.workers[worker].block else { return };
        self.workers[worker].since = Some(now);
        let home = self.plan.home_of(block, self.costs.len());
        let far = self.plan.reads && home != self.plan.node_of(worker);
        let cost = self.costs[block] * if far { self.plan.distance } else { 1.0 };
        self.in_progress.begin(now, worker, self.plan.speed_of(worker), cost);
    }

    fn end_of_block(&mut self, now: f64) {
        let Some(worker) = self.in_progress.end(now, |worker| self.plan.speed_of(worker)) else {
            return;
        };
        if let Some((block, start)) = self.workers[worker].finish(now) {
            self.done += 1;
            self.note(BlockSpan { worker, block, start, end: now, lost: false });
        }
        self.ask(worker, now);
    }

    /// Its block is lost, and the workers that wait are woken: there is something to do again.
    fn vanish(&mut self, worker: usize, now: f64) {
        let one = &mut self.workers[worker];
        one.gone = true;
        let block = one.block.take();
        if let Some(start) = one.since.take() {
            one.busy += now - start;
            self.in_progress.drop_of(now, worker, self.plan.speed_of(worker));
            let block = block.expect("what was begun was taken");
            self.note(BlockSpan { worker, block, start, end: now, lost: true });
        }
        self.sharing.vanished(worker, block);
        for (other, waiting) in self.workers.iter_mut().enumerate() {
            if std::mem::take(&mut waiting.waits) {
                self.events.push(now + self.plan.costs.wake, Event::Free(other));
            }
        }
    }

    fn note(&mut self, span: BlockSpan) {
        if let Some(spans) = &mut self.spans {
            spans.push(span);
        }
    }

    fn schedule(self) -> Schedule {
        // The caller takes the results in order; it waits for whoever is not there yet.
        let join = if self.plan.strategy.is_pool() { 0.0 } else { self.plan.costs.join };
        let ends = self.workers.iter().map(|worker| worker.end);
        let makespan = ends.reduce(|now, end| now.max(end) + join).unwrap_or(0.0);
        Schedule {
            makespan,
            busy: self.workers.iter().map(|worker| worker.busy).collect(),
            blocks: self.workers.iter().map(|worker| worker.blocks).collect(),
            steals: self.sharing.steals(),
            misses: self.sharing.misses(),
            spans: self.spans.unwrap_or_default(),
            events: self.events.count() + self.workers.iter().map(|one| one.blocks).sum::<u64>(),
        }
    }
}
