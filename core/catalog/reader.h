/*
 * Reading the catalog: a connection that can only read, one per thread that wants one.
 *
 * Readers see the last commit and never wait for the writer (except on file systems without a write-ahead
 * log, there for at most 5 s). Threads: one reader belongs to one thread at a time; never the UI thread.
 */
#ifndef VT_CATALOG_READER_H
#define VT_CATALOG_READER_H

#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/record.h"
#include "core/decode/metadata.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_catalog_reader vt_catalog_reader;

/* The catalog must outlive the reader. NULL and `error` as vt_catalog_open. */
vt_catalog_reader *vt_catalog_reader_open(const vt_catalog *catalog, vt_error *error);
void vt_catalog_reader_free(vt_catalog_reader *reader);

/* Between begin and end all calls see the same commit. Keep it short: the log cannot be emptied meanwhile. */
bool vt_catalog_reader_begin(vt_catalog_reader *reader, vt_error *error);
void vt_catalog_reader_end(vt_catalog_reader *reader);

/* One item. `item->path` is valid until this reader hands out another path. VT_ERROR_NOT_FOUND if there is
   none. */
bool vt_catalog_reader_item(vt_catalog_reader *reader, int64_t id, vt_item *item, vt_error *error);
bool vt_catalog_reader_item_at(vt_catalog_reader *reader, const char *path, size_t length, vt_item *item,
                               vt_error *error);

/* What the file of an item says of itself; nothing is known if it says nothing or there is no such item. */
bool vt_catalog_reader_metadata(vt_catalog_reader *reader, int64_t id, vt_metadata *metadata,
                                vt_error *error);

/* What the catalog knows of one file of a folder: compare with stat to see whether there is anything to do.
 */
typedef struct vt_known_file {
    const char *name; /* bytes, a NUL follows */
    uint32_t name_length;
    uint8_t state; /* vt_item_state */
    bool failed;   /* the last attempt failed on the content that size, times and inode describe */
    int64_t id;    /* 0: only a failure is known */
    int64_t size, mtime_ns, ctime_ns;
    uint64_t ino;
    uint8_t failure; /* vt_error_code of the attempt that failed */
} vt_known_file;

/* All files known in the folder `path`, ordered by the bytes of their names, in memory of `arena`; failures
   that have no item are among them. A folder that is not known gives 0 files. */
bool vt_catalog_reader_known_files(vt_catalog_reader *reader, const char *path, size_t length,
                                   vt_arena *arena, vt_known_file **files, size_t *count, vt_error *error);

/* Binary search in what vt_catalog_reader_known_files gave; NULL if the name is not there. */
const vt_known_file *vt_known_file_find(const vt_known_file *files, size_t count, const char *name,
                                        size_t length);

/* Callbacks return false to stop; the call then returns true. Their pointers are valid during the callback
 * only. */
typedef bool (*vt_folder_visitor)(void *user, int64_t id, const char *path, size_t length);
typedef bool (*vt_brief_visitor)(void *user, const vt_item_brief *item);
typedef bool (*vt_failure_visitor)(void *user, const vt_failure *failure);

/* Folders that hold items: all (`below` NULL), or `below` itself and those under it; by the bytes of their
 * path. */
bool vt_catalog_reader_each_folder(vt_catalog_reader *reader, const char *below, vt_folder_visitor visit,
                                   void *user, vt_error *error);

/* Items with an id greater than `after`, ascending by id: what their records hold. Labels, titles, dates and
   cameras are not among it, so that a million rows are read quickly: see metadata_brief.h and marks.h. */
bool vt_catalog_reader_each_brief(vt_catalog_reader *reader, int64_t after, vt_brief_visitor visit,
                                  void *user, vt_error *error);

/* The greatest id of an item, 0 if there is none. */
bool vt_catalog_reader_last_id(vt_catalog_reader *reader, int64_t *id, vt_error *error);

/* Items that are VT_ITEM_UNREAD with an id greater than `after`, ascending by id, at most `limit`. */
typedef bool (*vt_unread_visitor)(void *user, const vt_item *item);
bool vt_catalog_reader_each_unread(vt_catalog_reader *reader, int64_t after, size_t limit,
                                   vt_unread_visitor visit, void *user, vt_error *error);

/* Failures, newest first, at most `limit` (0: all). */
bool vt_catalog_reader_each_failure(vt_catalog_reader *reader, size_t limit, vt_failure_visitor visit,
                                    void *user, vt_error *error);

typedef struct vt_catalog_counts {
    int64_t items; /* all states */
    int64_t images, models, sequences;
    int64_t missing, folders, failures;
} vt_catalog_counts;

/* Counts rows: takes time in proportion to the catalog. */
bool vt_catalog_reader_counts(vt_catalog_reader *reader, vt_catalog_counts *counts, vt_error *error);

#endif
