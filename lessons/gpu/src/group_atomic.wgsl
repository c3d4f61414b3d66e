// An invocation for each term. The 256 of a workgroup add to a total of their own, in memory that only they
// have; one of them brings it to the total of all. Such memory is 0 when a workgroup begins: WGSL promises that.
var<workgroup> low: atomic<u32>;
var<workgroup> high: atomic<u32>;

@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    if id.x < job.count {
        let mine = term(id.x);
        let before = atomicAdd(&low, mine.x);
        atomicAdd(&high, mine.y + select(0u, 1u, before + mine.x < before));
    }
    workgroupBarrier();
    if lane == 0u {
        add_to_total(vec2(atomicLoad(&low), atomicLoad(&high)));
    }
}
