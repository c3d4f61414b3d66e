//! The report: one HTML file that opens from disk, without a network and without scripts, too.

mod facts;
mod page;
mod sections;

use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};

use crate::chart::Chart;
use crate::law_readings::LawReading;
use crate::results::Results;
use page::Page;

/// The whole page. Every string that comes out of `results`, `charts` or `laws` is escaped; only the
/// drawings themselves stand as they are.
pub fn html(results: &Results, charts: &[Chart], laws: &[LawReading]) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let source = include_str!("report/report.html.jinja");
    let template = environment.template_from_str(source).expect("the template is tested");
    let page = Value::from(Serde(Page::of(results, charts, laws)));
    template.render(page).expect("it is tested with every part there and missing")
}
