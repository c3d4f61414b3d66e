//! # Neighbours read neighbours
//!
//! Invocations that run side by side read at the same time. Which terms does each of them take, so that memory is
//! asked as rarely as possible?
//!
//! A thread on a core does best with a range of its own: it uses up one cache line after the other. On a GPU that is
//! the slow way. There a *subgroup* of invocations, 32 in this model, does each step together, and memory comes in
//! lines as well, here of 32 numbers. If their 32 reads fall into one line, one transaction serves them all: the reads
//! are *coalesced*. If each invocation has a range of its own, one step takes 32 transactions, and of each line one
//! number is used.
//!
//! The judge counts transactions in a model of a device. It has no cache, so a line that is needed at the next step
//! is fetched again.
//!
//! Counts: all invocations together read each term once, and nothing beyond the last one, for any number of terms and
//! workgroups; with 4 workgroups of 64 no invocation reads more than twice its share; and there are at most twice as
//! many transactions as lines.
//!
//! Read: [gpu](../../../gpu/README.md), [cache lines of a core](../../../practice/lines.md)

use judge::device::{Buffer, Invocation};

/// The part of the shader that reads: the sum of the terms that one invocation takes. It is number `at.local_index` of
/// `at.workgroup_size` in its workgroup, which is number `at.workgroup_id` of `at.num_workgroups`.
pub fn sum_of_invocation(at: &Invocation, terms: &Buffer) -> u32 {
    let mut sum = 0;
    // HOLE
    // At each step all invocations together take a row of neighbours.
    let mut index = at.workgroup_id * at.workgroup_size + at.local_index;
    while index < terms.len() {
        sum += terms.load(index);
        index += at.num_workgroups * at.workgroup_size;
    }
    // SKELETON how: the first step of workgroup 0
    //| let invocations = at.num_workgroups * at.workgroup_size;
    //| let number = at.workgroup_id * at.workgroup_size + at.local_index;
    //| let border = |number: usize| terms.len() * number / invocations;
    //| for index in border(number)..border(number + 1) {
    //|     sum += terms.load(index);
    //| }
    // WRONG right: is read 3 times
    //| let mut index = at.local_index;
    //| while index < terms.len() {
    //|     sum += terms.load(index);
    //|     index += at.workgroup_size;
    //| }
    // WRONG right: is read 2 times
    //| let mut index = at.workgroup_id * at.workgroup_size + at.local_index;
    //| while index < terms.len() {
    //|     sum += terms.load(index);
    //|     index += at.workgroup_size;
    //| }
    // WRONG right: is not read
    //| let invocations = at.num_workgroups * at.workgroup_size;
    //| let number = at.workgroup_id * at.workgroup_size + at.local_index;
    //| for step in 0..terms.len() / invocations {
    //|     sum += terms.load(step * invocations + number);
    //| }
    // WRONG right: and terms has
    //| let invocations = at.num_workgroups * at.workgroup_size;
    //| let number = at.workgroup_id * at.workgroup_size + at.local_index;
    //| for step in 0..terms.len().div_ceil(invocations) {
    //|     sum += terms.load(step * invocations + number);
    //| }
    // WRONG how: while others wait
    //| // Workgroup 0 does it all.
    //| if at.workgroup_id == 0 {
    //|     for index in (at.local_index..terms.len()).step_by(at.workgroup_size) {
    //|         sum += terms.load(index);
    //|     }
    //| }
    // WRONG how: in 4 lines
    //| // Numbered the other way round: the next invocation of a subgroup is four terms further on.
    //| let mut index = at.local_index * at.num_workgroups + at.workgroup_id;
    //| while index < terms.len() {
    //|     sum += terms.load(index);
    //|     index += at.num_workgroups * at.workgroup_size;
    //| }
    // WRONG how: transactions
    //| // Four neighbours for each invocation.
    //| let number = at.workgroup_id * at.workgroup_size + at.local_index;
    //| let mut start = 4 * number;
    //| while start < terms.len() {
    //|     for index in start..terms.len().min(start + 4) {
    //|         sum += terms.load(index);
    //|     }
    //|     start += 4 * at.num_workgroups * at.workgroup_size;
    //| }
    // WRONG how: transactions
    //| // A range for each workgroup, but then one for each invocation.
    //| let border = |number: usize| terms.len() * number / at.num_workgroups;
    //| let (start, end) = (border(at.workgroup_id), border(at.workgroup_id + 1));
    //| let each = (end - start).div_ceil(at.workgroup_size);
    //| let first = end.min(start + each * at.local_index);
    //| for index in first..end.min(first + each) {
    //|     sum += terms.load(index);
    //| }
    // END
    sum
}

// HINT Look at one step, not at one invocation: invocation 0 reads term 0. Which term has invocation 1 to read at the
// same time?
// HINT Number all invocations: `at.workgroup_id * at.workgroup_size + at.local_index`. Number i begins with term i.
// HINT How far is it to the next term of the same invocation? Over all that the others have taken: as many as there
// are invocations in all workgroups. And it ends where there is no such term.
// RULES
/// The transactions are those of a model, so that the verdict is the same on every machine.
pub fn rules() -> Rules {
    Rules::new()
        .right("awkward numbers of terms and workgroups", |trial| {
            for size in [64, 32, 1] {
                for workgroups in [3, 1, 2, 7] {
                    for count in [1000, 0, 1, 2, 31, 33, 192, 193] {
                        right(trial, count, workgroups, size)?;
                    }
                }
            }
            Ok(())
        })
        .how("shares and transactions", |trial| {
            let (count, workgroups, size) = (10_000, 4, 64);
            let call = call(count, workgroups, size);
            let (_, most, terms) = run(trial, count, workgroups, size)?;
            let share = count.div_ceil(workgroups * size);
            ensure!(
                most <= 2 * share,
                "{call}: one invocation reads {most} terms while others wait; with equal shares it is \
                 {share}"
            );
            let steps = terms.steps();
            let transactions: usize = steps.iter().map(device::Step::lines).sum();
            let lines = count.div_ceil(device::LINE);
            let first = steps.first().expect("there are terms");
            let reads: Vec<String> =
                first.indexes.iter().take(3).map(usize::to_string).collect();
            ensure!(
                transactions <= 2 * lines,
                "{call}: {transactions} transactions, and the terms lie in {lines} lines; asked for: at most twice \
                 as many. In the first step of workgroup 0 its first {} invocations read terms {} \
                 ..., in {} lines",
                first.indexes.len(),
                reads.join(", "),
                first.lines()
            );
            Ok(())
        })
}

fn call(count: usize, workgroups: usize, size: usize) -> String {
    let s = |number| if number == 1 { "" } else { "s" };
    format!("{count} term{} by {workgroups} workgroup{} of {size}", s(count), s(workgroups))
}

/// Runs it: the sum of what all invocations have; how many terms one of them reads at most; and the buffer, which knows
/// who has read what.
fn run(
    trial: &mut Trial,
    count: usize,
    workgroups: usize,
    size: usize,
) -> Result<(u32, usize, device::Buffer), String> {
    let mut rng = trial.rng();
    let terms: Vec<u32> = (0..count).map(|_| 1 + rng.below(999) as u32).collect();
    trial.on_device(&call(count, workgroups, size), size, |device| {
        let terms = device.buffer("terms", terms);
        let sums = device.buffer("sums", vec![0; workgroups * size]);
        device.pass(workgroups, async |at, _| {
            let sum = attempt::sum_of_invocation(at, &terms);
            sums.store(at.workgroup_id * size + at.local_index, sum);
        });
        (sums.numbers().into_iter().sum(), device.most_reads(), terms)
    })
}

fn right(trial: &mut Trial, count: usize, workgroups: usize, size: usize) -> Result<(), String> {
    let call = call(count, workgroups, size);
    let (sum, _, terms) = run(trial, count, workgroups, size)?;
    for (term, times) in terms.times_read().into_iter().enumerate() {
        ensure!(times > 0, "{call}: term {term} is not read by anybody");
        ensure!(times == 1, "{call}: term {term} is read {times} times, and once is right");
    }
    let right: u32 = terms.numbers().iter().sum();
    ensure!(sum == right, "{call}: the sum is {sum}, and {right} is right");
    Ok(())
}
