use std::fmt::Write;

use course::{BOLD, plain_table, wrapped};
use units::{count, grouped, percent};

use super::Report;
use super::outcome::Outcome;

/// All that is shown to people.
pub(super) fn text(seen: &Report) -> String {
    let right: u64 = seen.right.parse().unwrap_or_default();
    let runs = seen.shaders.first().map_or(0, |kernel| kernel.sums.len());
    let mut text = format!("{BOLD}Races: three wrong shaders, and one that is right{BOLD:#}\n\n");
    let facts = &seen.device;
    let about = format!(
        "The sum of 0..{}, {} of each shader, on {}: {}, by {}. Right is {}.",
        grouped(seen.terms),
        count(runs as u64, "run"),
        facts.name,
        facts.kind.as_str(),
        facts.interface,
        grouped(right),
    );
    text += &wrapped(&about, 0);
    text.push('\n');
    text += &table(&seen.shaders, right);
    text += &sums(&seen.shaders, right);
    if facts.is_software() && seen.shaders.iter().any(|kernel| kernel.wrong > 0) {
        text += &wrapped(SOFTWARE, 2);
    }
    text + &witness(seen)
}

const SOFTWARE: &str = "A device in software runs a workgroup in strips of a few invocations, one strip after the other, \
                        so these missing barriers are likely to show every time. On a GPU they may stay hidden.";

fn table(kernels: &[Outcome], right: u64) -> String {
    let columns = ["shader", "wrong", "different", "off by up to", "it has"].map(str::to_owned);
    let rows = kernels.iter().map(|kernel| {
        let most = kernel.sums.iter().map(|sum| sum.abs_diff(right)).max().unwrap_or_default();
        let off = match (most, right) {
            (0, _) | (_, 0) => "-".to_owned(),
            _ => percent(most as f64 / right as f64),
        };
        vec![
            kernel.shader.clone(),
            format!("{} of {}", kernel.wrong, kernel.sums.len()),
            kernel.different.to_string(),
            off,
            kernel.about.to_owned(),
        ]
    });
    plain_table(&columns, rows, 4)
}

/// The sums of each kernel that has a race, as they came.
fn sums(kernels: &[Outcome], right: u64) -> String {
    let mut text = format!("\n{BOLD}The sums as they came{BOLD:#}\n");
    let mut always = Vec::new();
    for kernel in kernels.iter().filter(|kernel| kernel.racy) {
        if kernel.wrong == 0 {
            let said = format!(
                "{}: right this time, every time: the race is still there. Another device, another driver, or more to do \
                 beside it, and it shows.",
                kernel.shader
            );
            text += &wrapped(&said, 2);
            continue;
        }
        if kernel.different == 1 && kernel.sums.len() > 1 {
            always.push(kernel.shader.as_str());
        }
        let came = kernel.in_a_row().map(|(sum, times)| {
            let is_right = if sum == right { " (right, by luck)" } else { "" };
            let times = if times > 1 { format!(" {times} times") } else { String::new() };
            format!("{}{times}{is_right}", grouped(sum))
        });
        let mut came: Vec<String> = came.collect();
        if came.len() > MOST_SHOWN {
            let more = came.len() - MOST_SHOWN;
            came.truncate(MOST_SHOWN);
            came.push(format!("and {more} more"));
        }
        text += &wrapped(&format!("{}: {}", kernel.shader, came.join("; ")), 2);
    }
    if !always.is_empty() {
        text += &wrapped(&format!("{}: {ALWAYS_THE_SAME}", always.join(", ")), 2);
    }
    text
}

/// All of them are in the JSON.
const MOST_SHOWN: usize = 12;

const ALWAYS_THE_SAME: &str = "always the same, and always wrong. A race need not look like chance, and nothing promises \
                               that it will be the same tomorrow.";

/// What the validation layer says.
fn witness(seen: &Report) -> String {
    let witness = &seen.witness;
    let mut text = format!("\n{BOLD}Who sees it{BOLD:#}\n");
    text += &wrapped("The compiler of WGSL does not: it took all of them.", 2);
    let Some(layer) = &witness.layer else {
        let why = witness.trouble.as_deref().unwrap_or_default();
        return text + &wrapped(&format!("No validation layer here, which could: {why}."), 2);
    };
    text += &wrapped(&format!("The validation layer of Khronos ({layer}) watched each again:"), 2);
    for line in &witness.lines {
        text += &wrapped(&line.to_string(), 4);
        let _ = writeln!(text, "      {}", line.text);
    }
    if let Some(trouble) = &witness.trouble {
        let more = if witness.lines.is_empty() { "It says nothing" } else { "It says no more" };
        return text + &wrapped(&format!("{more}: {trouble}."), 4);
    }
    for kernel in &seen.shaders {
        let named = witness.lines.iter().any(|line| line.shader == kernel.shader);
        if named || !witness.watched.contains(&kernel.shader) {
            continue;
        }
        let said = match (kernel.racy, kernel.wrong) {
            (false, _) => "nothing, and there is nothing",
            (true, 0) => "nothing, though there is a race",
            (true, _) => "nothing, though its sums are wrong",
        };
        text += &wrapped(&format!("{}: {said}", kernel.shader), 4);
    }
    text
}
