// Term k of `primes` is its own number if that is a prime, and 0 otherwise: trial division, as on the cores.
fn term_of(k: u32) -> vec2<u32> {
    let i = job.first.x + k;
    if i < 2u {
        return vec2(0u, 0u);
    }
    for (var divisor = 2u; divisor * divisor <= i; divisor++) {
        if i % divisor == 0u {
            return vec2(0u, 0u);
        }
    }
    return vec2(i, 0u);
}
