//! The bench of a commit beside that of the working tree, with a cargo that builds nothing, and benches that measure
//! nothing: what is told is then known.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use benches::results::{Question, Results};
use serde_json::Value;
use testkit::program::{command, finish};
use testkit::{Ended, leftovers};

use crate::made_up;

/// A folder with a cargo whose two benches are scripts.
struct Fake(tempfile::TempDir);

impl Fake {
    /// Benches that do these lines of a shell, and then leave these numbers.
    fn new(a: (&str, &Results), b: (&str, &Results)) -> Self {
        let fake = Fake(tempfile::tempdir().expect("a temporary folder"));
        for (name, (lines, results)) in [("a", a), ("b", b)] {
            let numbers = fake.path(&format!("{name}.json"));
            fs::write(&numbers, results.to_json()).expect("a file");
            let leave = format!(
                "{lines}\necho {name} $* >>{}\nmkdir -p $CARGO_TARGET_DIR/sum-of-parts\n\
                 cp {} $CARGO_TARGET_DIR/sum-of-parts/results.json",
                fake.path("log").display(),
                numbers.display()
            );
            fake.script(&format!("bench-{name}"), &leave);
        }
        let message = r#"{"target":{"kind":["bench"]},"executable":"FOLDER/bench-NAME"}"#
            .replace("FOLDER", &fake.path("").display().to_string());
        let lines = format!(
            "case $(pwd -P) in */sum-of-parts/against/*) name=a ;; *) name=b ;; esac\n\
             test -d benches && echo '{{\"reason\":\"other\"}}' && echo '{message}' | sed s/NAME/$name/"
        );
        fake.script("cargo", &lines);
        fake
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn script(&self, name: &str, lines: &str) {
        fs::write(self.path(name), format!("#!/bin/sh\n{lines}\n")).expect("a file");
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o700))
            .expect("it is ours");
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let mut program =
            command(env!("CARGO_BIN_EXE_benches"), &[&["against"], arguments].concat());
        program.env("CARGO", self.path("cargo")).env("CARGO_TARGET_DIR", self.path("target"));
        program.env("TMPDIR", self.path("tmp"));
        fs::create_dir_all(self.path("tmp")).expect("a folder");
        let ended = finish(program.spawn().expect("the program starts"));
        leftovers::is_empty(&self.path("tmp"), Duration::from_secs(5)).expect("no file is left");
        ended
    }
}

fn results() -> Results {
    made_up::results(3, &[1, 2], 2)
}

/// The same, in which some took `factor` times as long.
fn slower(factor: f64, is_slower: fn(&str) -> bool) -> Results {
    let mut results = results();
    for measured in &mut results.measured {
        if is_slower(&measured.id()) {
            measured.seconds.iter_mut().for_each(|seconds| *seconds *= factor);
        }
    }
    results
}

/// Outside of a repository there are no commits, and nothing else to see here.
fn is_a_repository() -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a folder around it");
    if root.join(".git").exists() {
        return true;
    }
    let ended = Fake::new(("", &results()), ("", &results())).run(&["HEAD"]);
    assert_eq!(ended.code(), Some(66), "{ended:?}");
    false
}

#[test]
fn each_row_is_faster_or_slower_or_cannot_be_told() {
    if !is_a_repository() {
        return;
    }
    let mut b = slower(1.1, |id| id == "scaling/pi/scoped/2");
    let faster = b.measured.iter_mut().find(|it| it.id() == "scaling/primes/rayon-join/1");
    faster.expect("it is there").seconds.iter_mut().for_each(|seconds| *seconds *= 0.5);
    b.measured.retain(|measured| measured.id() != "scaling/primes/deques/1");
    let mut a = results();
    a.measured.retain(|measured| measured.id() != "scaling/pi/deques/1");
    a.measured.retain(|measured| measured.question == Question::Scaling);
    b.measured.retain(|measured| measured.question == Question::Scaling);
    b.measured.last_mut().expect("there are some").terms += 1;
    let fake = Fake::new(("", &a), ("", &b));
    let ended = fake.run(&["HEAD", "^scaling/", "--budget", "0.001", "--seed", "7"]);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let text = &ended.stdout;
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let row = |start: &str| text.lines().find(|line| line.starts_with(start) && line.len() > 60);
    assert!(text.contains("B is slower in 1 row: scaling/pi/scoped/2 by 10.0 %"), "{text}");
    assert!(text.contains("B is faster in 1 row: scaling/primes/rayon-join/1 by 50.0 %"), "{text}");
    assert!(text.contains("scaling/primes/deques/1 of A only"), "{text}");
    let flat = text.replace('\n', " ");
    assert!(flat.contains("with other work in B"), "{text}");
    assert!(flat.contains("scaling/pi/deques/1 of B only"), "{text}");
    assert!(row("simd").is_some_and(|row| row.ends_with("cannot tell")), "{text}");
    // The first bench of each is not counted; then each round has both twice, in turn.
    let log = fs::read_to_string(fake.path("log")).expect("they ran");
    let turns: String = log.lines().map(|line| &line[..1]).collect();
    let (look, rounds) = turns.split_at(2);
    assert_eq!(look, "ab");
    let rounds: Vec<&[u8]> = rounds.as_bytes().chunks(4).collect();
    assert!(rounds.len() >= 10, "{turns}");
    assert!(rounds.iter().all(|round| [b"abba", b"baab"].iter().any(|it| it == round)), "{turns}");
    assert!(rounds.contains(&&b"abba"[..]) && rounds.contains(&&b"baab"[..]), "{turns}");
    assert!(log.lines().all(|line| line.ends_with("--bench --quick ^scaling/")), "{log}");
}

#[test]
fn a_gate_is_shut_open_or_blind() {
    if !is_a_repository() {
        return;
    }
    let slow = slower(1.1, |id| id == "scaling/pi/scoped/2");
    let fake = Fake::new(("", &results()), ("", &slow));
    let json = ["HEAD", "--budget", "0.001", "--json"];
    for (gate, code, says) in [
        ("5%", 1, "The gate is shut: B takes over 5 % more in 1 row."),
        ("20%", 0, "The gate is open: 20 % more"),
    ] {
        let ended = fake.run(&[&json[..], &["--gate", gate]].concat());
        assert_eq!(ended.code(), Some(code), "{ended:?}");
        let document: Value = serde_json::from_str(&ended.stdout).expect("one document");
        let last = document["findings"].as_array().and_then(|all| all.last()?.as_str());
        assert!(last.is_some_and(|last| last.starts_with(says)), "{last:?}");
        assert!(document["rows"][0]["rounds"].as_array().is_some_and(|all| all.len() >= 10));
    }
    let ended = fake.run(&["HEAD", "--rounds", "3", "--gate", "5%"]);
    assert_eq!(ended.code(), Some(75), "{ended:?}");
    assert!(ended.stdout.contains("So few rounds can tell nothing apart"), "{ended:?}");
    assert!(ended.stdout.contains("The gate cannot see 5 % here"), "{ended:?}");
}

#[test]
fn what_cannot_be_compared_is_said_in_a_line() {
    if !is_a_repository() {
        return;
    }
    let (good, none) = (results(), Results { measured: Vec::new(), ..results() });
    let line = |fake: &Fake, arguments: &[&str], code: i32, says: &str| {
        let ended = fake.run(arguments);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(code), ""), "{ended:?}");
        let error = ended.stderr.lines().find(|line| line.contains("error: "));
        assert!(error.is_some_and(|line| line.contains(says)), "{ended:?}");
        assert!(!ended.stderr.contains("panicked"), "{ended:?}");
    };
    line(&Fake::new(("", &good), ("", &none)), &["HEAD", "zzz"], 2, "'zzz'");
    line(&Fake::new(("", &good), ("", &good)), &["no-such-commit"], 66, "no-such-commit");
    line(&Fake::new(("", &good), ("", &good)), &["--upload-pack"], 2, "--upload-pack");
    line(&Fake::new(("", &good), ("echo no cores >&2; exit 3", &good)), &["HEAD"], 70, "no cores");
    line(&Fake::new(("exit 0", &good), ("", &good)), &["HEAD"], 70, "results.json");
    let fake = Fake::new(("", &good), ("", &good));
    fake.script("cargo", "echo error: it does not compile >&2; exit 101");
    line(&fake, &["HEAD"], 70, "it does not compile");
    fake.script("cargo", "echo '{}'");
    line(&fake, &["HEAD"], 70, "no bench");
    let sleepy = Fake::new(("sleep 600 & echo $! >>$TMPDIR/../sleeper; wait", &good), ("", &good));
    line(&sleepy, &["HEAD", "--timeout", "1"], 75, "took longer than 1.00 s");
    let sleeper = fs::read_to_string(sleepy.path("sleeper")).expect("it slept");
    let alive = std::process::Command::new("kill").args(["-0", sleeper.trim()]).output();
    assert!(!alive.expect("there is a kill").status.success(), "nobody is left");
}
