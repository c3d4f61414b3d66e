// The kernels of shared/kernels/src in C++: how term i is made. And `Nothing`, for what it costs to hand out work.
#pragma once

#include <cmath>
#include <cstdint>

using u64 = std::uint64_t;
using i64 = std::int64_t;

// Zero, but only known at run time: otherwise the compiler would add by a formula.
static volatile u64 zero = 0;

struct Integers {
    u64 mask = zero;
    u64 term(u64 i) const { return i ^ mask; }
};

struct Memory {
    const u64* from;
    u64 term(u64 i) const { return from[i]; }
};

// 4/(1+x^2) at the i-th of n midpoints, rounded to a whole number of 2^-places.
struct Pi {
    double step, four;
    explicit Pi(u64 n) {
        int bits = 0;
        while (bits < 64 && (n >> bits) != 0) bits++;
        const int places = 62 - bits < 49 ? 62 - bits : 49;
        step = 1.0 / double(n > 0 ? n : 1);
        four = 4.0 * double(u64(1) << places);
    }
    u64 term(u64 i) const {
        const double x = (double(i64(i)) + 0.5) * step;
        return u64(i64(std::nearbyint(four / (1.0 + x * x))));
    }
};

// As in Rust: divisors in blocks of eight, as floats, which is exact below 2^53. A block may run past the square root,
// and only below 10 it may reach i itself. The block is a vector of the compiler's: out of a loop over eight divisors
// g++ 12 makes no vectors, and is slower by a half than rustc.
struct Primes {
    typedef double Block __attribute__((vector_size(64)));
    static constexpr double push = 6755399441055744.0; // 2^52 + 2^51
    u64 term(u64 i) const {
        if (i < 10) return i == 2 || i == 3 || i == 5 || i == 7 ? i : 0;
        const double number = double(i64(i));
        for (double first = 2; first * first <= number; first += 8) {
            const Block divisors = first + Block{0, 1, 2, 3, 4, 5, 6, 7};
            const Block quotients = number / divisors + push - push; // To the nearest integers.
            const auto divides = quotients * divisors == number + Block{};
            i64 any = 0;
            for (int k = 0; k < 8; k++) any |= divides[k];
            if (any) return 0;
        }
        return i;
    }
};

// Every term is 0, and leaves a mark in a cache line of its own, which no compiler may leave out.
struct Nothing {
    static constexpr u64 slots = 1024, apart = 16;
    static inline volatile u64 marks[slots * apart];
    u64 term(u64 i) const {
        marks[i % slots * apart] = i;
        return 0;
    }
};

// The terms lo..hi: the plain loop that every library is handed.
template <class Kernel>
static u64 block(const Kernel& kernel, i64 lo, i64 hi) {
    u64 total = 0;
    for (i64 i = lo; i < hi; i++) total += kernel.term(u64(i));
    return total;
}
