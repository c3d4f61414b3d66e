//! Memory that all cores share, memory that is far, and cores that differ.

use super::*;

fn plan(strategy: Strategy, workers: usize, change: impl Fn(&mut Plan)) -> Plan {
    let mut plan = Plan::new(strategy, workers);
    change(&mut plan);
    plan
}

#[test]
fn memory_for_two_cores_slows_four_down() {
    // Four blocks of 1 side by side, each at half pace: all end at 2. So do 4 and 8 cores alike.
    let four = plan(Strategy::EqualRanges, 4, |plan| plan.ceiling = Some(2.0));
    assert_eq!(schedule(&four, &[1.0; 4]).makespan, 2.0);
    let two = plan(Strategy::EqualRanges, 2, |plan| plan.ceiling = Some(2.0));
    assert_eq!(schedule(&two, &[1.0; 4]).makespan, 2.0);
}

#[test]
fn whoever_is_left_has_the_memory_alone() {
    // Memory for one. Blocks of 1 and 3 side by side at half pace: the first ends at 2, when the other
    // has had 1 of its 3. Then that one goes at full pace: 2 + 2 = 4.
    let plan = plan(Strategy::EqualRanges, 2, |plan| plan.ceiling = Some(1.0));
    assert_eq!(written(&schedule(&plan, &[1.0, 3.0])), ["0: 0 0..2", "1: 1 0..4"]);
}

#[test]
fn whoever_comes_later_shares_from_then_on() {
    // 1 begins at 1, when 0 has had 1 of its 3. From then on both go at half pace: 0 needs 4 more and
    // ends at 5, when 1 has had 2 of 3; that one is alone again and ends at 6.
    let plan = plan(Strategy::EqualRanges, 2, |plan| {
        plan.ceiling = Some(1.0);
        plan.costs.begin = 1.0;
    });
    assert_eq!(written(&schedule(&plan, &[3.0, 3.0])), ["0: 0 0..5", "1: 1 1..6"]);
}

#[test]
fn memory_of_another_node_is_far() {
    // b0 and b1 lie with 0, b2 and b3 with 1; from afar a block takes 2.
    // The counter: 0: b0 0-1; 1: b1 0-2; 0: b2 1-3; 1: b3 2-3. Equal ranges stay at home.
    let far = |plan: &mut Plan| (plan.nodes, plan.distance) = (2, 2.0);
    let done = schedule(&plan(Strategy::SelfScheduled, 2, far), &[1.0; 4]);
    assert_eq!(written(&done), ["0: 0 0..1", "0: 2 1..3", "1: 1 0..2", "1: 3 2..3"]);
    assert_eq!(schedule(&plan(Strategy::EqualRanges, 2, far), &[1.0; 4]).makespan, 2.0);
    // Blocks without numbers are nowhere far.
    let mut nowhere = plan(Strategy::SelfScheduled, 2, far);
    nowhere.reads = false;
    assert_eq!(schedule(&nowhere, &[1.0; 4]).makespan, 2.0);
}

#[test]
fn equal_ranges_wait_for_a_slow_core_and_a_counter_does_not() {
    // 1 takes three times as long. Equal: 0 is done at 2, 1 at 6.
    // The counter: 1 has b1 until 3; 0 sums b0, b2 and b3 until then.
    let slow = |plan: &mut Plan| plan.slow = vec![(1, 3.0)];
    assert_eq!(schedule(&plan(Strategy::EqualRanges, 2, slow), &[1.0; 4]).makespan, 6.0);
    let done = schedule(&plan(Strategy::SelfScheduled, 2, slow), &[1.0; 4]);
    assert_eq!((done.makespan, done.blocks), (3.0, vec![3, 1]));
}

#[test]
fn a_slow_core_asks_for_less_memory() {
    // Memory for one core and a half: a core at full speed and one at half speed get what they want.
    let plan = plan(Strategy::EqualRanges, 2, |plan| {
        (plan.ceiling, plan.slow) = (Some(1.5), vec![(1, 2.0)]);
    });
    assert_eq!(written(&schedule(&plan, &[2.0, 1.0])), ["0: 0 0..2", "1: 1 0..2"]);
}
