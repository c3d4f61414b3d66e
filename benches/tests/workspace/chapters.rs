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

fn chapter(lesson: &str) -> String {
    let path = root().join(format!("lessons/{lesson}/README.md"));
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

/// Asks each chapter; all that is wrong, one line each.
#[track_caller]
fn no_faults(faults: impl Fn(&str) -> Vec<String>) {
    let found: Vec<String> = lessons()
        .iter()
        .flat_map(|lesson| {
            faults(lesson).into_iter().map(move |fault| format!("{lesson}: {fault}"))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn unless(holds: bool, fault: String) -> Vec<String> {
    if holds { Vec::new() } else { vec![fault] }
}

#[test]
fn every_chapter_has_the_fixed_parts() {
    no_faults(|lesson| {
        let chapter = chapter(lesson);
        let parts = titles(&chapter);
        let mut faults = unless(parts == PARTS, format!("{parts:?}"));
        let command = format!("cargo run -p {lesson}");
        faults.extend(unless(chapter.contains(&command), format!("no {command}")));
        faults
    });
}

#[test]
fn every_chapter_begins_with_its_objectives() {
    no_faults(|lesson| {
        let objectives = part(&chapter(lesson), "Objectives");
        let goals = points(&objectives);
        let mut faults = unless((3..=5).contains(&goals), format!("{goals} objectives"));
        for label in ["After this chapter you can", "**Assumes**: ", "**Misconception**: "] {
            faults.extend(unless(objectives.contains(label), format!("no {label}")));
        }
        let time = "no **Time**: N minutes to read, N to run, N to do".to_owned();
        faults.extend(unless(TIME.is_match(&objectives), time));
        faults
    });
}

/// How many points a list has.
fn points(part: &str) -> usize {
    part.lines().filter(|line| line.starts_with("- ")).count()
}

#[test]
fn the_time_to_read_is_that_of_its_words() {
    no_faults(|lesson| {
        let chapter = chapter(lesson);
        let Some(time) = TIME.captures(&chapter) else { return Vec::new() };
        let stated: usize = time[1].parse().expect("digits");
        let words: usize =
            without_blocks(&chapter).map(|line| line.split_whitespace().count()).sum();
        let needed = words.div_ceil(WORDS_A_MINUTE);
        let is_near = stated.abs_diff(needed) <= needed / 4 + 1;
        unless(is_near, format!("{stated} minutes for {words} words, rather {needed}"))
    });
}

#[test]
fn every_chapter_asks_questions_and_answers_them() {
    no_faults(|lesson| {
        let questions = part(&chapter(lesson), "Check yourself");
        let asked = questions.matches("<details>").count();
        let mut faults = unless((3..=5).contains(&asked), format!("{asked} questions"));
        for answer in questions.split("<details>").skip(1) {
            let (question, rest) = answer.split_once("</summary>").unwrap_or((answer, ""));
            let answer = rest.split_once("</details>").map_or("", |(answer, _)| answer);
            let is_asked = question.trim().ends_with('?');
            let is_answered = answer.split_whitespace().count() >= 10;
            faults
                .extend(unless(is_asked && is_answered, format!("{}: {answer}", question.trim())));
        }
        faults
    });
}

#[test]
fn every_chapter_names_its_sources_and_exercises() {
    no_faults(|lesson| {
        let chapter = chapter(lesson);
        let sources = part(&chapter, "Further reading").matches("](https://").count();
        let mut faults = unless(sources >= 2, format!("{sources} sources"));
        let has_exercise = part(&chapter, "Practise").contains("](");
        faults.extend(unless(has_exercise, "no link to an exercise, or to a file to edit".into()));
        let points = points(&part(&chapter, "Summary"));
        faults.extend(unless((3..=5).contains(&points), format!("a summary of {points} points")));
        faults
    });
}

#[test]
fn every_lesson_has_a_page_for_instructors() {
    no_faults(|lesson| {
        let path = root().join(format!("lessons/{lesson}/instructor.md"));
        let page = fs::read_to_string(path).unwrap_or_default();
        let parts = titles(&page);
        unless(parts == PARTS_FOR_INSTRUCTORS, format!("instructor.md has {parts:?}"))
    });
}
