//! What the laws say of a bench, from made-up results.

use benches::law_readings::law_readings;

use crate::made_up;

#[test]
fn two_worker_counts_fit_no_law() {
    let results = made_up::results(8, &[1, 2, 4], 2);
    let readings = law_readings(&results);
    let scaling: Vec<_> = readings.iter().filter(|one| !one.kernel.contains("growing")).collect();
    let [reading] = scaling.as_slice() else { panic!("it is said once: {scaling:?}") };
    assert_eq!(
        (reading.kernel.as_str(), reading.strategy.as_str()),
        ("every kernel", "every strategy")
    );
    assert!(reading.sentences[0].contains("cannot be told from 2 worker counts"), "{reading:?}");
}

#[test]
fn many_worker_counts_fit_laws() {
    let results = made_up::results(8, &[1, 2, 3, 4, 6, 8, 16], 8);
    let readings = law_readings(&results);
    let deques = readings.iter().find(|one| one.kernel == "pi" && one.strategy == "deques");
    let deques = deques.expect("it was measured");
    assert!(deques.sentences[0].starts_with("Amdahl: "), "{deques:?}");
    assert!(deques.sentences[0].contains("with 16 cores"), "twice the usable cores: {deques:?}");
    assert!(readings.iter().all(|one| one.strategy != "simd"), "a point is no curve");
}

#[test]
fn missing_cores_are_blamed_on_the_machine() {
    let mut results = made_up::results(8, &[1, 2, 3, 4, 6, 8, 16], 8);
    for measured in &mut results.measured {
        measured.cores.iter_mut().for_each(|cores| *cores = measured.workers as f64);
    }
    let blames = |results: &benches::results::Results| {
        let readings = law_readings(results);
        readings.iter().any(|one| {
            one.sentences.iter().any(|text| text.contains("The machine gave only 4.00 cores"))
        })
    };
    assert!(!blames(&results));
    for measured in results.measured.iter_mut().filter(|measured| measured.workers == 8) {
        measured.cores.iter_mut().for_each(|cores| *cores = 4.0);
    }
    assert!(blames(&results));
}

#[test]
fn empty_results_have_no_laws() {
    let mut results = made_up::results(8, &[1, 2, 4], 2);
    results.measured.clear();
    assert_eq!(law_readings(&results), []);
}
