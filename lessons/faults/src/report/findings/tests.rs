use std::time::Duration;

use super::*;
use crate::silent::SilentMistake;

fn row(scenario: Scenario, careless: Vec<Outcome>, careful: Outcome) -> Comparison {
    Comparison::new(scenario, Duration::from_millis(500), careless, careful)
}

fn ended(end: Ending) -> Outcome {
    Outcome::made_up(end)
}

fn document(runs: Vec<Comparison>) -> Comparisons {
    Comparisons::made_up(runs)
}

#[test]
fn a_wrong_sum_beside_a_panic_was_not_without_a_word() {
    let threads = |fault| Scenario::Fault(fault, WorkerKind::Threads);
    let said = Outcome {
        error: Some("thread '<unnamed>' panicked".to_owned()),
        ..ended(Ending::WrongSum)
    };
    let both = document(vec![
        row(threads(Fault::Panic), vec![said], ended(Ending::Error)),
        row(threads(Fault::Lie), vec![ended(Ending::WrongSum)], ended(Ending::Error)),
    ]);
    let sentence = careless(&both).expect("two runs");
    assert!(sentence.contains("In 2 runs") && sentence.contains("2 gave a wrong sum (1 of"));
}

#[test]
fn a_race_that_hides_is_dangerous() {
    let lost = Scenario::Silent(SilentMistake::LostUpdate);
    let tries = |wrong: usize| {
        let ends = (0..20).map(|run| if run < wrong { Ending::WrongSum } else { Ending::Right });
        document(vec![row(lost, ends.map(ended).collect(), ended(Ending::Right))])
    };
    let sentence = by_chance(&tries(3)).expect("some were right");
    assert!(sentence.contains("lost-update was wrong in 3 of 20 runs: that is what makes it"));
    assert!(by_chance(&tries(0)).is_some_and(|it| it.contains("0 of 20")));
    assert_eq!(by_chance(&tries(20)), None);
    assert_eq!(tries(3).runs[0].careless.end, Ending::WrongSum);
    assert_eq!(tries(0).runs[0].careless.end, Ending::Right);
}

/// As seen with `-s exit --retries 0` on a slow machine: it was late, and nobody was silent.
#[test]
fn only_a_silent_worker_is_called_silent() {
    let late = |fault| {
        let late = Outcome { exit_code: Some(75), ..ended(Ending::Error) };
        let scenario = Scenario::Fault(fault, WorkerKind::Processes);
        document(vec![row(scenario, vec![ended(Ending::WrongSum)], late)])
    };
    assert_eq!(limit(&late(Fault::Exit)), None);
    assert!(limit(&late(Fault::Stop)).is_some());
}

#[test]
fn threads_that_were_slow_did_not_end_with_their_process() {
    let ends = |fault, end| {
        let scenario = Scenario::Fault(fault, WorkerKind::Threads);
        document(vec![row(scenario, vec![ended(Ending::Died)], ended(end))])
    };
    assert!(shared_fate(&ends(Fault::Exit, Ending::Died)).is_some());
    assert!(shared_fate(&ends(Fault::Stop, Ending::Hung)).is_some());
    assert_eq!(shared_fate(&ends(Fault::Exit, Ending::Hung)), None);
}
