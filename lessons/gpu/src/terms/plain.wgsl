fn term(k: u32) -> vec2<u32> {
    return term_of(k);
}
