use course::{BOLD, DIM, plain_table, wrapped};
use units::{count, grouped, seconds, three_digits};

use super::{Answer, Curves, Size};

/// What people read.
pub(super) fn text(curves: &Curves) -> String {
    let mut text = format!("{BOLD}gpu: from how many terms on does it pay?{BOLD:#}\n\n");
    if let Some(missing) = &curves.missing {
        return text + &wrapped(&format!("Nothing was measured: {missing}."), 0);
    }
    let name = curves.device.as_ref().map(|device| device.name.clone()).unwrap_or_default();
    text += &wrapped(&format!("{}, on one core, on all cores and on {name}", curves.kernel), 0);
    text.push('\n');
    text += &sizes(curves);
    text += &format!("{DIM}medians of {}{DIM:#}\n\n", count(rounds(&curves.sizes), "round"));
    let columns = ["row", "quicker than", "measured", "foretold", "apart"].map(str::to_owned);
    text += &plain_table(&columns, curves.answers.iter().map(cells), 2);
    let model = "foretold: by straight lines through the sums of the fewest and of the most terms";
    text += &format!("{DIM}{}{DIM:#}\n", wrapped(model, 0).trim_end());
    if curves.device.as_ref().is_some_and(crate::Facts::is_software) {
        text.push('\n');
        text += &wrapped(
            "This is a software device, a program on the cores: where it crosses the cores' curves says \
             nothing about a GPU.",
            0,
        );
    }
    text
}

fn sizes(curves: &Curves) -> String {
    let sends = curves.sizes.iter().any(|size| size.with_transfer.is_some());
    let mut columns = vec![
        "terms".to_owned(),
        "one core".to_owned(),
        format!("all {}", count(curves.workers as u64, "core")),
    ];
    columns.push("strided".to_owned());
    columns.extend(sends.then(|| "with-transfer".to_owned()));
    let rows = curves.sizes.iter().map(|size| {
        let times = [Some(&size.one_core), Some(&size.all_cores), Some(&size.device)];
        let times = times.into_iter().chain([size.with_transfer.as_ref()]).flatten();
        let times = times.map(|time| seconds(time.interval.median));
        std::iter::once(grouped(size.terms)).chain(times).collect()
    });
    plain_table(&columns, rows, columns.len())
}

fn rounds(sizes: &[Size]) -> u64 {
    sizes.first().map_or(0, |size| size.device.samples.len() as u64)
}

fn cells(answer: &Answer) -> Vec<String> {
    let said = |found: Option<laws::break_even::BreakEven>| {
        found.map_or_else(|| "-".to_owned(), |found| found.to_string())
    };
    let apart = answer.apart().map(|apart| format!("{}x", three_digits(apart)));
    vec![
        answer.row.to_owned(),
        answer.than.to_owned(),
        said(answer.measured),
        said(answer.foretold),
        apart.unwrap_or_default(),
    ]
}
