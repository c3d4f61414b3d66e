use crate::Shader;

/// Yours: the shader in `your_turn.wgsl`, beside this file.
///
/// This file says how it is launched. `looping`: as many workgroups as `--workgroups` asks for, whose invocations take
/// terms in a loop; `term_each`: an invocation for each term. With `.joining()` there is a second pass, one workgroup
/// that runs an entry point `join`; with `.needing(wgpu::Features::SUBGROUP)` the row is skipped where a device
/// does not offer that.
pub fn your_turn() -> Shader {
    Shader::looping("your_turn", include_str!("your_turn.wgsl"))
}
