//! # A second pass
//!
//! Every workgroup has a partial, and no workgroup can wait for another. Who adds the partials?
//!
//! A barrier is for the invocations of one workgroup. Workgroups run in any order, perhaps one after the other, so
//! whoever waits for another may keep it from ever beginning; and what one writes the others need not see before the
//! pass is over. The end of a pass is the one place where everybody waits for everybody. So a sum without atomics takes
//! two: the first leaves a partial for each workgroup, and a second, of a single workgroup, adds these. Only then does
//! a number go back to the host, and it is a single one, since a copy takes longer than many additions.
//!
//! How many workgroups there are is chosen for the device: it may be more than a workgroup has invocations, and no
//! power of two.
//!
//! Counts: the total is right for any number of numbers and workgroups; there are at most two passes; the host reads
//! one number; and the second pass shares the partials among the invocations of its workgroup.
//!
//! Read: [gpu](../../../gpu/README.md), [joining results](../../../practice/joining.md)

use judge::device::{Buffer, Device, Invocation, Memory};

/// The sum of all numbers, by so many workgroups.
pub fn sum(device: &Device, numbers: &Buffer, workgroups: usize) -> u32 {
    let partials = device.buffer("partials", vec![0; workgroups]);
    let total = device.buffer("total", vec![0]);
    // HOLE
    device.pass(workgroups, async |at, part| {
        let sum = share(at, part, numbers).await;
        if at.local_index == 0 {
            partials.store(at.workgroup_id, sum);
        }
    });
    // One workgroup, which is number 0 of 1: its share is all of them, however many there are.
    device.pass(1, async |at, part| {
        let sum = share(at, part, &partials).await;
        if at.local_index == 0 {
            total.store(0, sum);
        }
    });
    // SKELETON stress: in the same pass
    //| device.pass(workgroups, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     if at.local_index == 0 {
    //|         partials.store(at.workgroup_id, sum);
    //|         // The last one adds them all.
    //|         if at.workgroup_id == at.num_workgroups - 1 {
    //|             total.store(0, (0..partials.len()).map(|number| partials.load(number)).sum());
    //|         }
    //|     }
    //| });
    // WRONG stress: total[0]
    //| device.pass(workgroups, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     if at.local_index == 0 {
    //|         total.store(0, total.load(0) + sum);
    //|     }
    //| });
    // WRONG stress: partials[0]
    //| // Every invocation leaves the partial.
    //| device.pass(workgroups, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     partials.store(at.workgroup_id, sum);
    //| });
    //| device.pass(1, async |at, part| {
    //|     let sum = share(at, part, &partials).await;
    //|     if at.local_index == 0 {
    //|         total.store(0, sum);
    //|     }
    //| });
    // WRONG right: workgroups of 8: the total is
    //| // As many partials as invocations.
    //| device.pass(workgroups, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     if at.local_index == 0 {
    //|         partials.store(at.workgroup_id, sum);
    //|     }
    //| });
    //| device.pass(1, async |at, part| {
    //|     let lane = at.local_index;
    //|     let own = if lane < partials.len() { partials.load(lane) } else { 0 };
    //|     let sum = part.sum(at, own).await;
    //|     if lane == 0 {
    //|         total.store(0, sum);
    //|     }
    //| });
    // WRONG right: workgroups of 8: the total is
    //| // As many workgroups as before, and the first of them has the total.
    //| for (from, to) in [(numbers, &partials), (&partials, &total)] {
    //|     device.pass(workgroups, async |at, part| {
    //|         let sum = share(at, part, from).await;
    //|         if at.local_index == 0 && at.workgroup_id < to.len() {
    //|             to.store(at.workgroup_id, sum);
    //|         }
    //|     });
    //| }
    // WRONG right: and partials has
    //| device.pass(workgroups, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     if at.local_index == 0 {
    //|         partials.store(at.workgroup_id, sum);
    //|     }
    //| });
    //| device.pass(1, async |at, part| {
    //|     let own = partials.load(at.local_index);
    //|     let sum = part.sum(at, own).await;
    //|     if at.local_index == 0 {
    //|         total.store(0, sum);
    //|     }
    //| });
    // WRONG how: the host has read
    //| device.pass(workgroups, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     if at.local_index == 0 {
    //|         partials.store(at.workgroup_id, sum);
    //|     }
    //| });
    //| total.store(0, (0..workgroups).map(|number| partials.load(number)).sum());
    // WRONG how: one after the other
    //| device.pass(workgroups, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     if at.local_index == 0 {
    //|         partials.store(at.workgroup_id, sum);
    //|     }
    //| });
    //| device.pass(1, async |at, _| {
    //|     if at.local_index == 0 {
    //|         total.store(0, (0..partials.len()).map(|number| partials.load(number)).sum());
    //|     }
    //| });
    // WRONG how: only 1 of these workgroups
    //| // A single workgroup needs no second pass.
    //| device.pass(1, async |at, part| {
    //|     let sum = share(at, part, numbers).await;
    //|     if at.local_index == 0 {
    //|         total.store(0, sum);
    //|     }
    //| });
    // END
    total.load(0)
}

/// The sum of the numbers that fall to this workgroup, for its invocation 0.
async fn share(at: &Invocation, part: &Memory, numbers: &Buffer) -> u32 {
    let mut own = 0;
    let mut index = at.workgroup_id * at.workgroup_size + at.local_index;
    while index < numbers.len() {
        own += numbers.load(index);
        index += at.num_workgroups * at.workgroup_size;
    }
    part.sum(at, own).await
}

// HINT Two calls of `device.pass`. What the first has written to `partials` is there for all who read it in the second.
// HINT The second pass has one workgroup: `device.pass(1, ..)`. `share` works for `&partials` as it does for `numbers`,
// and takes them all, for `at.num_workgroups` is 1 there.
// HINT `share` gives the sum to invocation 0 only. So only that one may store it, in both passes.
// RULES
/// Workgroups of 8, so that there are soon more of them than a workgroup has invocations.
pub fn rules() -> Rules {
    Rules::new()
        .right("awkward numbers of numbers and workgroups", |trial| {
            for workgroups in [1, 2, 3, 7, 8, 9, 65, 100] {
                for count in [500, 0, 1, 7, 9] {
                    let done = run(trial, count, workgroups)?;
                    ensure!(
                        done.total == done.right,
                        "{}: the total is {}, and {} is right",
                        call(count, workgroups),
                        done.total,
                        done.right
                    );
                }
            }
            Ok(())
        })
        .how("100 workgroups", |trial| {
            let (count, workgroups) = (5000, 100);
            let (call, done) = (call(count, workgroups), run(trial, count, workgroups)?);
            ensure!(
                done.read_back <= 1,
                "{call}: the host has read {} numbers; asked for: one, the total",
                done.read_back
            );
            ensure!(
                done.busy == workgroups,
                "{call}: only {} of these workgroups has read any of the numbers",
                done.busy
            );
            ensure!(
                done.passes <= 2,
                "{call}: there were {} passes; asked for: at most two",
                done.passes
            );
            let fair = workgroups.div_ceil(SIZE);
            ensure!(
                done.most_reads <= 2 * fair,
                "{call}: one invocation has read {} numbers, one after the other, while others had \
                 none; shared among {SIZE}, the partials are {fair} for each",
                done.most_reads
            );
            Ok(())
        })
}

const SIZE: usize = 8;

/// What became of a sum.
struct Done {
    total: u32,
    right: u32,
    passes: usize,
    read_back: usize,
    most_reads: usize,
    /// How many workgroups have read any of the numbers.
    busy: usize,
}

fn call(count: usize, workgroups: usize) -> String {
    let s = |number| if number == 1 { "" } else { "s" };
    format!("{count} number{} by {workgroups} workgroup{} of {SIZE}", s(count), s(workgroups))
}

fn run(trial: &mut Trial, count: usize, workgroups: usize) -> Result<Done, String> {
    let mut rng = trial.rng();
    let numbers: Vec<u32> = (0..count).map(|_| 1 + rng.below(999) as u32).collect();
    let right = numbers.iter().sum();
    trial.on_device(&call(count, workgroups), SIZE, |device| {
        let numbers = device.buffer("numbers", numbers);
        let total = attempt::sum(device, &numbers, workgroups);
        let mut busy: Vec<usize> = numbers.steps().iter().map(|step| step.workgroup).collect();
        busy.dedup();
        Done {
            total,
            right,
            passes: device.passes(),
            read_back: device.read_back(),
            most_reads: device.most_reads(),
            busy: busy.len(),
        }
    })
}
