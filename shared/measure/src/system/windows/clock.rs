//! CPU time on Windows.
//!
//! `GetThreadTimes` counts in ticks of 15.6 ms, which is longer than what is measured with it. `QueryThreadCycleTime`
//! counts cycles, and its documentation warns that these are no time. They are where the processor's counter has the
//! same rate at any clock (the "invariant TSC" of x86): so reads them Chromium, too (base/time/time_win.cc). So here cycles
//! are time on such a processor, if a trial finds their rate steady; and otherwise CPU time is not told.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use windows_sys::Win32::Foundation::FILETIME;
use windows_sys::Win32::System::Threading::{GetCurrentProcess, GetCurrentThread, GetProcessTimes};
use windows_sys::Win32::System::WindowsProgramming::{QueryProcessCycleTime, QueryThreadCycleTime};

use crate::cpuid::CpuId;
use crate::system::cycles;

/// The CPU time of the calling thread.
pub(super) fn thread() -> Option<Duration> {
    let rate = (*RATE)?;
    Some(cycles::time(cycles_of_thread()?, rate))
}

/// The CPU time of this process.
pub(super) fn process() -> Option<Duration> {
    let rate = (*RATE)?;
    let mut cycles = 0;
    // SAFETY: the handle stands for this process; what is written lives here.
    let told = unsafe { QueryProcessCycleTime(GetCurrentProcess(), &raw mut cycles) };
    (told != 0).then(|| cycles::time(cycles, rate))
}

/// The same in ticks.
pub(super) fn process_in_steps() -> Option<Duration> {
    let [mut start, mut end, mut kernel, mut user] = [FILETIME::default(); 4];
    // SAFETY: the handle stands for this process; what is written lives here.
    let told = unsafe {
        GetProcessTimes(
            GetCurrentProcess(),
            &raw mut start,
            &raw mut end,
            &raw mut kernel,
            &raw mut user,
        )
    };
    // In units of 100 ns.
    let time = |time: FILETIME| {
        let units = u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime);
        Duration::from_nanos(units.saturating_mul(100))
    };
    (told != 0).then(|| time(kernel) + time(user))
}

/// Cycles a second; `None` where they tell no time.
static RATE: LazyLock<Option<f64>> = LazyLock::new(|| {
    let stretch = |_| {
        let (start, before) = (Instant::now(), cycles_of_thread()?);
        while start.elapsed() < STRETCH {}
        Some((cycles_of_thread()?.saturating_sub(before), start.elapsed()))
    };
    let stretches = || (0..STRETCHES).map(stretch).collect::<Option<Vec<_>>>();
    (CpuId::asked().steady_counter == Some(true))
        .then(stretches)
        .flatten()
        .and_then(|all| cycles::per_second(&all))
});

const STRETCHES: usize = 5;
const STRETCH: Duration = Duration::from_millis(2);

fn cycles_of_thread() -> Option<u64> {
    let mut cycles = 0;
    // SAFETY: the handle stands for the calling thread; what is written lives here.
    let told = unsafe { QueryThreadCycleTime(GetCurrentThread(), &raw mut cycles) };
    (told != 0).then_some(cycles)
}
