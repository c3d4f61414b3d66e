use units::{count, grouped, instructions, three_digits};

use crate::results::Results;

/// The machine and the day: `AMD EPYC, 2 usable cores, a virtual machine; 2026-03-01`.
pub(super) fn in_one_line(results: &Results) -> String {
    let machine = &results.machine;
    let kind = if machine.virtual_machine == Some(true) { ", a virtual machine" } else { "" };
    let cores = count(machine.usable_cores as u64, "usable core");
    let day = results.began.split('T').next().unwrap_or_default();
    format!("{}, {cores}{kind}; {day}", machine.cpu)
}

/// All that there is to know of the machine and of the run: name and value.
pub(super) fn facts(results: &Results) -> Vec<(&'static str, String)> {
    let arguments = match results.arguments.join(" ") {
        none if none.is_empty() => "cargo bench".to_owned(),
        some => format!("cargo bench -- {some}"),
    };
    let commit = results.commit.clone().unwrap_or_else(|| "not in a repository".to_owned());
    let load = results.load.map_or_else(
        || "the system does not tell".to_owned(),
        |[one, five, fifteen]| format!("{one:.2}, {five:.2}, {fifteen:.2} (1, 5, 15 minutes)"),
    );
    let here =
        [("Machine", machine(results)), ("Cores", cores(results)), ("Memory", memory(results))];
    let gpu = gpu(results).map(|gpu| ("GPU", gpu));
    let run = [
        ("Began", date(&results.began)),
        ("Took", duration(results.took)),
        ("Asked for", arguments),
        ("Measured", format!("{} ids", grouped(results.measured.len() as u64))),
        ("Load at the start", load),
        ("Commit", commit),
        ("Compiler", format!("rustc {}", results.machine.rustc)),
        ("Version", results.version.clone()),
    ];
    here.into_iter().chain(gpu).chain(run).collect()
}

fn machine(results: &Results) -> String {
    let machine = &results.machine;
    let kind = if machine.virtual_machine == Some(true) { ", a virtual machine" } else { "" };
    let simd = instructions(&machine.simd);
    format!("{}, {} on {}, {simd}{kind}", machine.cpu, machine.os, machine.arch)
}

fn cores(results: &Results) -> String {
    let machine = &results.machine;
    let quota = machine
        .cpu_quota
        .map_or_else(String::new, |quota| format!(", a quota of {} CPUs", three_digits(quota)));
    let threads = match machine.smt {
        Some(true) => ", two threads on each core",
        Some(false) => ", one thread on each core",
        None => ", threads per core unknown",
    };
    format!(
        "{} usable, {} logical, {} physical{quota}{threads}",
        machine.usable_cores, machine.logical_cores, machine.physical_cores
    )
}

fn memory(results: &Results) -> String {
    let bytes = results.machine.memory_bytes;
    let size = bytes.map(|bytes| format!("{} GB", three_digits(bytes as f64 * 1e-9)));
    format!(
        "{}, read at {} GB/s by all cores",
        size.unwrap_or_else(|| "size not told".to_owned()),
        three_digits(results.machine.ceilings.read_bytes_per_second * 1e-9)
    )
}

/// The device that the ladder met, where the ladder is of this machine; the bench itself asks for none.
fn gpu(results: &Results) -> Option<String> {
    let ladder = results.ladder.as_ref().filter(|ladder| ladder.cpu == results.machine.cpu)?;
    let device = ladder.device()?;
    if device.is_software() {
        return Some(format!("none; {} does on the cores what one would", device.name));
    }
    let driver = match device.driver.as_str() {
        "" => String::new(),
        driver => format!(", driver {driver}"),
    };
    Some(format!("{}, {}{driver}", device.name, device.kind))
}

/// `2026-03-01 12:00:00 UTC` for an RFC 3339 date, and anything else as it is.
fn date(began: &str) -> String {
    let parts = began.strip_suffix('Z').and_then(|utc| utc.split_once('T'));
    parts.map_or_else(
        || began.to_owned(),
        |(day, time)| format!("{day} {} UTC", time.split('.').next().unwrap_or(time)),
    )
}

/// `5 min 12 s`.
pub(crate) fn duration(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    match (whole / 60, whole % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{} min {seconds} s", grouped(minutes)),
    }
}
