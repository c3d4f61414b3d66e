//! What does it cost to call another language?
