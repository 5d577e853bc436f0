/*
 * The stamp of a catalog: which state of which file this is, so that something made from a catalog can be
 * kept outside of it (core/index/columns.h) and be used for exactly that state and no other.
 *
 * A stamp consists of what the system keeps of the file (inode, size, time of the last change of content,
 * time of the last change of any kind) and of what SQLite keeps in it (identity, version, page counts,
 * highest numbers). It exists only while the log beside the file is empty, that is, while the file alone is
 * the catalog: after an orderly end of the program, or a checkpoint that emptied the log.
 *
 * Why not a counter that each transaction raises: the writer of this program would raise it, but not an older
 * Vitrine, the sqlite3 shell or a restored backup, and triggers are off in our connections because a catalog
 * is a stranger's file. The system sees every write, whoever does it: a commit either leaves bytes in the log
 * or has changed the file, and a changed file has another ctime, which no program can set. A restored backup
 * is another inode. So nothing is added to the catalog, no commit costs more, and older programs can still
 * open it.
 *
 * What two states can share is the clock: file times move in ticks (4 ms, on FAT 2 s). A stamp is settled
 * once the clock of the file system has gone past it; from then on every write gives another one. Not
 * covered: a file written again with the same size and page counts just as the clock, set back meanwhile,
 * comes to the same nanosecond, and whoever writes to the disk beneath the file system. Network and FUSE file
 * systems promise less about times, so there is no stamp on them.
 *
 * Any thread but the UI's.
 */
#ifndef VT_CATALOG_STAMP_H
#define VT_CATALOG_STAMP_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/reader.h"

#include <stdbool.h>
#include <stdint.h>

/* Without padding: equal stamps are equal bytes. The device is left out: its number changes from one mount to
   the next. */
typedef struct vt_catalog_stamp {
    char identity[32]; /* vt_catalog_identity, no NUL */
    uint64_t ino;
    int64_t size;                   /* bytes */
    int64_t mtime_ns, ctime_ns;     /* since 1970-01-01 UTC */
    int64_t version;                /* of the tables */
    int64_t schema;                 /* PRAGMA schema_version: grows with every change of a table */
    int64_t pages, free_pages;      /* of the file */
    int64_t last_item, last_folder; /* highest ids */
} vt_catalog_stamp;

/* The stamp of what `reader`, between vt_catalog_reader_begin and _end, reads of `catalog`. False and
   `error`: VT_ERROR_BUSY if the log is not empty, VT_ERROR_UNSUPPORTED on a file system without exact times,
   or as reading a catalog. */
bool vt_catalog_stamp_take(const vt_catalog *catalog, vt_catalog_reader *reader, vt_catalog_stamp *stamp,
                           vt_error *error);

bool vt_catalog_stamp_equal(const vt_catalog_stamp *a, const vt_catalog_stamp *b);

/* Whether every write from now on gives another stamp. Some milliseconds after the last write it is so; on a
   file system that counts whole seconds, after some seconds. */
bool vt_catalog_stamp_is_settled(const vt_catalog_stamp *stamp);

#endif
