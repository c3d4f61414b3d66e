use std::cell::RefCell;

use super::*;
use crate::Summed;

fn counts_up<'r>() -> Work<'r> {
    let mut calls = 0_u64;
    Box::new(move || {
        calls += 1;
        Ok((calls % 2).into())
    })
}

#[test]
fn every_row_has_a_sample_of_every_round() {
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board).with_baseline(1, counts_up(), Box::new(|_| ()));
    rounds.add_work("one", counts_up());
    rounds.add_work("two", counts_up());
    rounds.run(Plan::rounds(4), &|| ());
    let results = board.results();
    assert_eq!((results.baseline.len(), results.rows.len()), (4, 2));
    for row in &results.rows {
        assert_eq!((row.seconds.len(), row.speedups.len()), (4, 4), "{row:?}");
    }
}

/// The names of two rounds, in the order in which they were timed.
fn order(seed: u64) -> Vec<&'static str> {
    let order = RefCell::new(Vec::new());
    let note = |name| -> Work<'_> {
        let order = &order;
        Box::new(move || {
            order.borrow_mut().push(name);
            // So long that it is called once for a sample.
            Ok(Summed { sum: 0.into(), took: Some(Duration::from_secs(1)) })
        })
    };
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board)
        .with_setup(&Setup::default().with_seed(seed))
        .with_baseline(1, note("baseline"), Box::new(|_| ()));
    for name in ["one", "two", "three", "four"] {
        rounds.add_work(name, note(name));
    }
    rounds.run(Plan::rounds(2), &|| ());
    drop(rounds);
    order.into_inner()
}

#[test]
fn a_seed_gives_an_order_and_each_round_another_one() {
    assert_eq!(order(7), order(7));
    assert_ne!(order(7), order(8));
    let (all, mut sorted) = (order(7), [order(7)[..5].to_vec(), order(7)[5..].to_vec()]);
    assert_eq!(all[0], "baseline", "controls have to know how long it is");
    assert_ne!(all[..5], all[5..]);
    sorted.iter_mut().for_each(|round| round.sort_unstable());
    assert_eq!(sorted[0], sorted[1], "each is timed once in each round");
}

#[test]
fn a_control_is_divided_by_the_baseline_of_its_own_round() {
    let mut seconds = 0;
    let baseline: Work<'_> = Box::new(move || {
        seconds += 1;
        Ok(Summed { sum: 0.into(), took: Some(Duration::from_secs(seconds)) })
    });
    let board = Board::new(Duration::MAX);
    // Two workers do one sum in each second.
    let control: Control<'_> =
        Box::new(|_, alone| Ok(Capacity { rates: vec![alone], on_core: None }));
    let two = Workers::new(2).expect("two");
    let mut rounds = Rounds::new(&board)
        .with_baseline(1, baseline, Box::new(|_| ()))
        .with_control(&[two], control);
    rounds.add_work("any", counts_up());
    rounds.run(Plan::rounds(9), &|| ());
    let results = board.results();
    let given: Vec<f64> = results.controls[&two].iter().map(Capacity::cores).collect();
    assert_eq!(given, results.baseline);
}

#[test]
fn a_row_that_fails_stands_still_and_the_others_go_on() {
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board);
    let refused = || Error::Usage("no".to_owned());
    rounds.add_work("fails", Box::new(move || Err(refused())));
    rounds.add_work("works", counts_up());
    rounds.run(Plan::rounds(2), &|| ());
    let results = board.results();
    assert!(matches!(results.rows[0].complaint, Some(Complaint::Failed(..))));
    assert_eq!((results.rows[0].seconds.len(), results.rows[1].seconds.len()), (0, 2));
}

#[test]
fn a_sum_that_differs_in_one_call_is_wrong() {
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board);
    let referee: Referee<'_> = Box::new(|sum| match sum.number() {
        Some(1) => Ruling::Right { shown: "1".to_owned(), same_bits: true },
        _ => Ruling::Wrong("it is not 1".to_owned()),
    });
    let context = Context::new(Workers::ONE);
    rounds.add(Row::new("odd", Workers::ONE, 1), false, context, Some(referee), || Ok(counts_up()));
    rounds.run(Plan::rounds(1), &|| ());
    assert!(matches!(board.results().rows[0].complaint, Some(Complaint::Wrong(_))));
}
