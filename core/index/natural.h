/*
 * The natural order of names: digits by their value, letters by their folded form, '/' before all others (so
 * that what is in a folder follows it). Zeros before a number do not count: "a1" and "a01" are equal.
 */
#ifndef VT_INDEX_NATURAL_H
#define VT_INDEX_NATURAL_H

#include "core/base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is sorted: the folded text of number `index`. */
typedef struct vt_texts {
    const char *(*get)(const void *of, uint32_t index, size_t *length);
    const void *of;
} vt_texts;

/* Brings `indices` into the natural order of their texts; equal ones keep the order they had. False:
 * VT_ERROR_MEMORY, VT_ERROR_CANCELLED. Any thread. */
bool vt_natural_sort(const vt_texts *texts, uint32_t *indices, uint32_t count, const atomic_bool *cancelled,
                     vt_error *error);

#endif
