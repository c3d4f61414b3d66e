// WRONG, on purpose: the tree of `sum_of_group.wgsl` without any barrier. Who adds may be quicker than who writes, and
// then adds what was there before: in the first step what an invocation has not brought yet, in the later ones what has
// not been added yet.
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
    for (var half = 128u; half > 0u; half /= 2u) {
        if lane < half {
            held[lane] = add(held[lane], held[lane + half]);
        }
    }
    if lane == 0u {
        add_to_total(held[0]);
    }
}
