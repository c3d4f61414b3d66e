// What every shader of this lesson begins with. WGSL has no 64-bit integers of its own, so a sum is a pair of
// 32-bit ones: the low half and the high half.

struct Job {
    first: vec2<u32>,    // the number of the first term of this dispatch
    count: u32,          // how many terms it has: term(0) to term(count - 1)
    offset: u32,         // where its numbers begin in `numbers`
    mark: u32,           // where its marks begin in `marks`
    partial: u32,        // where its partials begin in `partials`
    partials: u32,       // how many partials there are in all
    salt: u32,           // of the audit
}

@group(0) @binding(0) var<uniform> job: Job;
@group(0) @binding(1) var<storage, read_write> total: array<atomic<u32>, 2>;
@group(0) @binding(2) var<storage, read_write> partials: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> numbers: array<vec2<u32>>;

// The sum of two pairs. Where the low half comes out smaller than what was added, it has wrapped: carry one.
// ANCHOR: carry
fn add(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let low = a.x + b.x;
    return vec2(low, a.y + b.y + select(0u, 1u, low < b.x));
}
// ANCHOR_END: carry

// Adds to the total of all workgroups. No device has to offer atomic pairs, so it goes half by half: whoever makes the
// low half wrap carries one into the high half. In between the total is wrong, but nobody reads it before the end.
// ANCHOR: halves
fn add_to_total(sum: vec2<u32>) {
    let before = atomicAdd(&total[0], sum.x);
    let high = sum.y + select(0u, 1u, before + sum.x < before);
    if high != 0u {
        atomicAdd(&total[1], high);
    }
}
// ANCHOR_END: halves
