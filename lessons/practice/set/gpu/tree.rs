//! # A barrier at each level
//!
//! A workgroup adds its numbers in a tree, level by level. What keeps a level from beginning before the last one has
//! ended?
//!
//! The invocations of a workgroup share a small memory, and each puts its number there. Then each invocation of the
//! first half adds a number of the other half to its own, and half as many numbers are left: of 256 there is one after
//! eight such levels, in `part[0]`. But invocations do not all run at the same pace, and a fast one reads what a slow
//! one has not written yet. A barrier is where each waits until all have come, those that have nothing to add at this
//! level among them.
//!
//! What is WGSL on a GPU is Rust here, on a model of one: `at.barrier().await` stands for `workgroupBarrier()`, and an
//! `await` is where one invocation stops and others go on. Who goes first is drawn. The model knows who has touched
//! each number, so it finds a data race even where the sum came out right.
//!
//! Counts: the sum of every workgroup is in `part[0]`, for 1, 2, 4, 8, 64 and 256 invocations; no number is read or
//! written by two of them without a barrier in between, unless both only read it; all come to every barrier; and no
//! invocation reads more than two numbers at each level.
//!
//! Read: [gpu](../../../gpu/README.md), [the barrier of threads](../../../practice/sharing.md)

use judge::device::{Invocation, Memory};

/// The shader, which every invocation runs: at its end `part[0]` is the sum of what all of them have as `own`.
/// Invocation 0 reads it there.
pub async fn tree(at: &Invocation, part: &Memory, own: u32) {
    let lane = at.local_index;
    part.store(lane, own);
    let mut half = at.workgroup_size / 2;
    // HOLE
    while half > 0 {
        // For all: what the level before has written is read at this one.
        at.barrier().await;
        if lane < half {
            part.store(lane, part.load(lane) + part.load(lane + half));
        }
        half /= 2;
    }
    // SKELETON stress: a data race
    //| while half > 0 {
    //|     if lane < half {
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|     }
    //|     half /= 2;
    //| }
    // WRONG stress: with no barrier between them
    //| at.barrier().await;
    //| while half > 0 {
    //|     if lane < half {
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|     }
    //|     half /= 2;
    //| }
    // WRONG stress: with no barrier between them
    //| while half > 0 {
    //|     if lane < half {
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|     }
    //|     at.barrier().await;
    //|     half /= 2;
    //| }
    // WRONG ends: did not reach the barrier
    //| while half > 0 {
    //|     if lane < half {
    //|         at.barrier().await;
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|     }
    //|     half /= 2;
    //| }
    // WRONG ends: did not reach the barrier
    //| while half > 0 {
    //|     at.barrier().await;
    //|     if lane >= half {
    //|         return;
    //|     }
    //|     part.store(lane, part.load(lane) + part.load(lane + half));
    //|     half /= 2;
    //| }
    // WRONG ends: all have to come to the same
    //| at.barrier().await;
    //| while half > 0 {
    //|     if lane < half {
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|         at.barrier().await;
    //|     } else {
    //|         at.barrier().await;
    //|     }
    //|     half /= 2;
    //| }
    // WRONG stress: without .await
    //| while half > 0 {
    //|     at.barrier();
    //|     if lane < half {
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|     }
    //|     half /= 2;
    //| }
    // WRONG right: part has 2 numbers
    //| while half > 0 {
    //|     at.barrier().await;
    //|     if lane <= half {
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|     }
    //|     half /= 2;
    //| }
    // WRONG right: in part[0]
    //| while half > 1 {
    //|     at.barrier().await;
    //|     if lane < half {
    //|         part.store(lane, part.load(lane) + part.load(lane + half));
    //|     }
    //|     half /= 2;
    //| }
    // WRONG how: a tree of 256
    //| at.barrier().await;
    //| if lane == 0 {
    //|     let mut sum = own;
    //|     for other in 1..at.workgroup_size {
    //|         sum += part.load(other);
    //|     }
    //|     part.store(0, sum);
    //| }
    // END
}

// HINT Which number does invocation 0 read at the first level, and who has to have written it by then? The same at the
// second level: who wrote `part[half]`?
// HINT One barrier for each level, and one before the first of them: it is the same line, at the top of the loop.
// HINT Outside the `if`, since all have to come to it; and nobody may return before the loop has ended.
// RULES
/// The smallest workgroups first: a mistake is easiest to see there.
pub fn rules() -> Rules {
    Rules::new()
        .right("workgroups that are small and large", |trial| {
            for size in [1, 2, 4, 8, 64, 256] {
                let (numbers, sums, _) = run(trial, size)?;
                for (workgroup, sum) in sums.into_iter().enumerate() {
                    let own = &numbers[workgroup * size..(workgroup + 1) * size];
                    let right: u32 = own.iter().sum();
                    let of = if size > 8 { String::new() } else { format!(" of {own:?}") };
                    ensure!(
                        sum == right,
                        "{}: workgroup {workgroup} has {sum} in part[0], and the sum{of} is {right}",
                        call(size)
                    );
                }
            }
            Ok(())
        })
        .stress("other orders", |trial| {
            for _ in 0..10 {
                trial.seed = trial.seed.wrapping_add(1);
                run(trial, 16)?;
            }
            Ok(())
        })
        .how("what each invocation reads", |trial| {
            let (size, levels) = (256, 8);
            let (_, _, reads) = run(trial, size)?;
            let most = *reads.iter().max().expect("there are workgroups");
            ensure!(
                most <= 2 * levels + 1,
                "{}: one invocation has read {most} numbers, one after the other, while others \
                 waited; a tree of {size} has {levels} levels, and an invocation reads 2 numbers at \
                 each",
                call(size)
            );
            Ok(())
        })
}

const WORKGROUPS: usize = 3;

fn call(size: usize) -> String {
    let s = if size == 1 { "" } else { "s" };
    format!("tree in {WORKGROUPS} workgroups of {size} invocation{s}")
}

/// All numbers; what each workgroup has in `part[0]`; and how many numbers one of its invocations has read at most.
fn run(trial: &mut Trial, size: usize) -> Result<(Vec<u32>, Vec<u32>, Vec<u32>), String> {
    let mut rng = trial.rng();
    let numbers: Vec<u32> = (0..WORKGROUPS * size).map(|_| 1 + rng.below(99) as u32).collect();
    let most = std::cell::RefCell::new(vec![0; WORKGROUPS]);
    let sums = trial.on_device(&call(size), size, |device| {
        let sums = device.buffer("sums", vec![0; WORKGROUPS]);
        device.pass(WORKGROUPS, async |at, part| {
            let own = numbers[at.workgroup_id * size + at.local_index];
            attempt::tree(at, part, own).await;
            let reads = part.reads_of(at.local_index) as u32;
            let mut most = most.borrow_mut();
            most[at.workgroup_id] = reads.max(most[at.workgroup_id]);
            if at.local_index == 0 {
                sums.store(at.workgroup_id, part.load(0));
            }
        });
        sums.numbers()
    })?;
    Ok((numbers, sums, most.into_inner()))
}
