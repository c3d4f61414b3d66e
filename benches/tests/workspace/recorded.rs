//! What the chapters show and say came out of the recorded run.

use std::collections::BTreeSet;

use benches::recorded::{Chapter, Recording, chapters, filled, unmarked};

fn pages() -> Vec<Chapter> {
    chapters().expect("the chapters can be read")
}

fn recording() -> Recording {
    Recording::load(&Recording::folder()).expect("there is a recorded run")
}

/// What `record` writes beside the runs of the chapters.
const OF_THE_BENCH: [&str; 3] = ["bench", "ladder", "machine"];

#[test]
fn every_figure_of_a_chapter_is_that_of_its_run() {
    let recording = recording();
    for chapter in pages() {
        let (text, faults) = filled(&chapter, &recording);
        assert_eq!(faults, [""; 0]);
        let differs = text.lines().zip(chapter.text.lines()).find(|(new, old)| new != old);
        assert_eq!(
            differs,
            None,
            "{}: cargo run -p benches -- record --fill",
            chapter.path.display()
        );
        assert_eq!(text.len(), chapter.text.len(), "{}", chapter.path.display());
    }
}

#[test]
fn every_measured_figure_names_its_run() {
    for chapter in pages() {
        assert_eq!(unmarked(&chapter.text), [""; 0], "{}", chapter.path.display());
    }
}

#[test]
fn the_recorded_runs_are_those_of_the_chapters() {
    let declared =
        pages().iter().flat_map(|page| page.runs().expect("good comments")).collect::<Vec<_>>();
    assert!(declared.len() >= 14, "every lesson has a run");
    let names: BTreeSet<&str> =
        declared.iter().map(|run| run.name.as_str()).chain(OF_THE_BENCH).collect();
    let recording = recording();
    assert_eq!(recording.names().collect::<BTreeSet<&str>>(), names);
    for run in &declared {
        let recorded = recording.run(&run.name).expect("it is there");
        assert_eq!(recorded.document.is_some(), run.has_document, "{}", run.name);
        if let Some(document) = &recorded.document {
            assert_eq!(document.lesson, run.arguments[0], "{}", run.name);
            assert_eq!(course::doubt(document), None, "{}", run.name);
        }
    }
}

/// One recording is of one machine.
#[test]
fn all_documents_are_of_one_machine() {
    let recording = recording();
    let machines: BTreeSet<String> = recording
        .names()
        .filter_map(|name| recording.run(name).ok()?.document.as_ref())
        .map(|document| &document.machine)
        .map(|machine| format!("{} {} {}", machine.cpu, machine.usable_cores, machine.simd))
        .collect();
    assert_eq!(machines.len(), 1, "{machines:?}");
}
