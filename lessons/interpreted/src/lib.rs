//! Why is an interpreter slow?
