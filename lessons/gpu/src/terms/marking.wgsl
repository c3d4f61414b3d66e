// The audit: whoever takes a term makes a mark on it, and gets an extra with it that the audit takes off the sum
// again. So a shader that takes terms, and adds up something else, is found, too. The rest of the shader stays the
// same text.
@group(0) @binding(4) var<storage, read_write> marks: array<atomic<u32>>;

// ANCHOR: mark
fn term(k: u32) -> vec2<u32> {
    let place = job.mark + k;
    atomicAdd(&marks[place], 1u);
    return add(term_of(k), vec2(extra(place), 0u));
}
// ANCHOR_END: mark

// A number that looks random, and is another in each audit.
fn extra(place: u32) -> u32 {
    var x = (place ^ job.salt) * 0x9e3779b1u;
    x = (x ^ (x >> 15u)) * 0x85ebca77u;
    return x ^ (x >> 13u);
}
