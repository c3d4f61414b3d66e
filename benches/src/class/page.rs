//! The page: one file of HTML that opens from disk, without a network and without a script.

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use units::{count, percent};

use super::entry::{Entry, LeftOut};
use super::picture::{self, Picture};
use super::section::{Section, WrongAnswer};
use super::sentence;
use super::standing::Standing;
use super::{Class, rows};
use crate::text::listed;

/// So many names are listed where several did the same.
const MOST_NAMES: usize = 8;

/// So many wrong answers are listed of a section; what is wrong with each stands beside its name, too.
const MOST_ANSWERS: usize = 40;

/// The whole page. Every string that comes out of a file is escaped.
pub(super) fn html(class: &Class) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let source = include_str!("class.html.jinja");
    let template = environment.template_from_str(source).expect("the template is tested");
    let page = Value::from(Serde(Page::of(class)));
    template.render(page).expect("it is tested with every part there and missing")
}

/// Everything that the template names.
#[derive(Serialize)]
struct Page<'c> {
    styles: [&'static str; 3],
    /// What all of it comes to, where there is more than one lesson, or none.
    summary: Option<String>,
    sections: Vec<SectionView<'c>>,
    left_out: Vec<(&'static str, Vec<&'c LeftOut>)>,
    left_out_files: usize,
    fast: String,
    is_checked_again: bool,
}

#[derive(Serialize)]
struct SectionView<'c> {
    lesson: &'c str,
    anchor: String,
    sentence: String,
    others: Option<String>,
    versions: Option<String>,
    is_of_exercises: bool,
    shares: Option<Picture>,
    exercises: Option<Picture>,
    wrong: Option<Picture>,
    answers: Vec<AnswerView>,
    more_answers: usize,
    failures: Vec<(String, String)>,
    rows: Vec<RowView<'c>>,
}

/// A wrong answer: what it is, of which sum, and whose.
#[derive(Serialize)]
struct AnswerView {
    text: String,
    run: String,
    times: usize,
    whose: String,
}

#[derive(Serialize)]
struct RowView<'c> {
    name: &'c str,
    file: &'c str,
    look: &'static str,
    word: String,
    share: String,
    machine: String,
    why: Vec<String>,
    again: Option<(&'static str, &'c str)>,
}

impl<'c> Page<'c> {
    fn of(class: &'c Class) -> Self {
        let sections = Section::all(&class.entries);
        let mut left_out: BTreeMap<&'static str, Vec<&LeftOut>> = BTreeMap::new();
        for file in &class.left_out {
            left_out.entry(file.kind).or_default().push(file);
        }
        let summary = (sections.len() != 1).then(|| {
            let hand_ins = count(class.entries.len() as u64, "hand-in");
            format!("{hand_ins} of {}.", count(sections.len() as u64, "lesson"))
        });
        Page {
            styles: [include_str!("../report/report.css"), draw::STYLE, include_str!("class.css")],
            summary,
            sections: sections.iter().map(SectionView::of).collect(),
            left_out: left_out.into_iter().collect(),
            left_out_files: class.left_out.len(),
            fast: format!("{}", rows::FAST),
            is_checked_again: class.entries.iter().any(|entry| entry.recheck.is_some()),
        }
    }
}

impl<'c> SectionView<'c> {
    fn of(section: &Section<'c>) -> Self {
        let of_exercises = section.is_of_exercises();
        let wrong = section.wrong_answers();
        SectionView {
            lesson: section.lesson,
            anchor: format!("lesson-{}", crate::slugs::slug(section.lesson)),
            sentence: sentence::answer(section),
            others: sentence::the_others(section.tally()),
            versions: versions(section),
            is_of_exercises: of_exercises,
            shares: if of_exercises { None } else { picture::shares(section) },
            exercises: if of_exercises { picture::exercises(section) } else { None },
            wrong: picture::wrong(&wrong),
            answers: wrong.iter().take(MOST_ANSWERS).map(AnswerView::of).collect(),
            more_answers: wrong.len().saturating_sub(MOST_ANSWERS),
            failures: failures(section),
            rows: section.entries.iter().map(|entry| RowView::of(entry)).collect(),
        }
    }
}

impl AnswerView {
    fn of(answer: &WrongAnswer<'_>) -> Self {
        AnswerView {
            text: answer.off.text.clone(),
            run: if answer.off.run.is_empty() {
                "the whole sum".to_owned()
            } else {
                answer.off.run.clone()
            },
            times: answer.entries.len(),
            whose: whose(&answer.entries),
        }
    }
}

impl<'c> RowView<'c> {
    fn of(entry: &'c Entry) -> Self {
        let machine = entry.machine.as_ref();
        let machine = machine
            .map_or_else(String::new, |machine| format!("{}; {}", machine.name, machine.cpu));
        let (word, look, share, mut why) = match entry.standings.as_slice() {
            [only] if !entry.is_of_exercises => {
                (only.in_a_word().to_owned(), only.look(), share(only), vec![only.reason.clone()])
            }
            all => of_exercises(all),
        };
        why.retain(|line| !line.is_empty());
        why.extend(entry.notes.iter().cloned());
        let again = entry.recheck.as_ref();
        let again = again.map(|again| (again.answer.as_str(), again.words.as_str()));
        RowView { name: &entry.name, file: &entry.file, look, word, share, machine, why, again }
    }
}

/// How many exercises came to what, and what is wrong with the others.
fn of_exercises(all: &[Standing]) -> (String, &'static str, String, Vec<String>) {
    let right = all.iter().filter(|standing| standing.outcome == super::Outcome::Right).count();
    let look = if right == all.len() { "fast" } else { "alone" };
    let others =
        all.iter().filter(|standing| standing.in_a_word() != "fast" && !standing.reason.is_empty());
    let why = others.map(|standing| format!("{}: {}", standing.about, standing.reason)).collect();
    (format!("{right} of {} right", all.len()), look, String::new(), why)
}

/// `94 % (91 to 96)`.
fn share(standing: &Standing) -> String {
    let Some(share) = standing.share else { return String::new() };
    let whole = |share: f64| format!("{:.0}", 100.0 * share);
    match share.low.zip(share.high) {
        Some((low, high)) => {
            format!("{} ({} to {})", percent(share.median), whole(low), whole(high))
        }
        None => percent(share.median),
    }
}

/// The reasons for which some failed or were not run, and whose they are.
fn failures(section: &Section<'_>) -> Vec<(String, String)> {
    let mut reasons: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for (entry, standing) in section.standings() {
        let is_right = standing.outcome == super::Outcome::Right;
        if !is_right && standing.off.is_none() {
            let reason = if section.is_of_exercises() {
                format!("{}: {}", standing.about, standing.reason)
            } else {
                format!("{}: {}", standing.outcome.as_str(), standing.reason)
            };
            reasons.entry(reason).or_default().push(entry);
        }
    }
    reasons.into_iter().map(|(reason, entries)| (reason, whose(&entries))).collect()
}

fn whose(entries: &[&Entry]) -> String {
    let mut names: Vec<String> =
        entries.iter().take(MOST_NAMES).map(|entry| entry.name.clone()).collect();
    if entries.len() > MOST_NAMES {
        names.push(format!("{} more", entries.len() - MOST_NAMES));
    }
    listed(&names)
}

/// What there is to say where not all have the same program.
fn versions(section: &Section<'_>) -> Option<String> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &section.entries {
        let commit =
            entry.commit.as_deref().map_or_else(String::new, |commit| format!(", commit {commit}"));
        *found.entry(format!("{}{commit}", entry.version)).or_default() += 1;
    }
    if found.len() < 2 {
        return None;
    }
    let mut found: Vec<(String, usize)> = found.into_iter().collect();
    found.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let more = found.len().saturating_sub(MOST_NAMES);
    let mut parts: Vec<String> = found
        .into_iter()
        .take(MOST_NAMES)
        .map(|(version, number)| format!("{number} of {version}"))
        .collect();
    parts.extend((more > 0).then(|| format!("{more} more versions")));
    Some(format!("They were made by different versions of the program: {}.", listed(&parts)))
}
