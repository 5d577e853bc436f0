/*
 * Fingerprint of a file's content: XXH3, 64 bits, of its first, middle and last 64 KiB and its size. Two
 * files of one size that differ elsewhere only have the same: it finds files that moved, it proves nothing.
 *
 * Taken where a file is read anyway, so that its pages are at hand. Any thread; reads the file.
 */
#ifndef VT_IMPORT_FINGERPRINT_H
#define VT_IMPORT_FINGERPRINT_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes of one part; a file of up to three parts is taken whole. */
#define VT_FINGERPRINT_PART 65536

/* The fingerprint of the `size` bytes behind `fd`, never 0; its offset stays. 0 if it cannot be read. */
uint64_t vt_fingerprint_of(int fd, int64_t size);

#endif
