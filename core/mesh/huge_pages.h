/*
 * Huge pages: large tables whose cells are visited in no order.
 *
 * The processor knows the places of few pages at a time, so such tables are wished onto large ones. Where the
 * system has none, everything works, more slowly.
 *
 * Threads: any.
 */
#ifndef VT_MESH_HUGE_PAGES_H
#define VT_MESH_HUGE_PAGES_H

#include <stddef.h>
#include <stdint.h>

/* Wishes for huge pages under `array`, which may be NULL, if `bytes` is worth it; returns `array`. */
void *vt_huge_pages_under(void *array, uint64_t bytes);

/* calloc on huge pages; freed by free. NULL when memory runs out. */
void *vt_huge_pages_calloc(uint64_t count, size_t size);

#endif
