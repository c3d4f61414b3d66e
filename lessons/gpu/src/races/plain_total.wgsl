// WRONG, on purpose: one total in memory, and additions that are not atomic. Each is three steps: read the total, add,
// write it back. Whoever reads it before another one has written takes that one's term away.
@compute @workgroup_size(256)
fn sum(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x < job.count {
        partials[0] = add(partials[0], term(id.x));
    }
}

// One invocation brings the total to where it is read, and leaves nothing for the next sum.
@compute @workgroup_size(1)
fn join() {
    atomicStore(&total[0], partials[0].x);
    atomicStore(&total[1], partials[0].y);
    partials[0] = vec2(0u, 0u);
}
