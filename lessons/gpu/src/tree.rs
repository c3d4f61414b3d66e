use crate::Shader;

/// A tree within a workgroup: 256 terms in eight steps, without atomics, but with a barrier before every step.
///
/// 255 additions are made as in a loop, but the last one waits for seven others and not for 254. Its price: in the last
/// step one invocation adds, and 255 look on.
pub fn tree() -> Shader {
    Shader::term_each("tree", include_str!("tree.wgsl"))
}
