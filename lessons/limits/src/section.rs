use serde::Serialize;
use serde_json::Value;

/// What one subcommand answers: to people, to programs, and as pictures.
#[derive(Debug)]
pub(crate) struct Section {
    /// Its name in the JSON document.
    pub(crate) name: &'static str,
    /// Lines of at most 80 columns.
    pub(crate) text: String,
    /// The same as data.
    pub(crate) json: Value,
    /// The pictures: the name of the file without its ending, and the SVG document.
    pub(crate) pictures: Vec<(String, String)>,
}

impl Section {
    /// A section without pictures.
    pub(crate) fn new(name: &'static str, text: String, data: &impl Serialize) -> Self {
        let json = serde_json::to_value(data).expect("plain data");
        Section { name, text, json, pictures: Vec::new() }
    }
}
