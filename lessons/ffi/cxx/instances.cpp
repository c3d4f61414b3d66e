#include "ffi/cxx/instances.hpp"

#include "template.hpp"
#include "terms.hpp"

namespace sums {

std::uint64_t any_integers(std::uint64_t low, std::uint64_t high, std::uint64_t mask) {
    return any::sum(low, high, terms::Integer{mask});
}

std::uint64_t any_memory(rust::Slice<const std::uint64_t> numbers) {
    return any::sum(0, numbers.size(), terms::Number{numbers.data()});
}

std::uint64_t any_pi(std::uint64_t low, std::uint64_t high, double step, double four) {
    return any::sum(low, high, terms::Curve{step, four});
}

std::uint64_t any_primes(std::uint64_t low, std::uint64_t high) {
    return any::sum(low, high, terms::Prime{});
}

}
