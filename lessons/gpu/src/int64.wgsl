// As `strided`, with the 64-bit integers that this device offers beyond WGSL: each term's pair is made one
// number, and the carries are the device's own.
var<workgroup> whole: array<u64, 256>;

fn joined(pair: vec2<u32>) -> u64 {
    return u64(pair.x) | (u64(pair.y) << 32u);
}

@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let invocations = groups.x * 256u;
    var mine = 0lu;
    for (var k = id.x; k < job.count; k += invocations) {
        mine += joined(term(k));
    }
    whole[lane] = mine;
    for (var half = 128u; half > 0u; half /= 2u) {
        workgroupBarrier();
        if lane < half {
            whole[lane] += whole[lane + half];
        }
    }
    if lane == 0u {
        add_to_total(vec2(u32(whole[0] & 0xfffffffflu), u32(whole[0] >> 32u)));
    }
}
