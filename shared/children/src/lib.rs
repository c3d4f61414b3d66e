//! Child processes under supervision, and the frames they exchange.
//!
//! A [`Child`] is started in a process group of its own, or in a job on Windows, talked to through pipes, and ended when the value
//! is dropped. Nothing that it does holds its parent, and nothing of it is left behind.
//!
//! ```
//! use std::io::{BufRead, Write};
//! use std::process::Command;
//! use std::time::Duration;
//!
//! use children::{Child, Killer};
//!
//! let killer = Killer::of_group(); // Leave a clone with whoever may cancel this.
//! let mut child = Child::spawn(&mut Command::new("cat"), &killer, Duration::from_millis(200))?;
//! child.limit(Duration::from_secs(10));
//! child.write_all(b"hello\n")?;
//! let mut line = String::new();
//! child.read_line(&mut line)?;
//! assert_eq!(line, "hello\n");
//! assert!(child.end().is_success());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The traps of child processes
//!
//! A child looks like a function call: some bytes in, some bytes out. It is another program, and each of
//! the following has cost somebody a night. Each has a test in `tests/traps.rs` or beside the code.
//!
//! ## Pipes
//!
//! - **A pipe holds 64 KiB.** A child that writes more to a pipe that nobody reads stops in the middle of
//!   the write. A parent that first reads all of one output and then all of the other waits forever for
//!   a child that is stuck in the second. Both are read at the same time here.
//! - **Both sides can be stuck in writing.** A parent that writes a megabyte to a child that answers
//!   before it has read everything: now both wait for a reader. Ask for less than a pipe holds, or read
//!   before the child answers; and set a [limit](Child::limit), which ends also this.
//! - **The end of a stream is not the end of the child,** nor the other way round. The stream ends when
//!   the last process closes it that has it open, and whatever the child has started has it open, too. A
//!   read that waits for the end of the stream waits for a daemon that the child left. So a child's end
//!   is looked for as well, and what comes after it comes from somebody else.
//! - **A closed pipe does not say why.** A write to a child that has died fails with "broken pipe". The
//!   reason is in how the child ended, and the system may need a moment to say so.
//! - **Standard error has no end,** if the child has enough to complain about. The [tail](Tail) is kept:
//!   the cause usually stands in the last lines.
//! - **A stream of bytes has no borders.** A read may bring half a message, or three; a length that is
//!   believed may be 4 GB. See [`Frame`].
//!
//! ## Ending
//!
//! - **A kill hits one process.** What the child has started lives on, with the child's streams open. So
//!   each child leads a process group, and the group is killed. What has left the group is out of reach.
//! - **Windows knows no groups of that kind, but jobs,** which nobody leaves. Each child is in a job of its own. It
//!   is started suspended and runs only once it is in there; otherwise what it starts in its first moments could
//!   be outside.
//! - **A kill hits the cleaner, too.** A program may have a process whose work is to remove what the others
//!   leave, as Python has for the semaphores of a pool. It ignores SIGTERM and waits for their end; a
//!   SIGKILL to the whole group ends it with them. See [`Killer::of_cleaning_group`].
//! - **A stopped process does nothing,** so it sees neither the end of its input nor a SIGTERM. Only
//!   SIGKILL ends it.
//! - **A child that has ended is still there,** as a zombie, until its parent has waited for it. A parent
//!   that does not wait collects them until the system has no numbers left.
//! - **A number is only lent.** Once a child has been waited for, its number may belong to another
//!   process, and so may that of its group: a kill that comes too late hits a stranger. So the group is
//!   killed before the child is waited for (looking at its end leaves it a zombie), and never after.
//! - **Some callers ignore SIGCHLD,** and children inherit that across `exec`. Then the system reaps
//!   all children by itself and tells nobody how they ended. Any handler in the parent restores the
//!   default; without one, [`Exit::Unknown`] is all there is.
//! - **One grace period after the other** makes ten stubborn children take ten times as long. All are asked
//!   before the first is waited for: [`end_all`].
//! - **A signal is not an exit status.** `kill -9` is no status 137; that is how a shell reports it. An
//!   [`Exit`] tells them apart. On Windows there is only a status: who kills chooses it, and mostly takes 1;
//!   and a program that the system ends has a large one, which is said in words.
//!
//! ## Starting
//!
//! - **The call that starts a child can hang.** It returns when the child has become the other program.
//!   A child that is stopped between `fork` and `exec` never does, and nobody has its number yet. So a
//!   [`Killer`] exists before its child, and finds one that is half started (on Linux).
//! - **A cancellation may come too early.** Whoever registers the child for cancellation only when it runs
//!   has missed what came meanwhile. With a used killer no child starts.
//! - **Children inherit descriptors** that somebody else has left open, and hold them for as long as they
//!   live: the other end of a pipe then never sees its end. See [`inherit_nothing`].
//! - **Ctrl-C goes to a whole group.** Children in the group of their parent end together with it, in no
//!   order. In groups of their own they are ended by their parent, which knows the order.
//! - **The name of a program is not its file.** A name is looked up on PATH, and the file under the path
//!   that this program was started from may have been replaced since. See [`this_program`].
//! - **A child that its parent's death should kill** (`PR_SET_PDEATHSIG`) is killed by the end of the
//!   *thread* that started it. Start such children on a thread that outlives them, and have them check
//!   who their parent is after asking: it may have ended before.
//! - **SIGKILL of the parent** runs no destructor. What still works is the system closing its pipes: a child
//!   should end with its input, and a busy one needs a thread that waits for that. For a foreign program, which does
//!   neither, there is a [watchdog]. On Windows this program
//!   puts itself into a job before it starts its first child. Children are born into the jobs of their parent,
//!   so there is no moment in which one of them is outside, as there would be if the parent put it there. The
//!   only handle to the job is the parent's; the system closes it when the parent ends, even by
//!   `TerminateProcess`, and the job is told to end with its last handle. The child's own job lies inside
//!   this one, which takes Windows 8; Rust's library takes Windows 10 anyway.

#![warn(missing_docs)]

mod child;
mod error;
mod exit;
pub mod family;
mod frame;
pub mod itself;
mod killer;
mod ntstatus;
pub mod orphans;
mod program;
mod system;
mod tail;
mod timed;
pub mod watchdog;

pub use child::{Child, end_all};
pub use error::Error;
pub use exit::Exit;
pub use frame::{Frame, Unreadable};
pub use killer::Killer;
pub use program::{NEEDED_VARIABLES, PASSES_FILES, inherit_nothing, pass, passed, this_program};
pub use tail::Tail;
pub use timed::{Switches, Timed, Usage, shell};
