/*
 * Page size: which pages large arrays stand on.
 *
 * The processor knows the places of few pages at a time, so an array that is visited in no order is wished
 * onto huge pages. One of which only some places are ever written to is better off on small ones: the others
 * then cost no memory. Where the system does not grant it, everything works, more slowly or with more memory.
 *
 * Threads: any.
 */
#ifndef VT_MESH_PAGE_SIZE_H
#define VT_MESH_PAGE_SIZE_H

#include <stdint.h>

/* Wishes for huge pages under `array` from malloc, which may be NULL, if `bytes` is worth it; returns it. */
void *vt_huge_pages_under(void *array, uint64_t bytes);

/* Wishes for small ones, before anything is written. */
void *vt_small_pages_under(void *array, uint64_t bytes);

#endif
