use std::fmt;

/// A number out of a run, with its unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// A time.
    Seconds(f64),
    /// Bytes per second.
    Rate(f64),
    /// A ratio, a share, a count.
    Number(f64),
    /// What stands in the text of the run, and the figure that it is.
    Verbatim(String, Box<Figure>),
}

impl Figure {
    /// The figure that `text` of a run is: `30.6 ns`, `46.8 GB/s`, `96 %`, `1.9x`, `1,000`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let power = |at: usize| {
            text[at + 1..].starts_with(['+', '-'])
                || text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
        };
        let ending = text
            .char_indices()
            .find(|&(at, c)| !(c.is_ascii_digit() || ",.+-".contains(c) || c == 'e' && power(at)));
        let (number, unit) = text.split_at(ending.map_or(text.len(), |(at, _)| at));
        let number: f64 = number.replace(',', "").parse().ok()?;
        Some(match unit.trim() {
            "s" => Figure::Seconds(number),
            "ms" => Figure::Seconds(number * 1e-3),
            "us" => Figure::Seconds(number * 1e-6),
            "ns" => Figure::Seconds(number * 1e-9),
            "GB/s" => Figure::Rate(number * 1e9),
            "%" => Figure::Number(number / 100.0),
            _ => Figure::Number(number),
        })
    }

    /// A whole number.
    pub(super) fn count(number: u64) -> Self {
        Figure::Verbatim(units::grouped(number), Box::new(Figure::Number(number as f64)))
    }

    fn bare(&self) -> (f64, &'static str) {
        match self {
            Figure::Seconds(seconds) => (*seconds, "s"),
            Figure::Rate(rate) => (*rate, "B/s"),
            Figure::Number(number) => (*number, ""),
            Figure::Verbatim(_, figure) => figure.bare(),
        }
    }

    fn of(number: f64, unit: &str) -> Self {
        match unit {
            "s" => Figure::Seconds(number),
            "B/s" => Figure::Rate(number),
            _ => Figure::Number(number),
        }
    }

    /// One figure and another; `None` where their units do not fit, or there is no result.
    pub(super) fn with(&self, operator: char, other: &Figure) -> Option<Self> {
        let ((one, unit), (two, its)) = (self.bare(), other.bare());
        let (number, unit) = match operator {
            '/' if unit == its => (one / two, ""),
            '/' if its.is_empty() => (one / two, unit),
            '*' if its.is_empty() => (one * two, unit),
            '*' if unit.is_empty() => (one * two, its),
            '-' if unit == its => (one - two, unit),
            '+' if unit == its => (one + two, unit),
            _ => return None,
        };
        number.is_finite().then(|| Figure::of(number, unit))
    }

    /// The figure as a chapter writes it where `unit` followed the last one: `x`, `%`, `times`, or nothing.
    pub(super) fn written(&self, unit: &str) -> String {
        match self {
            Figure::Verbatim(text, _) if text.ends_with(|c: char| !c.is_ascii_digit()) => {
                text.clone()
            }
            Figure::Verbatim(text, _) => format!("{text}{unit}"),
            Figure::Number(number) if unit.trim() == "%" => units::percent(*number),
            Figure::Number(number) => format!("{}{unit}", ratio(*number)),
            Figure::Seconds(_) | Figure::Rate(_) => self.to_string(),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Seconds(seconds) => f.write_str(&units::seconds(*seconds)),
            Figure::Rate(rate) => write!(f, "{} GB/s", units::three_digits(rate / 1e9)),
            Figure::Number(number) => f.write_str(&ratio(*number)),
            Figure::Verbatim(text, _) => f.write_str(text),
        }
    }
}

/// A ratio as the tables write one: `1.9`, `42`, `1,003`.
fn ratio(number: f64) -> String {
    if number.abs() < 9.95 { format!("{number:.1}") } else { units::grouped(number.round() as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_and_written() {
        let again = |text: &str| Figure::read(text).expect("a figure").to_string();
        for text in ["30.6 ns", "3.09 ms", "46.8 GB/s", "1.9"] {
            assert_eq!(again(text), text);
        }
        assert_eq!(Figure::read("96 %"), Some(Figure::Number(0.96)));
        assert_eq!(Figure::read("992x slower"), Some(Figure::Number(992.0)));
        assert_eq!(Figure::read("6.3e-13"), Some(Figure::Number(6.3e-13)));
        assert_eq!(Figure::read("nothing"), None);
        let number = Figure::Number(0.918);
        assert_eq!([number.written(" %"), number.written("x")], ["92 %", "0.9x"]);
        assert_eq!(Figure::Number(992.4).written(" times"), "992 times");
        let verbatim =
            |text: &str| Figure::Verbatim(text.to_owned(), Box::new(Figure::Number(1.0)));
        assert_eq!(verbatim("1,000").written(" terms"), "1,000 terms");
        assert_eq!(verbatim("30.6 ns").written(" ns"), "30.6 ns");
    }

    #[test]
    fn units_have_to_fit() {
        let (long, short) = (Figure::Seconds(0.03), Figure::Seconds(0.01));
        assert_eq!(long.with('/', &short).expect("a ratio").to_string(), "3.0");
        assert_eq!(long.with('-', &short).expect("a time").to_string(), "20.0 ms");
        assert_eq!(long.with('/', &Figure::Number(2.0)), Some(Figure::Seconds(0.015)));
        assert_eq!(long.with('-', &Figure::Number(2.0)), None);
        assert_eq!(long.with('/', &Figure::Seconds(0.0)), None, "no result");
    }
}
