use crate::Shader;

/// Atomics within a workgroup, and one for each workgroup: the queue is 256 long, and there is one for each.
///
/// The memory of a workgroup is beside the units that add, so its atomics should be quick; the total gets one
/// addition where `one_atomic` makes 256.
pub fn group_atomic() -> Shader {
    Shader::term_each("group_atomic", include_str!("group_atomic.wgsl"))
}
