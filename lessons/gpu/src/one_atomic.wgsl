// An invocation for each term, and an atomic addition for each invocation: all of them wait for one address.
@compute @workgroup_size(256)
fn sum(@builtin(global_invocation_id) id: vec3<u32>) {
    // ANCHOR: each
    if id.x < job.count {
        add_to_total(term(id.x));
    }
    // ANCHOR_END: each
}
