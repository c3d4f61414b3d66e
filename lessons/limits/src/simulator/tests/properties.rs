//! What holds for every plan, tried on many.

use proptest::prelude::{
    ProptestConfig, Strategy as Made, any, prop, prop_assert, prop_assert_eq, proptest,
};

use super::super::{Begin, Bounds};
use super::{Costs, Plan, Strategy, schedule};

/// Whole numbers, so that sums are exact.
fn blocks() -> impl Made<Value = Vec<f64>> {
    prop::collection::vec((0_u32..50).prop_map(f64::from), 0..60)
}

fn costs() -> impl Made<Value = Costs> {
    let cost = || (0_u32..4).prop_map(f64::from);
    ([cost(), cost(), cost(), cost(), cost()], [cost(), cost(), cost(), cost(), cost()]).prop_map(
        |([start, begin, join, take, send], [receive, split, look, steal, wake])| Costs {
            start,
            begin,
            join,
            take,
            send,
            receive,
            split,
            look,
            steal,
            wake,
        },
    )
}

fn plans() -> impl Made<Value = Plan> {
    let strategy = prop::sample::select(Strategy::ALL.to_vec());
    let hardware = (
        prop::option::of((1_u32..6).prop_map(f64::from)),
        1_usize..4,
        (1_u32..4).prop_map(f64::from),
        prop::option::of((0_usize..9, (1_u32..5).prop_map(f64::from))),
        prop::option::of((0_usize..9, (0_u32..300).prop_map(f64::from))),
    );
    (strategy, 1_usize..9, costs(), any::<bool>(), hardware, any::<u64>()).prop_map(
        |(strategy, workers, costs, dealt, (ceiling, nodes, distance, slow, vanishes), seed)| {
            let mut plan = Plan::new(strategy, workers);
            plan.costs = costs;
            plan.begin = if dealt { Begin::Dealt } else { Begin::AtOne };
            (plan.ceiling, plan.nodes, plan.distance) = (ceiling, nodes, distance);
            plan.slow = slow.into_iter().filter(|(worker, _)| *worker < workers).collect();
            plan.vanishes = vanishes.filter(|(worker, _)| *worker < workers && workers > 1);
            plan.seed = seed;
            plan
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_block_is_summed_once(plan in plans(), blocks in blocks()) {
        let done = schedule(&plan, &blocks);
        let mut summed: Vec<usize> =
            done.spans.iter().filter(|span| !span.lost).map(|span| span.block).collect();
        summed.sort_unstable();
        prop_assert_eq!(summed, (0..blocks.len()).collect::<Vec<_>>());
        let lost = done.spans.iter().filter(|span| span.lost).count();
        prop_assert!(lost <= 1, "one worker loses one block at most");
        prop_assert_eq!(done.blocks.iter().sum::<u64>(), blocks.len() as u64);
    }

    #[test]
    fn no_worker_does_two_things_at_a_time(plan in plans(), blocks in blocks()) {
        let mut spans = schedule(&plan, &blocks).spans;
        spans.sort_by(|a, b| a.worker.cmp(&b.worker).then(a.start.total_cmp(&b.start)).then(a.end.total_cmp(&b.end)));
        for pair in spans.windows(2).filter(|pair| pair[0].worker == pair[1].worker) {
            prop_assert!(pair[0].end <= pair[1].start + 1e-9, "{:?}", pair);
        }
        let vanished = |worker: usize| plan.vanishes.filter(|(gone, _)| *gone == worker);
        for span in &spans {
            prop_assert!(vanished(span.worker).is_none_or(|(_, at)| span.end <= at + 1e-9));
        }
    }

    #[test]
    fn no_schedule_beats_the_bound(plan in plans(), blocks in blocks()) {
        let done = schedule(&plan, &blocks);
        let best = Bounds::of(&plan, &blocks).best;
        prop_assert!(done.makespan >= best - 1e-9, "{} < {best}", done.makespan);
    }

    #[test]
    fn work_is_conserved(plan in plans(), blocks in blocks()) {
        let mut plan = plan;
        // Alike cores with memory enough: then a block takes what it costs.
        (plan.ceiling, plan.nodes, plan.slow) = (None, 1, Vec::new());
        let done = schedule(&plan, &blocks);
        let lost: f64 =
            done.spans.iter().filter(|span| span.lost).map(|span| span.end - span.start).sum();
        let (busy, work) = (done.busy.iter().sum::<f64>(), blocks.iter().sum::<f64>());
        prop_assert!((busy - work - lost).abs() < 1e-6, "{busy} is not {work} + {lost}");
        prop_assert!(done.idle() >= -1e-9);
    }

    #[test]
    fn memory_is_never_faster_than_it_is(plan in plans(), blocks in blocks()) {
        let mut plan = plan;
        (plan.nodes, plan.slow, plan.ceiling, plan.vanishes) = (1, Vec::new(), Some(2.0), None);
        let done = schedule(&plan, &blocks);
        prop_assert!(done.makespan >= blocks.iter().sum::<f64>() / 2.0 - 1e-6);
    }

    #[test]
    fn the_same_seed_gives_the_same_schedule(plan in plans(), blocks in blocks()) {
        prop_assert_eq!(schedule(&plan, &blocks), schedule(&plan, &blocks));
    }

    #[test]
    fn free_taking_keeps_grahams_bound(workers in 1_usize..9, blocks in blocks(), seed in any::<u64>()) {
        for strategy in [Strategy::SelfScheduled, Strategy::Channel, Strategy::StealingOne] {
            let mut plan = Plan::new(strategy, workers);
            plan.seed = seed;
            let greedy = Bounds::of(&plan, &blocks).greedy.expect("the cores are alike");
            let done = schedule(&plan, &blocks);
            prop_assert!(done.makespan <= greedy + 1e-9, "{strategy:?}: {} > {greedy}", done.makespan);
        }
    }
}
