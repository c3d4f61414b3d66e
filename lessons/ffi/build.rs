//! Compiles the C and the C++ of the lesson, optimised in every profile, as the Rust beside it is.

fn main() {
    for watched in ["build.rs", "c", "cxx", "summing/summing.h"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut c = cc::Build::new();
    c.files(["c/kernels.c", "c/mistakes.c"]).include("summing").std("c11");
    optimised(&mut c).compile("ffi-c");

    let mut cxx = cxx_build::bridge("src/bridge.rs");
    cxx.files(["cxx/sums.cpp", "cxx/instances.cpp"]).std("c++17");
    optimised(&mut cxx).compile("ffi-cxx");
}

/// Full optimisation, and no instruction that an old processor lacks: what plain Rust gets, too.
fn optimised(build: &mut cc::Build) -> &mut cc::Build {
    build
        .opt_level(3)
        // A multiplication and an addition stay two roundings. Where the processor has one instruction
        // for both, C may use it, and the bits of `pi` would be others.
        .flag_if_supported("-ffp-contract=off")
        // The same loop in C and in C++ was seen to differ by a factor of two, by its address alone.
        .flag_if_supported("-falign-loops=64")
        .extra_warnings(true)
}
