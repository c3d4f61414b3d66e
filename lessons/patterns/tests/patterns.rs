//! The lesson as its reader runs it.

use testkit::Program;

const PROGRAM: Program = Program::without_table::<patterns::Patterns>(
    env!("CARGO_BIN_EXE_patterns"),
    &["-n", "1000", "--rounds", "1", "--budget", "0.2"],
    &["--rounds", "1000000"],
);

testkit::ends!(PROGRAM);
testkit::checks! {
    PROGRAM;
    bad_options::an_unknown_row_is_refused_with_one_that_is_there,
    help::the_list_has_the_kernels_and_your_turn,
    layout::the_table_fits_80_columns_and_ends_with_your_turn,
}

#[test]
fn the_tables_and_the_learners_file_are_handed_in() {
    let arguments = ["-n", "9000", "-w", "2", "--rounds", "1", "--pattern", "scan", "--json"];
    let (hand_in, ended) = testkit::hand_in::handed_in(&PROGRAM, &arguments);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(hand_in.document, Some(ended.document()));
    assert_eq!(hand_in.files[0].path, "lessons/patterns/src/your_turn.rs");
    let spans = hand_in.spans.expect("its rows are audited");
    assert!(spans.iter().any(|row| row.strategy == "your-turn"), "{spans:?}");
    assert!(spans.iter().all(|row| row.tiles() && row.terms == 9000), "{spans:?}");
}

#[test]
fn every_row_is_right_at_awkward_sizes() {
    for terms in ["0", "3", "100003"] {
        let ended = PROGRAM.run(&["-n", terms, "-w", "1,3", "--rounds", "2", "--json"]);
        ended.assert_good();
        let document = ended.document();
        for run in ended.runs() {
            assert_eq!(run["verdict"], "right", "{run}");
            let table = usize::from(run["pattern"] == "histogram");
            assert_eq!(run["sum"], document["tables"][table]["expected"], "{run}");
        }
        // Two rows have one worker; seven have one, and three.
        assert_eq!(ended.runs().len(), 2 + 7 * 2);
    }
}

#[test]
fn a_list_of_bins_gives_a_table_for_each() {
    let short = ["-n", "2000", "-w", "2", "--rounds", "1", "--pattern", "histogram"];
    let ended =
        PROGRAM.json(&short, &["--bins", "16,1048576", "--skew", "100", "-s", "histogram-private"]);
    ended.assert_good();
    let document = ended.document();
    let bins = |runs: &str| -> Vec<Option<u64>> {
        let all = document[runs].as_array().expect("a list");
        all.iter().map(|one| one["bins"].as_u64()).collect()
    };
    assert_eq!(
        (bins("tables"), bins("runs")),
        (vec![Some(16), Some(1 << 20)], vec![Some(16), Some(1 << 20)])
    );
    for (bins, example) in [("15", "for example: --bins"), ("1048577", "for example: --bins")] {
        let ended = PROGRAM.run(&["--bins", bins]);
        ended.assert_refused(2);
        assert!(ended.stderr.contains(example), "{ended:?}");
    }
}

/// The bound is what the audit counted, and the table that is shown is the one that is saved.
#[test]
fn a_document_says_how_often_a_row_added() {
    let folder = PROGRAM.folder("saved");
    let saved = folder.path().join("run.json");
    let path = saved.to_str().expect("a plain path");
    let short = ["-n", "9000", "-w", "2", "--rounds", "6", "--seed", "7", "--pattern", "scan"];
    let ended = PROGRAM.json(&short, &["--save", path]);
    ended.assert_good();
    assert_eq!(std::fs::read_to_string(&saved).expect("it was saved"), ended.stdout);
    let document = ended.document();
    assert_eq!((&document["schema"], &document["seed"]), (&2.into(), &7.into()));
    let runs = ended.runs();
    let row = |name: &str| runs.iter().find(|run| run["strategy"] == name).expect("a row");
    let (three, more) = (row("scan-three-phases"), row("scan-one-range-more"));
    assert_eq!((three["work"].as_f64(), three["bound"].as_f64()), (Some(2.0), Some(1.0)));
    assert_eq!(more["bound"].as_f64(), Some(1.5));
    assert!(document["tables"][0]["sum_only"]["low"].is_number(), "{document}");
    let audited = three["audit"].as_array().expect("a list").iter();
    assert_eq!(audited.filter_map(|worker| worker["terms"].as_u64()).sum::<u64>(), 9000);
}

#[test]
fn a_check_times_nothing() {
    let ended = PROGRAM.run(&["--check", "-s", "your-turn,histogram-atomics", "--json"]);
    ended.assert_good();
    for run in ended.runs() {
        assert!(run["verdict"] == "right" && run["seconds"].is_null(), "{run}");
    }
}

#[test]
fn rows_of_another_pattern_and_too_many_terms_are_refused() {
    let ended = PROGRAM.run(&["--pattern", "histogram", "-s", "scan-look-back"]);
    ended.assert_refused(2);
    assert!(ended.stderr.contains("for example: --pattern scan"), "{ended:?}");
    let ended = PROGRAM.run(&["-n", "1e15"]);
    ended.assert_refused(71);
    assert!(ended.stderr.contains("fewer terms with -n"), "{ended:?}");
}
