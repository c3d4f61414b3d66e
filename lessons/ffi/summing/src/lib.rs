//! Sums, for programs in C and everything that can call C.
