/*
 * Private to the store of thumbnails: its fields, for the half that opens and writes it (thumbs.c) and the
 * one that reads it (thumbs_read.c). Any thread, with the locks that are named here.
 */
#ifndef VT_CATALOG_THUMBS_FIELDS_H
#define VT_CATALOG_THUMBS_FIELDS_H

#include "core/catalog/thumbs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/stat.h>

/* Readers that are kept for the next get; more run at once if more threads ask. */
#define VT_THUMBS_IDLE_READERS_MAX 8

typedef struct vt_thumb_reader {
    sqlite3 *db;
    sqlite3_stmt *get;
} vt_thumb_reader;

struct vt_thumbs {
    vt_catalog *catalog;
    char *path; /* owned, absolute */
    bool read_only;
    bool announced; /* the catalog knows our path */
    int lock;       /* descriptor of FILE.lock, -1 when read-only */
    atomic_llong large_limit;
    atomic_bool damaged; /* SQLite found damage: the next put begins a new store */

    pthread_rwlock_t
        file_lock;     /* held for reading by whoever uses the file, for writing to make it anew; guards: */
    sqlite3 *writable; /* NULL when read-only, and after an attempt to make it anew failed */
    dev_t dev;         /* of the file that `writable` has open */
    ino_t ino;

    pthread_mutex_t write_lock; /* taken after file_lock; writes take turns; guards: */
    sqlite3_stmt *put;
    int64_t large_bytes; /* of those of 512 pixels; negative: not counted yet */

    pthread_mutex_t idle_lock; /* innermost; guards: */
    vt_thumb_reader idle[VT_THUMBS_IDLE_READERS_MAX];
    size_t idle_count;
};

/* Of errors: the file, or what it should hold, is broken. */
bool vt_thumbs_is_damage(vt_error_code code);

/* Readers that nobody uses now. With file_lock held for writing, or when no other thread knows the store. */
void vt_thumbs_close_idle_readers(vt_thumbs *thumbs);

#endif
