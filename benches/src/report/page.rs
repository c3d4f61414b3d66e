use serde::Serialize;

use super::facts::facts;
use super::sections::words_of;
use crate::chart::{Chart, Section, Table};
use crate::in_words::in_words;
use crate::law_readings::LawReading;
use crate::results::{Results, Trouble};

/// Everything that the template names.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    style: &'static str,
    script: &'static str,
    /// What is said about the bench in its head, name and value.
    facts: Vec<(&'static str, String)>,
    /// How many measurements were made, where the bench was interrupted.
    interrupted_after: Option<usize>,
    in_words: Vec<String>,
    sections: Vec<SectionView<'a>>,
    laws: &'a [LawReading],
    failed: Vec<&'a Trouble>,
    skipped: Vec<&'a Trouble>,
}

/// One question and its charts.
#[derive(Serialize)]
struct SectionView<'a> {
    anchor: &'static str,
    question: &'static str,
    how_to_read: &'static str,
    charts: Vec<ChartView<'a>>,
}

#[derive(Serialize)]
struct ChartView<'a> {
    anchor: String,
    title: &'a str,
    reading: &'a [String],
    svg: &'a str,
    columns: &'a [String],
    rows: &'a [Vec<String>],
}

impl<'a> Page<'a> {
    pub(super) fn of(results: &'a Results, charts: &'a [Chart], laws: &'a [LawReading]) -> Self {
        let (failed, skipped) = results.troubles.iter().partition(|trouble| trouble.failed);
        Page {
            style: include_str!("report.css"),
            script: include_str!("report.js"),
            facts: facts(results),
            interrupted_after: (!results.complete).then_some(results.measured.len()),
            in_words: in_words(results),
            sections: sections(charts),
            laws,
            failed,
            skipped,
        }
    }
}

fn sections(charts: &[Chart]) -> Vec<SectionView<'_>> {
    let mut present: Vec<Section> = charts.iter().map(|chart| chart.section).collect();
    present.sort_unstable();
    present.dedup();
    let view = |section: Section| {
        let words = words_of(section);
        let mine = charts.iter().enumerate().filter(|(_, chart)| chart.section == section);
        SectionView {
            anchor: words.anchor,
            question: words.question,
            how_to_read: words.how_to_read,
            charts: mine.map(|(number, chart)| ChartView::of(number, chart)).collect(),
        }
    };
    present.into_iter().map(view).collect()
}

impl<'a> ChartView<'a> {
    fn of(number: usize, chart: &'a Chart) -> Self {
        let Chart { title, reading, svg, table: Table { columns, rows }, .. } = chart;
        // The declaration of an SVG document has no place inside of a page.
        let svg = svg.find("<svg").map_or("", |start| &svg[start..]);
        ChartView { anchor: format!("chart-{}", number + 1), title, reading, svg, columns, rows }
    }
}
