// As `strided`, but without a tree: the invocations of a subgroup run in lockstep, and the device can add what they
// hold in one operation. That one wraps at 32 bits, so it adds quarters of 16 bits: those of 128 invocations, the
// most that a subgroup has, fit easily. (In a browser the file begins with `enable subgroups;`, which wgpu 30 does
// not know.)
fn sum_of_subgroup(mine: vec2<u32>) -> vec2<u32> {
    let quarters = vec4(mine.x & 0xffffu, mine.x >> 16u, mine.y & 0xffffu, mine.y >> 16u);
    let sums = subgroupAdd(quarters);
    let second = sums.y + (sums.x >> 16u);
    let third = sums.z + (second >> 16u);
    let fourth = sums.w + (third >> 16u);
    return vec2(
        (sums.x & 0xffffu) | (second << 16u),
        (third & 0xffffu) | (fourth << 16u),
    );
}

@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(subgroup_invocation_id) lane: u32,
) {
    let invocations = groups.x * 256u;
    var mine = vec2(0u, 0u);
    for (var k = id.x; k < job.count; k += invocations) {
        mine = add(mine, term(k));
    }
    let all = sum_of_subgroup(mine);
    if lane == 0u {
        add_to_total(all);
    }
}
