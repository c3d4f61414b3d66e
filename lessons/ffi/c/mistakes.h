/* Mistakes that programs in C make when they call a library in another language: here, summing.h.
 *
 * Each function makes one, and gives back what the library answered. And two functions that hand over a
 * text, as many in C do, and one that owns things of the library. */
#ifndef MISTAKES_H
#define MISTAKES_H

#include <stddef.h>
#include <stdint.h>

int32_t mistake_null(void);
int32_t mistake_misaligned(void);
int32_t mistake_length(void);
int32_t mistake_backwards(void);
int32_t mistake_sum(void);
int32_t mistake_not_utf8(void);
int32_t mistake_nul_inside(void);
int32_t mistake_used_after_free(void);
int32_t mistake_freed_twice(void);

/* How long a text is. It must end in NUL; C does not know where else it would end. */
size_t text_length(const char *text);

/* Writes a name to `room` bytes at `to`. Where it does not fit, there is no NUL at its end. */
void text_name(char *to, size_t room);

/* Makes, fills, reads and frees as many sums as it is told to. How many of them were right. */
uint64_t totals_made_and_freed(uint64_t times);

#endif
