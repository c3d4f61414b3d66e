//! The process between the launcher and `mpirun`. It ends when they do, and leaves nothing behind.
//!
//! The launcher may be killed at any moment, and then cannot clean up. So it starts a small process that
//! starts `mpirun` and watches both. When the launcher is gone, or asks for it, all ranks are killed. At the
//! end it removes the folder of the run, in which Open MPI leaves what it shares.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt, parent_id};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, ExitCode, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use children::family;
use course::{Output, signals};

use crate::{bound, folder, rank};

/// The option that makes this program a supervisor.
pub const OPTION: &str = "--supervise";

/// How often it looks on.
const LOOK: Duration = Duration::from_millis(20);

/// How long `mpirun` may take to end once its ranks are killed, in which it removes what it has made.
const GRACE: Duration = Duration::from_millis(450);

/// The exit code where `mpirun` could not be started.
const REFUSED: u8 = 71;

/// Settings of Open MPI, passed through the environment: other MPIs ignore them.
const ALWAYS: [(&str, &str); 4] = [
    // It wants to hear twice from root that it means it.
    ("OMPI_ALLOW_RUN_AS_ROOT", "1"),
    ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"),
    // The threads of `hybrid` need more than the one core to which a rank would be bound.
    ("OMPI_MCA_hwloc_base_binding_policy", "none"),
    ("PRTE_MCA_hwloc_default_binding_policy", "none"),
];

/// Where all ranks are on this machine.
const HERE: [(&str, &str); 3] = [
    // More ranks than cores are welcome: they show how it works, if not how fast.
    ("OMPI_MCA_rmaps_base_oversubscribe", "1"),
    ("PRTE_MCA_rmaps_default_mapping_policy", ":oversubscribe"),
    // A rank that waits lets others run: this may be a machine on which other work is done.
    ("OMPI_MCA_mpi_yield_when_idle", "1"),
];

/// Where there is a host file. A host whose link is cut ends its ranks after some seconds; by itself it
/// takes minutes. The daemons ask each other whether they live: when first, how often, and how many
/// questions may go unanswered.
const ELSEWHERE: [(&str, &str); 3] = [
    ("OMPI_MCA_oob_tcp_keepalive_time", "5"),
    ("OMPI_MCA_oob_tcp_keepalive_intvl", "2"),
    ("OMPI_MCA_oob_tcp_keepalive_probes", "3"),
];

/// Supervises a run: the arguments are the folder for what it leaves, `mpirun`, the number of ranks, and a host
/// file if there is one.
pub fn supervise(arguments: &[OsString]) -> ExitCode {
    let launcher = parent_id();
    let folder = arguments.first().map_or(Path::new(""), Path::new);
    let asked_to_end = Arc::new(AtomicBool::new(false));
    // The launcher asks by SIGTERM, whatever its caller ignores.
    for signal in signals::ending().into_iter().chain([signal_hook::consts::SIGTERM]) {
        let _ = signal_hook::flag::register(signal, Arc::clone(&asked_to_end));
    }
    let output = Output::new(clap::ColorChoice::Never);
    let mut mpirun = match command(arguments).and_then(|mut command| command.spawn()) {
        Ok(started) => started,
        Err(cause) => {
            output.complain(&format!("mpirun could not be started: {cause}"));
            return ExitCode::from(REFUSED);
        }
    };
    let code = loop {
        match mpirun.try_wait() {
            Ok(None) => {}
            Ok(Some(status)) => break code_of(status),
            Err(_) => break REFUSED,
        }
        if asked_to_end.load(SeqCst) || parent_id() != launcher {
            // First the folder: if this process is killed in between, the ranks are still there to do it.
            folder::remove(folder);
            end(&mut mpirun);
            break REFUSED;
        }
        thread::sleep(LOOK);
    };
    folder::remove(folder);
    ExitCode::from(code)
}

/// Kills the ranks, also stopped ones; then `mpirun` ends by itself, or is killed, too.
fn end(mpirun: &mut Child) {
    let begin = Instant::now();
    while matches!(mpirun.try_wait(), Ok(None)) {
        family::kill_descendants_of(mpirun.id());
        if begin.elapsed() > GRACE {
            let _ = mpirun.kill();
            let _ = mpirun.wait();
        }
        thread::sleep(LOOK);
    }
}

/// The exit code that tells how `mpirun` ended: its own, or 128 and its signal, as in a shell.
fn code_of(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| Some(128 + status.signal()?));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(REFUSED)
}

/// A file of hosts that `mpirun` can read: the same one, or, since a carriage return would be a part of a host's name, a
/// copy without them.
fn with_unix_lines(hosts: &OsStr, folder: &OsStr) -> io::Result<PathBuf> {
    let bytes = fs::read(hosts)?;
    if !bytes.contains(&b'\r') {
        return Ok(hosts.into());
    }
    let copy = Path::new(folder).join("hosts");
    let text: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\r').collect();
    fs::write(&copy, text).map(|()| copy)
}

/// `mpirun`, with this program as every rank.
fn command(arguments: &[OsString]) -> io::Result<Command> {
    let [folder, mpirun, ranks, hosts @ ..] = arguments else {
        return Err(io::Error::other("a supervisor is started by the launcher only"));
    };
    let program = env::current_exe()?;
    let mut command = children::this_program()?;
    // This program first, which then becomes `mpirun`.
    command.arg(bound::OPTION).arg(process::id().to_string()).arg(mpirun);
    // A group of its own: Ctrl-C is for the launcher, which knows what to do.
    command.process_group(0);
    // Its own folder for all that it and the ranks leave in files, and in memory that looks like files.
    command.env("TMPDIR", folder).envs(ALWAYS);
    match hosts {
        [] => command.envs(HERE).env("OMPI_MCA_btl_vader_backing_directory", folder),
        [hosts, ..] => {
            command.envs(ELSEWHERE).arg("--hostfile").arg(with_unix_lines(hosts, folder)?)
        }
    };
    command.arg("-n").arg(ranks).arg(program).arg(rank::OPTION);
    Ok(command)
}
