//! Pointers that came from C: they are looked at before they are followed.
#![expect(unsafe_code, reason = "follows pointers that came from C")]

use std::slice;

use crate::Status;

/// The address of one `T`, from C.
///
/// Only C makes one, and `summing.h` says what C promises with it: if it is neither null nor misaligned, a `T`
/// is there (or room for one, where the function only writes), and nobody else touches it meanwhile.
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct Place<T>(pub(crate) *mut T);

impl<T> Place<T> {
    /// Whether it can be followed: what can be told of an address without doing it.
    pub(crate) fn check(&self) -> Result<(), Status> {
        check(self.0)
    }

    /// Writes `value`. What was there before is not looked at: in C it may be anything.
    pub(crate) fn write(self, value: T) -> Result<(), Status> {
        self.check()?;
        // SAFETY: it was checked just now, and C promises room for a `T`, as `Place` says.
        unsafe { self.0.write(value) };
        Ok(())
    }

    /// The thing itself, where there is one already.
    pub(crate) fn get(&mut self) -> Result<&mut T, Status> {
        self.check()?;
        // SAFETY: it was checked just now, and C promises a `T` that nobody else touches, as `Place` says.
        Ok(unsafe { &mut *self.0 })
    }
}

/// The address of the first of several `T`, from C; how many there are comes beside it.
///
/// What C promises with it is that of [`Place`], for all of them; others may read them meanwhile.
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct Array<T>(pub(crate) *const T);

impl<T> Array<T> {
    /// The things themselves. None of them needs no address.
    pub(crate) fn slice(&self, count: usize) -> Result<&[T], Status> {
        if count == 0 {
            return Ok(&[]);
        }
        check(self.0)?;
        // More bytes than this have no addresses in Rust, nor in any machine today.
        if count.checked_mul(size_of::<T>()).is_none_or(|bytes| bytes > isize::MAX as usize) {
            return Err(Status::TooLong);
        }
        // SAFETY: address and length were checked just now, and C promises the rest, as `Array` says.
        Ok(unsafe { slice::from_raw_parts(self.0, count) })
    }
}

fn check<T>(address: *const T) -> Result<(), Status> {
    if address.is_null() {
        Err(Status::Null)
    } else if !address.is_aligned() {
        Err(Status::Misaligned)
    } else {
        Ok(())
    }
}
