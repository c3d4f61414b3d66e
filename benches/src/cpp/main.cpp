// The kernels in C++, summed in every way that the libraries here can share a sum, as a program that
// answers requests: the bench compiles it, and lets it take turns with the strategies in Rust.
//
// A request is a line `<kernel> <way> <terms> <threads> <calls>`; the answer is a line
// `<nanoseconds of all calls> <sum>`. The request `cpu` is answered by the nanoseconds of CPU time that
// this process has had so far, or by -1 where that cannot be told. Whatever else is asked is answered by `?`.

#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "kernels.h"
#include "numbers.h"

#ifdef WITH_OPENMP
#include "openmp.h"
#endif
#if defined(WITH_ONETBB) || defined(WITH_CPP17)
#include "limit.h"
#endif
#ifdef WITH_ONETBB
#include "onetbb.h"
#endif
#ifdef WITH_CPP17
#include "cpp17.h"
#endif

struct Request {
    char kernel[32], way[32];
    unsigned long long terms, calls;
    int threads;
};

// False where the way is unknown, or its library was not there.
template <class Kernel>
static bool sum(const Kernel& kernel, const Request& request, u64& total) {
    const char* way = request.way;
    const i64 n = i64(request.terms);
    if (std::strcmp(way, "c") == 0) {
        total = block(kernel, 0, n);
        return true;
    }
#ifdef WITH_OPENMP
    if (openmp(kernel, way, n, request.threads, total)) return true;
#endif
#ifdef WITH_ONETBB
    if (onetbb(kernel, way, n, total)) return true;
#endif
#ifdef WITH_CPP17
    if (cpp17(kernel, way, n, total)) return true;
#endif
    return false;
}

template <class Kernel>
static void answer(const Kernel& kernel, const Request& request) {
    u64 total = 0;
    bool known = true;
    const auto start = std::chrono::steady_clock::now();
    for (unsigned long long call = 0; known && call < request.calls; call++)
        known = sum(kernel, request, total);
    const auto time = std::chrono::steady_clock::now() - start;
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
    if (known)
        std::printf("%lld %llu\n", (long long)nanoseconds, (unsigned long long)total);
    else
        std::puts("?");
}

static void answer(const Request& request) {
    const char* kernel = request.kernel;
    const auto is = [kernel](const char* name) { return std::strcmp(kernel, name) == 0; };
    const u64* from = is("memory") ? numbers(request.terms) : nullptr;
    if (is("integers")) answer(Integers(), request);
    else if (is("memory") && from) answer(Memory{from}, request);
    else if (is("pi")) answer(Pi(request.terms), request);
    else if (is("primes")) answer(Primes(), request);
    else if (is("nothing")) answer(Nothing(), request);
    else std::puts("?");
}

static long long cpu_time() {
#ifdef _WIN32
    return -1; // There `clock` tells the time of the day.
#else
    return (long long)(double(std::clock()) * (1e9 / CLOCKS_PER_SEC));
#endif
}

int main() {
    Request request;
    while (std::scanf("%31s", request.kernel) == 1) {
        if (std::strcmp(request.kernel, "cpu") == 0) {
            std::printf("%lld\n", cpu_time());
        } else if (std::scanf("%31s %llu %d %llu", request.way, &request.terms, &request.threads,
                              &request.calls) == 4) {
#if defined(WITH_ONETBB) || defined(WITH_CPP17)
            limit_threads(request.threads);
#endif
            answer(request);
        } else {
            return 2;
        }
        std::fflush(stdout);
    }
    return 0;
}
