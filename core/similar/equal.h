/*
 * Files of equal content, among items that the catalog knows.
 *
 * By size first, then by the fingerprint that was taken at import (core/import/fingerprint.h: of parts of the
 * file only), then by a hash of the whole content of those that still agree: XXH3, 128 bits, with a secret
 * that is drawn anew for each run, so that nobody can prepare files that seem equal. Only files that agree so
 * far with another one are read at all.
 *
 * Hard links are told apart from copies: several paths of one file (device and inode, as the system says when
 * it is opened) are read once, and deleting one of them frees nothing.
 *
 * Nothing is believed that the catalog remembers: each candidate is opened and examined, before and after it
 * is read. One that vanished, changed, or is no regular file is left out and listed in `skipped`. Empty files
 * are all equal and no duplicates of anything: they are in no group.
 *
 * Reads with the page cache asked to forget what was read, so that the library's own pages stay in memory.
 * Threads: any but the window's: it reads as many bytes as there are candidates. A disk that does not answer
 * holds it, whatever `cancelled` says.
 */
#ifndef VT_SIMILAR_EQUAL_H
#define VT_SIMILAR_EQUAL_H

#include "core/base/error.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes are read between two looks at the cancel flag. */
#define VT_EQUAL_BLOCK 262144

/* What is known of an item. 0 stands for what is not known, in all fields but the path and size: it then
   excludes nothing. */
typedef struct vt_equal_item {
    const char *path; /* absolute, lent until the call returns */
    uint64_t size;    /* bytes */
    int64_t mtime_ns;
    uint64_t dev, ino;
    uint64_t fingerprint;
} vt_equal_item;

typedef struct vt_equal_member {
    uint32_t item; /* its place among the given ones */
    uint32_t file; /* 0, 1, ... within the group: hard links of one file have the same number */
} vt_equal_member;

typedef struct vt_equal_group {
    uint64_t size;  /* of each file, bytes */
    uint32_t first; /* its members' place in `members`: ascending by file, then by item */
    uint32_t count; /* 2 or more */
    uint32_t files; /* different ones; 1: all are hard links of one, nothing is there twice */
} vt_equal_group;

typedef struct vt_equal_skipped {
    uint32_t item;
    vt_error_code code; /* VT_ERROR_NOT_FOUND, _PERMISSION, _NOT_REGULAR, _CHANGED, _IO */
    int system;         /* errno, or 0 */
} vt_equal_skipped;

/* Groups by what they occupy in vain ((files - 1) * size), most first; `skipped` by item. */
typedef struct vt_equal_result {
    vt_equal_group *groups;
    uint32_t count;
    vt_equal_member *members;
    uint32_t member_count;
    vt_equal_skipped *skipped;
    uint32_t skipped_count;
    uint64_t files_read; /* whole */
    uint64_t bytes_read;
} vt_equal_result;

typedef struct vt_equal_options {
    const atomic_bool *cancelled; /* NULL: never */
    /* Bytes of candidates that are done with, read or not. On the caller's thread, after each block; hand it
       on to a throttler (core/task/throttler.h). NULL: none. */
    void (*progress)(void *user, uint64_t done, uint64_t total);
    void *user;
} vt_equal_options;

/* Fills `result`, whose arrays are the caller's then: vt_equal_result_clear. `options` may be NULL. A file
   that cannot be read is no failure. On failure the result is empty: VT_ERROR_MEMORY, VT_ERROR_CANCELLED, and
   VT_ERROR_INTERNAL if the system has no random numbers. */
bool vt_equal_find(const vt_equal_item *items, uint32_t count, const vt_equal_options *options,
                   vt_equal_result *result, vt_error *error);
void vt_equal_result_clear(vt_equal_result *result);

#endif
