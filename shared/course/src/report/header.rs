use std::fmt::Write;

use kernels::Ceiling;
use units::{count, instructions, percent, seconds, three_digits};

use crate::Document;
use crate::layout::wrapped;

/// What is summed, and on what machine.
pub(super) fn header(document: &Document) -> String {
    let machine = &document.machine;
    let kernel = document.kernel.name.description();
    let what = (kernel.title)(document.kernel.terms);
    let cores = machine.usable_cores;
    let physical = match machine.physical_cores {
        fewer if fewer < cores => format!(" ({fewer} physical)"),
        _ => String::new(),
    };
    let simd = instructions(&document.kernel.simd);
    let name = kernel.name;
    let mut text = wrapped(
        &format!("{name}: {what} on {}{physical}, {simd}", count(cores as u64, "usable core")),
        0,
    );
    if let Some(quota) = machine.cpu_quota {
        let _ = writeln!(
            text,
            "a quota of {} CPUs: the standard library rounds it down to {}, num_cpus up to {}",
            three_digits(quota),
            machine.usable_cores,
            machine.usable_cores_num_cpus
        );
    }
    if let Some(baseline) = &document.baseline {
        let time = baseline.seconds.median;
        let mut line = format!("one core: {}", seconds(time));
        let terms = document.kernel.terms as f64;
        let fraction = |rate: f64, ceiling: f64| percent(rate / ceiling);
        let ceilings = &machine.ceilings;
        if terms > 0.0 {
            let rate = terms / time;
            let bytes = rate * kernel.bytes_per_term as f64;
            let _ = match kernel.ceiling {
                Some(Ceiling::Additions) => write!(
                    line,
                    ", {} additions/ns, {} of what it can do here",
                    three_digits(rate * 1e-9),
                    fraction(rate, ceilings.additions_per_second_per_core)
                ),
                Some(Ceiling::Divisions) => write!(
                    line,
                    ", {} divisions/ns, {} of what it can do here",
                    three_digits(rate * 1e-9),
                    fraction(rate, ceilings.divisions_per_second_per_core)
                ),
                Some(Ceiling::Bandwidth) if bytes > 1.2 * ceilings.read_bytes_per_second => {
                    write!(line, ", {} GB/s, from the caches", three_digits(bytes * 1e-9))
                }
                Some(Ceiling::Bandwidth) => write!(
                    line,
                    ", {} GB/s; all cores together: {} GB/s",
                    three_digits(bytes * 1e-9),
                    three_digits(ceilings.read_bytes_per_second * 1e-9)
                ),
                None => write!(line, ", {} per term on average", seconds(time / terms)),
            };
        }
        text += &wrapped(&line, 0);
    }
    text
}
