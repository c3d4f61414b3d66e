// The first pass leaves a partial for each workgroup, the second adds the partials: no atomic additions. The second
// begins only when the first has ended, which is the one barrier across workgroups that WebGPU has.
@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let invocations = groups.x * 256u;
    var mine = vec2(0u, 0u);
    for (var k = id.x; k < job.count; k += invocations) {
        mine = add(mine, term(k));
    }
    // ANCHOR: passes
    let group_sum = sum_of_group(lane, mine);
    if lane == 0u {
        partials[job.partial + group.x] = group_sum;
    }
    // ANCHOR_END: passes
}

// One workgroup.
@compute @workgroup_size(256)
fn join(@builtin(local_invocation_index) lane: u32) {
    var mine = vec2(0u, 0u);
    for (var i = lane; i < job.partials; i += 256u) {
        mine = add(mine, partials[i]);
    }
    let sum = sum_of_group(lane, mine);
    if lane == 0u {
        atomicStore(&total[0], sum.x);
        atomicStore(&total[1], sum.y);
    }
}
