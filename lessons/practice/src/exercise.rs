use std::fmt::Write;

use judge::Stage;

/// An exercise, read from its one source: a Rust file that is the solution, with marks from which all else is made.
///
/// ```text
/// //! # Title
/// //!
/// //! The question, and what there is to know.
/// //!
/// //! Counts: what the judge looks at.
/// //!
/// //! Read: [threads](../../../threads/README.md)
///
/// fn cut() {
///     // HOLE
///     the solution
///     // SKELETON right: what the verdict of it says
///     //| what the learner finds here at first
///     // WRONG how: what the verdict of it says
///     //| another wrong way
///     // END
/// }
///
/// // HINT The first hint.
/// // HINT The second one.
/// // RULES
/// pub fn rules() -> Rules { ... }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The folder of its chapter: `cutting`.
    pub chapter: &'static str,
    /// Its name, which is that of its file: `no-tail`.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// The first paragraph: one question.
    pub question: String,
    /// What the judge looks at, in words.
    pub counts: String,
    /// One more each time that a learner asks.
    pub hints: Vec<String>,
    /// What stands in the hole when the learner finds it.
    pub skeleton: Filling,
    /// Attempts that have to fail, each for its own reason.
    pub wrong: Vec<Filling>,
    /// The code of the judge's rules.
    pub rules: String,
    before: String,
    solution: String,
    after: String,
}

/// What stands in the hole, and what the judge has to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filling {
    /// Where it fails.
    pub stage: Stage,
    /// A part of what is said then.
    pub says: String,
    code: String,
}

/// Around the hole in a learner's file.
const OPENS: &str = "// --- your turn: from here";
const CLOSES: &str = "// --- to here";

impl Exercise {
    /// Reads `source`, the file `name` of `chapter`.
    ///
    /// # Errors
    ///
    /// What is missing in it, in words.
    pub fn parse(chapter: &'static str, name: &str, source: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("{chapter}/{name}.rs: {what}");
        let (code, rules) = source.split_once("// RULES\n").ok_or_else(|| wrong("no // RULES"))?;
        let mut lines = code.lines();
        let mut parts = Parts::default();
        for line in lines.by_ref() {
            parts.take(line).map_err(|what| wrong(&what))?;
        }
        let Parts { before, solution, after, mut fillings, hints, place } = parts;
        if place != Place::After {
            return Err(wrong("no // END"));
        }
        let doc: Vec<&str> =
            before.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let paragraphs: Vec<String> = doc
            .split(|line| line.is_empty())
            .map(|lines| lines.join(" "))
            .filter(|text| !text.is_empty())
            .collect();
        let starting = |start: &str| {
            paragraphs
                .iter()
                .find_map(|paragraph| paragraph.strip_prefix(start))
                .map(|text| text.trim().to_owned())
        };
        let title = starting("# ").ok_or_else(|| wrong("no title"))?;
        let counts =
            starting("Counts:").ok_or_else(|| wrong("no paragraph that begins with Counts:"))?;
        starting("Read:").ok_or_else(|| wrong("no paragraph that begins with Read:"))?;
        let question = paragraphs.get(1).filter(|text| text.contains('?')).cloned();
        let question = question.ok_or_else(|| wrong("the second paragraph asks nothing"))?;
        if fillings.len() < 3 || !(2..=3).contains(&hints.len()) {
            return Err(wrong(
                "it takes a SKELETON, at least two of WRONG, and two or three of HINT",
            ));
        }
        Ok(Exercise {
            chapter,
            name: name.replace('_', "-"),
            title,
            question,
            counts,
            hints,
            skeleton: fillings.remove(0),
            wrong: fillings,
            rules: rules.to_owned(),
            before,
            solution,
            after: format!("{}\n", after.trim_end()),
        })
    }

    /// Whether it is judged by the model of threads.
    pub fn has_model(&self) -> bool {
        self.rules.contains(".model(")
    }

    /// The file that a learner finds.
    pub fn skeleton_text(&self) -> String {
        self.text_with(&self.skeleton.code)
    }

    /// The same file, solved.
    pub fn solution_text(&self) -> String {
        self.text_with(&self.solution)
    }

    /// The same file with one of the wrong ways.
    pub fn wrong_text(&self, wrong: &Filling) -> String {
        self.text_with(&wrong.code)
    }

    /// What stands in the hole of the solution, without the indentation of the place.
    pub fn solution_alone(&self) -> String {
        let indent = least_indent(&self.solution);
        let mut text = String::new();
        for line in self.solution.lines() {
            line_to(&mut text, line.get(indent..).unwrap_or(""));
        }
        text
    }

    fn text_with(&self, code: &str) -> String {
        let indent = " ".repeat(least_indent(code));
        format!("{}{indent}{OPENS}\n{code}{indent}{CLOSES}\n{}", self.before, self.after)
    }

    /// What the file says of itself, without its marks of a comment.
    pub fn task(&self) -> String {
        let doc = self.before.lines().map_while(|line| line.strip_prefix("//!"));
        let mut text = String::new();
        for line in doc {
            let _ = writeln!(text, "{}", line.strip_prefix(' ').unwrap_or(line));
        }
        text
    }
}

/// Where in the source a line stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Before,
    Solution,
    Filling,
    After,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Parts {
    place: Place,
    before: String,
    solution: String,
    after: String,
    fillings: Vec<Filling>,
    hints: Vec<String>,
}

impl Parts {
    fn take(&mut self, line: &str) -> Result<(), String> {
        let mark = line.trim_start();
        if mark == "// HOLE" {
            self.place = Place::Solution;
        } else if mark == "// END" {
            self.place = Place::After;
        } else if let Some(reason) =
            mark.strip_prefix("// SKELETON ").or_else(|| mark.strip_prefix("// WRONG "))
        {
            self.place = Place::Filling;
            self.fillings.push(Filling::parse(reason)?);
        } else if let Some(hint) = mark.strip_prefix("// HINT ") {
            self.hints.push(hint.trim().to_owned());
        } else {
            match self.place {
                Place::Before => line_to(&mut self.before, line),
                Place::Solution => line_to(&mut self.solution, line),
                Place::Filling => {
                    let code =
                        mark.strip_prefix("//|").ok_or_else(|| format!("no //| before: {line}"))?;
                    let code = code.strip_prefix(' ').unwrap_or(code);
                    let whole = if code.is_empty() {
                        String::new()
                    } else {
                        " ".repeat(indent_of(line)) + code
                    };
                    let last = self.fillings.last_mut().ok_or("a filling without a mark")?;
                    line_to(&mut last.code, &whole);
                }
                // A hint may go on over several lines.
                Place::After => match (self.hints.last_mut(), mark.strip_prefix("//")) {
                    (Some(hint), Some(more)) => {
                        hint.push(' ');
                        hint.push_str(more.trim());
                    }
                    _ => line_to(&mut self.after, line),
                },
            }
        }
        Ok(())
    }
}

impl Filling {
    /// What `// WRONG` is followed by: `right: were never summed`.
    fn parse(reason: &str) -> Result<Self, String> {
        let (stage, says) =
            reason.split_once(':').ok_or_else(|| format!("no `stage: words` in: {reason}"))?;
        let stage = Stage::ALL.into_iter().find(|known| known.name() == stage.trim());
        let stage = stage.ok_or_else(|| format!("no such stage: {reason}"))?;
        Ok(Filling { stage, says: says.trim().to_owned(), code: String::new() })
    }
}

fn line_to(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The indentation of a text, that of blank lines aside.
fn least_indent(text: &str) -> usize {
    text.lines().filter(|line| !line.trim().is_empty()).map(indent_of).min().unwrap_or(0)
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "//! # Title\n//!\n//! Is it so?\n//!\n//! Counts: much.\n//!\n//! Read: [a](../../../a/README.md)\n\nfn f() \
                          -> u64 {\n    // HOLE\n    1\n    // SKELETON right: is 0\n    //| 0\n    // WRONG how: alone\n    //| \
                          if true {\n    //|     2\n    //| }\n    // WRONG fast: asked\n    //| 3\n    // END\n}\n\n// HINT \
                          One.\n// HINT Two\n// lines.\n// RULES\npub fn rules() -> Rules {}\n";

    #[test]
    fn all_there_is_comes_from_one_source() {
        let exercise = Exercise::parse("cutting", "a_name", SOURCE).expect("it is whole");
        assert_eq!((exercise.name.as_str(), exercise.title.as_str()), ("a-name", "Title"));
        assert_eq!((exercise.question.as_str(), exercise.counts.as_str()), ("Is it so?", "much."));
        assert_eq!(exercise.hints, ["One.", "Two lines."]);
        assert_eq!(
            (exercise.skeleton.stage, exercise.skeleton.says.as_str()),
            (Stage::Right, "is 0")
        );
        let learner = exercise.skeleton_text();
        let hole =
            "fn f() -> u64 {\n    // --- your turn: from here\n    0\n    // --- to here\n}\n";
        assert!(learner.ends_with(hole), "{learner}");
        assert!(
            exercise.wrong_text(&exercise.wrong[0]).contains("    if true {\n        2\n    }\n")
        );
        assert_eq!(exercise.solution_alone(), "1\n");
        assert_eq!(exercise.rules, "pub fn rules() -> Rules {}\n");
    }

    #[test]
    fn what_is_missing_in_a_source_is_named() {
        let fault = |from: &str, to: &str| {
            let source = SOURCE.replace(from, to);
            Exercise::parse("cutting", "a_name", &source).expect_err("it is not whole")
        };
        assert_eq!(fault("// RULES", ""), "cutting/a_name.rs: no // RULES");
        assert!(fault("// END", "//").contains("no //| before"));
        assert!(fault("# Title", "Title").contains("no title"));
        assert!(fault("Is it so?", "It is so.").contains("asks nothing"));
        assert!(fault("Counts:", "Count:").contains("Counts:"));
        assert!(fault("WRONG fast:", "WRONG soon:").contains("no such stage"));
        assert!(fault("// HINT One.\n", "").contains("two or three of HINT"));
    }
}
