#![expect(unsafe_code, reason = "no library that is kept tells what one child has used")]

use std::time::Duration;

use rustix::process::Pid;

use crate::{Switches, Usage};

/// On macOS the system counts memory in bytes, elsewhere in units of 1024.
const UNIT_OF_MEMORY: u64 = if cfg!(target_vendor = "apple") { 1 } else { 1024 };

/// Reaps a process that has ended, and then those of its group that have become children of this program: all of
/// them have been killed.
pub(super) fn reap_group(leader: Pid) -> Usage {
    let number = leader.as_raw_nonzero().get();
    let mut all = Usage::default();
    if let Some((_, usage)) = reap(number) {
        all = usage;
    }
    while let Some((was_killed, usage)) = reap(-number) {
        all.cpu = all.cpu.zip(usage.cpu).map(|(one, other)| one + other);
        all.peak_bytes = all.peak_bytes.max(usage.peak_bytes);
        all.switches = all.switches.zip(usage.switches).map(|(one, other)| Switches {
            given: one.given + other.given,
            taken: one.taken + other.taken,
        });
        all.left += usize::from(was_killed);
    }
    all
}

/// Waits for a child of this number, or for one in the group of that number; gives whether it was killed, and what
/// it has used. `None` where there is no such child.
fn reap(number: i32) -> Option<(bool, Usage)> {
    let mut status = 0;
    // SAFETY: plain numbers, of which none means anything when it is zero.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both places live through the call.
        let reaped = unsafe { libc::wait4(number, &raw mut status, 0, &raw mut usage) };
        if reaped > 0 {
            break;
        }
        if std::io::Error::last_os_error().kind() != std::io::ErrorKind::Interrupted {
            return None;
        }
    }
    let time = |time: libc::timeval| {
        let seconds = Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or_default());
        seconds + Duration::from_micros(u64::try_from(time.tv_usec).unwrap_or_default())
    };
    let was_killed = libc::WIFSIGNALED(status) && libc::WTERMSIG(status) == libc::SIGKILL;
    let peak = u64::try_from(usage.ru_maxrss).ok().map(|most| most * UNIT_OF_MEMORY);
    let cpu = Some(time(usage.ru_utime) + time(usage.ru_stime));
    let number = |number: libc::c_long| u64::try_from(number).unwrap_or_default();
    let (given, taken) = (number(usage.ru_nvcsw), number(usage.ru_nivcsw));
    let switches = Some(Switches { given, taken });
    Some((was_killed, Usage { cpu, peak_bytes: peak, switches, left: 0 }))
}
