// The numbers that `memory` sums, laid out once, before any clock runs: in large pages, as ours are.
#pragma once

#include <cstdint>
#include <memory>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "kernels.h"

// The numbers 0..terms; null where there is no memory for them.
static const u64* numbers(u64 terms) {
    static std::unique_ptr<char[]> memory;
    static u64* made = nullptr;
    static u64 made_terms = 0;
    if (made && made_terms == terms) return made;
    memory.reset();
    constexpr std::uintptr_t page = 2 << 20;
    const size_t bytes = (terms * sizeof(u64) / page + 1) * page;
    memory.reset(new (std::nothrow) char[bytes + page]);
    if (!memory) return made = nullptr;
    // From where a page begins.
    made = reinterpret_cast<u64*>((std::uintptr_t(memory.get()) + page - 1) / page * page);
#ifdef MADV_HUGEPAGE
    madvise(made, bytes, MADV_HUGEPAGE);
#endif
    for (u64 i = 0; i < terms; i++) made[i] = i ^ zero;
    made_terms = terms;
    return made;
}
