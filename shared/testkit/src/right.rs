//! What the rows of a table sum: all terms, once each, by the workers that were asked for.

use serde_json::Value;

use crate::Program;

/// One run of every kernel, of a size that divides badly.
pub fn every_row_is_right_and_complete(program: &Program) {
    for kernel in program.kernel_names() {
        check(program, kernel, "100003", "1..3");
    }
}

/// More sizes and worker counts, for programs whose strategies cannot be called without them: see
/// [`strategies`](crate::strategies). How terms are cut does not depend on the kernel.
pub fn awkward_sizes_and_worker_counts_are_right(program: &Program) {
    let kernel = program.kernel_names()[0];
    for terms in ["1", "3", "5", "1000"] {
        check(program, kernel, terms, "1..4,7");
    }
}

fn check(program: &Program, kernel: &str, terms: &str, workers: &str) {
    let ended = program.json(&["-k", kernel, "-n", terms, "-w", workers, "--rounds", "1"], &[]);
    ended.assert_good();
    let document = ended.document();
    let expected = document["kernel"]["expected"].as_str().expect("a known answer").to_owned();
    for row in ended.rows_present() {
        crate::document::assert_complete(&row);
        check_row(program, &row, terms.parse().expect("a number"), kernel, &expected);
    }
}

fn check_row(program: &Program, row: &Value, terms: u64, kernel: &str, expected: &str) {
    let verdict = row["verdict"].as_str().expect("a verdict");
    let name = row["strategy"].as_str().expect("a name");
    let may_fold = program.folding.iter().any(|folding| name.starts_with(folding));
    assert!(verdict == "right" || verdict == "folded" && may_fold, "{row}");
    assert_eq!(row["terms"], terms, "{row}");
    if kernel == "pi" {
        let sum: f64 = row["sum"].as_str().expect("a sum").parse().expect("a number");
        let n = terms as f64;
        assert!((sum - std::f64::consts::PI).abs() <= 1.0 / (12.0 * n * n) + 1e-12, "{row}");
    } else if kernel != "yours" {
        // Of that one only its own file knows which sums count as the same.
        assert_eq!(row["sum"], expected, "{row}");
    }
    if kernel != "pi" || !name.starts_with("f64") {
        assert_eq!(row["same_bits"], true, "{row}");
    }
    check_audit(row, terms);
}

/// Every term was summed once, by no more workers than were asked for, each with an id of its own.
fn check_audit(row: &Value, terms: u64) {
    let workers = row["workers"].as_u64().expect("a worker count");
    let audit = row["audit"].as_array().expect("an audit");
    assert!(audit.len() as u64 >= workers, "one entry for each worker: {row}");
    let terms_of = |entry: &Value| entry["terms"].as_u64().expect("terms");
    assert_eq!(audit.iter().map(terms_of).sum::<u64>(), terms, "{row}");
    let busy = audit.iter().filter(|entry| terms_of(entry) > 0);
    let mut ids: Vec<&str> = busy.map(|entry| entry["id"].as_str().expect("an id")).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "every worker has an id of its own: {row}");
    assert!(all as u64 <= workers, "no more workers than asked for: {row}");
}

/// `--check` judges every row, and times none.
pub fn a_check_times_nothing(program: &Program) {
    let ended = program.json(&["--check", "--seed", "7"], &[]);
    ended.assert_good();
    let document = ended.document();
    assert_eq!(document["seed"], 7);
    assert!(document["machine"]["ceilings"].is_null(), "they were not measured either");
    for row in ended.rows_present() {
        assert_eq!(row["verdict"], "right", "{row}");
        assert!(row["seconds"].is_null() && row["speedup"].is_null(), "{row}");
        check_audit(&row, row["terms"].as_u64().expect("terms"));
    }
    let text = program.run(&["--check"]);
    text.assert_good();
    assert!(text.stdout.contains("your-turn") && text.stdout.contains("nothing was timed"));
}

/// No terms: a sum of 0, which is right in every row, and of every kernel.
pub fn nothing_sums_to_nothing(program: &Program) {
    for (place, kernel) in program.kernel_names().into_iter().enumerate() {
        let rows: &[&str] = if place == 0 { &[] } else { &["-s", "your-turn"] };
        let ended = program.json(&["-k", kernel, "-n", "0", "-w", "1,2", "--rounds", "1"], rows);
        ended.assert_good();
        for row in ended.rows_present() {
            assert_eq!(row["sum"], "0", "{kernel}: {row}");
            assert_eq!(row["verdict"], "right", "{kernel}: {row}");
        }
    }
}

/// Rows that cut equal ranges, a queue or a counter give something to both of two workers even where
/// there is little to do.
pub fn two_workers_divide_little_work(program: &Program, but: &[&str]) {
    let little = ["-k", "integers", "-n", "100003", "-w", "2", "--rounds", "1"];
    both_are_busy(program, &little, but);
}

/// With enough to do for two, both take part in every row but these.
pub fn two_workers_divide_much_work(program: &Program, but: &[&str]) {
    both_are_busy(program, &["-k", "pi", "-n", "1e8", "-w", "2", "--rounds", "1"], but);
}

fn both_are_busy(program: &Program, arguments: &[&str], but: &[&str]) {
    let ended = program.json(arguments, &[]);
    ended.assert_good();
    let mut checked = 0;
    for row in ended.runs() {
        if but.contains(&row["strategy"].as_str().expect("a name")) {
            continue;
        }
        let busy = row["audit"].as_array().expect("an audit").iter();
        let busy = busy.filter(|entry| entry["busy_seconds"].as_f64() > Some(0.0)).count();
        assert_eq!(busy, 2, "{arguments:?}: {row}");
        checked += 1;
    }
    assert!(checked > 0, "{arguments:?}: {ended:?}");
}
