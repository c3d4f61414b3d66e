#include "ffi/cxx/sums.hpp"

#include "terms.hpp"

#include <stdexcept>
#include <string>

namespace sums {

std::uint64_t integers(std::uint64_t low, std::uint64_t high, std::uint64_t mask) {
    std::uint64_t sum = 0;
#pragma GCC unroll 4
    for (std::uint64_t i = low; i < high; i++)
        sum += i ^ mask;
    return sum;
}

std::uint64_t memory(rust::Slice<const std::uint64_t> numbers) {
    std::uint64_t sum = 0;
#pragma GCC unroll 4
    for (std::uint64_t number : numbers)
        sum += number;
    return sum;
}

std::uint64_t pi(std::uint64_t low, std::uint64_t high, double step, double four) {
    const terms::Curve term{step, four};
    std::uint64_t sum = 0;
#pragma GCC unroll 4
    for (std::uint64_t i = low; i < high; i++)
        sum += term(i);
    return sum;
}

std::uint64_t primes(std::uint64_t low, std::uint64_t high) {
    const terms::Prime term{};
    std::uint64_t sum = 0;
    for (std::uint64_t i = low; i < high; i++)
        sum += term(i);
    return sum;
}

std::uint64_t integers_term(std::uint64_t i, std::uint64_t mask) { return i ^ mask; }

std::uint64_t number_at(rust::Slice<const std::uint64_t> numbers, std::size_t place) {
    if (place >= numbers.size())
        throw std::out_of_range("place " + std::to_string(place) + " of " +
                                std::to_string(numbers.size()) + " numbers");
    return numbers[place];
}

std::uint64_t throw_number(std::uint64_t number) { throw number; }

}
