//! Windows tells in records, and keeps threads where a mask says.
#![expect(unsafe_code, reason = "calls of Windows write to memory that they are given")]

mod asked;
mod clock;

use std::io;
use std::time::Duration;

use windows_sys::Win32::Foundation::CloseHandle;
use windows_sys::Win32::System::Kernel::PROCESSOR_NUMBER;
use windows_sys::Win32::System::SystemInformation::GROUP_AFFINITY;
use windows_sys::Win32::System::Threading::{
    GetCurrentProcessorNumberEx, GetCurrentThread, GetCurrentThreadId, GetThreadGroupAffinity,
    OpenThread, SetThreadGroupAffinity, THREAD_QUERY_INFORMATION, THREAD_SET_INFORMATION,
};

use super::System;
use crate::facts::{Facts, HardwareThread, group_and_bit};

pub(crate) struct Windows;

/// A thread runs in one group of up to 64 hardware threads, and there where its mask says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    thread: u32,
    group: u16,
    mask: usize,
}

impl System for Windows {
    type Place = Place;

    fn facts() -> Facts {
        asked::facts()
    }

    fn pinnable() -> Result<Vec<HardwareThread>, &'static str> {
        let numbers = asked::allowed().filter(|numbers| !numbers.is_empty());
        let numbers = numbers.ok_or("this system does not tell which cores there are")?;
        let processors = asked::processors();
        Ok(numbers.into_iter().map(|number| processors.thread(number)).collect())
    }

    fn place() -> io::Result<Place> {
        let mut now = GROUP_AFFINITY::default();
        // SAFETY: the handle stands for the calling thread; what is written lives here.
        let told = unsafe { GetThreadGroupAffinity(GetCurrentThread(), &raw mut now) };
        done(told)?;
        // SAFETY: it takes nothing and cannot fail.
        let thread = unsafe { GetCurrentThreadId() };
        Ok(Place { thread, group: now.Group, mask: now.Mask })
    }

    #[cfg(test)]
    fn cores(place: &Place) -> Vec<usize> {
        crate::facts::threads_of_mask(place.group, place.mask as u64)
    }

    fn pin(number: usize) -> io::Result<()> {
        let (group, bit) = group_and_bit(number);
        let bit = u32::try_from(bit).ok().and_then(|bit| 1_usize.checked_shl(bit));
        here(group, bit.ok_or(io::ErrorKind::InvalidInput)?)
    }

    fn send_away(place: &Place) -> bool {
        let mut caller = PROCESSOR_NUMBER::default();
        // SAFETY: what is written lives here.
        unsafe { GetCurrentProcessorNumberEx(&raw mut caller) };
        let own = if caller.Group == place.group { 1_usize << caller.Number } else { 0 };
        let others = place.mask & !own;
        if others == 0 {
            return false;
        }
        let rights = THREAD_SET_INFORMATION | THREAD_QUERY_INFORMATION;
        // SAFETY: it takes numbers only.
        let thread = unsafe { OpenThread(rights, 0, place.thread) };
        if thread.is_null() {
            return false;
        }
        let there = affinity(place.group, others);
        // SAFETY: the handle was just opened; what is read lives here; the former mask may be no place at all.
        let sent =
            unsafe { SetThreadGroupAffinity(thread, &raw const there, std::ptr::null_mut()) };
        // SAFETY: the handle was just opened, and nobody else has it.
        unsafe { CloseHandle(thread) };
        sent != 0
    }

    fn come_back(place: &Place) {
        let _ = here(place.group, place.mask);
    }

    fn thread_time() -> Option<Duration> {
        clock::thread()
    }

    fn process_time() -> Option<Duration> {
        clock::process()
    }

    fn process_time_in_steps() -> Option<Duration> {
        clock::process_in_steps()
    }
}

/// Lets the calling thread run there only.
fn here(group: u16, mask: usize) -> io::Result<()> {
    let there = affinity(group, mask);
    // SAFETY: the handle stands for the calling thread; what is read lives here; the former mask may be no place at
    // all.
    done(unsafe {
        SetThreadGroupAffinity(GetCurrentThread(), &raw const there, std::ptr::null_mut())
    })
}

fn affinity(group: u16, mask: usize) -> GROUP_AFFINITY {
    GROUP_AFFINITY { Mask: mask, Group: group, ..GROUP_AFFINITY::default() }
}

fn done(answer: i32) -> io::Result<()> {
    if answer == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
