//! Machine code that can be called: here an address becomes a function.

#![expect(unsafe_code, reason = "takes the address of compiled code for a function, and frees it")]

use std::fmt;

use cranelift_jit::JITModule;
use cranelift_module::FuncId;

use crate::bailout::Bailout;
use crate::typed::TypedFunction;

/// The arguments of a call, or its result, take at most this many words.
pub const WORDS: usize = 15;

/// The index of the word after them: how many more calls may be nested in the call.
pub const DEPTH: usize = WORDS;

/// The arguments of a call, one word per part; afterwards the parts of the result.
pub type Frame = [u64; WORDS + 1];

/// The entry point: it takes the frame, and returns zero or an encoded bailout.
type Entry = extern "C" fn(&mut Frame) -> u64;

/// Machine code and the memory that it occupies.
pub struct NativeCode {
    /// Taken out only by `drop`.
    module: Option<JITModule>,
    entry: Entry,
}

impl NativeCode {
    /// Code whose entry point is `entry`; an error where there is none, or where the frame is too small.
    pub(crate) fn new(
        module: JITModule,
        entry: Result<FuncId, String>,
        typed: &TypedFunction,
    ) -> Result<Self, String> {
        extern "C" fn nothing(_: &mut Frame) -> u64 {
            0
        }
        let mut native = NativeCode { module: Some(module), entry: nothing };
        let words = typed.parameters.iter().map(|register| typed.of(*register).parts().len());
        let words = words.sum::<usize>().max(typed.result.parts().len());
        if words > WORDS {
            return Err(format!(
                "its arguments or results are {words} words, and {WORDS} is the most"
            ));
        }
        let (Ok(entry), Some(module)) = (&entry, &native.module) else {
            return Err(entry.err().unwrap_or_default());
        };
        let address = module.get_finalized_function(*entry);
        // SAFETY: the code there was made by `compile::entry` with this very signature, in the calling
        // convention of C for this machine; it touches the frame alone, and lives as long as `module`.
        native.entry = unsafe { std::mem::transmute::<*const u8, Entry>(address) };
        Ok(native)
    }

    /// Calls the code with the arguments in the frame. Afterwards the frame holds the result, or nothing
    /// useful after a bailout.
    pub fn call(&self, frame: &mut Frame) -> Result<(), Bailout> {
        Bailout::decode((self.entry)(frame)).map_or(Ok(()), Err)
    }
}

impl Drop for NativeCode {
    fn drop(&mut self) {
        if let Some(module) = self.module.take() {
            // SAFETY: the only pointer to the code is in this value, which is going; `call` borrows it, so
            // that no call is under way.
            unsafe { module.free_memory() };
        }
    }
}

impl fmt::Debug for NativeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeCode").finish_non_exhaustive()
    }
}
