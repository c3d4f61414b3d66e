use std::ops::Range;

use kernels::{Kernel, Partial};
use measure::{Context, Error};

use crate::trampoline::by_callback;

/// One call for each term, from C to Rust: the loop is in C, the term in Rust.
///
/// This is how libraries in C sort, walk and wait: they are given a function to call back. Here the compiler
/// of C can look into nothing, as that of Rust in `c_per_term`.
///
/// # Errors
///
/// Where a term panics: the panic does not pass through C.
pub fn callback<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    by_callback(terms, |i| kernel.term(i).erased().number().expect("C knows whole numbers"))
}
