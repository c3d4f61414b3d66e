//! What Windows tells of the machine.

use std::ffi::c_void;
use std::ptr;

use windows_sys::Win32::System::JobObjects::{
    JOB_OBJECT_CPU_RATE_CONTROL_ENABLE, JOB_OBJECT_CPU_RATE_CONTROL_HARD_CAP,
    JOBOBJECT_CPU_RATE_CONTROL_INFORMATION, JobObjectCpuRateControlInformation,
    QueryInformationJobObject,
};
use windows_sys::Win32::System::Registry::{HKEY_LOCAL_MACHINE, RRF_RT_REG_SZ, RegGetValueW};
use windows_sys::Win32::System::SystemInformation::{
    GetLogicalProcessorInformationEx, RelationAll,
};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, GetProcessAffinityMask};
use windows_sys::core::w;

use super::Windows;
use crate::facts::{Facts, Processors, Quota, threads_of_mask};
use crate::system::System;

pub(super) fn facts() -> Facts {
    let facts = processors().facts();
    let quota = facts.logical_cores.and_then(quota);
    Facts { cpu: name(), allowed: allowed(), quota, ..facts }
}

/// The records of cores, caches and nodes; none where Windows does not give them.
pub(super) fn processors() -> Processors {
    let mut length = 0;
    // SAFETY: without memory for the records, only their length is written, to a variable that lives here.
    unsafe { GetLogicalProcessorInformationEx(RelationAll, ptr::null_mut(), &raw mut length) };
    // In words, since a record begins where a word may.
    let mut words = vec![0_u64; (length as usize).div_ceil(size_of::<u64>())];
    // SAFETY: there is room for `length` bytes, at a place for words.
    let told = unsafe {
        GetLogicalProcessorInformationEx(RelationAll, words.as_mut_ptr().cast(), &raw mut length)
    };
    if told == 0 {
        return Processors::default();
    }
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
    Processors::of_windows(&bytes[..bytes.len().min(length as usize)], size_of::<usize>())
}

/// Where Windows may put this process: in the group of the calling thread, as the mask says.
pub(super) fn allowed() -> Option<Vec<usize>> {
    let (mut process, mut system) = (0, 0);
    // SAFETY: the handle stands for this process; what is written lives here.
    let told =
        unsafe { GetProcessAffinityMask(GetCurrentProcess(), &raw mut process, &raw mut system) };
    // No mask is given where threads of the process are in several groups.
    let place = Windows::place().ok()?;
    let mask = if told != 0 && process != 0 { process } else { place.mask };
    Some(threads_of_mask(place.group, mask as u64))
}

/// The processor's name, out of the registry.
fn name() -> Option<String> {
    let mut letters = [0_u16; 128];
    let mut length = size_of_val(&letters) as u32;
    // SAFETY: the names end with a zero; there is room for `length` bytes.
    let error = unsafe {
        RegGetValueW(
            HKEY_LOCAL_MACHINE,
            w!("HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0"),
            w!("ProcessorNameString"),
            RRF_RT_REG_SZ,
            ptr::null_mut(),
            letters.as_mut_ptr().cast::<c_void>(),
            &raw mut length,
        )
    };
    let name = letters.split(|letter| *letter == 0).next()?;
    let name = String::from_utf16_lossy(name).trim().to_owned();
    (error == 0 && !name.is_empty()).then_some(name)
}

/// What the job of this process allows, of so many hardware threads.
fn quota(threads: usize) -> Option<Quota> {
    let mut rate = JOBOBJECT_CPU_RATE_CONTROL_INFORMATION::default();
    // SAFETY: no handle stands for the job of this process; there is room for what is written.
    let told = unsafe {
        QueryInformationJobObject(
            ptr::null_mut(),
            JobObjectCpuRateControlInformation,
            (&raw mut rate).cast::<c_void>(),
            size_of_val(&rate) as u32,
            ptr::null_mut(),
        )
    };
    let hard_cap = JOB_OBJECT_CPU_RATE_CONTROL_ENABLE | JOB_OBJECT_CPU_RATE_CONTROL_HARD_CAP;
    // SAFETY: whatever was written there, or nothing was, it is a number.
    let share = unsafe { rate.Anonymous.CpuRate };
    Quota::of_job(told != 0 && rate.ControlFlags & hard_cap == hard_cap, share, threads)
}
