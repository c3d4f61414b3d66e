/* The four sums in C, term by term as the kernels in Rust have them, so that the bits are the same. */

#include "kernels.h"

#include <string.h>

uint64_t c_integers_term(uint64_t i, uint64_t mask) { return i ^ mask; }

/* GCC adds two numbers with one instruction, and one such instruction in a turn of the loop. How fast a
 * turn so short is depends on the address at which it happens to lie. Four times as much in a turn depends on
 * it less. */
// ANCHOR: loop
uint64_t c_integers(uint64_t low, uint64_t high, uint64_t mask) {
    uint64_t sum = 0;
#pragma GCC unroll 4
    for (uint64_t i = low; i < high; i++)
        sum += i ^ mask;
    return sum;
}
// ANCHOR_END: loop

uint64_t c_memory_term(const uint64_t *number) { return *number; }

uint64_t c_memory(const uint64_t *numbers, size_t count) {
    uint64_t sum = 0;
#pragma GCC unroll 4
    for (size_t i = 0; i < count; i++)
        sum += numbers[i];
    return sum;
}

/* Between 2^52 and 2^53 a double has no binary places, and its low 52 bits count units. */
static const double TWO_TO_52 = 4503599627370496.0;
static const uint64_t BITS_OF_TWO_TO_52 = UINT64_C(0x4330000000000000);

/* The bits of a double, and the double of some bits. A copy is how C says that; a cast would convert,
 * and a pointer of the other type breaks a rule of the language. No byte is moved in the end. */
static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double double_of(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint64_t pi_term(uint64_t i, double step, double four) {
    /* i as a double, for i below 2^52, in instructions that every vector unit has. */
    double number = double_of(i | BITS_OF_TWO_TO_52) - TWO_TO_52;
    double x = (number + 0.5) * step;
    /* Adding 2^52 pushes the binary places out: it rounds to the nearest whole number. */
    return bits_of(four / (1.0 + x * x) + TWO_TO_52) - BITS_OF_TWO_TO_52;
}

uint64_t c_pi_term(uint64_t i, double step, double four) { return pi_term(i, step, four); }

uint64_t c_pi(uint64_t low, uint64_t high, double step, double four) {
    uint64_t sum = 0;
#pragma GCC unroll 4
    for (uint64_t i = low; i < high; i++)
        sum += pi_term(i, step, four);
    return sum;
}

/* How many divisors are tried at once. */
enum { AT_ONCE = 8 };

/* A double in 0..2^51, rounded to the nearest integer in two additions: 2^52 + 2^51 is the push. */
static inline double nearest_integer(double x) {
    const double push = 6755399441055744.0;
    return (x + push) - push;
}

/* Whether no number from 2 to the square root of `i` divides it.
 *
 * The divisors go in blocks, as doubles, so that one instruction can divide twice. GCC needs help to see
 * that. It would write the short inner loop out eight times before it looks for vectors, and then find
 * none: so it is told not to. And the oldest vectors cannot compare doubles and keep the answers as
 * integers: so 0 is told from other remainders by its bits. Only 0 minus 1 sets the highest of 64 bits
 * that was not set before. */
static inline int is_prime(uint64_t i) {
    if (i < 10)
        return i == 2 || i == 3 || i == 5 || i == 7;
    double number = (double)(int64_t)i;
    for (double first = 2; first * first <= number; first += AT_ONCE) {
        uint64_t divides = 0;
#pragma GCC unroll 1
        for (int place = 0; place < AT_ONCE; place++) {
            double divisor = first + place;
            uint64_t rest = bits_of(number - nearest_integer(number / divisor) * divisor);
            divides |= (rest - 1) & ~rest;
        }
        if (divides >> 63)
            return 0;
    }
    return 1;
}

uint64_t c_primes_term(uint64_t i) { return is_prime(i) ? i : 0; }

uint64_t c_primes(uint64_t low, uint64_t high) {
    uint64_t sum = 0;
    for (uint64_t i = low; i < high; i++)
        sum += is_prime(i) ? i : 0;
    return sum;
}

int32_t c_callback(uint64_t low, uint64_t high, c_term term, void *context, uint64_t *sum) {
    uint64_t total = 0;
    for (uint64_t i = low; i < high; i++) {
        uint64_t value = 0;
        int32_t answer = term(context, i, &value);
        if (answer != 0)
            return answer;
        total += value;
    }
    *sum = total;
    return 0;
}
