//! The results of other lessons as charts.

use super::check;

const LESSON: &str = r#"{"schema": 2, "lesson": "jit", "machine": {"cpu": "Example <9000>", "usable_cores": 2},
    "kernel": {"name": "integers", "terms": 1000}, "runs": [
    {"strategy": "compiled", "workers": 1, "terms": 1000, "verdict": "right",
     "seconds": {"median": 1e-6, "low": null, "high": null, "samples": [1e-6]}},
    {"strategy": "broken", "workers": 1, "terms": 1000, "verdict": "wrong", "seconds": null}]}"#;

#[test]
fn rows_of_a_lesson_with_several_workers_are_curves() {
    let row = |strategy: &str, workers: usize, seconds: f64| {
        format!(
            r#"{{"strategy": "{strategy}", "workers": {workers}, "terms": 1000, "verdict": "right",
             "seconds": {{"median": {seconds}, "low": null, "high": null, "samples": []}}}}"#
        )
    };
    let rows = [row("loop", 1, 8e-5), row("pool", 1, 8e-5), row("pool", 2, 4e-5)].join(",");
    let begin = LESSON.find("{\"strategy\"").expect("there are rows");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("{}{rows}]}}", &LESSON[..begin]);
    std::fs::write(folder.path().join("python.json"), text).expect("a file can be written");
    let (drawn, troubles) = benches::chart::lessons(folder.path());
    assert_eq!((drawn.len(), troubles), (2, vec![]));
    drawn.iter().for_each(check);
    assert_eq!(drawn[0].table.rows.len(), 3);
    assert_eq!(drawn[1].table.rows, [["pool", "1", "1.00"], ["pool", "2", "2.00"]]);
}

#[test]
fn lesson_documents_are_drawn_and_bad_ones_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("a file can be written");
    };
    write("jit.json", LESSON);
    write("newer.json", &LESSON.replace("\"schema\": 2", "\"schema\": 3"));
    write("damaged.json", &LESSON[..100]);
    write("notes.txt", "not of our making");
    let (drawn, troubles) = benches::chart::lessons(folder.path());
    assert_eq!(drawn.len(), 1);
    drawn.iter().for_each(check);
    assert!(drawn[0].reading[0].contains("Example <9000>"), "{:?}", drawn[0].reading);
    assert_eq!(drawn[0].table.rows.len(), 1, "a wrong row has no time");
    let ids: Vec<&str> = troubles.iter().map(|trouble| trouble.id.as_str()).collect();
    assert_eq!(ids, ["lessons/damaged.json", "lessons/newer.json"]);
    assert!(troubles[1].reason.contains("schema 3"), "{troubles:?}");
    assert_eq!(benches::chart::lessons(&folder.path().join("none")), (vec![], vec![]));
}
