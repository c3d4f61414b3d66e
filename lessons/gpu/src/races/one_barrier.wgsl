// WRONG, on purpose: a barrier before the tree, and none in it. What the invocations bring is there, so the first step
// is right. The second one reads what the first one writes, and nobody waits for that.
var<workgroup> held: array<vec2<u32>, 256>;

@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    var mine = vec2(0u, 0u);
    if id.x < job.count {
        mine = term(id.x);
    }
    held[lane] = mine;
    workgroupBarrier();
    for (var half = 128u; half > 0u; half /= 2u) {
        if lane < half {
            held[lane] = add(held[lane], held[lane + half]);
        }
    }
    if lane == 0u {
        add_to_total(held[0]);
    }
}
