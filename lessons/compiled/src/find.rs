//! The function that a name means.

use measure::Error;

use crate::executable::Symbol;

/// What the names of this lesson's functions begin with.
const OURS: [&str; 4] = ["compiled::", "unoptimised::", "cxx_optimised::", "cxx_unoptimised::"];

/// A name at least this similar is suggested.
const SIMILAR: f64 = 0.75;

/// The functions that belong to the lesson, by name.
pub(crate) fn ours<'e>(symbols: &[Symbol<'e>]) -> Vec<(String, Symbol<'e>)> {
    let mut found: Vec<_> = symbols
        .iter()
        .map(|symbol| (symbol.path(), symbol.clone()))
        .filter(|(path, _)| OURS.iter().any(|crate_name| path.starts_with(crate_name)))
        .filter(|(path, _)| !path.contains("{closure"))
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.dedup_by(|(one, _), (other, _)| one == other);
    found
}

/// The function called `wanted`: its whole name, or the end of it where that is enough to tell.
///
/// # Errors
///
/// Where no function, or more than one, is called so: the error names those that are meant or near.
pub(crate) fn find<'e>(symbols: &[Symbol<'e>], wanted: &str) -> Result<Symbol<'e>, Error> {
    let ours = ours(symbols);
    let asked = wanted.replace('-', "_");
    let ends_with = |path: &str| path == asked || path.ends_with(&format!("::{asked}"));
    let fit: Vec<_> = ours.iter().filter(|(path, _)| ends_with(path)).collect();
    match fit[..] {
        [(_, only)] => Ok(only.clone()),
        [] => Err(Error::Usage(format!(
            "invalid value '{wanted}' for --function: {}; for example: --function masked::sum",
            instead(&asked, &ours)
        ))),
        [..] => {
            let paths: Vec<&str> = fit.iter().map(|(path, _)| path.as_str()).collect();
            Err(Error::Usage(format!(
                "invalid value '{wanted}' for --function: that may be {}; for example: --function {}",
                paths.join(" or "),
                paths[0]
            )))
        }
    }
}

fn instead(asked: &str, ours: &[(String, Symbol<'_>)]) -> String {
    let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
    let mut near: Vec<(f64, &str)> = ours
        .iter()
        .map(|(path, _)| {
            let whole = strsim::jaro_winkler(asked, path);
            (whole.max(strsim::jaro_winkler(&last(asked), &last(path))), path.as_str())
        })
        .filter(|(likeness, _)| *likeness >= SIMILAR)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let names: Vec<&str> = near.into_iter().map(|(_, path)| path).take(3).collect();
    if names.is_empty() {
        "--functions lists all that this lesson has".to_owned()
    } else {
        format!("near it are {}", names.join(", "))
    }
}
