use crate::Shader;

/// As `strided`, with four terms in every round, none of which waits for another: four reads are on their way at a
/// time.
///
/// A read takes a device hundreds of cycles. It hides them behind other invocations, and where these are too few,
/// behind other reads of the same one.
pub fn four_at_once() -> Shader {
    Shader::looping("four_at_once", include_str!("four_at_once.wgsl"))
}
