use std::ops::Range;

/// A run that a chapter declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// How figures and blocks call it.
    pub name: String,
    /// The lesson and its arguments.
    pub arguments: Vec<String>,
    /// Whether its document is kept beside its text.
    pub has_document: bool,
}

/// A comment of a chapter that means something here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Run(Declared),
    /// The block below is the text of this run.
    Shown {
        name: String,
        /// Where the part that is shown begins: with the line that holds this.
        from: Option<String>,
        /// The part ends before the next line that holds this.
        to: Option<String>,
    },
    /// The block below is these lines of a source.
    Code {
        /// The file, seen from the chapter.
        file: String,
        anchor: String,
    },
    /// The figure before it is what the expression says.
    Figure(String),
    Fact,
}

/// All marks of `text`, each with the place of its comment. What stands in back quotes, or in a fenced block, is
/// an example and no mark.
///
/// # Errors
///
/// A comment that begins like a mark, and is none.
pub(super) fn marks(text: &str) -> Result<Vec<(Range<usize>, Mark)>, String> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(['`', '<']).map(|at| from + at) {
        let rest = &text[start..];
        if rest.starts_with('`') {
            from = start + code(rest, begins_line(text, start));
            continue;
        }
        let Some(comment) = rest.strip_prefix("<!--") else {
            from = start + 1;
            continue;
        };
        let Some(length) = comment.find("-->") else {
            return Err(format!("a comment does not end: {}", first_line(rest)));
        };
        let inside = &comment[..length];
        let end = start + "<!--".len() + length + "-->".len();
        if let Some(mark) = mark(inside).map_err(|why| format!("{why}: <!--{inside}-->"))? {
            found.push((start..end, mark));
        }
        from = end;
    }
    Ok(found)
}

/// Whether nothing but blanks stands before `place` in its line.
fn begins_line(text: &str, place: usize) -> bool {
    text[..place].rsplit('\n').next().is_none_or(|before| before.trim().is_empty())
}

/// How long the code is with whose back quotes `text` begins: a fenced block, what stands between back quotes in a
/// paragraph, or only the quotes where nothing closes them.
fn code(text: &str, begins_line: bool) -> usize {
    let quotes = &text[..text.len() - text.trim_start_matches('`').len()];
    if begins_line && quotes.len() >= 3 {
        let mut length = 0;
        for line in text.split_inclusive('\n') {
            let closes = length > 0 && line.trim_start().starts_with(quotes);
            length += line.len();
            if closes {
                break;
            }
        }
        return length;
    }
    let inside = &text[quotes.len()..];
    let paragraph = inside.split("\n\n").next().unwrap_or_default();
    quotes.len() + paragraph.find(quotes).map_or(0, |end| end + quotes.len())
}

/// What is in a comment; `None` for one that is meant for people.
fn mark(inside: &str) -> Result<Option<Mark>, String> {
    let inside = inside.split_whitespace().collect::<Vec<_>>().join(" ");
    let (word, rest) = inside.split_once(' ').unwrap_or((&inside, ""));
    Ok(Some(match word {
        "run" | "text" => {
            let (name, command) = rest.split_once(": ").ok_or("a run has a name and a command")?;
            let arguments = command.split(' ').map(str::to_owned).collect();
            Mark::Run(Declared { name: name.to_owned(), arguments, has_document: word == "run" })
        }
        "shown" => {
            let (name, cut) = rest.split_once(' ').unwrap_or((rest, ""));
            let (from, cut) = quoted_after(cut, "from ")?;
            let (to, cut) = quoted_after(cut, "to ")?;
            if name.is_empty() || !cut.is_empty() {
                return Err(
                    "a block is `shown NAME`, then perhaps `from \"A\"` and `to \"B\"`".into()
                );
            }
            Mark::Shown { name: name.to_owned(), from, to }
        }
        "code" => {
            let (file, anchor) = rest.split_once(':').ok_or("code is `code FILE:ANCHOR`")?;
            Mark::Code { file: file.to_owned(), anchor: anchor.to_owned() }
        }
        "=" => Mark::Figure(rest.to_owned()),
        "fact" | "fact:" => Mark::Fact,
        _ => return Ok(None),
    }))
}

/// What stands in quotes after `word` at the beginning of `text`, and what follows.
fn quoted_after<'a>(text: &'a str, word: &str) -> Result<(Option<String>, &'a str), String> {
    let Some(rest) = text.strip_prefix(word) else { return Ok((None, text)) };
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let (inside, rest) = quoted.ok_or_else(|| format!("no quotes after `{word}`"))?;
    Ok((Some(inside.to_owned()), rest.trim_start()))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Mark {
        let found = marks(text).expect("good marks");
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().expect("one").1
    }

    #[test]
    fn a_chapter_declares_runs_and_marks_figures() {
        let declared = |has_document| Declared {
            name: "pi".to_owned(),
            arguments: vec!["threads".to_owned(), "-k".to_owned(), "pi".to_owned()],
            has_document,
        };
        assert_eq!(only("<!--run pi: threads -k pi-->"), Mark::Run(declared(true)));
        assert_eq!(only("a\n<!--text pi: threads\n-k pi-->"), Mark::Run(declared(false)));
        let cut = |from: &str, to: Option<&str>| Mark::Shown {
            name: "pi".to_owned(),
            from: Some(from.to_owned()),
            to: to.map(str::to_owned),
        };
        assert_eq!(only("<!--shown pi from \"a b\" to \"c\"-->"), cut("a b", Some("c")));
        assert_eq!(only("<!--shown pi from \"x\"-->"), cut("x", None));
        assert_eq!(
            only("2x<!--= pi: scoped\n speedup-->"),
            Mark::Figure("pi: scoped speedup".into())
        );
        assert_eq!(only("2x<!--fact: by definition-->"), Mark::Fact);
    }

    #[test]
    fn what_is_code_is_an_example() {
        let declared = "<!--run pi: threads-->";
        for example in [
            "`<!--run pi: threads-->`",
            "``<!--run pi: a ` b-->``",
            "`over two\nlines <!--run pi: threads-->`",
            "```text\n<!--run pi: threads-->\n```",
            "  ```text\n  <!--run pi\n\n  ```",
            "`<!-- that does not end`",
            "```text\n<!--run pi: threads-->",
        ] {
            assert_eq!(marks(example), Ok(Vec::new()), "{example}");
            assert_eq!(marks(&format!("{declared}\n{example}")).expect("good marks").len(), 1);
        }
        for before in ["`code`, ", "a ` alone\n\n", "```sh\nls\n```\n", "1 < 2 ", "x <b> "] {
            let text = format!("{before}{declared} and `more`");
            let found = marks(&text).expect("good marks");
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(&text[found[0].0.clone()], declared);
        }
    }

    #[test]
    fn comments_for_people_are_left_alone_and_broken_marks_are_not() {
        assert_eq!(marks("<!-- for people --> and <!--more-->"), Ok(Vec::new()));
        for broken in ["<!--run pi-->", "<!--shown-->", "<!--shown pi from x-->", "<!--run a: b"] {
            assert!(marks(broken).is_err(), "{broken}");
        }
    }
}
