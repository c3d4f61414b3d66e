//! What does compiling at run time cost, and when does it pay?
