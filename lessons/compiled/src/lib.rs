//! What does a compiler make of a sum?
