//! Two benches beside each other, through the library and through the real program.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anstream::adapter::strip_str;
use benches::compare::{Error, compare};
use benches::results::{Question, Results};

use crate::made_up;

fn results() -> Results {
    made_up::results(3, &[1, 2, 4], 2)
}

fn text(before: &Results, after: &Results) -> String {
    strip_str(&compare(before, after).expect("they can be compared")).to_string()
}

/// The row of `strategy` with two workers in the table of `group`.
fn row<'a>(text: &'a str, group: &str, strategy: &str) -> &'a str {
    let lines = text.lines().skip_while(|line| *line != group);
    let mut rows = lines.filter(|line| line.starts_with(&format!("{strategy} ")));
    rows.find(|row| row.split_whitespace().nth(1) == Some("2")).expect("a row")
}

#[test]
fn a_bench_does_not_differ_from_itself() {
    let text = text(&results(), &results());
    assert!(text.contains("0 faster, 0 slower"), "{text}");
    assert!(text.contains("The two benches ran on the same machine and commit."), "{text}");
    assert!(!text.contains("Left out"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn changes_beyond_noise_are_reported() {
    let mut after = results();
    after.commit = Some("fedcba".into());
    for measured in after.of_mut(Question::Scaling) {
        let factor = match (measured.strategy.as_str(), measured.kernel.as_str()) {
            ("scoped", "integers") => 0.5,
            ("deques", "integers") => 1.3,
            ("scoped", "pi") => 1.001,
            _ => continue,
        };
        measured.seconds.iter_mut().for_each(|seconds| *seconds *= factor);
        if measured.strategy == "deques" {
            measured.seconds.truncate(if measured.workers == 4 { 3 } else { 10 });
        }
    }
    let text = text(&results(), &after);
    let integers = "scaling/integers";
    assert!(row(&text, integers, "scoped").ends_with("100>200  faster"), "{text}");
    assert!(row(&text, integers, "scoped").contains(" 0.50 0.50-0.50"), "{text}");
    assert!(row(&text, integers, "deques").ends_with("slower"), "{text}");
    assert!(row(&text, "scaling/pi", "scoped").ends_with("no difference"), "{text}");
    assert!(text.contains("3 faster, 2 slower"), "{text}");
    assert!(text.contains("1 with too few samples"), "{text}");
    assert!(text.contains("0123456789ab") && text.contains("fedcba"), "{text}");
}

#[test]
fn different_machines_are_named() {
    let mut after = results();
    after.machine.cpu = "Other 1".into();
    after.complete = false;
    after.measured.truncate(10);
    let text = text(&results(), &after);
    assert!(text.contains("The machines differ") && text.contains("no, interrupted"), "{text}");
    assert!(text.contains("of the first only: ") && text.contains(" more."), "{text}");
}

#[test]
fn ids_without_times_are_named() {
    for bad in [&[][..], &[0.0; 6], &[-1.0; 6], &[1e-3, 1e-3, -1e-3, 1e-3, 1e-3, 1e-3], &[f64::NAN]]
    {
        let mut after = results();
        let measured = after.of_mut(Question::Scaling).nth(1).expect("there are some");
        let id = measured.id();
        measured.seconds = bad.to_vec();
        for text in [text(&results(), &after), text(&after, &results())] {
            let named = format!("Left out, 1 not all of whose times are above 0: {id}.");
            assert!(text.replace('\n', " ").contains(&named), "{bad:?}: {text}");
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        }
        after.measured.iter_mut().for_each(|measured| measured.seconds.clear());
        assert!(matches!(compare(&results(), &after), Err(Error::NoTimes(_))));
    }
}

#[test]
fn unequal_work_is_refused_and_the_first_few_are_named() {
    let mut after = results();
    after.of_mut(Question::Scaling).for_each(|measured| measured.terms /= 2);
    let error = compare(&results(), &after).expect_err("other work");
    let message = error.to_string();
    assert!(matches!(error, Error::UnequalWork(_)));
    assert!(message.contains("scaling/integers/simd/1 has 50000000 terms in one"), "{message}");
    assert!(message.contains("and 37 more") && !message.contains('\n'), "{message}");
}

#[test]
fn nothing_in_common_is_refused() {
    let (mut before, mut after) = (results(), results());
    before.measured.retain(|measured| measured.question == Question::Scaling);
    after.measured.retain(|measured| measured.question == Question::Weak);
    let error = compare(&before, &after).expect_err("nothing in common");
    assert_eq!(error, Error::NothingInCommon { before: 40, after: 18 });
    after.measured.clear();
    assert!(compare(&after, &after).is_err());
}

#[test]
fn hostile_names_do_not_move_the_cursor() {
    let mut hostile = results();
    for measured in &mut hostile.measured {
        measured.strategy.insert_str(0, "\u{1b}[2J\n");
        measured.kernel += "\u{1b}[2J\n";
    }
    hostile.machine.cpu = "\u{1b}[2J\n".into();
    let raw = compare(&hostile, &hostile).expect("the same");
    assert!(!raw.contains("\u{1b}[2J"));
    let mut other = hostile.clone();
    other.measured[0].terms += 1;
    let message = compare(&hostile, &other).expect_err("other work").to_string();
    assert!(!message.contains('\u{1b}') && !message.contains('\n'), "{message}");
}

trait OfMut {
    fn of_mut(
        &mut self,
        question: Question,
    ) -> impl Iterator<Item = &mut benches::results::Measured>;
}

impl OfMut for Results {
    fn of_mut(
        &mut self,
        question: Question,
    ) -> impl Iterator<Item = &mut benches::results::Measured> {
        self.measured.iter_mut().filter(move |measured| measured.question == question)
    }
}

fn program(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_benches")).args(arguments).output().expect("it starts")
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("text")
}

#[test]
fn refused_files_end_with_65_and_one_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let good = folder.path().join("good.json");
    let whole = results().to_json();
    fs::write(&good, &whole).expect("a file");
    let cases = [
        ("empty", String::new()),
        ("truncated", whole[..whole.len() / 2].to_owned()),
        ("foreign", "{\"kind\": \"another\", \"schema\": 1}".to_owned()),
        ("array", "[1, 2, 3]".to_owned()),
        ("no-json", "\u{1b}[2J<html>\n".to_owned()),
        ("schema", whole.replacen("\"schema\":2", "\"schema\":99", 1)),
        ("schema-word", whole.replacen("\"schema\":2", "\"schema\":\"x\"", 1)),
        ("field", whole.replacen("\"took\"", "\"tuck\"", 1)),
        ("question", whole.replacen("\"scaling\"", "\"new\\nline\"", 1)),
    ];
    for (name, content) in cases {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("a file");
        let into = folder.path().join("drawn");
        for arguments in [
            vec![Path::new("compare"), &good, &path],
            vec![Path::new("compare"), &path, &good],
            vec![Path::new("draw"), &path, Path::new("--into"), &into],
        ] {
            let output = program(&arguments);
            assert_eq!(output.status.code(), Some(65), "{name}: {}", stderr(&output));
            assert_eq!(stderr(&output).lines().count(), 1, "{name}: {}", stderr(&output));
            assert!(stderr(&output).contains(name), "{name}: {}", stderr(&output));
            assert!(output.stdout.is_empty() && !into.exists(), "{name}");
        }
    }
    let missing = program(&[Path::new("draw"), &folder.path().join("missing.json")]);
    assert_eq!(missing.status.code(), Some(65));
    assert!(stderr(&missing).contains("could not be read"), "{}", stderr(&missing));
}

/// In schema 1, `cores` followed the slowest worker.
#[test]
fn a_file_of_schema_1_is_drawn_and_not_compared() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [new, old] = ["new.json", "old.json"].map(|name| folder.path().join(name));
    let whole = results().to_json();
    fs::write(&new, &whole).expect("a file");
    fs::write(&old, whole.replacen("\"schema\":2", "\"schema\":1", 1)).expect("a file");
    for (pair, which) in
        [([&new, &old], "second"), ([&old, &new], "first"), ([&old, &old], "first")]
    {
        let output = program(&[Path::new("compare"), pair[0], pair[1]]);
        assert_eq!(output.status.code(), Some(65), "{}", stderr(&output));
        let said = stderr(&output);
        assert!(said.contains(&format!("the {which} is of schema 1")), "{said}");
        assert!(said.contains("followed the slowest worker"), "{said}");
    }
    let output =
        program(&[Path::new("draw"), &old, Path::new("--into"), &folder.path().join("drawn")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn it_compares_and_draws() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let good = folder.path().join("good.json");
    fs::write(&good, results().to_json()).expect("a file");
    let output = program(&[Path::new("compare"), &good, &good]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("0 faster, 0 slower"));

    let into = folder.path().join("drawn");
    let output = program(&[Path::new("draw"), &good, Path::new("--into"), &into]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = fs::read_to_string(into.join("report.html")).expect("a report");
    assert!(page.contains("Made-Up 9000"));

    // A file where the folder should be.
    let output = program(&[Path::new("draw"), &good, Path::new("--into"), &good]);
    assert_eq!(output.status.code(), Some(74), "{}", stderr(&output));
    assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
}

#[test]
fn bad_usage_ends_with_2_and_a_closed_pipe_quietly() {
    for arguments in [vec![], vec![Path::new("compare")], vec![Path::new("paint"), Path::new("x")]]
    {
        let output = program(&arguments);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let good = folder.path().join("good.json");
    fs::write(&good, results().to_json()).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_benches"))
        .arg("compare")
        .args([&good, &good])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}
