//! The packages, each with the ones that it needs: a failure of one leaves the others.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use measure::Error;

use super::{Steps, refused};
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

impl Steps<'_> {
    /// Installs what is not there yet.
    pub(super) fn packages(
        &self,
        record: &mut Record,
        offline: Option<&Path>,
    ) -> Result<(), Error> {
        let all = requirements()?;
        for (name, with) in GROUPS {
            if matches!(record.packages.get(name), Some(Ok(_))) {
                continue;
            }
            self.progress.begin(name);
            let wanted: String = with.iter().flat_map(|name| blocks(&all, name)).collect();
            let file = tempfile::NamedTempFile::new_in(self.made)
                .and_then(|mut file| file.write_all(wanted.as_bytes()).map(|()| file))
                .map_err(|cause| refused("a temporary file", &cause.to_string()))?;
            let outcome = self.pip(record, file.path(), offline);
            let outcome = outcome.and_then(|()| self.version(record, name));
            match &outcome {
                Ok(version) => {
                    self.progress.rename(&format!("{name} {version}"));
                    self.progress.done();
                }
                Err(reason) => self.progress.failed(reason),
            }
            record.packages.insert(name.to_owned(), outcome);
        }
        Ok(())
    }

    fn pip(&self, record: &Record, file: &Path, offline: Option<&Path>) -> Result<(), String> {
        let mut command = self.session.owners_command(&record.python, ["-m", "pip", "install"]);
        command.args(["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]);
        command.args(["--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r"]);
        command.arg(file);
        if let Some(folder) = offline {
            command.args(["--no-index", "--find-links"]).arg(folder);
        }
        self.run(command, MOST, |line| self.progress.detail(line)).output().map(|_| ())
    }

    /// The version that is there now, as the package itself reports it.
    fn version(&self, record: &Record, name: &str) -> Result<String, String> {
        let program =
            "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
        let command = self.session.command(&record.python, ["-c", program, name]);
        Ok(self.run(command, MOST, |_| {}).output()?.trim().to_owned())
    }
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
