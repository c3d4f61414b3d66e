use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::excerpt::excerpt;
use super::expression::evaluate;
use super::marks::{Declared, Mark, marks};
use super::recording::Recording;
use crate::program::root;

/// A figure at the end of a text: its number, and its unit if it has one.
static LAST_FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)(?:\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)(\s?(?:%|[A-Za-z][A-Za-z/]*))?$")
        .expect("a good expression")
});

/// A figure that was measured, by its unit.
static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?:x|\s?%|\s(?:ns|us|ms|s|times|GB/s)\b)(?:<!--)?")
        .expect("a good expression")
});

/// A page whose figures come from recorded runs.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its file.
    pub path: PathBuf,
    /// What is in it.
    pub text: String,
}

/// The pages of the book and the other pages with figures. The pages of exercises are made from their sources, and are
/// not among them.
///
/// # Errors
///
/// The file that cannot be read, and why.
pub fn chapters() -> Result<Vec<Chapter>, String> {
    let root = root();
    let lessons = root.join("lessons");
    let summary = read(lessons.join("SUMMARY.md"))?.text;
    let pages = summary.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
    let is_written = |page: &&str| !page.starts_with("practice/") || page.ends_with("README.md");
    let pages = pages.filter(is_written).map(|page| lessons.join(page));
    let first = ["README.md", "benches/README.md"].map(|page| root.join(page));
    first.into_iter().chain(pages).map(read).collect()
}

fn read(path: PathBuf) -> Result<Chapter, String> {
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Chapter { path, text }),
        Err(cause) => Err(format!("{}: {cause}", path.display())),
    }
}

impl Chapter {
    /// The code that it shows: files, seen from the chapter, and the anchors in them.
    ///
    /// # Errors
    ///
    /// A comment that is broken.
    pub fn code(&self) -> Result<Vec<(String, String)>, String> {
        let marks = marks(&self.text).map_err(|why| format!("{}: {why}", self.path.display()))?;
        let code = |(_, mark)| {
            if let Mark::Code { file, anchor } = mark { Some((file, anchor)) } else { None }
        };
        Ok(marks.into_iter().filter_map(code).collect())
    }

    /// The runs that it declares.
    ///
    /// # Errors
    ///
    /// A comment that is broken.
    pub fn runs(&self) -> Result<Vec<Declared>, String> {
        let marks = marks(&self.text).map_err(|why| format!("{}: {why}", self.path.display()))?;
        let run = |(_, mark)| if let Mark::Run(run) = mark { Some(run) } else { None };
        Ok(marks.into_iter().filter_map(run).collect())
    }
}

/// The chapter with the blocks and the figures of `recording`, and what could not be filled, one line each.
pub fn filled(chapter: &Chapter, recording: &Recording) -> (String, Vec<String>) {
    let text = &chapter.text;
    let at = |place: usize, why: String| {
        format!("{}:{}: {why}", chapter.path.display(), text[..place].matches('\n').count() + 1)
    };
    let marks = match marks(text) {
        Ok(marks) => marks,
        Err(why) => return (text.clone(), vec![at(0, why)]),
    };
    let (mut filled, mut faults, mut done) = (String::new(), Vec::new(), 0);
    for (comment, mark) in marks {
        let replaced = match &mark {
            Mark::Shown { name, from, to } => {
                let shown = recording
                    .run(name)
                    .and_then(|run| part(&run.text, from.as_deref(), to.as_deref()));
                shown.and_then(|shown| Ok((block(text, comment.end)?, shown)))
            }
            Mark::Code { file, anchor } => excerpt(&beside(&chapter.path, file), anchor)
                .map_err(|why| format!("{file}:{anchor}: {why}"))
                .and_then(|code| {
                    let indent = indent(&text[..comment.start]);
                    Ok((block(text, comment.end)?, indented(&code, indent)))
                }),
            Mark::Figure(expression) => evaluate(expression, recording).and_then(|figure| {
                let before = &text[done..comment.start];
                let last = LAST_FIGURE.captures(before).ok_or("no figure before the comment")?;
                let unit = last.get(1).map_or("", |unit| unit.as_str());
                let start = done + last.get(0).expect("the whole").start();
                Ok((start..comment.start, figure.written(unit)))
            }),
            Mark::Run(_) | Mark::Fact => continue,
        };
        match replaced {
            Ok((Range { start, end }, with)) => {
                filled += &text[done..start];
                filled += &with;
                done = end;
            }
            Err(why) => faults.push(at(comment.start, why)),
        }
    }
    filled += &text[done..];
    (filled, faults)
}

/// The file that a chapter calls `path`.
fn beside(chapter: &Path, path: &str) -> PathBuf {
    chapter.parent().map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
}

/// The inside of the fenced block that begins right after `end`, in a list perhaps.
fn block(text: &str, end: usize) -> Result<Range<usize>, String> {
    let rest = text[end..]
        .strip_prefix('\n')
        .filter(|rest| rest.trim_start_matches(' ').starts_with("```"));
    let rest = rest.ok_or("no fenced block right below the comment")?;
    let opening = rest.find('\n').ok_or("the block does not end")? + 1;
    let start = end + 1 + opening;
    let mut length = 0;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_start_matches(' ').starts_with("```") {
            return Ok(start..start + length);
        }
        length += line.len();
    }
    Err("the block does not end".to_owned())
}

/// The blanks between the beginning of the last line of `before` and its end.
fn indent(before: &str) -> &str {
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim().is_empty() { line } else { "" }
}

fn indented(code: &str, indent: &str) -> String {
    let line =
        |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{indent}{line}\n") };
    code.lines().map(line).collect()
}

/// The lines of `text` from the one that holds `from` up to the next that holds `to`.
fn part(text: &str, from: Option<&str>, to: Option<&str>) -> Result<String, String> {
    let lines: Vec<&str> = text.lines().collect();
    let holds = |mark: &str, after: usize| {
        let found = lines.iter().skip(after).position(|line| line.contains(mark));
        found.map(|place| place + after).ok_or_else(|| format!("the run has no line with {mark}"))
    };
    let first = from.map_or(Ok(0), |mark| holds(mark, 0))?;
    let last = to.map_or(Ok(lines.len()), |mark| holds(mark, first + 1))?;
    Ok(lines[first..last].join("\n").trim_end().to_owned() + "\n")
}

/// Figures of `text` with a unit of something measured, and without a comment that says from where: the lines.
pub fn unmarked(text: &str) -> Vec<String> {
    let mut code = false;
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        if code || fence {
            continue;
        }
        let prose = without_code(line);
        let bare = MEASURED.find_iter(&prose).find(|figure| !figure.as_str().ends_with("<!--"));
        found.extend(bare.map(|figure| format!("{number}: {}", figure.as_str())));
    }
    found
}

/// A line with its comments emptied and what is in backquotes left out.
fn without_code(line: &str) -> String {
    let mut prose = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("<!--") {
        prose += &rest[..start + 4];
        rest = rest[start..].split_once("-->").map_or("", |(_, rest)| rest);
    }
    prose += rest;
    let outside = |(place, part): (usize, &str)| {
        if place % 2 == 0 { part.to_owned() } else { "`".to_owned() }
    };
    prose.split('`').enumerate().map(outside).collect()
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, run};

    use super::super::recording::Recorded;
    use super::*;

    fn recording() -> Recording {
        let document = integers(vec![run("scoped", 2, 0.005)]);
        let text = "question?\n\nhead\nscoped 5.00 ms\n\nRead it.\n".to_owned();
        Recording::of([("threads", Recorded { text, document: Some(document) })])
    }

    fn fill(text: &str) -> (String, Vec<String>) {
        let chapter = Chapter { path: PathBuf::from("a.md"), text: text.to_owned() };
        filled(&chapter, &recording())
    }

    #[test]
    fn figures_are_replaced_by_those_of_the_run() {
        let (text, faults) = fill(
            "It took 7.31 ms<!--= threads: scoped time-->, 9.9x<!--= threads: scoped speedup--> and \
             a\n3 times<!--= threads: scoped slower-->.",
        );
        assert_eq!(faults, [""; 0]);
        assert_eq!(
            text,
            "It took 5.00 ms<!--= threads: scoped time-->, 2.0x<!--= threads: scoped speedup--> and \
             a\n0.5 times<!--= threads: scoped slower-->."
        );
        assert_eq!(fill(&text).0, text, "once filled, it stays");
    }

    #[test]
    fn blocks_are_replaced_by_the_text_of_the_run() {
        let page = |comment: &str, inside: &str| format!("{comment}\n```text\n{inside}```\nMore.");
        let all = page("<!--shown threads-->", "old\n");
        assert_eq!(
            fill(&all).0,
            page("<!--shown threads-->", "question?\n\nhead\nscoped 5.00 ms\n\nRead it.\n")
        );
        let cut = "<!--shown threads from \"head\" to \"Read\"-->";
        assert_eq!(fill(&page(cut, "")), (page(cut, "head\nscoped 5.00 ms\n"), Vec::new()));
    }

    #[test]
    fn code_is_that_of_the_source() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let source = "    // ANCHOR: a\n    loop {\n\n    }\n    // ANCHOR_END: a\n";
        fs::write(folder.path().join("sum.rs"), source).expect("a file");
        let page = |inside: &str| {
            format!("1. Look:\n\n   <!--code sum.rs:a-->\n   ```rust\n{inside}   ```\n   More.\n")
        };
        let of = |text: String| {
            let chapter = Chapter { path: folder.path().join("README.md"), text };
            filled(&chapter, &recording())
        };
        let good = page("   loop {\n\n   }\n");
        assert_eq!(of(page("   old\n")), (good.clone(), Vec::new()));
        assert_eq!(of(good.clone()).0, good, "once filled, it stays");
        let faults = of(good.replace("sum.rs:a", "sum.rs:b")).1;
        assert!(faults.len() == 1 && faults[0].contains("no such anchor"), "{faults:?}");
    }

    #[test]
    fn what_cannot_be_filled_is_left_and_said() {
        for (text, why) in [
            ("a\nnothing<!--= threads: scoped time-->", "a.md:2: no figure before"),
            ("1x<!--= other: scoped time-->", "a.md:1: no run other"),
            ("<!--shown threads-->\nno block", "no fenced block"),
            ("<!--shown threads from \"x y\"-->\n```\n```", "no line with x y"),
        ] {
            let (same, faults) = fill(text);
            assert_eq!(same, text);
            assert!(faults.len() == 1 && faults[0].contains(why), "{faults:?}");
        }
    }

    #[test]
    fn a_figure_without_a_comment_is_found() {
        let text = "1.9x and 5 ns<!--= a: b c-->, `7 ms` in code\n```text\n8 ms\n```\n4 cores\n96 %\n3 times";
        assert_eq!(unmarked(text), ["1: 1.9x", "6: 96 %", "7: 3 times"]);
        assert_eq!(unmarked("a core of 4 ms<!--fact: so the system says-->"), [""; 0]);
    }
}
