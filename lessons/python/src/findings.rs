use course::Document;
use kernels::{Known, Memory};

use crate::compare::{gained, per_term, ratio};
use crate::report::bytes_sent;

/// The sentences that only this lesson can say of its numbers, most important first.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    [typed(document), lock(document), moved(document), extensions(document)]
        .into_iter()
        .flatten()
        .collect()
}

/// What types are worth.
fn typed(document: &Document) -> Option<String> {
    let all = ratio(document, "loop", "cython-typed")?;
    let untyped = ratio(document, "loop", "cython-untyped")?;
    Some(format!(
        "Compiling alone made the loop {} (cython-untyped); with types it is {} (cython-typed). The \
         objects are what costs, not the interpreter alone.",
        factor(untyped),
        factor(all)
    ))
}

fn factor(ratio: f64) -> String {
    if ratio >= 1.0 {
        format!("{} times as fast", units::three_digits(ratio))
    } else {
        format!("{} times as slow", units::three_digits(1.0 / ratio))
    }
}

/// What the lock does to threads.
fn lock(document: &Document) -> Option<String> {
    let most =
        document.runs.iter().filter(|run| run.strategy == "threading").map(|run| run.workers);
    let workers = most.max().filter(|workers| *workers > 1)?;
    let held = gained(document, "threading", workers)?;
    let mut text = format!(
        "{workers} threads of Python are {} times as fast as one: they share one lock.",
        units::three_digits(held)
    );
    if let Some(released) = gained(document, "threading-released", workers) {
        text += &format!(
            " Around C that gives the lock back they are {} times as fast.",
            units::three_digits(released)
        );
    }
    let pools = ["pool-fork", "pool-forkserver", "pool-spawn"];
    let pool = pools.iter().find_map(|pool| Some((pool, gained(document, pool, workers)?)));
    if let Some((name, pool)) = pool {
        text +=
            &format!(" Processes have a lock each: {} times ({name}).", units::three_digits(pool));
    }
    Some(text)
}

/// What it costs to send numbers.
fn moved(document: &Document) -> Option<String> {
    if document.kernel.name != Memory::NAME {
        return None;
    }
    let most = |name: &str| {
        let runs = document.runs.iter().filter(|run| run.strategy == name);
        runs.max_by_key(|run| run.workers)
    };
    let pickled = most("pool-pickled")?;
    let bytes = bytes_sent(pickled)?;
    let slower = per_term(pickled)? / per_term(most("pool-shared")?)?;
    Some(format!(
        "pool-pickled sent {} MB through pipes for each sum, pool-shared none: sending made it {} times as \
         slow.",
        units::three_digits(bytes as f64 * 1e-6),
        units::three_digits(slower)
    ))
}

/// How far extensions are from the same loop in Rust.
fn extensions(document: &Document) -> Option<String> {
    let rows = ["c-extension", "pyo3", "cffi", "pybind11", "cython-typed"];
    let ratios: Vec<f64> = rows.iter().filter_map(|row| ratio(document, row, "rust")).collect();
    let low = ratios.iter().copied().reduce(f64::min)?;
    let high = ratios.iter().copied().reduce(f64::max)?;
    Some(format!(
        "Extensions in C, C++ and Rust take {} to {} times as long as the same loop without Python: what \
         is inside one call is theirs alone.",
        units::three_digits(low),
        units::three_digits(high)
    ))
}
