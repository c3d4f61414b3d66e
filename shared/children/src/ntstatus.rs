/// What ended a program on Windows, after "it", where its exit status is one of the system's own.
///
/// The numbers are those of `ntstatus.h`, of the severity "error"; no program that ends by itself has one, and no
/// program on any other system.
pub(crate) fn words(status: i32) -> Option<&'static str> {
    Some(match status.cast_unsigned() {
        0xC000_0005 => "was ended by an access violation",
        0xC000_0006 => "was ended by a page that could not be read",
        0xC000_0017 => "was ended for want of memory",
        0xC000_001D => "was ended by an instruction that this processor does not have",
        0xC000_0094 => "was ended by a division by zero",
        0xC000_00FD => "was ended by an overflow of its stack",
        0xC000_0135 => "did not start: a library was not found",
        0xC000_0139 => "did not start: a library lacks a function",
        0xC000_013A => "was ended by Ctrl-C",
        0xC000_0142 => "did not start: a library could not be initialised",
        0xC000_0374 => "was ended by damage to its heap",
        // Rust's abort, and that of the C library.
        0xC000_0409 => "aborted",
        0xC000_0000..=0xCFFF_FFFF => "was ended by the system",
        _ => return None,
    })
}
