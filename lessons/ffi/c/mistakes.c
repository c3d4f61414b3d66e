#include "mistakes.h"
#include "summing.h"

#include <string.h>

static const uint64_t NUMBERS[4] = {1, 2, 3, 4};

int32_t mistake_null(void) {
    uint64_t sum;
    return summing_memory(NULL, 3, &sum);
}

/* As if the numbers lay one byte off, in the middle of a file's content, say. */
int32_t mistake_misaligned(void) {
    uint64_t sum;
    const void *off = (const char *)NUMBERS + 1;
    return summing_memory(off, 3, &sum);
}

/* A difference below zero, put into a type that has no such numbers, becomes this. */
int32_t mistake_length(void) {
    uint64_t sum;
    return summing_memory(NUMBERS, SIZE_MAX, &sum);
}

int32_t mistake_backwards(void) {
    uint64_t sum;
    return summing_integers(100, 0, 0, &sum);
}

int32_t mistake_sum(void) {
    uint64_t sum;
    return summing_integers(0, SUMMING_LARGEST + 1, 0, &sum);
}

/* 0xe9 is a letter in Latin-1, and no letter in UTF-8. */
int32_t mistake_not_utf8(void) {
    const char text[] = {'0', '.', '.', '9', (char)0xe9};
    uint64_t low, high;
    return summing_range(text, sizeof text, &low, &high);
}

/* The program means 0..100; a library that looks for a NUL would see 0..1. */
int32_t mistake_nul_inside(void) {
    const char text[] = {'0', '.', '.', '1', 0, '0', '0'};
    uint64_t low, high;
    return summing_range(text, sizeof text, &low, &high);
}

int32_t mistake_used_after_free(void) {
    summing_total *total = NULL;
    uint64_t sum;
    summing_total_new(&total);
    summing_total_free(&total);
    return summing_total_read(total, &sum);
}

int32_t mistake_freed_twice(void) {
    summing_total *total = NULL;
    summing_total_new(&total);
    summing_total_free(&total);
    return summing_total_free(&total);
}

size_t text_length(const char *text) { return strlen(text); }

void text_name(char *to, size_t room) { strncpy(to, "kernels.c", room); }

uint64_t totals_made_and_freed(uint64_t times) {
    uint64_t right = 0;
    for (uint64_t i = 0; i < times; i++) {
        summing_total *total = NULL;
        uint64_t sum = 0;
        int32_t status = summing_total_new(&total);
        status |= summing_total_add(total, NUMBERS, 4);
        status |= summing_total_read(total, &sum);
        status |= summing_total_free(&total);
        right += status == SUMMING_RIGHT && sum == 10 && total == NULL;
    }
    return right;
}
