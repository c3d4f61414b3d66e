// The parallel algorithms of the standard library, over the numbers of blocks, 256 of them or a few more. (Over
// the terms themselves, the loop of libstdc++ 12 takes twice as long for `integers`.)
#pragma once

#include <algorithm>
#include <cstring>
#include <execution>
#include <functional>
#include <iterator>
#include <numeric>

#include "kernels.h"

struct Counting {
    using iterator_category = std::random_access_iterator_tag;
    using value_type = i64;
    using difference_type = i64;
    using pointer = const i64*;
    using reference = i64;

    i64 at = 0;

    i64 operator*() const { return at; }
    i64 operator[](i64 more) const { return at + more; }
    Counting& operator++() { return ++at, *this; }
    Counting& operator--() { return --at, *this; }
    Counting operator++(int) { return Counting{at++}; }
    Counting operator--(int) { return Counting{at--}; }
    Counting& operator+=(i64 more) { return at += more, *this; }
    Counting& operator-=(i64 less) { return at -= less, *this; }
    friend Counting operator+(Counting from, i64 more) { return Counting{from.at + more}; }
    friend Counting operator+(i64 more, Counting from) { return Counting{from.at + more}; }
    friend Counting operator-(Counting from, i64 less) { return Counting{from.at - less}; }
    friend i64 operator-(Counting to, Counting from) { return to.at - from.at; }
    friend bool operator==(Counting one, Counting other) { return one.at == other.at; }
    friend bool operator!=(Counting one, Counting other) { return one.at != other.at; }
    friend bool operator<(Counting one, Counting other) { return one.at < other.at; }
    friend bool operator>(Counting one, Counting other) { return one.at > other.at; }
    friend bool operator<=(Counting one, Counting other) { return one.at <= other.at; }
    friend bool operator>=(Counting one, Counting other) { return one.at >= other.at; }
};

template <class Kernel>
static bool cpp17(const Kernel& kernel, const char* way, i64 n, u64& sum) {
    if (std::strcmp(way, "cpp17-par") != 0) return false;
    const i64 size = n / 256 > 0 ? n / 256 : 1, blocks = (n + size - 1) / size;
    const auto partial = [&kernel, n, size](i64 number) {
        return block(kernel, number * size, std::min(n, (number + 1) * size));
    };
    sum = std::transform_reduce(std::execution::par, Counting{0}, Counting{blocks}, u64(0),
                                std::plus<u64>(), partial);
    return true;
}
