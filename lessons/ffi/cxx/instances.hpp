// The template of template.hpp, made into four functions. A template has no address, so Rust cannot
// call it; it can call what was made of it.

#pragma once

#include "rust/cxx.h"

#include <cstdint>

namespace sums {

std::uint64_t any_integers(std::uint64_t low, std::uint64_t high, std::uint64_t mask);
std::uint64_t any_memory(rust::Slice<const std::uint64_t> numbers);
std::uint64_t any_pi(std::uint64_t low, std::uint64_t high, double step, double four);
std::uint64_t any_primes(std::uint64_t low, std::uint64_t high);

}
