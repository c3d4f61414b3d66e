// Term k of `integers` is its own number.
fn term_of(k: u32) -> vec2<u32> {
    return add(job.first, vec2(k, 0u));
}
