// Your shader. It starts as one that is right: every invocation sums its terms, and adds them to the total at the end.
//
// Change it, run `cargo run -p gpu` again, and find your row in the table: checked for the right answer, audited, and
// timed side by side with all the others. What you may use:
//
// - `term(k)` is term k of this dispatch, a pair of u32 (low half, high half), for k in 0..job.count;
// - `add(a, b)` adds two pairs, `add_to_total(pair)` adds to the total of all workgroups;
// - `sum_of_group(lane, pair)` is the sum of a workgroup, for lane 0. All 256 invocations have to call it, once.
//
// How many workgroups there are stands in `your_turn.rs`. No invocation may go more than 65,535 rounds, in all its
// loops together: a software device ends them then, without a word. (The program leaves you 535 of them: it gives
// none more than 65,000 rounds over terms and divisors.)
//
// Ideas: `sum_of_group` before the one atomic addition; two terms in every round; a workgroup of 64
// invocations (then `groups.x * 64u`, and four times the rounds); the
// sum of a subgroup, as in `subgroup.wgsl`.
@compute @workgroup_size(256)
fn sum(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
) {
    let invocations = groups.x * 256u;
    var mine = vec2(0u, 0u);
    for (var k = id.x; k < job.count; k += invocations) {
        mine = add(mine, term(k));
    }
    add_to_total(mine);
}
