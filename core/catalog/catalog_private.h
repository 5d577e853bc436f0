/*
 * Private to core/catalog: what an open catalog consists of.
 */
#ifndef VT_CATALOG_CATALOG_PRIVATE_H
#define VT_CATALOG_CATALOG_PRIVATE_H

#include "core/catalog/catalog.h"
#include "core/catalog/db.h"

#include <pthread.h>
#include <stdatomic.h>

struct vt_catalog {
    char *path; /* owned, absolute */
    vt_log log;
    char identity[33];
    int version;
    bool wal;
    bool read_only;
    bool fixed;             /* read-only, and nobody can change it: opened without locks */
    int lock;               /* descriptor of FILE.lock, -1 when read-only */
    sqlite3 *writable;      /* the one connection that writes; NULL when read-only */
    atomic_bool has_writer; /* the connection is lent to a vt_catalog_writer or a repair */
    int64_t next_id; /* of a new item, 0 before the first writer; belongs to whom the connection is lent */

    pthread_mutex_t thumbs_lock; /* guards: */
    char *thumbs_path;           /* owned; of the open thumbnails store, NULL if there is none */
};

/* A connection that reads `catalog`. */
sqlite3 *vt_catalog_connect(const vt_catalog *catalog, vt_error *error);

/* Lends the connection that writes, NULL and `error` if it is lent already or the catalog is read-only. */
sqlite3 *vt_catalog_lend(vt_catalog *catalog, vt_error *error);
void vt_catalog_give_back(vt_catalog *catalog);

/* Adds the files of the thumbnails store to those of the catalog (NULL: takes them out). */
bool vt_catalog_set_thumbs_path(vt_catalog *catalog, const char *path);

/* The absolute path of a file that need not exist, in a folder that must; free(). `what` for messages. */
char *vt_catalog_resolve(const char *path, const char *what, vt_error *error);

#endif
