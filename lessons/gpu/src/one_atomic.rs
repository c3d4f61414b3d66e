use crate::Shader;

/// One atomic addition for each term: as many invocations as terms, and one address for which all of them wait.
///
/// The atomics of one address happen one after the other, wherever they come from. It is what `atomic` is in the
/// lesson `threads`, with thousands of invocations waiting where there a few threads wait.
pub fn one_atomic() -> Shader {
    Shader::term_each("one_atomic", include_str!("one_atomic.wgsl"))
}
