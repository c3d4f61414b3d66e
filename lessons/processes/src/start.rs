//! Starting a worker process: this very program again, with nothing that it does not need.

use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use kernels::Spec;
use measure::pin;

/// The variables that a worker is given, where they exist. It needs none but this one, without which
/// Windows cannot load libraries. So nobody can change what a worker does from the outside.
const ENVIRONMENT: [&str; 1] = ["SystemRoot"];

/// Starts worker `number`; on Linux on its own core if `--pin` is given.
///
/// # Errors
///
/// Where the system refuses a process, a pipe or a thread.
pub(crate) fn start(number: usize, spec: &Spec) -> io::Result<Child> {
    let mut command = Command::new(this_program()?);
    command.arg("--worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let given = |name| Some((name, std::env::var_os(name)?));
    command.env_clear().envs(ENVIRONMENT.into_iter().filter_map(given));
    on_its_own(&mut command);
    pass_data(&mut command, spec)?;
    by_the_starter(move || {
        let _core = pin::process(number); // Does nothing unless `--pin` is given.
        let _half_started = half_started::killed_at_the_end();
        command.spawn()
    })
}

/// Runs `start` on the thread that starts all workers. It is never asked to end, and so lives as long
/// as the program.
///
/// A worker on Linux asks the system to be killed once its parent ends. But the system does not wait
/// for the end of the *program*: it means the *thread* that started the worker.
fn by_the_starter(start: impl FnOnce() -> io::Result<Child> + Send + 'static) -> io::Result<Child> {
    type Order = Box<dyn FnOnce() + Send>;
    static STARTER: Mutex<Option<Sender<Order>>> = Mutex::new(None);
    let mut starter = STARTER.lock().unwrap_or_else(PoisonError::into_inner);
    let orders = match &*starter {
        Some(orders) => orders,
        None => {
            keep_strays();
            let (send, receive) = channel::<Order>();
            let work = move || receive.into_iter().for_each(|order| order());
            thread::Builder::new().name("starter".into()).spawn(work)?;
            starter.insert(send)
        }
    };
    let (send, receive) = channel();
    let order = move || drop(send.send(start()));
    orders.send(Box::new(order)).expect("the starter waits for orders");
    receive.recv().expect("the starter answers every order")
}

/// A child that is stopped before it has become the worker, a fraction of a millisecond after its
/// start. Nobody has its number yet, and the call that starts it does not come back.
#[cfg(target_os = "linux")]
mod half_started {
    use std::fs;

    use measure::cleanup;
    use rustix::process::{Pid, Signal, kill_process};
    use rustix::thread::gettid;

    /// As long as the calling thread starts a child, the end of the run or of the program ends that
    /// child, too.
    pub(super) fn killed_at_the_end() -> cleanup::Entry {
        let list = format!("/proc/self/task/{}/children", gettid().as_raw_nonzero());
        cleanup::register(move || {
            let children = fs::read_to_string(&list).unwrap_or_default();
            let children = children.split_whitespace().filter_map(|id| id.parse().ok());
            for child in children.filter(|id| !is_worker(*id)).filter_map(Pid::from_raw) {
                // It may have ended by itself, and that is just as well.
                let _ = kill_process(child, Signal::KILL);
            }
        })
    }

    /// A child that has become a worker has its own arguments, and somebody else ends it.
    fn is_worker(id: i32) -> bool {
        let arguments = fs::read(format!("/proc/{id}/cmdline"));
        arguments.is_ok_and(|arguments| arguments.ends_with(b"\0--worker\0"))
    }
}

#[cfg(not(target_os = "linux"))]
mod half_started {
    pub(super) fn killed_at_the_end() {}
}

/// The file of this program, never searched for on PATH.
///
/// On Linux it is the running program itself, whatever has become of the file since: it may have been
/// replaced by a new build, or removed.
fn this_program() -> io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return Ok(running);
    }
    std::env::current_exe()
}

/// Gives the worker a process group of its own, and the name of its parent in lists of processes.
///
/// Ctrl-C in a terminal goes to a whole group. So only the parent gets it, and it ends its workers in
/// good order.
#[cfg(unix)]
fn on_its_own(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
    if let Some(name) = std::env::args_os().next() {
        command.arg0(name);
    }
}

#[cfg(not(unix))]
fn on_its_own(_command: &mut Command) {}

/// Keeps the descriptors that this program was started with, or has opened, from its workers.
///
/// Those that Rust opens are closed in a child anyway. But a caller may leave others open, such as the
/// pipe of a test or the socket of a server, and a worker would hold them.
#[cfg(unix)]
fn keep_strays() {
    close_fds::set_fds_cloexec_threadsafe(FIRST_STRAY, &[]);
}

/// The first descriptor after standard input, output and error.
#[cfg(unix)]
const FIRST_STRAY: i32 = 3;

#[cfg(not(unix))]
fn keep_strays() {}

/// Passes the file with the numbers of `memory` on to the child, and nothing else.
#[cfg(unix)]
fn pass_data(command: &mut Command, spec: &Spec) -> io::Result<()> {
    use command_fds::{CommandFdExt, FdMapping};

    use crate::worker::DATA_DESCRIPTOR;
    if let Some(file) = &spec.data {
        let parent_fd = file.try_clone()?.into();
        let mapping = vec![FdMapping { parent_fd, child_fd: DATA_DESCRIPTOR }];
        command.fd_mappings(mapping).map_err(|_| io::Error::other("a descriptor stands twice"))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn pass_data(_command: &mut Command, _spec: &Spec) -> io::Result<()> {
    Ok(())
}
