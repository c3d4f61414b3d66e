// The audit: whoever takes a term makes a mark on it. The rest of the shader stays the same text.
@group(0) @binding(4) var<storage, read_write> marks: array<atomic<u32>>;

// ANCHOR: mark
fn term(k: u32) -> vec2<u32> {
    atomicAdd(&marks[job.mark + k], 1u);
    return term_of(k);
}
// ANCHOR_END: mark
