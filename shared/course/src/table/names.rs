use kernels::{AnyKernel, KernelName, Known, Pi};
use measure::{Error, StrategyInfo};

use crate::document::YOURS;
use crate::{Options, Table, wrapped};

/// What the lesson says of its strategies, in reading order.
pub(super) fn infos<T: Table>(options: &T::Options) -> Vec<StrategyInfo> {
    let table = T::strategies_for::<AnyKernel>(options);
    table.iter().map(|strategy| StrategyInfo::clone(strategy)).collect()
}

/// What `--help` ends with: command lines that this lesson understands.
pub(super) fn examples<T: Table>() -> String {
    let table = T::strategies::<AnyKernel>();
    let first = table.first().map_or(YOURS, |strategy| &strategy.name);
    let mut lines = Vec::new();
    if T::KERNELS.contains(&Pi::NAME) {
        lines.push(("-n 1e8 -k pi".into(), "a hundred million terms of another kernel"));
    }
    lines.push(if T::PARALLEL {
        (format!("-w 1,2,4 -s {first}"), "one strategy on one, two and four workers")
    } else {
        (format!("-n 1e6 -s {first}"), "one strategy on a million terms")
    });
    lines.push(("--json".into(), "everything, for a program to read"));
    lines.extend(T::EXAMPLES.iter().map(|(words, what)| ((*words).to_owned(), *what)));
    let lines = lines.into_iter().map(|(words, what)| format!("\n  {words:<26} {what}"));
    format!("Examples:{}", lines.collect::<String>())
}

/// The answer to `--list`.
pub(super) fn list<T: Table>(table: &[StrategyInfo]) -> String {
    let mut text = String::from("Kernels\n");
    for kernel in T::KERNELS {
        text += &format!("  {kernel:<10} {}\n", kernel.description().about);
    }
    text += &format!("\nStrategies of {}\n", T::NAME);
    for strategy in table {
        let only = strategy.only.map(|only| format!(" ({only} only)")).unwrap_or_default();
        text += &entry(&strategy.name, &format!("{}{only}", strategy.about));
    }
    text
}

/// A name, and beside it what it is about, on as many lines as that takes.
fn entry(name: &str, about: &str) -> String {
    const NAME: usize = 21;
    let lines = wrapped(about, NAME);
    format!("  {name:<18} {}", lines.get(NAME..).unwrap_or_default())
}

/// Refuses a kernel that is not for this lesson, and strategies that it does not have or that are not for
/// that kernel.
pub(super) fn check<T: Table>(
    options: &Options,
    kernel: KernelName,
    table: &[StrategyInfo],
) -> Result<(), Error> {
    if !T::KERNELS.contains(&kernel) {
        let names: Vec<&str> = T::KERNELS.iter().map(|kernel| kernel.as_str()).collect();
        let why = if kernel.is_yours() { format!(", for {}", T::NOT_YOURS) } else { String::new() };
        return Err(Error::Usage(format!(
            "invalid value '{kernel}' for --kernel: {} sums {} only{why}; for example: -k {}",
            T::NAME,
            names.join(", "),
            names[0]
        )));
    }
    for name in &options.strategies {
        let Some(strategy) = table.iter().find(|strategy| strategy.name == *name) else {
            let names: Vec<&str> = table.iter().map(|strategy| strategy.name.as_str()).collect();
            return Err(Error::Usage(format!(
                "invalid value '{name}' for --strategy: the strategies of {} are {}; for example: \
                 -s {}",
                T::NAME,
                names.join(", "),
                names[0]
            )));
        };
        if let Some(only) = strategy.only.filter(|only| *only != kernel) {
            return Err(Error::Usage(format!(
                "invalid value '{name}' for --strategy: {name} is for {only} only, not for \
                 {kernel}; for example: -k {only} -s {name}"
            )));
        }
    }
    Ok(())
}
