use course::{BOLD, plain_table, wrapped};
use units::{percent, three_digits};

use crate::probes::Roof;

/// The kernels under their roofs.
pub(super) fn roofs(roofs: &[Roof]) -> String {
    let mut text =
        format!("\n{BOLD}The roofline{BOLD:#}: billions a second, all usable cores together\n");
    let columns =
        ["kernel", "per term", "bytes", "seen", "cores", "memory", "of its roof", "limit"]
            .map(str::to_owned);
    let billions = |rate: f64| three_digits(rate / 1e9);
    let rows = roofs.iter().map(|roof| {
        vec![
            roof.kernel.as_str().to_owned(),
            format!("{} {}", roof.operations_per_term.round(), &roof.operation[..3]),
            roof.bytes_per_term.to_string(),
            billions(roof.per_second),
            billions(roof.cores_allow),
            roof.memory_allows.map_or("-".to_owned(), billions),
            percent(roof.per_second / roof.roof()),
            format!("the {}", roof.limit()),
        ]
    });
    text += &plain_table(&columns, rows, columns.len() - 1);
    text + &wrapped(
        "A kernel below its roof has another reason to be slow: `primes` stops its trials too early for \
         wide vectors to pay.",
        2,
    )
}

/// Bytes a second that the memory delivers, by the roof of a kernel that reads.
pub(super) fn delivered(roofs: &[Roof]) -> Option<f64> {
    roofs.iter().find_map(|roof| Some(roof.memory_allows? / roof.intensity()))
}
