//! The instruction sets of this processor, and how a hot loop is compiled for each of them.
//!
//! A program compiled for every x86-64 may use only what the first of them had in 2003: two `u64`
//! to an instruction. So each hot loop is compiled several times, and the processor that runs it
//! is asked which copy it can take. The loop is written once, as plain Rust; wider instructions are
//! the compiler's work.

/// An instruction set that this processor was found to have.
///
/// There is no way to make one but to ask the processor, so a function that is given a `Level` may
/// use its instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(Set);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// How many `u64` an instruction adds that every processor of this architecture has.
pub(crate) const BASELINE_LANES: usize =
    if cfg!(any(target_arch = "x86_64", target_arch = "aarch64")) { 2 } else { 1 };

impl Level {
    /// Every level of this processor, the plainest first.
    pub fn available() -> Vec<Level> {
        #[cfg_attr(not(target_arch = "x86_64"), expect(unused_mut, reason = "only one set"))]
        let mut sets = vec![Set::Baseline];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                sets.push(Set::Avx2);
            }
            let wide = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512dq");
            if wide && is_x86_feature_detected!("avx512vl") {
                sets.push(Set::Avx512);
            }
        }
        sets.into_iter().map(Level).collect()
    }

    /// The widest level of this processor.
    pub fn best() -> Level {
        *Level::available().last().expect("the baseline is always there")
    }

    /// The widest level of this processor with vectors of 256 bits at most.
    ///
    /// For loops that wait for memory or for the divider, which no wider vector makes faster: with 512
    /// bits, `memory` and `pi` were 6 % slower on an Intel Xeon (Sapphire Rapids, virtual machine).
    pub fn best_up_to_256_bits() -> Level {
        let levels = Level::available();
        *levels.iter().rfind(|level| level.lanes() <= 4).expect("the baseline is always there")
    }

    /// What every processor of this architecture has.
    pub fn baseline() -> Level {
        Level(Set::Baseline)
    }

    pub(crate) fn set(self) -> Set {
        self.0
    }

    /// How many `u64` one instruction adds.
    pub fn lanes(self) -> u64 {
        match self.0 {
            Set::Baseline => BASELINE_LANES as u64,
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => 4,
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => 8,
        }
    }

    /// The name in the JSON: `avx512`, `avx2`, `sse2`, `neon` or `scalar`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Baseline if cfg!(target_arch = "x86_64") => "sse2",
            Set::Baseline if cfg!(target_arch = "aarch64") => "neon",
            Set::Baseline => "scalar",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => "avx512",
        }
    }
}

/// Compiles one function body for every level, and picks the copy at run time.
///
/// `at_every_level! { fn name(arguments) -> Output { body } }` makes `fn name(level: Level, arguments) -> Output`. A
/// body that wants to know how many `u64` an instruction of the level adds names that number:
/// `fn name<const LANES: usize>(arguments)`.
macro_rules! at_every_level {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arguments:tt)*) -> $output:ty $body:block) => {
        $crate::simd::at_every_level! {
            $(#[$doc])* $vis fn $name<const _LANES: usize>($($arguments)*) -> $output $body
        }
    };
    (
        $(#[$doc:meta])*
        $vis:vis fn $name:ident<const $lanes:ident: usize>($($argument:ident: $type:ty),*) -> $output:ty $body:block
    ) => {
        $(#[$doc])*
        $vis fn $name(level: $crate::simd::Level, $($argument: $type),*) -> $output {
            #[inline(always)]
            fn body<const $lanes: usize>($($argument: $type),*) -> $output $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($argument: $type),*) -> $output { body::<4>($($argument),*) }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512dq,avx512vl")]
            fn avx512($($argument: $type),*) -> $output { body::<8>($($argument),*) }

            match level.set() {
                $crate::simd::Set::Baseline => body::<{ $crate::simd::BASELINE_LANES }>($($argument),*),
                // SAFETY: this `Level` exists, so `Level::available` found avx2 on this processor.
                #[cfg(target_arch = "x86_64")]
                $crate::simd::Set::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: this `Level` exists, so `Level::available` found avx512f, dq and vl here.
                #[cfg(target_arch = "x86_64")]
                $crate::simd::Set::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}
pub(crate) use at_every_level;
