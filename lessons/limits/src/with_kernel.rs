/// Names the kernel's type: `with_kernel!(name, K => expression)`.
macro_rules! with_kernel {
    ($name:expr, $kernel:ident => $work:expr) => {
        match $name {
            shared::kernel::KernelName::Integers => {
                type $kernel = shared::kernel::Integers;
                $work
            }
            shared::kernel::KernelName::Memory => {
                type $kernel = shared::kernel::Memory;
                $work
            }
            shared::kernel::KernelName::Pi => {
                type $kernel = shared::kernel::Pi;
                $work
            }
            shared::kernel::KernelName::Primes => {
                type $kernel = shared::kernel::Primes;
                $work
            }
        }
    };
}

pub(crate) use with_kernel;
