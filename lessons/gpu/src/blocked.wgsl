// A fixed number of invocations, each of which takes a range of its own, as threads do. So what a subgroup reads at
// a time lies far apart.
@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let invocations = groups.x * 256u;
    // ANCHOR: range
    let each = (job.count + invocations - 1u) / invocations;
    let first = min(id.x * each, job.count);
    let end = min(first + each, job.count);
    var mine = vec2(0u, 0u);
    for (var k = first; k < end; k++) {
        mine = add(mine, term(k));
    }
    // ANCHOR_END: range
    let group_sum = sum_of_group(lane, mine);
    if lane == 0u {
        add_to_total(group_sum);
    }
}
