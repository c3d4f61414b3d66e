//! The examples of the page on race and deadlock show what it promises, and end.

use std::path::Path;
use std::time::Duration;

use kernels::Workers;
use testkit::Ended;

/// Runs an example to its end, as cargo has built it for these tests.
fn example(name: &str) -> Ended {
    let folder = Path::new(env!("CARGO_BIN_EXE_threads")).parent().expect("it lies in a folder");
    let path = folder.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(path.exists(), "first: cargo build -p threads --examples");
    let ended = testkit::run(path.to_str().expect("plain letters"), &[]);
    ended.assert_good();
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
    ended
}

/// The columns of the row that begins with `name`.
fn row<'a>(ended: &'a Ended, name: &str) -> Vec<&'a str> {
    let mut rows = ended.stdout.lines().filter_map(|line| line.strip_prefix(name));
    rows.next().unwrap_or_else(|| panic!("{name}: {ended:?}")).split_whitespace().collect()
}

/// In how many tries the sum was wrong: left alone, made to meet, with many terms.
fn wrong(ended: &Ended, name: &str) -> Vec<u32> {
    let columns = row(ended, name).into_iter().take(3);
    columns.map(|count| count.parse().expect("a count")).collect()
}

#[test]
fn the_race_is_caught_and_no_fix_has_it() {
    let mut caught = false;
    // Where workers share one core, or other programs need the cores, they may never meet in one run.
    for _ in 0..5 {
        let ended = example("race");
        for fix in ["a lock", "an atomic addition", "private partials"] {
            assert_eq!(wrong(&ended, fix), [0, 0, 0], "{ended:?}");
        }
        let race = wrong(&ended, "load, then store");
        assert_eq!(ended.stdout.contains("It hid"), race[0] == 0, "{ended:?}");
        assert!(ended.stdout.contains(&format!("in {} of 100 tries", race[0])), "{ended:?}");
        caught |= race.iter().sum::<u32>() > 0;
        if caught {
            break;
        }
    }
    assert!(caught || Workers::usable() == Workers::ONE);
}

#[test]
fn the_deadlock_is_named_and_no_fix_has_it() {
    let ended = example("deadlock");
    assert!(ended.took < Duration::from_secs(100), "{ended:?}");
    for fix in ["one order", "one lock for both", "try, and back off"] {
        assert_eq!(row(&ended, fix), ["done", "done"], "{ended:?}");
    }
    assert_eq!(row(&ended, "two orders")[1], "deadlock", "{ended:?}");
    for (me, other) in [(0, 1), (1, 0)] {
        let note = format!("worker {me} holds total {me} and waits for total {other}");
        assert!(ended.stdout.contains(&note), "{ended:?}");
    }
}
