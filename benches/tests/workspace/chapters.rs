//! Every chapter is made alike: the same parts, and in each part what a reader and a teacher look for there.

use std::fs;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::root;
use crate::conventions::lessons;

/// The parts of a chapter, in this order.
const PARTS: [&str; 12] = [
    "Objectives",
    "Question",
    "Run",
    "Read",
    "Expect",
    "Why",
    "Summary",
    "Try",
    "Check yourself",
    "Practise",
    "Further reading",
    "Next",
];

/// The parts of a page for instructors, in this order.
const PARTS_FOR_INSTRUCTORS: [&str; 3] = ["In the room", "What goes wrong", "What to ask"];

/// A chapter says how long it takes.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\*\*Time\*\*: (\d+) minutes to read, (\d+) to run, (\d+) to do")
        .expect("a good expression")
});

/// So many words of a technical text are read in a minute.
const WORDS_A_MINUTE: usize = 200;

/// Chapters that still have their old parts.
const OLD: [&str; 18] = [
    "compiled",
    "distributed",
    "faults",
    "ffi",
    "gpu",
    "hotspots",
    "interpreted",
    "jit",
    "libraries",
    "limits",
    "patterns",
    "practice",
    "processes",
    "python",
    "scale",
    "sequential",
    "threads",
    "work-stealing",
];

fn rewritten() -> Vec<String> {
    lessons().into_iter().filter(|lesson| !OLD.contains(&lesson.as_str())).collect()
}

fn chapter(lesson: &str) -> String {
    page(&format!("lessons/{lesson}/README.md"))
}

fn page(path: &str) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The titles of the parts.
fn titles(page: &str) -> Vec<&str> {
    without_blocks(page).filter_map(|line| line.strip_prefix("## ")).map(str::trim).collect()
}

/// The lines of the part with this title.
fn part(page: &str, title: &str) -> String {
    let heading = format!("## {title}");
    let lines = page.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !line.starts_with("## ")).flat_map(|line| [line, "\n"]).collect()
}

/// The lines that stand in no fenced block.
fn without_blocks(page: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    page.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    })
}

#[test]
fn every_chapter_has_the_fixed_parts() {
    for lesson in rewritten() {
        let chapter = chapter(&lesson);
        assert_eq!(titles(&chapter), PARTS, "{lesson}");
        assert!(chapter.contains(&format!("cargo run -p {lesson}")), "{lesson}");
    }
}

#[test]
fn every_chapter_begins_with_its_objectives() {
    for lesson in rewritten() {
        let objectives = part(&chapter(&lesson), "Objectives");
        let goals = objectives.lines().filter(|line| line.starts_with("- ")).count();
        assert!((3..=5).contains(&goals), "{lesson}: {goals} objectives");
        for label in ["After this chapter you can", "**Assumes**: ", "**Misconception**: "] {
            assert!(objectives.contains(label), "{lesson}: {label}");
        }
        assert!(TIME.is_match(&objectives), "{lesson}: **Time**: N minutes to read, ...");
    }
}

#[test]
fn the_time_to_read_is_that_of_its_words() {
    for lesson in rewritten() {
        let chapter = chapter(&lesson);
        let Some(time) = TIME.captures(&chapter) else { continue };
        let stated: usize = time[1].parse().expect("digits");
        let words: usize =
            without_blocks(&chapter).map(|line| line.split_whitespace().count()).sum();
        let needed = words.div_ceil(WORDS_A_MINUTE);
        assert!(
            stated.abs_diff(needed) <= needed / 4 + 1,
            "{lesson}: {stated} minutes for {words} words, rather {needed}"
        );
    }
}

#[test]
fn every_chapter_asks_questions_and_answers_them() {
    for lesson in rewritten() {
        let questions = part(&chapter(&lesson), "Check yourself");
        let asked = questions.matches("<details>").count();
        assert!((3..=5).contains(&asked), "{lesson}: {asked} questions");
        for answer in questions.split("<details>").skip(1) {
            let (question, answer) = answer.split_once("</summary>").expect("a summary");
            let answer = answer.split_once("</details>").expect("an end").0;
            assert!(question.trim().ends_with('?'), "{lesson}: {question}");
            assert!(answer.split_whitespace().count() >= 10, "{lesson}: {question}: {answer}");
        }
    }
}

#[test]
fn every_chapter_names_its_sources_and_exercises() {
    for lesson in rewritten() {
        let chapter = chapter(&lesson);
        let links = part(&chapter, "Further reading").matches("](https://").count();
        assert!(links >= 2, "{lesson}: {links} sources");
        let practise = part(&chapter, "Practise");
        assert!(practise.contains("]("), "{lesson}: a link to an exercise or to a file to edit");
        let summary = part(&chapter, "Summary");
        let points = summary.lines().filter(|line| line.starts_with("- ")).count();
        assert!((3..=5).contains(&points), "{lesson}: {points} points");
    }
}

#[test]
fn every_lesson_has_a_page_for_instructors() {
    for lesson in rewritten() {
        let page = page(&format!("lessons/{lesson}/instructor.md"));
        assert_eq!(titles(&page), PARTS_FOR_INSTRUCTORS, "{lesson}");
    }
}
