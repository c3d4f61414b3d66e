use units::{count, three_digits};

use crate::figures::surely_above;
use crate::results::{Ladder, Step};
use crate::text::{cut, plain, short};

impl Step {
    /// `simd (sequential)`, `scoped (threads), 2`, `strided (gpu), in software`.
    pub(crate) fn name(&self) -> String {
        let who = match self.workers {
            _ if self.is_in_software() => ", in software".to_owned(),
            several @ 2.. => format!(", {several}"),
            _ => String::new(),
        };
        format!("{} ({}){who}", short(&self.row), short(&self.lesson))
    }
}

/// What better code brought and what more workers brought, in one line; `None` where either is not certain.
pub(crate) fn finding(ladder: &Ladder) -> Option<String> {
    let [slowest, alone, together] = ladder.landmarks()?;
    let time = |step: &Step| step.per_term().median;
    (is_longer(slowest, alone) && is_longer(alone, together)).then(|| {
        format!(
            "Better code on one core brought {}x, more workers another {}x",
            three_digits(time(slowest) / time(alone)),
            three_digits(time(alone) / time(together)),
        )
    })
}

/// What better code brought, what more workers brought, and a device; and where this was.
pub(crate) fn reading(ladder: &Ladder) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some([slowest, alone, together]) = ladder.landmarks() {
        let time = |step: &Step| step.per_term().median;
        sentences.extend(is_longer(slowest, alone).then(|| {
            format!(
                "Better code on one core: {} times as fast, from {} to {}.",
                three_digits(time(slowest) / time(alone)),
                slowest.name(),
                alone.name(),
            )
        }));
        let gained = time(alone) / time(together);
        let cores = count(ladder.usable_cores as u64, "core");
        let (times, together_name) = (three_digits(gained), together.name());
        sentences.push(match gained {
            _ if !is_longer(alone, together) && !is_longer(together, alone) => format!(
                "More workers on {cores}: no difference that can be told from noise, with {together_name}."
            ),
            more if more > together.workers as f64 * 1.02 => format!(
                "More workers on {cores}: another {times} times, with {together_name}. The machine \
                 gave more at that moment than at the other."
            ),
            more if more > 1.0 => {
                format!("More workers on {cores}: another {times} times, with {together_name}.")
            }
            _ => {
                format!("More workers on {cores} brought nothing here: {together_name} is slower.")
            }
        });
    }
    let devices = ladder.steps.iter().filter_map(|step| device(step, ladder));
    sentences.extend(devices);
    sentences.push(format!(
        "Measured {} on {}, one lesson after the other.",
        short(&ladder.began),
        cut(&plain(&ladder.cpu), 50),
    ));
    let missing = ladder.missing.iter();
    sentences.extend(
        missing.map(|(rung, why)| format!("Not measured: {} ({why}).", cut(&plain(rung), 50))),
    );
    sentences
}

/// What a device brought; of one in software, why that says nothing. `None` for a rung of the cores.
fn device(step: &Step, ladder: &Ladder) -> Option<String> {
    let device = cut(&plain(&step.device.as_ref()?.name), 50);
    let name = step.name();
    if step.is_in_software() {
        return Some(format!(
            "{name}: {device} is a program on the cores. Its sum is right, and its time says nothing of a GPU."
        ));
    }
    let time = |step: &Step| step.per_term().median;
    let [_, alone, together] = ladder.landmarks()?;
    let cores = if time(together) < time(alone) { together } else { alone };
    // A file may hold anything.
    let gained = Some(time(cores) / time(step)).filter(|gained| gained.is_normal())?;
    let fastest = format!("the fastest on the cores, {}", cores.name());
    Some(match (is_longer(cores, step), is_longer(step, cores)) {
        (true, _) => {
            format!("On {device}: another {} times, {name} beside {fastest}.", three_digits(gained),)
        }
        (_, true) => format!("On {device}: nothing was gained, {name} is slower than {fastest}."),
        _ => format!(
            "On {device}: no difference that can be told from noise, {name} beside {fastest}."
        ),
    })
}

/// Whether a term surely takes longer on one rung than on the other.
fn is_longer(one: &Step, other: &Step) -> bool {
    surely_above(Some(one.per_term()), Some(other.per_term()))
}
