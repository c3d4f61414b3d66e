use std::process::Command;

use benches::class::Class;

use super::reasons;

/// What real runs hand in, on whatever machine this is: of all sizes, with and without a baseline, with one round and
/// with more workers than cores.
#[test]
#[ignore = "builds and runs a lesson: cargo test -p benches --test results -- --ignored"]
fn nobody_is_left_out_who_ran_the_program() {
    let options: [&[&str]; 12] = [
        &["--budget", "3"],
        &["--check"],
        &["-s", "your-turn,scoped", "--rounds", "6", "--json"],
        &["-s", "your-turn,scoped,spawned", "--rounds", "2", "--no-baseline"],
        &["-s", "your-turn,scoped", "--rounds", "1", "-w", "8"],
        &["-s", "your-turn,scoped", "--rounds", "3", "-w", "1"],
        &["-s", "your-turn,mutex-std,channel", "--rounds", "3", "-n", "1000000"],
        &["-s", "your-turn,scoped", "--rounds", "7", "-n", "5"],
        &["-s", "your-turn,scoped", "--rounds", "3", "-n", "0"],
        &["-s", "your-turn,f64-by-worker", "--rounds", "2", "-k", "pi", "-n", "1000000"],
        &["-s", "your-turn,scoped", "--rounds", "2", "-k", "memory", "-n", "1000000"],
        &["-s", "your-turn,scoped", "--rounds", "2", "-k", "primes", "-n", "50000"],
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (place, options) in options.iter().enumerate() {
        let mut lesson = Command::new(env!("CARGO"));
        lesson.args(["run", "--quiet", "--locked", "--package", "threads", "--"]).args(*options);
        lesson.arg("--hand-in").arg(folder.path().join(format!("run-{place}.json")));
        let ended = lesson.output().expect("it runs");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    let class = Class::read(folder.path()).expect("it can be read");
    assert!(class.left_out.is_empty(), "{:#?}", reasons(&class));
    assert_eq!(class.entries.len(), options.len());
}
