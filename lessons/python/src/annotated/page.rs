//! The page that Cython makes of a source: each line, and the C that it became.

/// What marks Python's own functions and macros in the C, and Cython's around them.
const CALLS: [&str; 4] = ["py_c_api", "pyx_c_api", "py_macro_api", "pyx_macro_api"];

/// A line of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// The lines of C that it became, without those that only look for an error.
    pub(super) code: Vec<String>,
    /// How many times they call Python's interface.
    pub(super) calls: usize,
}

/// A function of a source: the lines of it that became C.
pub(super) type Function = Vec<Line>;

/// The functions of the source that Cython made `html` of.
pub(super) fn functions(html: &str) -> Vec<Function> {
    let mut functions: Vec<Function> = Vec::new();
    let mut inside = false;
    for line in html.split("<pre class=\"cython line").skip(1).filter_map(line) {
        let outside = !line.text.starts_with(' ');
        if outside && !line.text.trim().is_empty() {
            let head = ["def ", "cdef "].iter().any(|word| line.text.starts_with(word));
            inside = head && line.text.ends_with(':');
            if inside {
                functions.push(Vec::new());
            }
        }
        if inside && !line.code.is_empty() {
            functions.last_mut().expect("one has begun").push(line);
        }
    }
    functions
}

/// A line of the page, and the C that is folded below it.
fn line(part: &str) -> Option<Line> {
    let (head, below) = part.split_once("</pre>")?;
    let (_, text) = head.split_once("</span>: ")?;
    let code = below.split_once("<pre class='cython code").and_then(|(_, code)| {
        let (_, code) = code.split_once('>')?;
        Some(code.split_once("</pre>").map_or(code, |(code, _)| code))
    });
    let code = code.unwrap_or_default();
    let calls = CALLS.iter().map(|call| code.matches(&format!("class='{call}'")).count()).sum();
    // What Cython checks its own counts of references with is empty in what is built.
    let built = code.lines().filter(|line| !line.contains("class='refnanny'"));
    let code = built.map(|line| plain(&without_errors(line)).trim().to_owned());
    let code = code.filter(|line| is_code(line)).collect();
    Some(Line { text: plain(text).trim_end().to_owned(), code, calls })
}

/// Whether a line of C does anything: no comment, no condition of the preprocessor, no lone brace.
fn is_code(line: &str) -> bool {
    let comment = ["/*", "//", "#"].iter().any(|mark| line.starts_with(mark));
    !comment && line.contains(|c: char| c.is_alphanumeric())
}

/// The line without the jumps of errors.
fn without_errors(line: &str) -> String {
    let mut parts = line.split("<span class='error_goto'>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("</span>").map_or("", |(_, after)| after))
}

/// The text of a piece of a page.
fn plain(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    let text = parts
        .fold(first, |text, part| text + part.split_once('>').map_or(part, |(_, after)| after));
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'")];
    let text = names.iter().fold(text, |text, (name, letter)| text.replace(name, letter));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page like those of Cython 3.3.
    const PAGE: &str = "<html><style>.score-1</style><div class=\"cython\">\
        <pre class=\"cython line score-8\" onclick=\"f('+')\">+<span class=\"\">1</span>: import x</pre>\n\
        <pre class='cython code score-8 '>  <span class='pyx_c_api'>__Pyx_Import</span>(x);\n</pre>\
        <pre class=\"cython line score-2\" onclick=\"f\">+<span class=\"\">2</span>: def f(low):</pre>\n\
        <pre class='cython code score-2 '>/* Python wrapper */\n#if X\nint f(low) {\n}\n</pre>\
        <pre class=\"cython line score-0\">&#xA0;<span class=\"\">3</span>:     # i &lt;= low</pre>\n\
        <pre class=\"cython line score-3\" onclick=\"f\">+<span class=\"\">4</span>:     total += i</pre>\n\
        <pre class='cython code score-3 '>    t = <span class='pyx_c_api'>Add</span>(total, i-&gt;x);\
        <span class='error_goto'> if (unlikely(!t)) ERR(0, 4)</span>\n\
        <span class='refnanny'>__Pyx_GOTREF</span>(t);\n    <span class='py_macro_api'>DECREF</span>(total);\n  }\n\n</pre>\
        <pre class=\"cython line score-0\">&#xA0;<span class=\"\">5</span>: </pre>\n\
        <pre class=\"cython line score-0\">&#xA0;<span class=\"\">6</span>: # g</pre>\n\
        <pre class=\"cython line score-0\" onclick=\"f\">+<span class=\"\">7</span>: cdef int g() nogil:</pre>\n\
        <pre class='cython code score-0 '>static int g() {\n</pre></div></html>";

    fn line(text: &str, code: &[&str], calls: usize) -> Line {
        let code = code.iter().map(|line| (*line).to_owned()).collect();
        Line { text: text.to_owned(), code, calls }
    }

    #[test]
    fn the_lines_of_functions_are_read_with_their_calls() {
        let expected = [
            vec![
                line("def f(low):", &["int f(low) {"], 0),
                line("    total += i", &["t = Add(total, i->x);", "DECREF(total);"], 2),
            ],
            vec![line("cdef int g() nogil:", &["static int g() {"], 0)],
        ];
        assert_eq!(functions(PAGE), expected);
    }

    #[test]
    fn what_is_no_page_has_no_functions() {
        for text in ["", "<html></html>", "<pre class=\"cython line", &PAGE[..PAGE.len() / 2]] {
            assert!(functions(text).len() <= 1, "{text}");
        }
    }
}
