//! Schedules with steals. With two workers there is only one victim, so the seed does not matter.

use super::super::Begin;
use super::*;

fn two(strategy: Strategy, begin: Begin, costs: Costs) -> Plan {
    let mut plan = Plan::new(strategy, 2);
    (plan.begin, plan.costs) = (begin, costs);
    plan
}

#[test]
fn a_thief_takes_half_of_what_is_left() {
    // 0: its four cheap blocks 0-4. 1: b4 0-3, b5 from 3 on, so b6 and b7 are left at 4.
    // 0 steals one of the two, which takes 1: b7 5-8. 1: b5 3-6, b6 6-9.
    let costs = Costs { steal: 1.0, ..Costs::default() };
    let plan = two(Strategy::StealingHalf, Begin::Dealt, costs);
    let done = schedule(&plan, &[1.0, 1.0, 1.0, 1.0, 3.0, 3.0, 3.0, 3.0]);
    assert_eq!(written(&done)[4..], ["0: 7 5..8", "1: 4 0..3", "1: 5 3..6", "1: 6 6..9"]);
    assert_eq!((done.makespan, done.steals), (9.0, 1));
}

#[test]
fn a_thief_that_takes_one_comes_again() {
    // All lie at 0, which begins with b0 0-2. 1 steals b3 until 1 and sums it 1-3, steals b2 until 4
    // and sums it 4-6. 0: b1 2-4, and then nothing is left.
    let costs = Costs { steal: 1.0, ..Costs::default() };
    let done = schedule(&two(Strategy::StealingOne, Begin::AtOne, costs), &[2.0; 4]);
    assert_eq!(written(&done), ["0: 0 0..2", "0: 1 2..4", "1: 3 1..3", "1: 2 4..6"]);
    assert_eq!((done.makespan, done.steals), (6.0, 2));
}

#[test]
fn half_of_all_in_one_steal() {
    // The same with halves: 1 finds three and takes two, b2 and b3, at 1: b2 1-3, b3 3-5.
    let costs = Costs { steal: 1.0, ..Costs::default() };
    let done = schedule(&two(Strategy::StealingHalf, Begin::AtOne, costs), &[2.0; 4]);
    assert_eq!(written(&done), ["0: 0 0..2", "0: 1 2..4", "1: 2 1..3", "1: 3 3..5"]);
    assert_eq!((done.makespan, done.steals), (5.0, 1));
}

#[test]
fn a_worker_that_sleeps_is_late() {
    // 1 is awake at 3. 0: b0 0-2, b1 2-4. 1 finds two at 3 and takes b3: 3-5; 0: b2 4-6.
    let costs = Costs { wake: 3.0, ..Costs::default() };
    let done = schedule(&two(Strategy::StealingHalf, Begin::AtOne, costs), &[2.0; 4]);
    assert_eq!(written(&done), ["0: 0 0..2", "0: 1 2..4", "0: 2 4..6", "1: 3 3..5"]);
}

#[test]
fn a_split_is_paid_for_each_block_of_ones_own() {
    // One worker pays 1 before each of three blocks of 2: 1-3, 4-6, 7-9.
    let mut plan = Plan::new(Strategy::StealingHalf, 1);
    plan.costs = Costs { split: 1.0, ..Costs::default() };
    let done = schedule(&plan, &[2.0; 3]);
    assert_eq!(written(&done), ["0: 0 1..3", "0: 1 4..6", "0: 2 7..9"]);
}

#[test]
fn thieves_queue_at_the_door_of_one_victim() {
    // 0 has four blocks of 9 and begins b0. 1 finds three and takes b2 and b3 until 1. 2 either asks 0,
    // finds b1, and is through at 2, or asks 1, whose loot is there at 1, and takes b3 then until 2.
    // Either way: four workers' worth of work in two rounds at most, and nobody steals at once.
    let mut plan = Plan::new(Strategy::StealingHalf, 3);
    (plan.begin, plan.costs) = (Begin::AtOne, Costs { steal: 1.0, ..Costs::default() });
    for seed in 0..20 {
        plan.seed = seed;
        let done = schedule(&plan, &[9.0; 4]);
        let starts: Vec<f64> = done.spans.iter().map(|span| span.start).collect();
        assert!(starts.contains(&1.0) && starts.contains(&2.0), "{:?}", written(&done));
        assert_eq!(done.blocks.iter().sum::<u64>(), 4);
    }
}
