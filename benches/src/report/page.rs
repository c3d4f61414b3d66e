use serde::Serialize;

use super::facts::{facts, in_one_line};
use super::sections::words_of;
use crate::chart::{Chart, Section, Table};
use crate::in_words;
use crate::law_readings::LawReading;
use crate::results::{Results, Trouble};

/// Everything that the template names.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    style: &'static str,
    script: &'static str,
    /// The machine and the day, in one line.
    machine: String,
    /// How many measurements were made, where the bench was interrupted.
    interrupted_after: Option<usize>,
    /// What was found, in one sentence, and the chart of it.
    answer: Option<String>,
    hero: Option<ChartView<'a>>,
    limits: Vec<String>,
    costs: Vec<String>,
    sections: Vec<SectionView<'a>>,
    laws: &'a [LawReading],
    failed: Vec<&'a Trouble>,
    skipped: Vec<&'a Trouble>,
    /// All that there is to know of the machine and the run, name and value.
    facts: Vec<(&'static str, String)>,
}

/// One question and its charts.
#[derive(Serialize)]
struct SectionView<'a> {
    anchor: &'static str,
    question: &'static str,
    short: &'static str,
    how_to_read: &'static str,
    charts: Vec<ChartView<'a>>,
}

#[derive(Serialize)]
struct ChartView<'a> {
    anchor: String,
    /// `wide` where it has the whole width; `alone` where nothing would stand beside it; empty otherwise.
    place: &'static str,
    title: &'a str,
    subtitle: &'a str,
    reading: &'a [String],
    svg: &'a str,
    wide: Option<&'a str>,
    columns: &'a [String],
    rows: &'a [Vec<String>],
}

impl<'a> Page<'a> {
    pub(super) fn of(results: &'a Results, charts: &'a [Chart], laws: &'a [LawReading]) -> Self {
        let (failed, skipped) = results.troubles.iter().partition(|trouble| trouble.failed);
        let hero = charts.iter().find(|chart| chart.section == Section::Answer);
        Page {
            style: include_str!("report.css"),
            script: include_str!("report.js"),
            machine: in_one_line(results),
            interrupted_after: (!results.complete).then_some(results.measured.len()),
            answer: in_words::answer(results),
            hero: hero.map(|chart| ChartView::of(0, chart)),
            limits: in_words::limits(results),
            costs: in_words::costs(results),
            sections: sections(charts),
            laws,
            failed,
            skipped,
            facts: facts(results),
        }
    }
}

fn sections(charts: &[Chart]) -> Vec<SectionView<'_>> {
    let mut present: Vec<Section> = charts.iter().map(|chart| chart.section).collect();
    present.sort_unstable();
    present.dedup();
    present.retain(|section| *section != Section::Answer);
    let view = |section: Section| {
        let words = words_of(section);
        let mine = charts.iter().enumerate().filter(|(_, chart)| chart.section == section);
        let mut charts: Vec<ChartView<'_>> =
            mine.map(|(number, chart)| ChartView::of(number, chart)).collect();
        place(&mut charts);
        SectionView {
            anchor: words.anchor,
            question: words.question,
            short: words.short,
            how_to_read: words.how_to_read,
            charts,
        }
    };
    present.into_iter().map(view).collect()
}

/// Two charts stand beside each other. One that would leave a hole beside it takes the room of both.
fn place(charts: &mut [ChartView<'_>]) {
    let mut row: Option<usize> = None;
    for number in 0..charts.len() {
        let is_wide = !charts[number].place.is_empty();
        row = match row.take() {
            None if is_wide => None,
            None => Some(number),
            Some(before) if is_wide => {
                charts[before].place = "alone";
                None
            }
            Some(_) => None,
        };
    }
    if let Some(last) = row {
        charts[last].place = "alone";
    }
}

impl<'a> ChartView<'a> {
    fn of(number: usize, chart: &'a Chart) -> Self {
        let Table { columns, rows } = &chart.table;
        ChartView {
            anchor: format!("chart-{}", number + 1),
            place: match chart.wide {
                Some(_) if chart.section == Section::Work => "wide",
                Some(_) => "alone",
                None => "",
            },
            title: &chart.title,
            subtitle: &chart.subtitle,
            reading: &chart.reading,
            svg: drawing(&chart.svg),
            wide: chart.wide.as_deref().map(drawing),
            columns,
            rows,
        }
    }
}

/// The declaration of an SVG document has no place inside of a page.
fn drawing(svg: &str) -> &str {
    svg.find("<svg").map_or("", |start| &svg[start..])
}
