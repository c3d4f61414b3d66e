//! The process between the launcher and `mpirun`. It ends when they do, and leaves nothing behind.
//!
//! The launcher may be killed at any moment, and can do nothing then. So it starts a small process that
//! does no more than look on: it starts `mpirun`, and waits. If the launcher is gone, or says so, all ranks
//! are killed. At the end it removes the folder of the run, in which Open MPI leaves what it shares.

use std::env;
use std::ffi::OsString;
use std::os::unix::process::{CommandExt, parent_id};
use std::process::{Child, Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use shared::report::Output;

use crate::{family, rank};

/// The option that makes this program a keeper.
pub const OPTION: &str = "--keep";

/// How often it looks on.
const LOOK: Duration = Duration::from_millis(20);

/// How long `mpirun` may take to end once its ranks are killed. It removes what it has made, if it can.
const FAREWELL: Duration = Duration::from_millis(450);

/// The exit code where `mpirun` could not be started.
const REFUSED: u8 = 71;

/// How soon Open MPI's daemons ask each other whether they live, in seconds; how often; and how many
/// questions may go unanswered.
const KEEPALIVE: [(&str, &str); 3] = [
    ("oob_tcp_keepalive_time", "5"),
    ("oob_tcp_keepalive_intvl", "2"),
    ("oob_tcp_keepalive_probes", "3"),
];

/// Keeps a run: the arguments are the folder for what it leaves, `mpirun`, the number of ranks, and a host
/// file if there is one.
pub fn keep(arguments: &[OsString]) -> ExitCode {
    let launcher = parent_id();
    let told = Arc::new(AtomicBool::new(false));
    for signal in [Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP] {
        let _ = signal_hook::flag::register(signal as i32, Arc::clone(&told));
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
            Ok(Some(status)) => break status.code().unwrap_or(i32::from(REFUSED)),
            Err(_) => break i32::from(REFUSED),
        }
        if told.load(SeqCst) || parent_id() != launcher {
            end(&mut mpirun);
            break i32::from(REFUSED);
        }
        thread::sleep(LOOK);
    };
    // If it can't be removed, the launcher tries again.
    let _ = arguments.first().map(std::fs::remove_dir_all);
    ExitCode::from(u8::try_from(code).unwrap_or(REFUSED))
}

/// Kills the ranks, also stopped ones; then `mpirun` ends by itself, or is killed, too.
fn end(mpirun: &mut Child) {
    let begin = Instant::now();
    while matches!(mpirun.try_wait(), Ok(None)) {
        // Nobody has waited for `mpirun`, so its number is its own, and so are those of its children.
        for child in family::children_of(mpirun.id()) {
            let _ = i32::try_from(child).map(|child| kill(Pid::from_raw(child), Signal::SIGKILL));
        }
        if begin.elapsed() > FAREWELL {
            let _ = mpirun.kill();
            let _ = mpirun.wait();
        }
        thread::sleep(LOOK);
    }
}

/// `mpirun`, with this program as every rank.
fn command(arguments: &[OsString]) -> std::io::Result<Command> {
    let [folder, mpirun, ranks, hosts @ ..] = arguments else {
        return Err(std::io::Error::other("a keeper is started by the launcher only"));
    };
    let mut command = Command::new(mpirun);
    // A group of its own: Ctrl-C is for the launcher, which knows what to do.
    command.process_group(0);
    // Its own folder for all that it and the ranks leave in files, and in memory that looks like files.
    command.env("TMPDIR", folder);
    let open_mpi = is_open_mpi(mpirun);
    if open_mpi {
        // Open MPI wants to hear twice from root that it means it.
        command.env("OMPI_ALLOW_RUN_AS_ROOT", "1").env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
        // The threads of `hybrid` need more than the one core to which a rank would be bound.
        command.args(["--bind-to", "none"]);
        if hosts.is_empty() {
            // More ranks than cores are welcome here: they show how it works, if not how fast.
            command.arg("--oversubscribe");
            command.args(["--mca", "btl_vader_backing_directory"]).arg(folder);
            // A rank that waits lets others run: this may be a machine on which other work is done.
            command.args(["--mca", "mpi_yield_when_idle", "1"]);
        }
    }
    for hosts in hosts {
        command.arg("--hostfile").arg(hosts);
        if open_mpi {
            // A host whose link is cut ends its ranks after some seconds: by itself it takes minutes.
            for (name, value) in KEEPALIVE {
                command.args(["--mca", name, value]);
            }
        }
    }
    command.arg("-n").arg(ranks).arg(env::current_exe()?).arg(rank::OPTION);
    Ok(command)
}

/// Whether it is the `mpirun` of Open MPI: others do not know its options.
fn is_open_mpi(mpirun: &OsString) -> bool {
    let said = Command::new(mpirun).arg("--version").output();
    said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("Open MPI"))
}
