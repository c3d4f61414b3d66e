//! What the model finds, and what it lets pass.

use super::*;

/// The sum of a workgroup by a tree, with a barrier where `barriers` says so.
async fn tree(at: &Invocation, part: &Memory, barriers: impl Fn(usize, usize) -> bool) {
    part.store(at.local_index, 1);
    let mut half = at.workgroup_size / 2;
    while half > 0 {
        if barriers(at.local_index, half) {
            at.barrier().await;
        }
        if at.local_index < half {
            part.store(
                at.local_index,
                part.load(at.local_index) + part.load(at.local_index + half),
            );
        }
        half /= 2;
    }
}

/// What becomes of a tree of 8 invocations with these barriers, and at which stage it fails.
fn summed(seed: u64, barriers: impl Fn(usize, usize) -> bool) -> Result<Vec<u32>, (Stage, String)> {
    let mut trial = Trial::new(seed);
    let done = trial.on_device("tree", 8, |device| {
        let sums = device.buffer("sums", vec![0; 3]);
        device.pass(3, async |at, part| {
            tree(at, part, &barriers).await;
            if at.local_index == 0 {
                sums.store(at.workgroup_id, part.load(0));
            }
        });
        sums.numbers()
    });
    done.map_err(|text| (trial.stage, text))
}

#[test]
fn a_missing_barrier_is_found_whoever_comes_first() {
    for seed in 0..50 {
        assert_eq!(summed(seed, |_, _| true), Ok(vec![8; 3]));
        for (name, barriers) in [
            ("none", (|_, _| false) as fn(usize, usize) -> bool),
            ("only the first", |_, half| half == 4),
            ("all but the last", |_, half| half > 1),
        ] {
            let (stage, text) = summed(seed, barriers).expect_err(name);
            assert_eq!(stage, Stage::Stress, "{name}: {text}");
            assert!(text.contains("a data race"), "{name}: {text}");
            assert!(text.contains("no barrier between"), "{name}: {text}");
        }
    }
}

#[test]
fn a_barrier_that_not_all_reach_ends_the_run() {
    for seed in 0..50 {
        let (stage, text) =
            summed(seed, |local, half| local < half).expect_err("some do not reach it");
        assert_eq!(stage, Stage::Ends, "{text}");
        assert!(text.contains("did not reach the barrier"), "{text}");
    }
    let one = summed(0, |local, _| local != 5).expect_err("one does not reach it");
    assert!(
        one.1.contains("invocation 5 of workgroup") && one.1.contains("7 invocations wait"),
        "{one:?}"
    );
}

#[test]
fn what_another_workgroup_wrote_is_seen_in_the_next_pass_only() {
    let mut trial = Trial::new(7);
    let two = trial.on_device("two passes", 1, |device| {
        let (partials, total) =
            (device.buffer("partials", vec![0; 3]), device.buffer("t", vec![0]));
        device.pass(3, async |at, _| partials.store(at.workgroup_id, 5));
        device.pass(1, async |_, _| total.store(0, (0..3).map(|i| partials.load(i)).sum()));
        (total.load(0), device.passes(), device.read_back())
    });
    assert_eq!(two, Ok((15, 2, 1)));
    let one = trial.on_device("one pass", 1, |device| {
        let partials = device.buffer("partials", vec![0; 3]);
        device.pass(3, async |at, _| {
            partials.store(at.workgroup_id, 5);
            let _ = partials.load(2 - at.workgroup_id);
        });
    });
    let text = one.expect_err("nothing is between the two");
    assert!(text.contains("a data race") && text.contains("in the same pass"), "{text}");
}

#[test]
fn whatever_else_breaks_a_rule_is_named() {
    let mut trial = Trial::new(1);
    let mut fault = |kernel: &dyn Fn(&Invocation, &Memory)| {
        let done = trial.on_device("a kernel", 2, |device| {
            device.pass(1, async |at, part| kernel(at, part));
        });
        (trial.stage, done.expect_err("it breaks a rule"))
    };
    let outside = fault(&|_, part| part.store(0, part.load(2)));
    assert_eq!(outside.0, Stage::Right);
    assert!(outside.1.contains("part[2]") && outside.1.contains("part has 2"), "{outside:?}");
    let circles = fault(&|at, part| while part.load(at.local_index) == 0 {});
    assert_eq!(circles.0, Stage::Ends);
    assert!(circles.1.contains("goes round in circles"), "{circles:?}");
    let nested = fault(&|_, _| Device::new(1, 0).pass(1, async |_, _| ()));
    assert!(nested.1.contains("only the host can"), "{nested:?}");
    let not_awaited = fault(&|at, _| drop(at.barrier()));
    assert!(not_awaited.1.contains("without .await"), "{not_awaited:?}");
}

#[test]
fn a_workgroup_can_be_summed_twice() {
    let sums = Trial::new(3).on_device("two sums", 8, |device| {
        let sums = device.buffer("sums", vec![0; 2]);
        device.pass(1, async |at, part| {
            for number in 0..2 {
                let sum = part.sum(at, at.local_index as u32).await;
                if at.local_index == 0 {
                    sums.store(number, sum);
                }
            }
        });
        sums.numbers()
    });
    assert_eq!(sums, Ok(vec![28, 28]));
}

#[test]
#[should_panic(expected = "of its own")]
fn a_panic_of_the_kernel_is_handed_on() {
    let _ = Trial::new(1).on_device("a kernel", 2, |device| {
        device.pass(1, async |_, _| panic!("of its own"));
    });
}
