#![expect(unsafe_code, reason = "lists the processes, for which the library has no call")]

use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};

use windows_sys::Win32::Foundation::INVALID_HANDLE_VALUE;
use windows_sys::Win32::System::Diagnostics::ToolHelp::{
    CreateToolhelp32Snapshot, PROCESSENTRY32W, Process32FirstW, Process32NextW, TH32CS_SNAPPROCESS,
};

/// The parent that a process had when it was started. Its number may be another's by now.
pub(super) fn parent_of(process: u32) -> Option<u32> {
    processes().into_iter().find(|(id, _)| *id == process).map(|(_, parent)| parent)
}

/// The processes that were started by one of this number.
pub(super) fn children_of(process: u32) -> Vec<u32> {
    let of_it = processes().into_iter().filter(|(id, parent)| *parent == process && *id != process);
    of_it.map(|(id, _)| id).collect()
}

/// All processes that run, each with its parent, but for those that Windows starts itself for programs with a
/// console; none where the system does not tell.
fn processes() -> Vec<(u32, u32)> {
    let mut all = Vec::new();
    // SAFETY: it reads nothing of this process.
    let list = unsafe { CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0) };
    if list == INVALID_HANDLE_VALUE {
        return all;
    }
    // SAFETY: it was opened just now, and nobody else has it.
    let list = unsafe { OwnedHandle::from_raw_handle(list) };
    let mut entry =
        PROCESSENTRY32W { dwSize: size_of::<PROCESSENTRY32W>() as u32, ..Default::default() };
    // SAFETY: the list is open, and the entry says how long it is.
    let mut more = unsafe { Process32FirstW(list.as_raw_handle(), &raw mut entry) };
    while more != 0 {
        if !is_of(&entry, "conhost.exe") {
            all.push((entry.th32ProcessID, entry.th32ParentProcessID));
        }
        // SAFETY: as above.
        more = unsafe { Process32NextW(list.as_raw_handle(), &raw mut entry) };
    }
    all
}

fn is_of(entry: &PROCESSENTRY32W, program: &str) -> bool {
    let name = entry.szExeFile.split(|unit| *unit == 0).next().unwrap_or_default();
    String::from_utf16_lossy(name).eq_ignore_ascii_case(program)
}
