// The sum of what all 256 invocations of a workgroup bring: a tree. In each step one half of those that are left add
// what the other half has. It is lane 0 that gets it; the others get 0. All have to call it, since all have to come to
// the barriers, and only once: a second tree would write over what lane 0 still reads.

var<workgroup> part: array<vec2<u32>, 256>;

// ANCHOR: tree
fn sum_of_group(lane: u32, mine: vec2<u32>) -> vec2<u32> {
    part[lane] = mine;
    for (var half = 128u; half > 0u; half /= 2u) {
        // Nobody reads what another has not written yet.
        workgroupBarrier();
        if lane < half {
            part[lane] = add(part[lane], part[lane + half]);
        }
    }
    // Lane 0 has written it. The others would read while it writes, and what for?
    var sum = vec2(0u, 0u);
    if lane == 0u {
        sum = part[0];
    }
    return sum;
}
// ANCHOR_END: tree
