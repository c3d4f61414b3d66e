/* The four sums in C: how a program in any language calls them.
 *
 * Nothing is checked here. C takes the caller's word for it:
 * - a range is `low <= i < high`; an empty one gives 0;
 * - `numbers` points to at least as many numbers as are read, at an address that 8 divides;
 * - the sum fits 64 bits, as it does up to 6,074,001,000 terms of `integers` with a mask of 0.
 *   A sum that does not fit wraps round, silently.
 * Nothing is kept, nothing is allocated, and any number of threads may call at once.
 */
#ifndef KERNELS_H
#define KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* integers: adds `i ^ mask` for each i of the range. */
uint64_t c_integers(uint64_t low, uint64_t high, uint64_t mask);
uint64_t c_integers_term(uint64_t i, uint64_t mask);

/* memory: adds `count` numbers, which begin at `numbers`. */
uint64_t c_memory(const uint64_t *numbers, size_t count);
uint64_t c_memory_term(const uint64_t *number);

/* pi: adds 4/(1+x^2) for each i of the range, where x = (i + 0.5) * step, and `four` is 4 in the unit
 * that the sum counts. Each term is rounded to a whole number of that unit before it is added. */
uint64_t c_pi(uint64_t low, uint64_t high, double step, double four);
uint64_t c_pi_term(uint64_t i, double step, double four);

/* primes: adds each prime of the range, found by trial division. */
uint64_t c_primes(uint64_t low, uint64_t high);
uint64_t c_primes_term(uint64_t i);

/* What c_callback calls for each term. It writes the term to `*term` and returns 0.
 * Any other answer stops the sum at once. `context` is whatever the caller wants it to be.
 * It must return: an exception or a panic may not leave it. */
typedef int32_t (*c_term)(void *context, uint64_t i, uint64_t *term);

/* Adds what `term` says for each i of the range, writes the sum to `*sum`, and returns 0.
 * Where `term` answers anything else, that is returned, and `*sum` stays as it was. */
int32_t c_callback(uint64_t low, uint64_t high, c_term term, void *context, uint64_t *sum);

#ifdef __cplusplus
}
#endif

#endif
