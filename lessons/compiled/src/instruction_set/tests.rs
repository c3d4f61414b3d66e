//! Both languages, read on whatever machine runs the test. The words are what `objdump` shows of
//! `cxx/sums.cpp` by g++ 12.2 for AArch64, and of the sums in Rust by rustc 1.96 for AArch64.

use super::InstructionSet;
use crate::listing::{Line, listing_of};
use crate::loops::innermost;
use crate::work::additions;

/// `addition` at `-O0`.
const ADDITION: [u32; 10] = [
    0xd10083ff, 0xb9000fe0, 0xb9000be1, 0xb9400fe1, 0xb9400be0, 0x0b000020, 0xb9001fe0, 0xb9401fe0,
    0x910083ff, 0xd65f03c0,
];

/// `sum` at `-O0`.
const UNOPTIMISED: [u32; 19] = [
    0xd10083ff, 0xf90007e0, 0xf9000fff, 0xf9000bff, 0x14000008, 0xf9400fe1, 0xf9400be0, 0x8b000020,
    0xf9000fe0, 0xf9400be0, 0x91000400, 0xf9000be0, 0xf9400be1, 0xf94007e0, 0xeb00003f, 0x54fffec3,
    0xf9400fe0, 0x910083ff, 0xd65f03c0,
];

/// `sum` at `-O2`, and what fills the gap behind it.
const OPTIMISED: [u32; 12] = [
    0xaa0003e2, 0xb4000100, 0xd2800001, 0xd2800000, 0x8b010000, 0x91000421, 0xeb01005f, 0x54ffffa1,
    0xd65f03c0, 0xd2800000, 0xd65f03c0, 0xd503201f,
];

/// `masked::sum`, optimised.
const MASKED: [u32; 39] = [
    0xb40000c0, 0xf100101f, 0x540000c2, 0xaa1f03e8, 0xaa1f03e9, 0x1400001b, 0xaa1f03e0, 0xd65f03c0,
    0x6f00e400, 0x52800049, 0x5280008a, 0x6f00e401, 0x90000008, 0x4e080c22, 0x4e080d23, 0x4e080d44,
    0x3dc00105, 0x927ef409, 0x927ef408, 0x4ee384a6, 0x6e221ca7, 0xf1001108, 0x4ee484a5, 0x6e221cc6,
    0x4ee78400, 0x4ee68421, 0x54ffff21, 0x4ee08420, 0xeb09001f, 0x5ef1b800, 0x9e660008, 0x540000c0,
    0xca01012a, 0x91000529, 0xeb09001f, 0x8b0a0108, 0x54ffff81, 0xaa0803e0, 0xd65f03c0,
];

/// `plain::sum`, optimised.
const FOLDED: [u32; 8] = [
    0xb40000e0, 0xd1000408, 0xd1000809, 0x9b097d0a, 0x9bc97d09, 0x93ca0529, 0x8b090100, 0xd65f03c0,
];

/// Instructions that the functions above lack.
const OTHERS: [(u32, &str); 12] = [
    (0x8b3b4ebb, "add x27, x21, w27, uxtw #3"),
    (0x9b020c20, "madd x0, x1, x2, x3"),
    (0xa9be7bfd, "stp x29, x30, [sp, #-0x20]!"),
    (0xf85f83a0, "ldur x0, [x29, #-0x8]"),
    (0xb0000000, "adrp x0, 0x2000"),
    (0x10000080, "adr x0, 0x1024"),
    (0x1e622820, "fadd d0, d1, d2"),
    (0x4e61d400, "fadd v0.2d, v0.2d, v1.2d"),
    (0x2ea11000, "uaddw v0.2d, v0.2d, v1.2s"),
    (0x36180040, "tbz w0, #0x3, +0x2c"),
    (0xd61f0200, "br x16"),
    (0xe400e000, ".word 0xe400e000"),
];

fn a64(words: &[u32]) -> Vec<Line> {
    let code: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    listing_of(InstructionSet::A64, &code, 0x1000)
}

/// Instructions of a turn, terms, and how many of the instructions add data.
fn counted(lines: &[Line]) -> (usize, Option<u64>, usize) {
    let found = innermost(lines).expect("a loop");
    let adding = additions(lines).into_iter().filter(|adds| *adds).count();
    (found.instructions, found.terms, adding)
}

#[test]
fn an_addition_of_a64_is_read() {
    let text: Vec<String> = a64(&ADDITION).into_iter().map(|line| line.text).collect();
    let expected = [
        "sub sp, sp, #0x20",
        "str w0, [sp, #0xc]",
        "str w1, [sp, #0x8]",
        "ldr w1, [sp, #0xc]",
        "ldr w0, [sp, #0x8]",
        "add w0, w1, w0",
        "str w0, [sp, #0x1c]",
        "ldr w0, [sp, #0x1c]",
        "add sp, sp, #0x20",
        "ret",
    ];
    assert_eq!(text, expected);
    assert_eq!(additions(&a64(&ADDITION)).iter().position(|adds| *adds), Some(5));
    let words: Vec<u32> = OTHERS.iter().map(|(word, _)| *word).collect();
    for (line, (_, expected)) in a64(&words).iter().zip(OTHERS) {
        assert_eq!(line.text, expected);
    }
}

#[test]
fn the_loops_of_a64_are_counted() {
    assert_eq!(counted(&a64(&UNOPTIMISED)), (11, Some(1), 1));
    assert_eq!(counted(&a64(&OPTIMISED)), (4, Some(1), 1));
    // Of the two loops that with vectors: two of its four additions of vectors count the terms on. The other
    // loop adds what is left over.
    assert_eq!(counted(&a64(&MASKED)), (8, Some(4), 3));
    assert_eq!(innermost(&a64(&FOLDED)), None);
    assert!(a64(&FOLDED).iter().any(|line| line.meaning.multiplies));
    assert!(a64(&MASKED).iter().all(|line| !line.meaning.multiplies));
}

#[test]
fn a_jump_of_a64_names_its_place_and_what_fills_a_gap_is_left_out() {
    let lines = a64(&OPTIMISED);
    assert_eq!((lines[1].text.as_str(), lines[7].text.as_str()), ("cbz x0, +0x24", "b.ne +0x10"));
    assert_eq!(lines.len(), OPTIMISED.len() - 1, "the last one does nothing");
    // Half an instruction is shown, too.
    assert_eq!(listing_of(InstructionSet::A64, &[0xc0, 0x03], 0)[0].text, ".word 0x03c0");
}

#[test]
fn the_code_of_x86_64_is_read_everywhere() {
    // The loop of `sum` by g++ 12.2 -O2: add rdx,rax; add rax,1; cmp rdi,rax; jne.
    let code = [0x48, 0x01, 0xc2, 0x48, 0x83, 0xc0, 0x01, 0x48, 0x39, 0xc7, 0x75, 0xf4, 0xc3];
    let lines = listing_of(InstructionSet::X86, &code, 0x1000);
    assert_eq!(counted(&lines), (4, Some(1), 1));
    assert_eq!(lines[3].text, "jne +0x0");
}
