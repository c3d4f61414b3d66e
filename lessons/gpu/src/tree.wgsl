// An invocation for each term, and a tree for each workgroup: eight steps, in which half as many add each time.
@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    var mine = vec2(0u, 0u);
    if id.x < job.count {
        mine = term(id.x);
    }
    let group_sum = sum_of_group(lane, mine);
    if lane == 0u {
        add_to_total(group_sum);
    }
}
