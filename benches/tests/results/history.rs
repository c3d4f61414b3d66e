//! What is kept of every bench, and how it is told, through the library and through the real program.

use std::fs;
use std::path::Path;

use anstream::adapter::strip_str;
use benches::history::{Unknown, keep, kept, told};
use benches::results::Results;

use crate::made_up;

const ID: &str = "scaling/pi/scoped/2";

/// A bench that began at this hour, of this commit, in which everything took `factor` times as long.
fn bench(hour: &str, commit: &str, factor: f64) -> Results {
    let mut results = made_up::results(3, &[1, 2, 4], 2);
    results.began = format!("2026-03-01T{hour}:00Z");
    results.commit = Some(commit.to_owned());
    for measured in &mut results.measured {
        measured.seconds.iter_mut().for_each(|seconds| *seconds *= factor);
    }
    results
}

fn text_of(id: &str, kept: &[Results]) -> String {
    strip_str(&told(id, kept).expect("it was measured").text).to_string()
}

#[test]
fn nothing_is_overwritten_and_all_is_read_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let took = |took, results| Results { took, ..results };
    let benches = [
        took(1.0, bench("12:00", "aaaa+changes", 1.0)),
        took(2.0, bench("12:00", "aaaa+changes", 1.0)),
        took(3.0, bench("11:00", "bbbb", 1.0)),
    ];
    let files: Vec<_> = benches
        .iter()
        .map(|results| keep(folder.path(), results).expect("it can be written"))
        .collect();
    let shown: Vec<String> = files
        .iter()
        .map(|file| {
            file.strip_prefix(folder.path())
                .expect("it is in there")
                .display()
                .to_string()
                .replace('\\', "/")
        })
        .collect();
    let machine = shown[0].split('/').next().expect("a folder").to_owned();
    assert!(machine.ends_with("-2-cores"), "{shown:?}");
    assert_eq!(shown[0], format!("{machine}/aaaa-changes/2026-03-01T12-00-00Z.json"));
    assert_eq!(shown[1], format!("{machine}/aaaa-changes/2026-03-01T12-00-00Z-2.json"));
    fs::write(files[0].with_file_name("other.json"), "{}").expect("a file");
    fs::write(files[0].with_file_name("other.txt"), "no bench").expect("a file");
    let (all, unreadable) = kept(folder.path());
    let by_time: Vec<(f64, usize)> = all.iter().map(|it| (it.took, it.measured.len())).collect();
    let whole = benches[0].measured.len();
    assert_eq!(by_time, [(3.0, whole), (1.0, whole), (2.0, whole)]);
    let [damaged] = &unreadable[..] else { panic!("{unreadable:?}") };
    assert!(damaged.to_string().contains("other.json"), "{damaged}");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("history");
    fs::write(&file, "in the way").expect("a file");
    let refused = keep(&file, &bench("12:00", "aaaa", 1.0)).expect_err("a file is no folder");
    assert!(refused.to_string().contains("12-00-00Z.json"), "{refused}");
    assert!(kept(&file).0.is_empty());
}

#[test]
fn an_id_is_told_bench_by_bench() {
    let mut other_work = bench("09:00", "cccc", 1.0);
    other_work.measured.iter_mut().for_each(|measured| measured.terms += 1);
    let mut other_machine = bench("10:00", "dddd", 1.0);
    other_machine.machine.cpu = "Another".to_owned();
    let without = Results { measured: Vec::new(), ..bench("10:30", "eeee", 1.0) };
    let all = [
        other_work,
        other_machine,
        without,
        bench("11:00", "aaaa", 1.0),
        bench("12:00", "0123456789ab+changes", 2.0),
    ];
    let text = text_of(ID, &all);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let row = |commit: &str| text.lines().find(|line| line.contains(commit));
    let [first, second] = ["aaaa", "0123456789ab+"].map(|commit| row(commit).expect("a row"));
    assert!(first.starts_with("2026-03-01 11:00"), "{text}");
    let time = |row: &str| row.split_whitespace().nth(3).and_then(|time| time.parse::<f64>().ok());
    let ratio = time(second).zip(time(first)).map(|(second, first)| second / first);
    assert!(ratio.is_some_and(|ratio| (ratio - 2.0).abs() < 0.02), "{text}");
    assert!(row("dddd").is_some() && text.contains("on Another"), "{text}");
    assert_eq!((row("cccc"), row("eeee")), (None, None), "{text}");
    assert!(text.contains("Left out: 1 run that summed another number of terms."), "{text}");
    let charts = told(ID, &all).expect("it was measured").charts;
    let names: Vec<&str> = charts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["scaling-pi-scoped-2", "scaling-pi-scoped-2-2"]);
    let document = roxmltree::Document::parse(&charts[0].1).expect("well-formed");
    let text: String = document.descendants().filter_map(|node| node.text()).collect();
    assert!(text.contains("aaaa 03-01 11:00") && text.contains("0123456789ab+ 03-01"), "{text}");
}

#[test]
fn an_unknown_id_is_answered_with_others() {
    assert_eq!(told(ID, &[]).expect_err("nothing is kept"), Unknown::Nothing);
    let all = [bench("11:00", "aaaa", 1.0)];
    let said = |id: &str| told(id, &all).expect_err("nobody measured it").to_string();
    assert!(
        said("scaling/pi/scoped/3").contains("did you mean scaling/pi/scoped/"),
        "{}",
        said("scaling/pi/scoped/3")
    );
    assert!(said("scoped").contains("did you mean "), "{}", said("scoped"));
    assert!(
        said("zzz\u{1b}").ends_with("`cargo bench -- --list` shows all ids"),
        "{}",
        said("zzz\u{1b}")
    );
}

#[test]
fn the_program_shows_it_and_draws_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().to_str().expect("a plain path");
    let program =
        |id: &str| testkit::run(env!("CARGO_BIN_EXE_benches"), &["history", id, "--from", place]);
    let nothing = program(ID);
    assert_eq!(nothing.code(), Some(65), "{}", nothing.stderr);
    assert!(nothing.stderr.contains("no bench is kept yet"), "{}", nothing.stderr);
    let file = keep(folder.path(), &bench("11:00", "aaaa", 1.0)).expect("it can be written");
    fs::write(file.with_extension("2.json"), "damaged").expect("a file");
    let shown = program(ID);
    assert_eq!(shown.code(), Some(0), "{}", shown.stderr);
    assert!(
        shown.stderr.contains("left out") && shown.stderr.contains(".2.json"),
        "{}",
        shown.stderr
    );
    assert!(shown.stdout.contains("2026-03-01 11:00  aaaa"), "{}", shown.stdout);
    let chart = shown.stdout.lines().find_map(|line| line.strip_prefix("The chart: "));
    let chart = fs::read_to_string(Path::new(chart.expect("it says where"))).expect("it is there");
    assert!(chart.contains("aaaa 03-01 11:00"), "{chart}");
}
