//! The report and the files beside it, from made-up results and charts.

use std::fs;

use benches::chart::{Chart, Section, Table};
use benches::law_readings::LawReading;
use benches::report::html;
use benches::results::{Results, Trouble};
use benches::saving::{save, save_into};

use crate::made_up;

const HOSTILE: &str = "<script src=x>alert('1')</script>\"'&{{ 7 * 7 }}{% raw %}";

fn results() -> Results {
    made_up::results(3, &[1, 2, 4, 8, 16], 8)
}

fn chart(name: &str, section: Section) -> Chart {
    let mut series = String::new();
    for (line, name) in ["scoped", "deques"].iter().enumerate() {
        series += &format!("<g class=\"series\" data-series=\"{name}\">");
        for point in 0..4 {
            let (x, y) = (60 + point * 120, 200 - point * (30 + 15 * line));
            series +=
                &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" data-tip=\"{name}, {point}\"/>");
        }
        series += "</g>";
    }
    Chart {
        name: name.into(),
        section,
        title: format!("Chart {name}"),
        subtitle: format!("what is drawn in {name}"),
        wide: None,
        file: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n".into(),
        reading: vec![format!("What to see in {name}.")],
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 240\" role=\"img\">\
             <title>{name}</title>{series}</svg>\n"
        ),
        table: Table {
            columns: vec!["workers".into(), "speedup".into()],
            rows: vec![vec!["1".into(), "1.00".into()], vec!["8".into(), format!("cell {name}")]],
        },
    }
}

fn charts() -> Vec<Chart> {
    use Section::{Contention, Overhead, Peers, Scaling, Size, Weak, Work};
    let sections = [Scaling, Scaling, Weak, Work, Size, Overhead, Contention, Peers];
    let named = |(number, section)| chart(&format!("made-up-{number}"), section);
    sections.into_iter().enumerate().map(named).collect()
}

fn laws() -> Vec<LawReading> {
    vec![LawReading {
        kernel: "integers".into(),
        strategy: "scoped".into(),
        sentences: vec!["1 % of the sum cannot be shared.".into()],
    }]
}

#[test]
fn it_has_every_chart_table_law_and_trouble() {
    let (results, charts) = (results(), charts());
    let page = html(&results, &charts, &laws());
    for Chart { name, title, subtitle, reading, .. } in &charts {
        assert!(page.contains(&format!("{title}</h3>")), "{name}");
        assert!(page.contains(&format!("<p class=\"sub\">{subtitle}</p>")), "{name}");
        assert!(page.contains(&reading[0]), "{name}");
        assert!(page.contains(&format!("<td>cell {name}</td>")), "{name}");
    }
    assert_eq!(page.matches("<svg").count(), charts.len());
    assert_eq!(page.matches("<figure").count(), charts.len());
    assert!(page.contains("1 % of the sum cannot be shared."));
    assert!(page.contains("no C++ compiler was found; install gcc or clang"));
    assert!(page.contains("5 min 12 s") && page.contains("2026-03-01 12:00:00 UTC"));
    assert!(!page.contains("interrupted"));
}

/// The answer, its chart and one line of the machine come first, the facts last.
#[test]
fn the_answer_comes_first_and_the_facts_last() {
    let results = results();
    let page = html(&results, &benches::chart::charts(&results), &laws());
    let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part}"));
    let order = [
        "Made-Up 9000, 8 usable cores, a virtual machine; 2026-03-01",
        "8 cores brought pi 8.00x, all that was possible; memory stops first, at 1.50x",
        "speedup of the best strategy for each kernel, with 8 workers",
        "What limits each kernel",
        "What sharing costs",
        "<nav",
        "<section id=\"scaling\">",
        "id=\"laws\"",
        "<section id=\"facts\">",
        "<dt>Load at the start</dt>",
    ];
    let places = order.map(at);
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(page.matches("class=\"note hint\"").count(), 1);
    assert!(!page.contains("<button"), "no chip for each line");
}

/// A chart that nothing would stand beside has the room of two.
#[test]
fn no_chart_leaves_a_hole_beside_it() {
    use Section::{Scaling, Weak};
    let places = |sections: &[Section]| {
        let named = sections.iter().enumerate();
        let charts: Vec<Chart> =
            named.map(|(number, section)| chart(&format!("made-up-{number}"), *section)).collect();
        let page = html(&results(), &charts, &[]);
        let figures = page.split("<figure id=\"chart-").skip(1);
        let class =
            |text: &str| text.split("class=\"").nth(1)?.split('"').next().map(str::to_owned);
        figures.filter_map(class).collect::<Vec<String>>()
    };
    assert_eq!(places(&[Scaling, Scaling, Scaling, Weak]), ["", "", "alone", "alone"]);
    assert_eq!(places(&[Scaling; 4]), [""; 4]);
}

/// A GPU is a fact of the machine where the ladder met one on it, and one in software is none.
#[test]
fn the_device_of_the_ladder_stands_among_the_facts() {
    let fact = |change: fn(&mut Results)| {
        let mut results = results();
        let ladder = results.ladder.as_mut().expect("it is made up");
        ladder.cpu.clone_from(&results.machine.cpu);
        change(&mut results);
        let page = html(&results, &charts(), &laws());
        let after = page.split_once("<dt>GPU</dt><dd>").map(|(_, after)| after.to_owned());
        after.and_then(|after| after.split_once("</dd>").map(|(fact, _)| fact.to_owned()))
    };
    let told = fact(|_| ());
    assert_eq!(told.as_deref(), Some("A graphics card, discrete, driver its driver 1.0"));
    let software = fact(|results| {
        let steps = results.ladder.iter_mut().flat_map(|ladder| &mut ladder.steps);
        steps.filter_map(|step| step.device.as_mut()).for_each(|device| {
            (device.name, device.kind) = ("An emulator".into(), "software".into());
        });
    });
    let words = "none; An emulator does on the cores what one would";
    assert_eq!(software.as_deref(), Some(words));
    let elsewhere = |results: &mut Results| {
        results.ladder.as_mut().expect("it is made up").cpu = "another".into();
    };
    assert_eq!(fact(elsewhere), None, "the ladder is of another machine");
    assert_eq!(fact(|results| results.ladder = None), None);
}

#[test]
fn every_link_inside_leads_somewhere_and_every_id_is_there_once() {
    let page = html(&results(), &charts(), &laws());
    let ids: Vec<&str> = values(&page, " id=\"");
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id}");
    }
    for target in values(&page, "href=\"#") {
        assert!(ids.contains(&target), "{target}");
    }
    assert!(ids.len() > 16);
}

fn values<'a>(page: &'a str, before: &str) -> Vec<&'a str> {
    page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn nothing_is_fetched() {
    let page = html(&results(), &charts(), &laws());
    let page = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for forbidden in ["http:", "https:", "src=", "@import", "url(", "<link", "href=\"/", "//cdn"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn hostile_strings_stay_text() {
    let (mut results, mut charts, mut laws) = (results(), charts(), laws());
    let calm = html(&results, &charts, &laws);
    results.machine.cpu = HOSTILE.into();
    results.machine.rustc = HOSTILE.into();
    results.machine.simd = HOSTILE.into();
    results.began = HOSTILE.into();
    results.commit = Some(HOSTILE.into());
    results.arguments = vec![HOSTILE.into()];
    results.troubles.push(Trouble { id: HOSTILE.into(), failed: true, reason: HOSTILE.into() });
    for measured in &mut results.measured {
        if measured.strategy != "simd" {
            measured.strategy = HOSTILE.into();
        }
    }
    charts[0].title = HOSTILE.into();
    charts[0].name = HOSTILE.into();
    charts[0].reading = vec![HOSTILE.into()];
    charts[0].table.columns[0] = HOSTILE.into();
    charts[0].table.rows[0][0] = HOSTILE.into();
    laws[0].sentences = vec![HOSTILE.into()];
    laws[0].kernel = HOSTILE.into();
    let page = html(&results, &charts, &laws);
    assert!(!page.contains(HOSTILE) && !page.contains("<script src"));
    assert_eq!(page.matches("<script").count(), calm.matches("<script").count());
    assert!(page.contains("7 * 7"), "templates in a name are not run");
    for attribute in [" id=\"", " aria-labelledby=\"", " aria-label=\""] {
        let count = |page: &str| page.matches(attribute).count();
        assert_eq!(count(&page), count(&calm), "{attribute}");
    }
}

#[test]
fn interrupted_and_partial_results_are_reported() {
    let mut results = results();
    results.complete = false;
    results.measured.truncate(57);
    let message = "This bench was interrupted after 57 measurements; what was measured is below.";
    assert!(html(&results, &charts(), &[]).contains(message));

    results.measured.clear();
    results.timelines.clear();
    results.troubles.clear();
    results.load = None;
    results.commit = None;
    results.machine.virtual_machine = None;
    let page = html(&results, &[], &[]);
    assert!(page.contains("Too little was measured") && page.contains("not in a repository"));
    assert!(!page.contains("<figure") && !page.contains("id=\"laws\""));
}

#[test]
fn numbers_charts_and_report_are_written() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let folder = target.path().join("sum-of-parts");
    let saved = save(&folder, &results(), &charts(), &laws()).expect("it can be written");
    assert_eq!(saved.moved, None);
    assert_eq!(saved.report, folder.join("report.html"));
    assert_eq!(saved.results, folder.join("results.json"));
    let ids = |results: &Results| results.measured.iter().map(|it| it.id()).collect::<Vec<_>>();
    let back = Results::load(&saved.results).expect("it reads back");
    assert_eq!(ids(&back), ids(&results()));
    assert_eq!(back.machine, results().machine);
    assert_eq!(saved.charts.len(), 8);
    for path in &saved.charts {
        let drawing = fs::read_to_string(path).expect("a chart");
        assert!(drawing.starts_with("<svg") && drawing.ends_with("-->\n"), "{drawing}");
    }
    let names = fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(names, 3, "nothing half-written is left");
}

#[test]
fn old_charts_go_and_foreign_files_stay() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let drawings = target.path().join("charts");
    save_into(target.path(), &results(), &charts(), &[]).expect("it can be written");
    fs::write(drawings.join("mine.svg"), "<svg/>").expect("a file of the reader's");
    fs::write(drawings.join("notes.txt"), "mine").expect("a file of the reader's");
    let hostile = chart("../../Escape me", Section::Scaling);
    save_into(target.path(), &results(), &[hostile], &[]).expect("it can be written");
    let entries = fs::read_dir(&drawings).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("plain"))
        .collect();
    names.sort();
    assert_eq!(names, ["escape-me.svg", "mine.svg", "notes.txt"]);
}

#[test]
fn an_unwritable_folder_falls_back_to_a_temporary_one() {
    let target = tempfile::tempdir().expect("a temporary folder");
    let folder = target.path().join("sum-of-parts");
    fs::write(&folder, "a file in the way").expect("a file");
    let saved = save(&folder, &results(), &charts(), &[]).expect("elsewhere it can");
    let moved = saved.moved.expect("it says so");
    assert!(moved.contains(&folder.display().to_string()), "{moved}");
    let elsewhere = saved.report.parent().expect("a folder");
    assert!(moved.contains(&elsewhere.display().to_string()), "{moved}");
    assert!(saved.report.exists() && saved.results.exists());
    fs::remove_dir_all(elsewhere).expect("it is ours");
    assert_eq!(fs::read_to_string(&folder).expect("it stays"), "a file in the way");
    assert!(save_into(&folder, &results(), &charts(), &[]).is_err());
}
