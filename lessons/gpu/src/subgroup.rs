use wgpu::Features;

use crate::Shader;

/// Sums of subgroups in the place of a tree: the invocations that run in lockstep need no barrier and no memory to add
/// what they hold.
///
/// Where the device offers it. How many invocations a subgroup has is the device's business: 32 and 64 are common.
pub fn subgroup() -> Shader {
    Shader::looping("subgroup", include_str!("subgroup.wgsl")).needing(Features::SUBGROUP)
}
