use crate::Shader;

/// Partials in memory, and a second pass that adds them: no atomic additions at all.
///
/// Workgroups cannot wait for each other within a dispatch, for nobody promises that all of them run at the same time.
/// The end of a dispatch is where all are done.
pub fn two_pass() -> Shader {
    Shader::looping("two_pass", include_str!("two_pass.wgsl")).joining()
}
