use kernels::{Known, Memory};

use crate::shader::EachTime;
use crate::{Shader, strided};

/// `strided`, with the numbers sent to the device before every sum: what it costs when data lies where the cores have it.
pub fn with_transfer() -> Shader {
    let shader = strided().each_time("with_transfer", EachTime::Transfer);
    Shader { only: Some(Memory::NAME), ..shader }
}
