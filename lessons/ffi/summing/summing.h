/* Sums in Rust, for programs in C and everything that can call C.
 *
 * Every function checks what it is given, and answers with a status: 0 is right. Where the status is
 * another one, nothing was written. No panic leaves the library, and no sum wraps round.
 *
 * What it cannot check, the caller promises:
 * - a pointer that is neither NULL nor misaligned points to memory of that kind and size;
 * - while a call runs, nobody else writes what it reads, or touches what it writes.
 */
#ifndef SUMMING_H
#define SUMMING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a call answers. */
enum summing_status {
    SUMMING_RIGHT = 0,
    SUMMING_NULL = 1,       /* a pointer is NULL where something is needed */
    SUMMING_MISALIGNED = 2, /* an address is not a multiple of what its type needs: 8 for uint64_t */
    SUMMING_BACKWARDS = 3,  /* the range ends before it begins: low is above high */
    SUMMING_TOO_LONG = 4,   /* more numbers, or more text, than memory can hold */
    SUMMING_TOO_LARGE = 5,  /* the sum does not fit 64 bits */
    SUMMING_NOT_UTF8 = 6,   /* the text is not UTF-8 */
    SUMMING_NO_RANGE = 7,   /* the text is not a range such as 0..100 */
    SUMMING_PANIC = 8       /* a mistake inside the library; please report it */
};

/* The largest high of a range that begins at 0 and has no mask: the sum of more does not fit. */
#define SUMMING_LARGEST UINT64_C(6074001000)

/* A sentence about a status, in English. It ends in NUL, lives as long as the program, and is never
 * freed. Any number may be given. */
const char *summing_message(int32_t status);

/* Adds i ^ mask for low <= i < high.
 * SUMMING_TOO_LARGE where low + ... + (high - 1), plus mask for each of them, does not fit 64 bits. */
int32_t summing_integers(uint64_t low, uint64_t high, uint64_t mask, uint64_t *sum);

/* Adds `count` numbers, which begin at `numbers`. That may be NULL where `count` is 0. */
int32_t summing_memory(const uint64_t *numbers, size_t count, uint64_t *sum);

/* Reads a range such as "0..100": `length` bytes of UTF-8 at `text`. No NUL is needed at the end, and
 * none is allowed inside. The library keeps nothing of the text. */
int32_t summing_range(const char *text, size_t length, uint64_t *low, uint64_t *high);

/* A sum that grows. Only the library knows what is in it.
 *
 * Who makes it owns it: each one made by summing_total_new must go to summing_total_free, once, and to
 * no other function that frees. One thread at a time may use it. */
typedef struct summing_total summing_total;

/* Makes one, and writes where it is to `*total`. What was there before is not looked at. */
int32_t summing_total_new(summing_total **total);

/* Adds `count` numbers to it. Where that fails, it stays as it was. */
int32_t summing_total_add(summing_total *total, const uint64_t *numbers, size_t count);

/* Writes what it has come to. */
int32_t summing_total_read(const summing_total *total, uint64_t *sum);

/* Frees it, and sets `*total` to NULL, so that doing it twice is harmless: NULL is not freed.
 * A copy of the pointer that you kept elsewhere is worth nothing from now on. */
int32_t summing_total_free(summing_total **total);

#ifdef __cplusplus
}
#endif

#endif
