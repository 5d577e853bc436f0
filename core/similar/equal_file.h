/*
 * Opening and hashing one file, for equal.c: what may go wrong with a file of the user's is here.
 *
 * Any thread; touches the disk.
 */
#ifndef VT_SIMILAR_EQUAL_FILE_H
#define VT_SIMILAR_EQUAL_FILE_H

#include "core/similar/equal.h"

/* What XXH3 takes as a secret: XXH3_SECRET_SIZE_MIN is less. */
#define VT_EQUAL_SECRET_SIZE 192

typedef struct vt_equal_identity {
    uint64_t dev, ino;
    int64_t mtime_ns, ctime_ns;
} vt_equal_identity;

typedef struct vt_equal_digest {
    uint64_t high, low;
} vt_equal_digest;

/* Memory and state of a run; `block` has VT_EQUAL_BLOCK bytes. */
typedef struct vt_equal_reader {
    uint8_t secret[VT_EQUAL_SECRET_SIZE];
    uint8_t *block;
    const atomic_bool *cancelled;
    void (*read)(void *user, uint64_t bytes); /* after each block */
    void *user;
} vt_equal_reader;

/* Examines the file and compares it with what is known of the item. False and the reason in `error`. */
bool vt_equal_examine(const vt_equal_item *item, vt_equal_identity *identity, vt_error *error);

/* The hash of the whole content of a file that is still what was examined. VT_ERROR_CANCELLED, and the
   reasons for which items are skipped. */
bool vt_equal_read(vt_equal_reader *reader, const vt_equal_item *item, const vt_equal_identity *identity,
                   vt_equal_digest *digest, vt_error *error);

#endif
