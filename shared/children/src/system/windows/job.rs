#![expect(unsafe_code, reason = "no library that is kept has safe calls for jobs")]

use std::mem::size_of;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle, RawHandle};
use std::time::Duration;
use std::{io, process, ptr};

use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT,
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOB_OBJECT_LIMIT_PROCESS_MEMORY,
    JOBOBJECT_BASIC_ACCOUNTING_INFORMATION, JOBOBJECT_BASIC_PROCESS_ID_LIST,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JOBOBJECTINFOCLASS, JobObjectBasicAccountingInformation,
    JobObjectBasicProcessIdList, JobObjectExtendedLimitInformation, QueryInformationJobObject,
    SetInformationJobObject, TerminateJobObject,
};
use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, OpenProcess, PROCESS_SYNCHRONIZE, PROCESS_TERMINATE, TerminateProcess,
    WaitForSingleObject,
};
use windows_sys::core::BOOL;

use crate::Usage;

/// The status of those that a job ends; Rust's library gives the same to what it kills.
const KILLED: u32 = 1;

/// How long the end of a process that was killed is waited for, in milliseconds.
const GONE: u32 = 1000;

/// So many members of a job are ended at once; who is left is ended in the next turn.
const MEMBERS: usize = 256;

/// Processes, and whatever they start: nobody leaves a job by himself.
#[derive(Debug)]
pub(crate) struct Job(OwnedHandle);

impl Job {
    /// A job for this process.
    pub(super) fn of_this_process() -> io::Result<Self> {
        // SAFETY: it is a constant that means this process.
        Job::of(unsafe { GetCurrentProcess() })
    }

    /// A job for a process, inside any job in which it is already.
    pub(super) fn of(process: RawHandle) -> io::Result<Self> {
        // SAFETY: without attributes and a name there is nothing that it could read.
        let job = unsafe { CreateJobObjectW(ptr::null(), ptr::null()) };
        if job.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: it was opened just now, and nobody else has it.
        let job = Job(unsafe { OwnedHandle::from_raw_handle(job) });
        // SAFETY: whatever the handles are, the system checks them.
        done(unsafe { AssignProcessToJobObject(job.0.as_raw_handle(), process) })?;
        Ok(job)
    }

    /// From here on its members end with the last handle to it.
    pub(super) fn end_with_last_handle(&self) -> io::Result<()> {
        self.limit(JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, 0)
    }

    /// From here on none of its members has more memory than this.
    pub(super) fn limit_memory(&self, most: usize) -> io::Result<()> {
        self.limit(JOB_OBJECT_LIMIT_PROCESS_MEMORY, most)
    }

    fn limit(&self, kind: JOB_OBJECT_LIMIT, memory: usize) -> io::Result<()> {
        let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
        limits.BasicLimitInformation.LimitFlags = kind;
        limits.ProcessMemoryLimit = memory;
        let (job, size) = (self.0.as_raw_handle(), size_of_val(&limits) as u32);
        let class = JobObjectExtendedLimitInformation;
        // SAFETY: the limits are of this class, and live through the call.
        done(unsafe { SetInformationJobObject(job, class, ptr::from_ref(&limits).cast(), size) })
    }

    /// How many members live; `None` where the system does not tell.
    pub(super) fn count(&self) -> Option<usize> {
        usize::try_from(self.accounts()?.ActiveProcesses).ok()
    }

    fn accounts(&self) -> Option<JOBOBJECT_BASIC_ACCOUNTING_INFORMATION> {
        let mut accounts = JOBOBJECT_BASIC_ACCOUNTING_INFORMATION::default();
        self.query(JobObjectBasicAccountingInformation, &mut accounts).ok()?;
        Some(accounts)
    }

    /// What all its members have used; `None` where the system does not tell.
    pub(super) fn usage(&self) -> Option<Usage> {
        let accounts = self.accounts()?;
        let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
        let limits = self.query(JobObjectExtendedLimitInformation, &mut limits).map(|()| limits);
        // In steps of 100 ns; none where nobody counts.
        let steps = u64::try_from(accounts.TotalUserTime + accounts.TotalKernelTime).unwrap_or(0);
        Some(Usage {
            cpu: (steps > 0).then(|| Duration::from_nanos(steps.saturating_mul(100))),
            peak_bytes: limits.ok().map(|limits| limits.PeakJobMemoryUsed as u64),
            switches: None,
            left: usize::try_from(accounts.ActiveProcesses).ok()?,
        })
    }

    /// Kills all its members.
    pub(super) fn terminate(&self) {
        // SAFETY: the handle is open, and allows it. If nobody is left in it, there is nobody to kill.
        unsafe { TerminateJobObject(self.0.as_raw_handle(), KILLED) };
    }

    /// Kills all its members but this process, and waits for their end.
    pub(super) fn terminate_others(&self) {
        for member in self.members().into_iter().filter(|member| *member != process::id()) {
            // SAFETY: the system checks the number.
            let handle = unsafe { OpenProcess(PROCESS_TERMINATE | PROCESS_SYNCHRONIZE, 0, member) };
            if handle.is_null() {
                continue; // It has ended by itself, and that is just as well.
            }
            // SAFETY: it was opened just now, and nobody else has it.
            let handle = unsafe { OwnedHandle::from_raw_handle(handle) };
            // While it is open its number is no other's; until then it may have become a stranger's.
            if self.members().contains(&member) {
                // SAFETY: the handle is open.
                unsafe { TerminateProcess(handle.as_raw_handle(), KILLED) };
                // SAFETY: as above.
                unsafe { WaitForSingleObject(handle.as_raw_handle(), GONE) };
            }
        }
    }

    /// The numbers of its members, as many as are told at once.
    fn members(&self) -> Vec<u32> {
        /// What the system writes, which names one number and goes on behind its end.
        #[repr(C)]
        struct List {
            head: JOBOBJECT_BASIC_PROCESS_ID_LIST,
            rest: [usize; MEMBERS],
        }
        let mut list = List { head: Default::default(), rest: [0; MEMBERS] };
        // Where there are more, it writes those that have a place, and calls it an error.
        let _ = self.query(JobObjectBasicProcessIdList, &mut list);
        let count = (list.head.NumberOfProcessIdsInList as usize).min(1 + MEMBERS);
        let all = list.head.ProcessIdList.iter().chain(&list.rest);
        all.take(count).filter_map(|id| u32::try_from(*id).ok()).collect()
    }

    fn query<T>(&self, class: JOBOBJECTINFOCLASS, answer: &mut T) -> io::Result<()> {
        let (job, size) = (self.0.as_raw_handle(), size_of::<T>() as u32);
        let place = ptr::from_mut(answer).cast();
        // SAFETY: the caller's type is the one of this class, plain data, and as long as it is said to be.
        done(unsafe { QueryInformationJobObject(job, class, place, size, ptr::null_mut()) })
    }
}

fn done(answer: BOOL) -> io::Result<()> {
    if answer == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
