//! What the launcher and rank 0 say to each other: one line of JSON for each message.

use kernels::KernelName;
use serde::{Deserialize, Serialize};

/// What the launcher asks of all ranks. Rank 0 reads it and passes it on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Order {
    /// Sum `lo..hi` of a kernel that has `of` terms.
    Sum {
        /// The row.
        strategy: String,
        /// What is summed.
        kernel: KernelName,
        /// The number of terms of the kernel.
        of: u64,
        /// The first term.
        lo: u64,
        /// The end of the terms.
        hi: u64,
        /// How often, one after the other; the middle one counts.
        times: u32,
        /// Whether each rank is to take notes of what it summed, and when.
        notes: bool,
    },
    /// Measure what a message costs.
    Probe,
    /// End.
    End,
}

/// The first line of rank 0.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hello {
    /// The process of each rank.
    pub processes: Vec<u32>,
    /// The host of each rank.
    pub hosts: Vec<String>,
    /// The first rank that is not the same program as rank 0.
    pub stranger: Option<usize>,
}

/// The answer to [`Order::Sum`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answer {
    /// What rank 0 got, in ascending order: one sum, however often it was asked for, if all went well.
    pub sums: Vec<u64>,
    /// How long one took, by the clock of rank 0, from the moment when all ranks began.
    pub nanoseconds: u64,
    /// The notes of all ranks, where they were asked for.
    pub notes: Vec<Note>,
}

/// A range that was summed, and when; nanoseconds from the moment when all ranks began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// By which rank.
    pub rank: usize,
    /// By which of its threads, from 1; 0 where it has only one.
    pub thread: u32,
    /// The first term.
    pub lo: u64,
    /// The end of the terms.
    pub hi: u64,
    /// When it began.
    pub start: u64,
    /// When it was done.
    pub end: u64,
}
