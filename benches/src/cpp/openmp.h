// One range for each thread, or blocks for whoever comes, as OpenMP shares them.
#pragma once

#include <cstring>
#include <omp.h>

#include "kernels.h"

template <class Kernel>
static bool openmp(const Kernel& kernel, const char* way, i64 n, int threads, u64& sum) {
    u64 total = 0;
    if (std::strcmp(way, "openmp-static") == 0) {
#pragma omp parallel for schedule(static) num_threads(threads) reduction(+ : total)
        for (i64 i = 0; i < n; i++) total += kernel.term(u64(i));
    } else if (std::strcmp(way, "openmp-dynamic") == 0) {
        const i64 block = n / 256 > 0 ? n / 256 : 1;
#pragma omp parallel for schedule(dynamic, block) num_threads(threads) reduction(+ : total)
        for (i64 i = 0; i < n; i++) total += kernel.term(u64(i));
    } else {
        return false;
    }
    sum = total;
    return true;
}
