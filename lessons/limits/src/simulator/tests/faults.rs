//! A core that vanishes.

use super::*;

fn vanishing(strategy: Strategy, at: f64) -> Plan {
    let mut plan = Plan::new(strategy, 2);
    plan.vanishes = Some((1, at));
    plan
}

#[test]
fn the_block_in_its_hand_is_given_out_again() {
    // 1 loses b1 at 1. 0: b0 0-2, b1 2-4, b2 4-6, b3 6-8.
    let done = schedule(&vanishing(Strategy::SelfScheduled, 1.0), &[2.0; 4]);
    let expected = ["0: 0 0..2", "0: 1 2..4", "0: 2 4..6", "0: 3 6..8", "1: 1 0..1 lost"];
    assert_eq!(written(&done), expected);
    assert_eq!(schedule(&vanishing(Strategy::Channel, 1.0), &[2.0; 4]).makespan, 8.0);
}

#[test]
fn a_range_is_taken_over() {
    // 0: b0 0-2, b1 2-4, and then the range of 1: b2 4-6, b3 6-8.
    let done = schedule(&vanishing(Strategy::EqualRanges, 1.0), &[2.0; 4]);
    assert_eq!((done.makespan, done.blocks), (8.0, vec![4, 0]));
}

#[test]
fn who_has_gone_to_rest_is_woken() {
    // 0 is done at 2. 1: b2 0-4, and it loses b3 at 5. 0 is awake at 6: b3 6-10.
    for strategy in [Strategy::EqualRanges, Strategy::StealingHalf] {
        let mut plan = vanishing(strategy, 5.0);
        plan.costs.wake = if strategy.is_pool() { 0.0 } else { 1.0 };
        let done = schedule(&plan, &[1.0, 1.0, 4.0, 4.0]);
        let end = if strategy.is_pool() { 6.0 } else { 10.0 };
        assert_eq!(done.makespan, end, "{strategy:?}: {:?}", written(&done));
    }
}

#[test]
fn the_store_of_the_lost_is_there_for_thieves() {
    // 1 loses b2 at 1, and b3 is in its store. 0: b0 0-2, b1 2-4; then b2, given back, and b3, stolen.
    let done = schedule(&vanishing(Strategy::StealingHalf, 1.0), &[2.0; 4]);
    assert_eq!(written(&done)[2..4], ["0: 2 4..6", "0: 3 6..8"]);
    assert_eq!((done.makespan, done.steals), (8.0, 2));
}

#[test]
fn the_caller_itself_may_vanish() {
    for strategy in Strategy::ALL {
        let mut plan = Plan::new(strategy, 3);
        plan.vanishes = Some((0, 0.5));
        let done = schedule(&plan, &[1.0; 6]);
        assert_eq!(done.blocks.iter().sum::<u64>(), 6, "{strategy:?}");
        assert_eq!(done.blocks[0], 0, "{strategy:?}");
    }
}

#[test]
fn who_vanishes_after_the_end_is_not_missed() {
    for strategy in Strategy::ALL {
        let (mut late, never) = (Plan::new(strategy, 3), Plan::new(strategy, 3));
        late.vanishes = Some((1, 100.0));
        let blocks = [2.0, 1.0, 4.0, 1.0];
        assert_eq!(schedule(&late, &blocks).makespan, schedule(&never, &blocks).makespan);
    }
}
