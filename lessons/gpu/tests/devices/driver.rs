use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;
use testkit::{Ended, command, finish};

use super::PROGRAM;

/// A device in software.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Driver {
    /// That of Mesa.
    Lavapipe,
    /// That of Chromium. It has no loop limit, and takes its time to compile.
    SwiftShader,
}

impl Driver {
    pub const ALL: [Driver; 2] = [Driver::Lavapipe, Driver::SwiftShader];

    pub fn name(self) -> &'static str {
        match self {
            Driver::Lavapipe => "lavapipe",
            Driver::SwiftShader => "swiftshader",
        }
    }

    /// Its description for the loader, where it is installed.
    fn description(self) -> Option<PathBuf> {
        match self {
            Driver::Lavapipe => {
                let all = fs::read_dir("/usr/share/vulkan/icd.d").ok()?.flatten();
                all.map(|entry| entry.path()).find(|path| {
                    path.file_name()
                        .is_some_and(|name| name.to_string_lossy().starts_with("lvp_icd"))
                })
            }
            Driver::SwiftShader => Some(Path::new("/usr/lib/chromium/vk_swiftshader_icd.json"))
                .filter(|path| path.is_file())
                .map(Path::to_owned),
        }
    }

    /// Why nothing can be tested with it, where that is no failure.
    pub fn missing(self) -> Option<String> {
        if env::var_os("EVERY_RUNG").is_some_and(|value| value == "1")
            || self.description().is_some()
        {
            return None;
        }
        Some(match self {
            Driver::Lavapipe => {
                "lavapipe is not installed: Debian's mesa-vulkan-drivers".to_owned()
            }
            Driver::SwiftShader => "SwiftShader is not installed: Debian's chromium".to_owned(),
        })
    }

    /// The program `path` with `arguments`, to which this is the only device that there is.
    pub fn command(self, path: &str, arguments: &[&str]) -> Command {
        only(path, arguments, &self.description().unwrap_or_else(|| "/nonexistent".into()))
    }

    /// Runs the lesson to its end, to which this is the only device.
    pub fn run(self, arguments: &[&str]) -> Result<Ended, Failed> {
        Ok(finish(self.command(PROGRAM, arguments).spawn()?))
    }
}

/// The program `path` on a machine that has no driver but this.
pub fn only(path: &str, arguments: &[&str], driver: &Path) -> Command {
    let mut command = command(path, arguments);
    command.env("VK_ICD_FILENAMES", driver).env("VK_DRIVER_FILES", driver);
    // A layer of Mesa, which complains where there is no desktop.
    command.env("NODEVICE_SELECT", "1");
    command
}

/// Why no test can take this system's devices away, where that is so.
pub fn not_hidden() -> Option<String> {
    let why = "other systems have devices without a driver of Vulkan";
    (!cfg!(target_os = "linux")).then(|| why.to_owned())
}

/// The row of this name, and what it says: its verdict and its note.
pub fn row(ended: &Ended, name: &str) -> Result<(String, String), Failed> {
    let rows = ended.runs();
    let row = rows.iter().find(|row| row["strategy"] == name);
    let row = row.ok_or_else(|| format!("no row {name}: {ended:?}"))?;
    let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
    Ok((text("verdict"), text("note")))
}

/// Fails with `ended` where something does not hold.
pub fn holds(what: bool, ended: &Ended) -> Result<(), Failed> {
    if what { Ok(()) } else { Err(format!("{ended:?}").into()) }
}
