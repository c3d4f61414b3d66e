//! Strategies that start their workers anew, on cores that are alike.

use super::*;

#[test]
fn equal_ranges_of_even_work_take_half_the_time() {
    // 0: b0 0-1, b1 1-2; 1: b2 0-1, b3 1-2.
    let done = schedule(&Plan::new(Strategy::EqualRanges, 2), &[1.0; 4]);
    assert_eq!(written(&done), ["0: 0 0..1", "0: 1 1..2", "1: 2 0..1", "1: 3 1..2"]);
    assert_eq!((done.makespan, done.idle()), (2.0, 0.0));
}

#[test]
fn equal_ranges_of_uneven_work_wait_for_the_dear_one() {
    // 0: 1 + 1 = 2, and then it waits for 1: 1 + 5 = 6. It is idle for 4 of 12.
    let done = schedule(&Plan::new(Strategy::EqualRanges, 2), &[1.0, 1.0, 1.0, 5.0]);
    assert_eq!((done.makespan, done.busy.clone()), (6.0, vec![2.0, 6.0]));
    assert!((done.idle() - 4.0 / 12.0).abs() < 1e-12);
}

#[test]
fn a_counter_fills_the_gap_when_the_dear_block_comes_first() {
    // 0: b0 0-5; 1: b1 0-1, b2 1-2, b3 2-3. T1/P is 4, the longest block 5.
    let done = schedule(&Plan::new(Strategy::SelfScheduled, 2), &[5.0, 1.0, 1.0, 1.0]);
    assert_eq!((done.makespan, done.blocks.clone()), (5.0, vec![1, 3]));
}

#[test]
fn a_counter_cannot_help_when_the_dear_block_comes_last() {
    // 0: b0 0-1, b2 1-2; 1: b1 0-1, b3 1-6. (Both are free at 1; worker 0 was put down first.)
    let done = schedule(&Plan::new(Strategy::SelfScheduled, 2), &[1.0, 1.0, 1.0, 5.0]);
    assert_eq!(written(&done), ["0: 0 0..1", "0: 2 1..2", "1: 1 0..1", "1: 3 1..6"]);
}

#[test]
fn the_caller_starts_the_others_one_by_one() {
    // It starts 1 until 1 and 2 until 2, and begins at 2. They begin 2 after their start: 3 and 4.
    // Ends: 12, 13, 14. It joins 1 when that has ended: 13 + 1, and then 2: 14 + 1.
    let mut plan = Plan::new(Strategy::EqualRanges, 3);
    plan.costs = Costs { start: 1.0, begin: 2.0, join: 1.0, ..Costs::default() };
    let done = schedule(&plan, &[10.0; 3]);
    assert_eq!(written(&done), ["0: 0 2..12", "1: 1 3..13", "2: 2 4..14"]);
    assert_eq!(done.makespan, 15.0);
}

#[test]
fn many_starts_cost_more_than_the_work() {
    // The caller starts seven others until 7, sums until 8, and waits for the last: started at 7, 8.
    let mut plan = Plan::new(Strategy::EqualRanges, 8);
    plan.costs = Costs { start: 1.0, ..Costs::default() };
    assert_eq!(schedule(&plan, &[1.0; 8]).makespan, 8.0);
}

#[test]
fn workers_wait_in_line_at_the_counter() {
    // b0 and b1 are theirs without asking: 0-2. At 2 both ask; 0 is through at 3, 1 at 4.
    // 0: b2 3-5; 1: b3 4-6.
    let mut plan = Plan::new(Strategy::SelfScheduled, 2);
    plan.costs = Costs { take: 1.0, ..Costs::default() };
    let done = schedule(&plan, &[2.0; 4]);
    assert_eq!(written(&done), ["0: 0 0..2", "0: 2 3..5", "1: 1 0..2", "1: 3 4..6"]);
    assert_eq!(done.makespan, 6.0);
}

#[test]
fn a_channel_is_filled_before_anybody_starts() {
    // Four blocks are sent until 2, worker 1 is started until 3. Both begin at 3: b0 and b1 until 7.
    // At 7 both receive, 0 until 8 and 1 until 9: b2 8-12, b3 9-13.
    let mut plan = Plan::new(Strategy::Channel, 2);
    plan.costs = Costs { send: 0.5, start: 1.0, receive: 1.0, ..Costs::default() };
    let done = schedule(&plan, &[4.0; 4]);
    assert_eq!(written(&done), ["0: 0 3..7", "0: 2 8..12", "1: 1 3..7", "1: 3 9..13"]);
}

#[test]
fn more_workers_than_blocks_leave_some_idle() {
    for strategy in Strategy::ALL {
        let done = schedule(&Plan::new(strategy, 5), &[3.0, 3.0]);
        assert_eq!(done.makespan, 3.0, "{strategy:?}");
        assert_eq!(done.blocks.iter().sum::<u64>(), 2);
    }
}

#[test]
fn nothing_to_sum_takes_no_longer_than_the_starts() {
    for strategy in Strategy::ALL {
        assert_eq!(schedule(&Plan::new(strategy, 3), &[]).makespan, 0.0, "{strategy:?}");
    }
}
