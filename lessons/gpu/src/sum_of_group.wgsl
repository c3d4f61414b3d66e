// The sum of what all 256 invocations of a workgroup bring: a tree. In each step one half of those that are left add
// what the other half has. All have to call it, since all have to come to the barriers.

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
    return part[0]; // Of use to lane 0, which wrote it.
}
// ANCHOR_END: tree
