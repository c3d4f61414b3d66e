use wgpu::Features;

use crate::Shader;

/// 64-bit integers in the place of pairs, where the device offers them.
///
/// Few devices add 64 bits in one instruction: a carry is made here, too, but by whoever translates the shader.
pub fn int64() -> Shader {
    Shader::looping("int64", include_str!("int64.wgsl")).needing(Features::SHADER_INT64)
}
