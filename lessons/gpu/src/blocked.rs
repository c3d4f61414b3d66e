use crate::Shader;

/// `strided` with ranges in the place of strides: what is right for cores, each of which has a cache of its own.
///
/// Neighbours read numbers that lie far apart, at the same time: a fetch for each. On `primes` it is also a question of
/// which terms run in lockstep.
pub fn blocked() -> Shader {
    Shader::looping("blocked", include_str!("blocked.wgsl"))
}
