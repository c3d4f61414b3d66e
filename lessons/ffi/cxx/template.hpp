// A sum of any terms. There is nothing to link: whoever includes this gets a loop of its own, compiled
// for its own term, which is put into the loop and not called.

#pragma once

#include <cstdint>

namespace any {

// Adds term(i) for low <= i < high. Why four in a turn: see c/kernels.c.
// ANCHOR: template
template <typename Term> std::uint64_t sum(std::uint64_t low, std::uint64_t high, Term term) {
    std::uint64_t sum = 0;
#pragma GCC unroll 4
    for (std::uint64_t i = low; i < high; i++)
        sum += term(i);
    return sum;
}
// ANCHOR_END: template

}
