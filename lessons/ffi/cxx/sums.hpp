// The four sums in C++, as src/bridge.rs declares them; and what becomes of an exception.

#pragma once

#include "rust/cxx.h"

#include <cstdint>
#include <exception>

namespace sums {

std::uint64_t integers(std::uint64_t low, std::uint64_t high, std::uint64_t mask);
std::uint64_t memory(rust::Slice<const std::uint64_t> numbers);
std::uint64_t pi(std::uint64_t low, std::uint64_t high, double step, double four);
std::uint64_t primes(std::uint64_t low, std::uint64_t high);

// One term, for the price of a call.
std::uint64_t integers_term(std::uint64_t i, std::uint64_t mask);

// The number at a place. Throws std::out_of_range where there is none.
std::uint64_t number_at(rust::Slice<const std::uint64_t> numbers, std::size_t place);

// Throws `number` itself, which is no std::exception.
std::uint64_t throw_number(std::uint64_t number);

}

// The bridge calls this around every function that Rust declares with a Result. Without it an
// exception that is no std::exception would end the program.
namespace rust {
namespace behavior {

template <typename Try, typename Fail> void trycatch(Try &&attempt, Fail &&fail) noexcept {
    try {
        attempt();
    } catch (const std::exception &exception) {
        fail(exception.what());
    } catch (...) {
        fail("something was thrown that is no std::exception");
    }
}

}
}
