//! What speaks against an entry: by the rules of the verdicts, and by what a page on the web may hold.

use kernels::KernelName;
use measure::Interval;
use measure::LARGEST_SHARE;
use measure::verdict::impossible;
use serde_json::Value;

use super::{Entry, MachineCurve, MachinePoint};

/// Longer names and titles tell no more.
const LONGEST: usize = 80;

/// How much the time of one core may differ from one count of workers to another: the sums stand minutes apart, and the
/// clock rate of a laptop sinks.
const DRIFT: f64 = 2.0;

impl Entry {
    /// All that speaks against it, in plain words; nothing for a good one.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !is_date(&self.recorded) {
            faults.push(format!("recorded on {:?}, which is no day", cut(&self.recorded)));
        }
        let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_hexdigit());
        if !(7..=40).contains(&self.commit.len()) || !digits(&self.commit) {
            faults.push(format!(
                "measured at {:?}, which is no commit that others can look up",
                cut(&self.commit)
            ));
        }
        if !self.kind.fits(&self.machine) {
            faults.push(format!("its machine is not {}", self.kind.title()));
        }
        let machine = &self.machine;
        let texts = [&machine.cpu, &machine.os, &machine.arch, &machine.rustc, &machine.simd];
        let private = texts.into_iter().filter(|text| may_be_private(text));
        faults.extend(private.map(|text| format!("{:?} may be private, or is no name", cut(text))));
        if self.curves.is_empty() {
            faults.push("it has no curve".to_owned());
        }
        let of_curve = |curve: &MachineCurve| {
            let name = format!("{} of {}", cut(&curve.strategy), cut(&curve.kernel));
            let faults = self.faults_of(curve).into_iter();
            faults.map(|fault| format!("{name}: {fault}")).collect::<Vec<_>>()
        };
        faults.extend(self.curves.iter().flat_map(of_curve));
        faults
    }

    fn faults_of(&self, curve: &MachineCurve) -> Vec<String> {
        let MachineCurve { kernel, strategy, terms, points } = curve;
        let mut faults = Vec::new();
        let known = KernelName::ALL.iter().any(|name| name.as_str() == kernel && !name.is_yours());
        if !known {
            faults.push("no kernel of the course".to_owned());
        }
        let plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if strategy.is_empty() || strategy.len() > LONGEST || !strategy.chars().all(plain) {
            faults.push("no name of a strategy".to_owned());
        }
        let counts: Vec<usize> = points.iter().map(|point| point.workers).collect();
        let rises = counts.windows(2).all(|pair| pair[0] < pair[1]);
        if counts.len() < 2 || counts[0] != 1 || !rises {
            faults.push(format!("workers {counts:?}, not 1 and more, in order"));
        }
        if counts.iter().any(|count| *count > self.machine.usable_cores) {
            faults.push("more workers than cores".to_owned());
        }
        for point in points {
            let faults_of_point = faults_of_point(point, *terms).into_iter();
            faults
                .extend(faults_of_point.map(|fault| format!("{} workers: {fault}", point.workers)));
        }
        let alone = points.iter().map(|point| point.seconds * point.speedup.median);
        let (least, most) =
            alone.fold((f64::MAX, 0.0_f64), |(least, most), one| (least.min(one), most.max(one)));
        if faults.is_empty() && most > least * DRIFT {
            faults.push("its times and its speedups are not of the same run".to_owned());
        }
        faults
    }
}

fn faults_of_point(point: &MachinePoint, terms: u64) -> Vec<String> {
    let MachinePoint { workers, speedup, capacity, seconds } = point;
    let is_sound = |it: &Interval| {
        let inside = it.low.is_none_or(|low| 0.0 < low && low <= it.median)
            && it.high.is_none_or(|high| high.is_finite() && it.median <= high);
        it.median.is_finite() && it.median > 0.0 && inside
    };
    let has_time = seconds.is_finite() && *seconds > 0.0;
    if !(is_sound(speedup) && is_sound(capacity) && has_time) {
        return vec!["no sound number".to_owned()];
    }
    let mut faults = Vec::new();
    if speedup.is_wide() || capacity.is_wide() {
        faults.push("too noisy to explain anything".to_owned());
    }
    if impossible(terms, *seconds, *workers) {
        faults.push("faster than anybody can add".to_owned());
    }
    if capacity.median > *workers as f64 * LARGEST_SHARE {
        faults.push("more capacity than workers".to_owned());
    }
    if point.share() > LARGEST_SHARE {
        faults.push("more speedup than the machine gave".to_owned());
    }
    faults
}

/// `2026-11-29`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, digits: usize| -> Option<u32> {
        let plain = text.len() == digits && text.chars().all(|letter| letter.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    number(year, 4).is_some_and(|year| year >= 2020)
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

/// Whether a text may be more than the name of a thing that is sold: an address, a path, a name that somebody gave.
fn may_be_private(text: &str) -> bool {
    // Intel writes the clock rate so: `CPU @ 2.20GHz`.
    let rate = |text: &str| {
        text.starts_with(' ') && text[1..].starts_with(|letter: char| letter.is_ascii_digit())
    };
    let addresses = text.match_indices('@').any(|(at, _)| !rate(&text[at + 1..]));
    let plain = |letter: char| letter.is_ascii_alphanumeric() || " @.,()-+_[]".contains(letter);
    let dots = text.split([' ', ',']).any(|word| word.matches('.').count() > 2);
    text.is_empty() || text.len() > LONGEST || addresses || dots || !text.chars().all(plain)
}

/// The first field of `json` that `known` does not have.
pub(super) fn unknown_field(json: &Value, known: &Value, path: &str) -> Option<String> {
    match (json, known) {
        (Value::Object(fields), Value::Object(known)) => fields.iter().find_map(|(name, value)| {
            let path = format!("{path}.{}", cut(name));
            let field = known.get(name);
            field.map_or(Some(path.clone()), |field| unknown_field(value, field, &path))
        }),
        (Value::Array(values), Value::Array(known)) => {
            values.iter().zip(known).find_map(|(value, known)| unknown_field(value, known, path))
        }
        _ => None,
    }
}

/// What is shown of a text that may be anything.
fn cut(text: &str) -> String {
    let shown = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().take(LONGEST).map(shown).collect()
}
