/*
 * The journal of imports: what has begun and not ended, so that an import goes on after a kill or a power
 * failure.
 *
 * The writer (writer.h) writes it, any reader reads it; a row that is there when a program starts belongs to
 * an import that was cut off. Threads as writer.h and reader.h.
 */
#ifndef VT_CATALOG_JOURNAL_H
#define VT_CATALOG_JOURNAL_H

#include "core/catalog/reader.h"
#include "core/catalog/writer.h"

/* Notes an import of `count` paths (bytes without NUL) with `options`, UTF-8 text that the caller will
   understand again. Its number goes to `*id`. On the disk when this returns true. Errors as
   vt_catalog_writer_commit; VT_ERROR_USAGE for an empty path or none. */
bool vt_catalog_writer_journal_begin(vt_catalog_writer *writer, const char *const *paths, size_t count,
                                     const char *options, int64_t *id, vt_error *error);

/* The import has ended, however; an id that is not there is no error. Not synced: an end that a power failure
   takes back is an import more that finds nothing to do. */
bool vt_catalog_writer_journal_end(vt_catalog_writer *writer, int64_t id, vt_error *error);

typedef struct vt_journal_entry {
    int64_t id;
    int64_t begun_ns;  /* since 1970-01-01 UTC */
    const char *paths; /* `count` of them, each ended by a NUL; borrowed, like options */
    size_t count;
    const char *options;
} vt_journal_entry;

/* Imports that have begun and not ended, oldest first. The callback returns false to stop; its pointers are
   valid during the call only. */
typedef bool (*vt_journal_visitor)(void *user, const vt_journal_entry *entry);
bool vt_catalog_reader_each_import(vt_catalog_reader *reader, vt_journal_visitor visit, void *user,
                                   vt_error *error);

#endif
