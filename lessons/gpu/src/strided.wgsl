// A fixed number of invocations, each of which takes many terms: in every round neighbours take neighbouring terms, and
// all go on by as many as there are invocations. So what a subgroup reads at a time lies side by side.
@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let invocations = groups.x * 256u;
    // ANCHOR: stride
    var mine = vec2(0u, 0u);
    for (var k = id.x; k < job.count; k += invocations) {
        mine = add(mine, term(k));
    }
    // ANCHOR_END: stride
    let group_sum = sum_of_group(lane, mine);
    if lane == 0u {
        add_to_total(group_sum);
    }
}
