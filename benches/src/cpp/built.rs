use std::path::{Path, PathBuf};
use std::process::Command;

use super::Library;

/// The program, and the libraries that were not there for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Where the program lies.
    pub program: PathBuf,
    /// Each library that it is without, and why, with the remedy.
    pub missing: Vec<(Library, String)>,
}

impl Built {
    /// Why the program is without this library; `None` where it is not.
    pub fn without(&self, library: Library) -> Option<&str> {
        let missing = self.missing.iter().find(|(missing, _)| *missing == library);
        missing.map(|(_, why)| why.as_str())
    }
}

/// Compiles the program into `folder`: by the compiler that `CXX` names, or one of the usual names.
///
/// # Errors
///
/// Why there is no program at all, with the remedy. A library that is missing is no error.
pub fn built(folder: &Path) -> Result<Built, String> {
    let chosen = std::env::var("CXX").ok().into_iter();
    let compilers = chosen.chain(["g++", "c++", "clang++"].map(str::to_owned));
    built_by(compilers, folder)
}

/// Compiles the program into `folder`, by the first of these compilers that can: with every library at once, or
/// else with those with which it can be compiled alone.
///
/// # Errors
///
/// As [`built`].
pub fn built_by(compilers: impl Iterator<Item = String>, folder: &Path) -> Result<Built, String> {
    let program = folder.join("peers");
    let mut reason = String::from("none was found");
    let is_there = |name: &String| Command::new(name).arg("--version").output().is_ok();
    for compiler in compilers.filter(is_there) {
        if compiled(&compiler, Quality::Measured, &Library::ALL, &program).is_ok() {
            return Ok(Built { program, missing: Vec::new() });
        }
        let (mut present, mut missing) = (Vec::new(), Vec::new());
        for library in Library::ALL {
            match compiled(&compiler, Quality::Tried, &[library], &folder.join("tried")) {
                Ok(()) => present.push(library),
                Err(why) => {
                    let (name, remedy) = (library.name(), library.remedy());
                    let why = format!(
                        "{compiler} is without {name} ({why}); install it, for example with: {remedy}"
                    );
                    missing.push((library, why));
                }
            }
        }
        match compiled(&compiler, Quality::Measured, &present, &program) {
            Ok(()) => return Ok(Built { program, missing }),
            Err(why) => reason = format!("{compiler}: {why}"),
        }
    }
    Err(format!("no C++ compiler ({reason}); install one, for example with: apt-get install g++"))
}

/// How well the compiler is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quality {
    /// As well as it can.
    Measured,
    /// Only whether it can.
    Tried,
}

/// Compiles the program with these libraries, or says why not, in one line.
fn compiled(
    compiler: &str,
    quality: Quality,
    libraries: &[Library],
    program: &Path,
) -> Result<(), String> {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cpp/main.cpp");
    let level = if quality == Quality::Measured { "-O3" } else { "-O0" };
    let mut command = Command::new(compiler);
    // No contraction: a fused multiplication rounds once less, and the bits would differ.
    command.args(["-std=c++17", level, "-march=native", "-ffp-contract=off", "-o"]).arg(program);
    if cfg!(target_arch = "x86_64") {
        // As wide as our `integers`, where the processor is; by itself the compiler may stop at half of that.
        command.arg("-mprefer-vector-width=512");
    }
    command.args(libraries.iter().flat_map(|library| library.options())).arg(source);
    command.args(libraries.iter().flat_map(|library| library.linked()));
    let built = command.output().map_err(|cause| cause.to_string())?;
    if built.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&built.stderr);
    let told = |line: &&str| line.contains("error") || line.contains("cannot find");
    let line = words.lines().find(told).or(words.lines().next()).unwrap_or("it failed");
    Err(line.replace(env!("CARGO_MANIFEST_DIR"), "benches"))
}
