// Ranges that are cut for the threads beforehand, or in halves where somebody is idle, as oneTBB shares them.
#pragma once

#include <cstring>
#include <functional>
#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>
#include <tbb/partitioner.h>

#include "kernels.h"

template <class Kernel, class Partitioner>
static u64 reduced(const Kernel& kernel, i64 n, const Partitioner& partitioner) {
    const auto body = [&kernel](const tbb::blocked_range<i64>& range, u64 total) {
        return total + block(kernel, range.begin(), range.end());
    };
    const tbb::blocked_range<i64> all(0, n);
    return tbb::parallel_reduce(all, u64(0), body, std::plus<u64>(), partitioner);
}

template <class Kernel>
static bool onetbb(const Kernel& kernel, const char* way, i64 n, u64& sum) {
    if (std::strcmp(way, "onetbb-static") == 0) {
        sum = reduced(kernel, n, tbb::static_partitioner());
    } else if (std::strcmp(way, "onetbb-dynamic") == 0) {
        sum = reduced(kernel, n, tbb::auto_partitioner());
    } else {
        return false;
    }
    return true;
}
