//! Why compiled code left a call to the interpreter.

/// Why compiled code bailed out of a call, and at which line of the source.
///
/// Compiled code changes nothing but its own registers. So it may bail out of a call at any moment, and the
/// interpreter runs the call again from its start: it has big integers, and raises Python's errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bailout {
    /// What happened.
    pub cause: Cause,
    /// The line of the source.
    pub line: u32,
}

/// What compiled code does not handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// An integer outgrew 64 bits.
    Overflow = 1,
    /// A division by zero.
    ZeroDivision = 2,
    /// Calls nested too deeply.
    Depth = 3,
    /// A number for which a float is not exact, or a power that is no plain float.
    Inexact = 4,
    /// A range whose step is zero.
    ZeroStep = 5,
    /// A shift by a negative number.
    Shift = 6,
    /// A name that has no value yet.
    Unbound = 7,
}

impl Cause {
    const ALL: [Cause; 7] = [
        Cause::Overflow,
        Cause::ZeroDivision,
        Cause::Depth,
        Cause::Inexact,
        Cause::ZeroStep,
        Cause::Shift,
        Cause::Unbound,
    ];

    /// In words, for the statistics.
    pub fn describe(self) -> &'static str {
        match self {
            Cause::Overflow => "an integer outgrew 64 bits",
            Cause::ZeroDivision => "a division by zero",
            Cause::Depth => "too many calls inside each other",
            Cause::Inexact => "a number that a float does not hold exactly",
            Cause::ZeroStep => "a range whose step is zero",
            Cause::Shift => "a shift by a negative number",
            Cause::Unbound => "a name that has no value yet",
        }
    }
}

impl Bailout {
    /// The number that compiled code returns: the cause in the lowest eight bits, the line above.
    pub fn encode(self) -> i64 {
        i64::from(self.line) << 8 | self.cause as i64
    }

    /// Decodes a returned number; `None` for zero, which means success.
    pub fn decode(code: u64) -> Option<Self> {
        let cause = Cause::ALL.into_iter().find(|cause| *cause as u64 == code & 0xff)?;
        Some(Bailout { cause, line: (code >> 8) as u32 })
    }
}
