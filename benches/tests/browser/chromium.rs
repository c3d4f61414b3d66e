//! A Chromium without a window, with an empty profile of its own, that ends with its value.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, PipeReader, PipeWriter};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, thread};

use serde_json::json;
use tempfile::TempDir;
use wait_timeout::ChildExt;

use crate::Result;
use crate::devtools::DevTools;
use crate::page::{Page, Scheme, Width};

/// What it is started with: nothing that Chromium does of its own accord, and nothing that needs a
/// graphics card or rights. Its sandbox refuses to run as root; the pages are our own.
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--remote-debugging-pipe",
];

/// The descriptors on which `--remote-debugging-pipe` reads commands and writes messages.
#[cfg(unix)]
const COMMANDS: i32 = 3;
#[cfg(unix)]
const MESSAGES: i32 = 4;

/// A running browser. Dropped, it is closed and waited for, and its files are gone.
pub struct Chromium {
    pub devtools: RefCell<DevTools>,
    child: Child,
    folder: TempDir,
}

/// Why no page can be opened on this machine, and what to do.
pub fn missing() -> Option<String> {
    if cfg!(not(unix)) {
        return Some("chromium is driven through two pipes, here only on Unix".into());
    }
    let none = program().is_none();
    none.then(|| "chromium is not installed: apt-get install chromium".into())
}

fn program() -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join("chromium")).find(|path| path.is_file())
}

impl Chromium {
    /// Starts one and waits until it answers.
    pub fn start() -> Result<Self> {
        let program = program().ok_or("chromium is not installed: apt-get install chromium")?;
        let folder = tempfile::tempdir()?;
        let (their_commands, commands) = io::pipe()?;
        let (messages, their_messages) = io::pipe()?;
        let mut command = Command::new(program);
        command
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(folder.path().join("log"))?);
        pass_pipes(&mut command, their_commands, their_messages)?;
        let child = command.spawn()?;
        // The command holds their ends: only without it are the pipes closed when the browser ends.
        drop(command);
        let devtools = RefCell::new(DevTools::new(commands, messages));
        let chromium = Self { devtools, child, folder };
        let answer = chromium.devtools.borrow_mut().call(None, "Browser.getVersion", json!({}));
        answer.map_err(|error| {
            let log = fs::read_to_string(chromium.folder.path().join("log")).unwrap_or_default();
            format!("chromium did not start: {}\n{log}", error.message().unwrap_or_default())
        })?;
        Ok(chromium)
    }

    /// Opens `url` in a tab of its own, `width` wide, for a reader who prefers `scheme`; waits until
    /// it has loaded and rests.
    pub fn open(&self, url: &str, width: Width, scheme: Scheme) -> Result<Page<'_>> {
        Page::open(self, url, width, scheme)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Closed in peace, it also ends its own children; nothing here may fail a test that passed.
        let asked = self.devtools.get_mut().send(None, "Browser.close", json!({}));
        let patience = Duration::from_secs(if asked.is_ok() { 5 } else { 0 });
        if !matches!(self.child.wait_timeout(patience), Ok(Some(_))) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
        // Its helpers may write a last file while the folder is being removed.
        for _ in 0..20 {
            if fs::remove_dir_all(self.folder.path()).is_ok() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

#[cfg(unix)]
fn pass_pipes(command: &mut Command, commands: PipeReader, messages: PipeWriter) -> Result<()> {
    use command_fds::{CommandFdExt, FdMapping};
    command.fd_mappings(vec![
        FdMapping { parent_fd: commands.into(), child_fd: COMMANDS },
        FdMapping { parent_fd: messages.into(), child_fd: MESSAGES },
    ])?;
    Ok(())
}

#[cfg(not(unix))]
fn pass_pipes(_: &mut Command, _: PipeReader, _: PipeWriter) -> Result<()> {
    Err("chromium is driven through two pipes, here only on Unix".into())
}
