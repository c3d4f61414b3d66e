//! What makes Python fast, and what does each way cost?
