//! The packages, each with the ones that it needs: a failure of one leaves the others.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use measure::Error;

use super::progress::Progress;
use super::refused;
use crate::captured::captured;
use crate::child::command;
use crate::place;
use crate::record::Record;

/// A package that rungs ask for, and all that is installed with it.
const GROUPS: [(&str, &[&str]); 7] = [
    ("setuptools", &["setuptools"]),
    ("numpy", &["numpy"]),
    ("numba", &["numba", "llvmlite", "numpy"]),
    ("cython", &["cython"]),
    ("cffi", &["cffi", "pycparser"]),
    ("pybind11", &["pybind11"]),
    ("maturin", &["maturin"]),
];

/// Nobody waits longer for one package.
const MOST: Duration = Duration::from_secs(900);

/// The pinned requirements, with their hashes.
pub(super) fn requirements() -> Result<String, Error> {
    let path = place::lesson().join("requirements.txt");
    fs::read_to_string(&path).map_err(|cause| Error::Input {
        path,
        cause: cause.to_string(),
        remedy: "fetch the workspace again",
    })
}

/// Installs what is not there yet.
pub(super) fn install(
    made: &Path,
    record: &mut Record,
    offline: Option<&Path>,
    progress: &Progress,
) -> Result<(), Error> {
    let all = requirements()?;
    for (name, with) in GROUPS {
        if matches!(record.packages.get(name), Some(Ok(_))) {
            continue;
        }
        progress.begin(name);
        let wanted: String = with.iter().flat_map(|name| blocks(&all, name)).collect();
        let mut file = tempfile::NamedTempFile::new_in(made)
            .map_err(|cause| refused("a temporary file", &cause.to_string()))?;
        file.write_all(wanted.as_bytes())
            .map_err(|cause| refused("a temporary file", &cause.to_string()))?;
        let outcome = pip(record, file.path(), offline, progress);
        let outcome = outcome.and_then(|()| version(record, name));
        match &outcome {
            Ok(version) => {
                progress.rename(&format!("{name} {version}"));
                progress.done();
            }
            Err(reason) => progress.failed(reason),
        }
        record.packages.insert(name.to_owned(), outcome);
    }
    Ok(())
}

fn pip(
    record: &Record,
    file: &Path,
    offline: Option<&Path>,
    progress: &Progress,
) -> Result<(), String> {
    let mut command = command(&record.python, ["-m", "pip", "install"]);
    command.args(["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--quiet"]);
    command.args(["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r"]).arg(file);
    if let Some(folder) = offline {
        command.args(["--no-index", "--find-links"]).arg(folder);
    }
    // Where packages come from is said in its owner's environment.
    command.envs(std::env::vars_os());
    captured(command, MOST, |line| progress.detail(line)).output().map(|_| ())
}

/// The version that is there now, asked of the package itself.
fn version(record: &Record, name: &str) -> Result<String, String> {
    let program = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
    let command = command(&record.python, ["-c", program, name]);
    Ok(captured(command, MOST, |_| {}).output()?.trim().to_owned())
}

/// The lines of the requirements that pin a package: there may be several, for different Pythons.
fn blocks(requirements: &str, name: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut inside = false;
    for line in requirements.lines() {
        let begins = line.starts_with(|first: char| first.is_ascii_alphanumeric());
        if begins {
            inside = line.split("==").next().is_some_and(|first| first.eq_ignore_ascii_case(name));
            if inside {
                blocks.push(String::new());
            }
        }
        if inside
            && !line.trim_start().starts_with('#')
            && let Some(block) = blocks.last_mut()
        {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_pinned_with_hashes() {
        let all = requirements().expect("they are in the lesson's folder");
        for name in GROUPS.iter().flat_map(|(_, with)| *with) {
            let blocks = blocks(&all, name);
            assert!(!blocks.is_empty(), "{name}");
            for block in blocks {
                assert!(block.contains("--hash=sha256:"), "{block}");
                assert!(block.to_lowercase().starts_with(&format!("{name}==")), "{block}");
            }
        }
    }

    #[test]
    fn a_name_that_begins_like_another_is_another() {
        let text = "numpy==1 \\\n    --hash=sha256:a\n    # via numba\nnumpy-extra==2 \\\n    --hash=sha256:b\n";
        assert_eq!(blocks(text, "numpy"), ["numpy==1 \\\n    --hash=sha256:a\n"]);
    }
}
