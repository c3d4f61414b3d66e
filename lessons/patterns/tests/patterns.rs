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
fn every_row_is_right_at_awkward_sizes() {
    for terms in ["0", "1", "3", "100003"] {
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
