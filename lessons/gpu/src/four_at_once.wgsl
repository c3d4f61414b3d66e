// As `strided`, with four terms in every round. The four do not wait for each other; only their sum does.
@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let invocations = groups.x * 256u;
    var mine = vec2(0u, 0u);
    var k = id.x;
    for (; k + 3u * invocations < job.count; k += 4u * invocations) {
        let first = term(k);
        let second = term(k + invocations);
        let third = term(k + 2u * invocations);
        let fourth = term(k + 3u * invocations);
        mine = add(mine, add(add(first, second), add(third, fourth)));
    }
    // What is left: three rounds at most.
    for (; k < job.count; k += invocations) {
        mine = add(mine, term(k));
    }
    let group_sum = sum_of_group(lane, mine);
    if lane == 0u {
        add_to_total(group_sum);
    }
}
