/* A program in C that calls Rust: `caller RANGE` prints some sums, and ends with the status of the first call
 * that was not right. */

#include "summing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the program where a call was not right. */
static void check(int32_t status, const char *what) {
    if (status == SUMMING_RIGHT)
        return;
    fprintf(stderr, "%s: %s\n", what, summing_message(status));
    exit(status);
}

int main(int count, char **arguments) {
    const char *range = count > 1 ? arguments[1] : "0..101";
    uint64_t low, high, sum;

    /* A text, with its length. */
    check(summing_range(range, strlen(range), &low, &high), range);
    check(summing_integers(low, high, 0, &sum), range);
    printf("integers %" PRIu64 "\n", sum);

    /* Numbers of ours. The library looks at them, and keeps nothing. */
    const uint64_t numbers[] = {1, 2, 3, 4};
    const size_t length = sizeof numbers / sizeof numbers[0];
    check(summing_memory(numbers, length, &sum), "numbers");
    printf("memory %" PRIu64 "\n", sum);

    /* A thing of the library. We own it, so we give it back; twice does no harm. */
    summing_total *total;
    check(summing_total_new(&total), "new");
    check(summing_total_add(total, numbers, length), "add");
    check(summing_total_add(total, numbers, length), "add");
    check(summing_total_read(total, &sum), "read");
    printf("total %" PRIu64 "\n", sum);
    check(summing_total_free(&total), "free");
    check(summing_total_free(&total), "free again");

    return EXIT_SUCCESS;
}
