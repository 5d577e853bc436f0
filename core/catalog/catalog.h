/*
 * The catalog: one SQLite file that holds what is known of every item.
 *
 * One writer: a catalog opened for writing holds an exclusive lock on FILE.lock until it is closed or the
 * process ends, so over all processes there is one connection that writes, and it alone checkpoints the
 * write-ahead log (SQLite before 3.51.3 can corrupt a log that two connections reset at once). A second
 * program gets VT_ERROR_BUSY and opens for reading instead. Readers (reader.h) never wait for the writer.
 *
 * Whatever opens a catalog treats it as a stranger's: schema not trusted, defensive mode, page sizes checked,
 * no memory mapping. A file that is not ours, or newer than this program, is refused and stays
 * byte-identical.
 *
 * Threads: open, close and the writer's work (writer.h) on one thread at a time; every other function here
 * may be called from any thread. Never on the UI thread: SQLite waits for the disk.
 */
#ifndef VT_CATALOG_CATALOG_H
#define VT_CATALOG_CATALOG_H

#include "core/base/error.h"
#include "core/base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_catalog vt_catalog;

typedef enum vt_catalog_mode {
    VT_CATALOG_READ_WRITE, /* takes the lock; creates the file if it is not there (its folder must be) */
    VT_CATALOG_READ_ONLY,  /* never writes, takes no lock, creates nothing */
    VT_CATALOG_READ_CLOSED /* the same for a file that nothing in this process has open, and whose log is
                              empty (else VT_ERROR_BUSY): read without SQLite's locks, and nothing is made
                              beside it. Who reads looks at the stamp before and after (stamp.h): others may
                              write */
} vt_catalog_mode;

typedef enum vt_catalog_journal {
    VT_CATALOG_JOURNAL_AUTO,    /* write-ahead log, except on network and FUSE file systems */
    VT_CATALOG_JOURNAL_WAL,     /* local disks only: its shared memory does not work over a network */
    VT_CATALOG_JOURNAL_ROLLBACK /* slower; readers and the writer wait for each other */
} vt_catalog_journal;

typedef struct vt_catalog_options {
    vt_catalog_mode mode;
    vt_catalog_journal journal;
    vt_log log; /* vt_log_none to discard */
} vt_catalog_options;

/* Opens `path` (bytes, absolute or relative). NULL and `error`:
   VT_ERROR_BUSY another program has it open for writing, VT_ERROR_VERSION newer than this program,
   VT_ERROR_CORRUPT no database or a damaged one, VT_ERROR_UNSUPPORTED a database of another program,
   VT_ERROR_NOT_FOUND no such folder (or file, read-only), VT_ERROR_PERMISSION, VT_ERROR_READ_ONLY,
   VT_ERROR_NO_SPACE, VT_ERROR_IO, VT_ERROR_MEMORY. */
vt_catalog *vt_catalog_open(const char *path, const vt_catalog_options *options, vt_error *error);

/* All readers, the writer and the thumbnails store must be freed before. NULL is allowed. */
void vt_catalog_close(vt_catalog *catalog);

/* Absolute path; owned by the catalog. */
const char *vt_catalog_path(const vt_catalog *catalog);

bool vt_catalog_is_read_only(const vt_catalog *catalog);

/* False on network and FUSE file systems, where the log is a rollback journal. */
bool vt_catalog_uses_wal(const vt_catalog *catalog);

/* 32 hexadecimal digits, drawn at random when the catalog was made; owned by the catalog. */
const char *vt_catalog_identity(const vt_catalog *catalog);

/* The version of the schema in the file, and the newest this program knows. */
int vt_catalog_version(const vt_catalog *catalog);
int vt_catalog_newest_version(void);

/* $XDG_DATA_HOME/vitrine/library.vitrine, its folder made if it is missing. Owned by the caller, free(). */
char *vt_catalog_default_path(vt_error *error);

/*
 * The files a catalog consists of, by device and inode: the file itself, its log, shared memory, journal and
 * lock, and the same of the thumbnails store. A scanner asks before it opens a file: opening and closing
 * one's own database drops the locks SQLite holds on it in this process.
 */
typedef struct vt_own_files {
    size_t count;
    struct {
        uint64_t dev, ino;
    } files[16];
} vt_own_files;

/* Looks at the disk (a stat per file). Take it when a scan begins, with the thumbnails store open: the files
   that carry locks exist, and keep their inodes, as long as they are open. */
void vt_catalog_own_files(vt_catalog *catalog, vt_own_files *own);

bool vt_own_files_contain(const vt_own_files *own, uint64_t dev, uint64_t ino);

/* Which SQLite keeps the catalog: "3.40.1". Static text; any thread. */
const char *vt_catalog_sqlite_version(void);

/* Bytes that SQLite holds in this process, caches of pages included. Any thread. */
int64_t vt_catalog_sqlite_memory(void);

#endif
