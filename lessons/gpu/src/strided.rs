use crate::Shader;

/// A fixed number of invocations, each of which takes terms one stride apart and keeps its sum to itself; a tree at
/// the end.
///
/// As in `threads`: add in private, and share once. In every round neighbours read neighbouring numbers, which the
/// device fetches together: the access is coalesced.
pub fn strided() -> Shader {
    Shader::looping("strided", include_str!("strided.wgsl"))
}
