// The kernels of shared/kernels/src in C++, sequential and with OpenMP, as a program that answers
// requests: the bench compiles it, and lets it take turns with the strategies in Rust.
//
// A request is a line `<kernel> <way> <terms> <threads> <calls>`; the answer is a line
// `<nanoseconds of all calls> <sum>`. The numbers of `memory` are made once, before the clock runs.

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <omp.h>

using u64 = std::uint64_t;

// Zero, but only known at run time: otherwise the compiler would add by a formula.
static volatile u64 zero = 0;

static std::unique_ptr<u64[]> numbers;
static u64 numbers_made = 0;

struct Integers {
    u64 mask = zero;
    u64 term(u64 i) const { return i ^ mask; }
};

struct Memory {
    const u64* from = numbers.get();
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
        const double x = (double(std::int64_t(i)) + 0.5) * step;
        return u64(std::int64_t(std::nearbyint(four / (1.0 + x * x))));
    }
};

struct Primes {
    u64 term(u64 i) const {
        if (i < 2) return 0;
        for (u64 divisor = 2; divisor * divisor <= i; divisor++)
            if (i % divisor == 0) return 0;
        return i;
    }
};

template <class Kernel>
static u64 sum(const Kernel& kernel, const char* way, u64 terms, int threads) {
    const std::int64_t n = std::int64_t(terms);
    u64 total = 0;
    if (std::strcmp(way, "c") == 0) {
        for (std::int64_t i = 0; i < n; i++) total += kernel.term(u64(i));
    } else if (std::strcmp(way, "openmp-static") == 0) {
#pragma omp parallel for schedule(static) num_threads(threads) reduction(+ : total)
        for (std::int64_t i = 0; i < n; i++) total += kernel.term(u64(i));
    } else {
        const std::int64_t block = n / 256 > 0 ? n / 256 : 1;
#pragma omp parallel for schedule(dynamic, block) num_threads(threads) reduction(+ : total)
        for (std::int64_t i = 0; i < n; i++) total += kernel.term(u64(i));
    }
    return total;
}

static u64 sum_of(const char* kernel, const char* way, u64 terms, int threads) {
    if (std::strcmp(kernel, "integers") == 0) return sum(Integers(), way, terms, threads);
    if (std::strcmp(kernel, "memory") == 0) return sum(Memory(), way, terms, threads);
    if (std::strcmp(kernel, "pi") == 0) return sum(Pi(terms), way, terms, threads);
    return sum(Primes(), way, terms, threads);
}

static void make_numbers(u64 terms) {
    if (numbers_made == terms) return;
    numbers.reset(new u64[terms]);
    for (u64 i = 0; i < terms; i++) numbers[i] = i ^ zero;
    numbers_made = terms;
}

int main() {
    char kernel[32], way[32];
    unsigned long long terms, calls;
    int threads;
    while (std::scanf("%31s %31s %llu %d %llu", kernel, way, &terms, &threads, &calls) == 5) {
        if (std::strcmp(kernel, "memory") == 0) make_numbers(terms);
        u64 total = 0;
        const auto start = std::chrono::steady_clock::now();
        for (unsigned long long call = 0; call < calls; call++)
            total = sum_of(kernel, way, terms, threads);
        const auto time = std::chrono::steady_clock::now() - start;
        const auto nanoseconds =
            std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
        std::printf("%lld %llu\n", (long long)nanoseconds, (unsigned long long)total);
        std::fflush(stdout);
    }
    return 0;
}
