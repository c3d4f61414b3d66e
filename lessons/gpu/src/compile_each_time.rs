use crate::shader::EachTime;
use crate::{Shader, strided};

/// `strided`, with the shader compiled before every sum: WGSL to what the system takes, and from there to what
/// the device runs.
///
/// Many drivers keep what they have compiled before in a file, so this may be less than what the first program pays.
pub fn compile_each_time() -> Shader {
    strided().each_time("compile_each_time", EachTime::Compile)
}
