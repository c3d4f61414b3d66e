//! The same curve of another machine, from the gallery.

use std::path::Path;

use course::gallery::{Entry, Kind, MachineCurve};
use measure::Error;
use serde_json::{Value, json};

/// Another machine, and its curve of the same kernel and strategy.
#[derive(Debug)]
pub(super) struct Beside {
    machine: Entry,
    curve: MachineCurve,
}

impl Beside {
    /// The curve of the machine of this kind that is of the same kernel and strategy; `of` is `None` where a file names
    /// no kernel.
    pub(super) fn of(kind: Kind, of: Option<&(String, String)>) -> Result<Self, Error> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("machines");
        Beside::new(Entry::of_kind(&folder, kind)?, of)
    }

    fn new(machine: Entry, of: Option<&(String, String)>) -> Result<Self, Error> {
        let (kernel, strategy) = of.ok_or_else(|| {
            Error::Usage(
                "the file names no kernel, and only curves of the same kernel can stand beside each other: leave \
                 --beside out"
                    .to_owned(),
            )
        })?;
        let curve = machine.curve(kernel, strategy).cloned().ok_or_else(|| {
            let there = machine.curves.iter().filter(|curve| curve.kernel == *kernel);
            let there: Vec<&str> = there.map(|curve| curve.strategy.as_str()).collect();
            Error::Usage(format!(
                "{} has no curve of {strategy} on {kernel}: {}",
                machine.kind,
                match there[..] {
                    [] => "it has none of that kernel".to_owned(),
                    [..] => format!("choose with -s one of {}", there.join(", ")),
                }
            ))
        })?;
        Ok(Beside { machine, curve })
    }

    /// Its speedup with so many workers.
    pub(super) fn speedup(&self, workers: usize) -> Option<f64> {
        let point = self.curve.points.iter().find(|point| point.workers == workers)?;
        Some(point.speedup.median)
    }

    /// Workers and speedups.
    pub(super) fn points(&self) -> Vec<(f64, f64)> {
        let points = self.curve.points.iter();
        points.map(|point| (point.workers as f64, point.speedup.median)).collect()
    }

    /// Whose curve it is: `scoped on AMD EPYC, 2 cores`.
    pub(super) fn title(&self) -> String {
        format!("{} on {}", self.curve.strategy, self.machine.title())
    }

    /// The same with what may be compared, after these words.
    pub(super) fn sentence(&self, before: &str) -> String {
        self.machine.sentence(&format!("{before}{}", self.curve.strategy))
    }

    pub(super) fn json(&self) -> Value {
        json!({"kind": self.machine.kind, "machine": self.machine.machine, "curve": self.curve})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kernel: &str, strategy: &str) -> Result<Beside, Error> {
        Beside::of(Kind::TwoCoreVm, Some(&(kernel.to_owned(), strategy.to_owned())))
    }

    #[test]
    fn only_the_same_kernel_and_strategy_stand_beside_each_other() {
        let beside = of("primes", "scoped").expect("it is recorded");
        assert!(beside.speedup(2).is_some_and(|speedup| speedup > 1.0));
        assert_eq!((beside.speedup(64), beside.points().len()), (None, 2));
        assert!(beside.title().starts_with("scoped on "), "{}", beside.title());
        let other = of("primes", "your-turn").expect_err("nobody recorded it").to_string();
        assert!(other.contains("your-turn on primes: choose with -s one of"), "{other}");
        let yours = of("yours", "scoped").expect_err("nobody else has that kernel").to_string();
        assert!(yours.ends_with("it has none of that kernel"), "{yours}");
        let nameless = Beside::of(Kind::TwoCoreVm, None).expect_err("it could be any kernel");
        assert_eq!(nameless.exit_code(), 2);
    }
}
