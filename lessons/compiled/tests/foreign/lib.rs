//! The program in the files beside this one: the functions of `src/plain.rs` and `src/masked.rs` and as much of
//! the library `core` as they need, so that nothing has to be there for a system but the compiler. In a folder
//! with these three files, without what `masked.rs` imports and uses of other crates:
//!
//! ```sh
//! rustc --crate-name compiled --edition 2024 --target TARGET -Copt-level=3 -Cdebuginfo=2 -Cpanic=abort \
//!     -Ccodegen-units=1 --crate-type rlib --emit=obj -o compiled.o lib.rs   # 1.96, RUSTC_BOOTSTRAP=1
//! ld64.lld -arch arm64 -platform_version macos 13.0 13.0 -oso_prefix . -u _begin -e _begin \
//!     -o macos-arm libSystem.tbd libcompiled.rlib    # an archive of compiled.o; macos-x86: x.o itself
//! dsymutil macos-arm
//! lld-link /entry:begin /subsystem:console /debug /pdbaltpath:win.pdb /nodefaultlib /out:win.exe compiled.o
//! x86_64-w64-mingw32-gcc -nostdlib -Wl,-e,begin -o mingw.exe compiled.o
//! ```
//!
//! Each file is then compressed by zlib.
#![feature(no_core, lang_items, intrinsics, rustc_attrs, auto_traits)]
#![no_core]
use prelude::*;
pub mod plain;
#[macro_use]
mod masked;
#[unsafe(no_mangle)]
pub extern "C" fn begin(n: u64) -> i32 {
    (plain::sum(n) + masked::keep(n, n)) as i32 + plain::addition(n as i32, 3)
}

pub mod prelude {
    #[lang = "pointee_sized"]
    pub trait PointeeSized {}
    #[lang = "meta_sized"]
    pub trait MetaSized: PointeeSized {}
    #[lang = "sized"]
    pub trait Sized: MetaSized {}
    #[lang = "copy"]
    pub trait Copy: Sized {}
    impl Copy for i32 {}
    impl Copy for u64 {}
    impl Copy for bool {}
    #[lang = "freeze"]
    unsafe auto trait Freeze {}
    #[lang = "add"]
    pub trait Add<R = Self> {
        type Output;
        fn add(self, other: R) -> Self::Output;
    }
    impl Add for i32 {
        type Output = i32;
        fn add(self, other: i32) -> i32 {
            self + other
        }
    }
    impl Add for u64 {
        type Output = u64;
        fn add(self, other: u64) -> u64 {
            self + other
        }
    }
    #[lang = "bitxor"]
    pub trait BitXor<R = Self> {
        type Output;
        fn bitxor(self, other: R) -> Self::Output;
    }
    impl BitXor for u64 {
        type Output = u64;
        fn bitxor(self, other: u64) -> u64 {
            self ^ other
        }
    }
    #[lang = "add_assign"]
    pub trait AddAssign<R = Self> {
        fn add_assign(&mut self, other: R);
    }
    impl AddAssign for u64 {
        fn add_assign(&mut self, other: u64) {
            *self += other
        }
    }
    #[lang = "eq"]
    pub trait PartialEq<R: PointeeSized = Self>: PointeeSized {
        fn eq(&self, other: &R) -> bool;
        fn ne(&self, other: &R) -> bool;
    }
    impl PartialEq for u64 {
        fn eq(&self, o: &u64) -> bool {
            *self == *o
        }
        fn ne(&self, o: &u64) -> bool {
            *self != *o
        }
    }
    #[lang = "partial_ord"]
    pub trait PartialOrd<R: PointeeSized = Self>: PartialEq<R> + PointeeSized {
        fn lt(&self, o: &R) -> bool;
        fn le(&self, o: &R) -> bool;
        fn gt(&self, o: &R) -> bool;
        fn ge(&self, o: &R) -> bool;
    }
    impl PartialOrd for u64 {
        fn lt(&self, o: &u64) -> bool {
            *self < *o
        }
        fn le(&self, o: &u64) -> bool {
            *self <= *o
        }
        fn gt(&self, o: &u64) -> bool {
            *self > *o
        }
        fn ge(&self, o: &u64) -> bool {
            *self >= *o
        }
    }
    #[lang = "legacy_receiver"]
    pub trait LegacyReceiver {}
    impl<T: PointeeSized> LegacyReceiver for &T {}
    impl<T: PointeeSized> LegacyReceiver for &mut T {}
}
