//! The loop in the assembly of 64-bit Arm.

#![expect(unsafe_code, reason = "assembly")]

use std::arch::asm;
use std::array::from_fn;

use super::VECTORS;

const LANES: usize = 2;

/// Registers 0 to 3 hold the numbers, 4 to 7 the sums, 16 the mask, 17 the step.
pub(super) fn baseline(mask: u64, turns: u64) -> u64 {
    if turns == 0 {
        return 0;
    }
    let numbers: [u64; VECTORS * LANES] = from_fn(|lane| lane as u64);
    let mut sums = [0_u64; VECTORS * LANES];
    // SAFETY: it reads and writes the two arrays, each as long as four vectors of two numbers, and names every register
    // that it changes. Every processor of this architecture has these instructions.
    unsafe {
        asm!(
            "ld1 {{v0.2d, v1.2d, v2.2d, v3.2d}}, [{numbers}]",
            "ld1 {{v4.2d, v5.2d, v6.2d, v7.2d}}, [{sums}]",
            "dup v16.2d, {mask}",
            "dup v17.2d, {step}",
            ".p2align 5",
            "2:",
            "eor v18.16b, v0.16b, v16.16b",
            "eor v19.16b, v1.16b, v16.16b",
            "eor v20.16b, v2.16b, v16.16b",
            "eor v21.16b, v3.16b, v16.16b",
            "add v4.2d, v4.2d, v18.2d",
            "add v5.2d, v5.2d, v19.2d",
            "add v6.2d, v6.2d, v20.2d",
            "add v7.2d, v7.2d, v21.2d",
            "add v0.2d, v0.2d, v17.2d",
            "add v1.2d, v1.2d, v17.2d",
            "add v2.2d, v2.2d, v17.2d",
            "add v3.2d, v3.2d, v17.2d",
            "subs {turns}, {turns}, #1",
            "b.ne 2b",
            "st1 {{v4.2d, v5.2d, v6.2d, v7.2d}}, [{sums}]",
            numbers = in(reg) numbers.as_ptr(),
            sums = in(reg) sums.as_mut_ptr(),
            mask = in(reg) mask,
            step = in(reg) (VECTORS * LANES) as u64,
            turns = inout(reg) turns => _,
            out("v0") _, out("v1") _, out("v2") _, out("v3") _, out("v4") _, out("v5") _, out("v6") _, out("v7") _,
            out("v16") _, out("v17") _, out("v18") _, out("v19") _, out("v20") _, out("v21") _,
            options(nostack),
        );
    }
    sums.into_iter().fold(0, u64::wrapping_add)
}
