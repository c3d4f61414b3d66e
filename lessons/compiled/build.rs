//! Compiles the C++ functions of the lesson twice: without optimisation, and with it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=cxx/sums.cpp");
    for (level, optimisation) in [("cxx_unoptimised", 0), ("cxx_optimised", 2)] {
        cc::Build::new()
            .cpp(true)
            .cpp_link_stdlib(None) // It uses nothing of it.
            .file("cxx/sums.cpp")
            .define("LEVEL", level)
            .define("ADDITION", format!("{level}_addition").as_str())
            .define("SUM", format!("{level}_sum").as_str())
            .opt_level(optimisation)
            .debug(true)
            .compile(level);
    }
}
