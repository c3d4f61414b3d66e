use std::path::Path;

/// A word with places that each run fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(String);

/// A place in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Workers,
    Terms,
    Dir,
}

/// What one run fills in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Values<'v> {
    pub(crate) workers: usize,
    pub(crate) terms: Option<u64>,
    /// The folder of this run alone.
    pub(crate) dir: &'v Path,
}

impl Place {
    fn as_str(self) -> &'static str {
        match self {
            Place::Workers => "{workers}",
            Place::Terms => "{terms}",
            Place::Dir => "{dir}",
        }
    }
}

impl From<&str> for Template {
    fn from(text: &str) -> Self {
        Template(text.to_owned())
    }
}

impl Template {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has this place.
    pub(crate) fn names(&self, place: Place) -> bool {
        self.0.contains(place.as_str())
    }
    /// The word of one run.
    pub(crate) fn filled(&self, values: &Values) -> String {
        let terms = values.terms.map_or_else(String::new, |terms| terms.to_string());
        let text = self.0.replace(Place::Workers.as_str(), &values.workers.to_string());
        text.replace(Place::Terms.as_str(), &terms)
            .replace(Place::Dir.as_str(), &values.dir.display().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_places_of_a_word_are_filled() {
        let word = Template::from("-j{workers}/{workers} {terms}{dir}{other}");
        let values = Values { workers: 12, terms: Some(1000), dir: Path::new("/tmp/a") };
        assert_eq!(word.filled(&values), "-j12/12 1000/tmp/a{other}");
        assert!(word.names(Place::Dir) && !Template::from("{worker}").names(Place::Workers));
    }
}
