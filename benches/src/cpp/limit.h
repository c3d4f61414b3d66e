// How many threads oneTBB may use, and whatever is built on it, as the parallel algorithms of libstdc++ are.
#pragma once

#include <memory>
#include <tbb/global_control.h>

static void limit_threads(int threads) {
    static std::unique_ptr<tbb::global_control> limit;
    static int limited_to = 0;
    if (limited_to == threads) return;
    limit.reset(); // Of two limits the smaller one would hold.
    limit.reset(
        new tbb::global_control(tbb::global_control::max_allowed_parallelism, size_t(threads)));
    limited_to = threads;
}
