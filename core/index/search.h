/*
 * Finding bytes in bytes: what the filter does with every name of the library.
 *
 * Looks at 16 places at a time for the first and the last byte of what is sought and compares the rest only
 * where both stand ("generic SIMD", W. Muła, SIMD-friendly algorithms for substring searching). Any thread.
 */
#ifndef VT_INDEX_SEARCH_H
#define VT_INDEX_SEARCH_H

#include <stddef.h>

/* The first place of `sought` in `text`, NULL if there is none. Reads no byte outside of `text`. No bytes
   sought are found at once. */
const char *vt_search(const char *text, size_t length, const char *sought, size_t sought_length);

#endif
