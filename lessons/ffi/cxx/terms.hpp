// How the terms of the four kernels are made, in C++. A term is an object that can be called with i.

#pragma once

#include <cstdint>
#include <cstring>

namespace terms {

// i, with a mask that is 0 and that no compiler knows.
struct Integer {
    std::uint64_t mask;
    std::uint64_t operator()(std::uint64_t i) const { return i ^ mask; }
};

// The i-th of some numbers in memory.
struct Number {
    const std::uint64_t *numbers;
    std::uint64_t operator()(std::uint64_t i) const { return numbers[i]; }
};

// The same bits as another type.
template <typename To, typename From> inline To as(From from) {
    static_assert(sizeof(To) == sizeof(From), "all the bits, and no others");
    To to;
    std::memcpy(&to, &from, sizeof to);
    return to;
}

// 4/(1+x^2), rounded to a whole number of the unit that `four` counts in: see c/kernels.c.
struct Curve {
    double step;
    double four;

    std::uint64_t operator()(std::uint64_t i) const {
        const double two_to_52 = 4503599627370496.0;
        double number = as<double>(i | as<std::uint64_t>(two_to_52)) - two_to_52;
        double x = (number + 0.5) * step;
        return as<std::uint64_t>(four / (1.0 + x * x) + two_to_52) - as<std::uint64_t>(two_to_52);
    }
};

// i where it is prime, and 0 where it is not. Why the inner loop is written like this: see c/kernels.c.
struct Prime {
    std::uint64_t operator()(std::uint64_t i) const { return is_prime(i) ? i : 0; }

private:
    static bool is_prime(std::uint64_t i) {
        if (i < 10)
            return i == 2 || i == 3 || i == 5 || i == 7;
        const double number = static_cast<double>(static_cast<std::int64_t>(i));
        const double push = 6755399441055744.0; // 2^52 + 2^51: it rounds to whole numbers.
        for (double first = 2; first * first <= number; first += 8) {
            std::uint64_t divides = 0;
#pragma GCC unroll 1
            for (int place = 0; place < 8; place++) {
                double divisor = first + place;
                double quotient = (number / divisor + push) - push;
                std::uint64_t rest = as<std::uint64_t>(number - quotient * divisor);
                divides |= (rest - 1) & ~rest;
            }
            if (divides >> 63)
                return false;
        }
        return true;
    }
};

}
