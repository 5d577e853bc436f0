/*
 * A library of very many items for benchmarks of the window: imported by name alone, each with a tiny
 * thumbnail as if it had been read once. Made without a window.
 *
 * Whatever goes wrong is said on stderr and ends the program with status 2.
 */
#ifndef VT_TESTS_BENCH_NAMED_LIBRARY_H
#define VT_TESTS_BENCH_NAMED_LIBRARY_H

#include <stddef.h>

/* `files` links below ROOT/files to small files found below `from`, and the catalog and thumbnails of them at
   the two paths, which are not there yet. */
void named_library_make(const char *root, const char *from, const char *catalog, const char *thumbs,
                        size_t files);

#endif
