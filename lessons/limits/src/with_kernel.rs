/// Names the kernel's type: `with_kernel!(name, K => expression)`.
macro_rules! with_kernel {
    ($name:expr, $kernel:ident => $work:expr) => {{
        let name = $name;
        if name == <kernels::Integers as kernels::Known>::NAME {
            type $kernel = kernels::Integers;
            $work
        } else if name == <kernels::Memory as kernels::Known>::NAME {
            type $kernel = kernels::Memory;
            $work
        } else if name == <kernels::Pi as kernels::Known>::NAME {
            type $kernel = kernels::Pi;
            $work
        } else if name == <kernels::Primes as kernels::Known>::NAME {
            type $kernel = kernels::Primes;
            $work
        } else {
            unreachable!("a kernel of the registry")
        }
    }};
}

pub(crate) use with_kernel;
