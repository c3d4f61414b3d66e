use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The command that builds and runs the program of a lesson, or an example of it: `threads/race`. Its arguments come
/// next. It reads nothing, and what it prints is captured.
pub(crate) fn program(name: &str) -> Command {
    let (lesson, example) = name.split_once('/').map_or((name, None), |(a, b)| (a, Some(b)));
    let mut command = cargo();
    command.args(["run", "--quiet", "--locked", "--package", lesson]);
    if let Some(example) = example {
        command.args(["--example", example]);
    }
    // Where MPI is, its headers may still be missing: then cargo says what it could not build.
    if lesson == "distributed" && found("mpirun").is_some() {
        command.args(["--features", "mpi"]);
    }
    command.arg("--");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The cargo that runs this, in the workspace.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace").to_owned()
}

/// The file of this name in the folders of PATH.
pub(crate) fn found(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
