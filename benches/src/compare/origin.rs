use course::BOLD;

use crate::results::Results;
use crate::text::{cut, plain};

/// What differs between two benches, beside their times.
pub(super) fn differences(before: &Results, after: &Results) -> String {
    let facts = |results: &Results| {
        let machine = &results.machine;
        let arguments = results.arguments.join(" ");
        [
            ("machine", machine.cpu.clone()),
            ("usable cores", machine.usable_cores.to_string()),
            ("instructions", machine.simd.clone()),
            ("system", format!("{} on {}", machine.os, machine.arch)),
            ("commit", results.commit.clone().unwrap_or_else(|| "none".to_owned())),
            ("rustc", machine.rustc.clone()),
            ("began", results.began.clone()),
            ("options", if arguments.is_empty() { "none".to_owned() } else { arguments }),
            ("complete", if results.complete { "yes" } else { "no, interrupted" }.to_owned()),
        ]
    };
    let (old, new) = (facts(before), facts(after));
    let mut text = String::new();
    for ((name, old), (_, new)) in old.iter().zip(&new).filter(|(old, new)| old.1 != new.1) {
        let shown = |value: &str| cut(&plain(value), 30);
        text += &format!("{name:14}{:30}  {}\n", shown(old), shown(new));
    }
    if text.is_empty() {
        return "The two benches ran on the same machine and commit.\n".to_owned();
    }
    text.insert_str(0, &format!("{BOLD}{:14}{:30}  {}{BOLD:#}\n", "", "before", "after"));
    let machine = |results: &Results| (results.machine.cpu.clone(), results.machine.usable_cores);
    if machine(before) != machine(after) {
        text += "The machines differ: the times say which machine is faster, and the shares of the\n\
                 control say on which one the strategy shares better.\n";
    }
    text + "Ratio: time after over time before. Control: the percent of it\nthat was reached, before and after.\n"
}
