// The functions of src/plain.rs in C++. This file is compiled twice: without optimisation, where LEVEL
// is cxx_unoptimised, and with it, where LEVEL is cxx_optimised.

#include <cstdint>

#if defined(__GNUC__)
#define KEPT __attribute__((noinline))
#else
#define KEPT __declspec(noinline)
#endif

namespace LEVEL {

KEPT int addition(int a, int b) {
    int c = a + b;
    return c;
}

KEPT std::uint64_t sum(std::uint64_t n) {
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < n; i++)
        sum += i;
    return sum;
}

}

// How Rust calls them: C names are plain.
extern "C" int ADDITION(int a, int b) { return LEVEL::addition(a, b); }
extern "C" std::uint64_t SUM(std::uint64_t n) { return LEVEL::sum(n); }
