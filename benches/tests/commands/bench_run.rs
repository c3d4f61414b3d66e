//! The real `cargo bench`, as a person sees it: measured, filtered, interrupted, with nowhere to
//! write.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use benches::results::{Ladder, Results, Step};
use measure::Interval;
use serde_json::Value;

/// The bench program, built as the tests are.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let mut build = Command::new(env!("CARGO"));
        // The whole workspace, as for `cargo test`: with other packages, other features would be on.
        build.args(["test", "--no-run", "--locked", "--workspace", "--bench", "benches"]);
        build.args(["--message-format", "json-render-diagnostics"]);
        let built = build.output().expect("cargo starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let messages = String::from_utf8(built.stdout).expect("messages are text");
        let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut found =
            messages.filter(|message| message["target"]["kind"] == serde_json::json!(["bench"]));
        let built = found.find_map(|message| Some(message["executable"].as_str()?.to_owned()));
        PathBuf::from(built.expect("the bench target has a program"))
    })
}

/// The program as `cargo bench -- arguments` starts it, with a build folder of its own.
fn bench(target: &Path, arguments: &[&str]) -> Command {
    let program = program();
    let mut command = testkit::program::listening(program.to_str().expect("a plain path"));
    command.arg("--bench").args(arguments).env("CARGO_TARGET_DIR", target);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn finished(mut command: Command) -> (Output, String, String) {
    let output = command.output().expect("the bench starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    (output, stdout, stderr)
}

fn results(target: &Path) -> Results {
    Results::load(&target.join("sum-of-parts/results.json")).expect("the bench left its results")
}

#[test]
#[ignore = "builds the benches: cargo test -p benches --test commands -- --ignored"]
fn a_filtered_run_reports_what_it_measured_and_nothing_else() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let (output, stdout, stderr) =
        finished(bench(target.path(), &["--quick", "scaling/primes/scoped|nothing/thread"]));
    assert!(output.status.success(), "{stderr}");
    let results = results(target.path());
    let ids: Vec<String> = results.measured.iter().map(|measured| measured.id()).collect();
    assert!(ids.contains(&"scaling/primes/scoped/1".to_owned()), "{ids:?}");
    assert!(ids.contains(&"overhead/nothing/thread/2".to_owned()), "{ids:?}");
    assert!(ids.iter().all(|id| id.contains("primes/scoped") || id.contains("thread")), "{ids:?}");
    assert!(results.complete && results.troubles.is_empty(), "{:?}", results.troubles);
    let scoped = results.measured.iter().find(|measured| measured.strategy == "scoped");
    let scoped = scoped.expect("it was measured");
    assert_eq!(scoped.seconds.len(), scoped.baseline.len());
    assert_eq!(scoped.seconds.len(), scoped.cores.len());
    assert!(scoped.speedup().is_some_and(|speedup| speedup.median > 0.0));
    let report = target.path().join("sum-of-parts/report.html");
    assert!(stdout.contains(&report.display().to_string()), "{stdout}");
    assert!(fs::read_to_string(report).expect("the report is there").contains("scoped"));
}

#[test]
#[ignore = "builds the benches: cargo test -p benches --test commands -- --ignored"]
fn letters_of_no_id_measure_nothing_and_say_so() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let (output, _, stderr) = finished(bench(target.path(), &["no-such-id"]));
    assert!(output.status.success(), "{stderr}");
    assert!(stderr.contains("nothing was measured"), "{stderr}");
    assert!(!target.path().join("sum-of-parts").exists());
}

/// Nothing of what criterion cannot take reaches it; `arguments` has all of that.
#[test]
#[ignore = "builds the benches: cargo test -p benches --test commands -- --ignored"]
fn what_cannot_be_measured_is_refused_before_anything_is() {
    let target = tempfile::tempdir().expect("a temporary folder");
    for (arguments, code) in [
        (&["["][..], 2),
        (&["--sample-size", "5"], 2),
        (&["--baseline", "never-saved"], 2),
        (&["--save-baseline", "a/b"], 2),
    ] {
        let (output, stdout, stderr) = finished(bench(target.path(), arguments));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stdout}{stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
    fs::write(target.path().join("criterion"), "in the way").expect("a file can be written");
    let (output, stdout, stderr) = finished(bench(target.path(), &["--save-baseline", "before"]));
    assert_eq!((output.status.code(), stdout.as_str()), (Some(74), ""), "{stderr}");
}

#[cfg(unix)]
#[test]
#[ignore = "builds the benches: cargo test -p benches --test commands -- --ignored"]
fn interrupted_half_way_it_reports_what_was_measured() {
    use std::os::unix::process::ExitStatusExt;
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    let target = tempfile::tempdir().expect("a temporary folder");
    let mut child = bench(target.path(), &["scaling/primes"]).spawn().expect("the bench starts");
    // Criterion leaves a folder for each id that is done.
    let first = target.path().join("criterion/scaling_primes/simd/1/new/estimates.json");
    let start = Instant::now();
    while !first.exists() {
        assert!(start.elapsed() < Duration::from_secs(60), "the first id takes too long");
        assert_eq!(child.try_wait().expect("a child can be asked"), None);
        sleep(Duration::from_millis(20));
    }
    sleep(Duration::from_millis(300));
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().expect("kill starts");
    assert!(sent.success());
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.signal(), Some(2), "{stderr}");
    assert!(stderr.contains("interrupted after"), "{stderr}");
    let results = results(target.path());
    assert!(!results.complete && !results.measured.is_empty());
    assert_eq!(results.troubles, [], "what a signal ends has not failed");
    let report = fs::read_to_string(target.path().join("sum-of-parts/report.html"));
    assert!(report.expect("there is a report").contains("interrupted"));
}

#[test]
#[ignore = "builds the benches: cargo test -p benches --test commands -- --ignored"]
fn with_a_file_where_its_folder_should_be_nothing_is_lost() {
    let target = tempfile::tempdir().expect("a temporary folder");
    fs::write(target.path().join("sum-of-parts"), "in the way").expect("a file can be written");
    let (output, stdout, stderr) = finished(bench(target.path(), &["--quick", "nothing/thread"]));
    assert!(output.status.success(), "{stderr}");
    assert!(stdout.contains("instead"), "{stdout}");
    let numbers = stdout.lines().find_map(|line| line.strip_prefix("The numbers: "));
    let numbers = Path::new(numbers.expect("it says where the numbers are"));
    assert_eq!(Results::load(numbers).expect("they are results").measured.len(), 1);
    fs::remove_dir_all(numbers.parent().expect("a folder")).expect("it can be removed");
}

#[test]
#[ignore = "builds the benches: cargo test -p benches --test commands -- --ignored"]
fn the_ladder_of_an_earlier_run_is_kept() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let seconds = Interval { median: 0.5, low: None, high: None };
    let step = Step {
        lesson: "python".into(),
        row: "loop".into(),
        workers: 1,
        terms: 10,
        seconds,
        device: None,
    };
    let ladder = Ladder {
        began: "2026-03-01T12:00:00Z".into(),
        cpu: "a processor".into(),
        usable_cores: 2,
        steps: vec![step],
        missing: vec![],
    };
    let mut before = benches::results_of_nothing(&[]).expect("a machine");
    before.ladder = Some(ladder.clone());
    let place = target.path().join("sum-of-parts");
    fs::create_dir_all(&place).expect("it can be made");
    fs::write(place.join("results.json"), before.to_json()).expect("it can be written");
    let (output, _, stderr) = finished(bench(target.path(), &["--quick", "nothing/thread"]));
    assert!(output.status.success(), "{stderr}");
    let after = results(target.path());
    assert_eq!((after.measured.len(), after.ladder), (1, Some(ladder)));
}

#[test]
#[ignore = "builds the benches: cargo test -p benches --test commands -- --ignored"]
fn without_a_terminal_and_with_a_closed_pipe_it_ends_quietly() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let mut child =
        bench(target.path(), &["--quick", "scaling/primes/scoped"]).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("error"), "{stderr}");
}
