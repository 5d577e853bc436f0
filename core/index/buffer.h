/*
 * Buffers of many megabytes. A fresh page costs about as much as filling it, so large buffers are put on huge
 * pages where the system has them (madvise(2), MADV_HUGEPAGE). Any thread.
 */
#ifndef VT_INDEX_BUFFER_H
#define VT_INDEX_BUFFER_H

#include <stddef.h>

/* The size and alignment of a huge page. Other sizes exist; with them this is merely aligned memory. */
#define VT_HUGE_PAGE ((size_t)2 * 1024 * 1024)

/* Room for `count` elements of `size` bytes (at least one), not initialised; free(). NULL when memory runs
   out. */
void *vt_buffer_alloc(size_t count, size_t size);

#endif
