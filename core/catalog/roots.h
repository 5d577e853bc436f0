/*
 * Roots: the folders the user imported, with the volume each is on, and whether it is watched.
 *
 * The writer (writer.h) writes them, any reader reads them. Threads and errors as writer.h and reader.h;
 * VT_ERROR_NOT_FOUND where a root is named that the catalog does not have.
 */
#ifndef VT_CATALOG_ROOTS_H
#define VT_CATALOG_ROOTS_H

#include "core/catalog/reader.h"
#include "core/catalog/writer.h"

typedef struct vt_root {
    const char *path;   /* absolute and clean; a NUL follows, as in the next two */
    const char *mount;  /* where the file system it is on was mounted when it was last seen */
    const char *volume; /* and which one that was: core/scan/volume.h */
    bool watch;         /* changes are taken up while a program runs */
    bool scan_at_start; /* it is looked through when the window opens */
    bool offline;       /* its volume is not attached: its items are VT_ITEM_OFFLINE */
} vt_root;

/* All roots by the bytes of their paths. The callback returns false to stop; its pointers are valid during
   the call only. */
typedef bool (*vt_root_visitor)(void *user, const vt_root *root);
bool vt_catalog_reader_each_root(vt_catalog_reader *reader, vt_root_visitor visit, void *user,
                                 vt_error *error);

/* Items at `path` or below it, without those in the trash. */
typedef struct vt_root_counts {
    int64_t items, missing;
    int64_t own;    /* of the items: below no other root */
    int64_t marked; /* of those: with a rating, label, title, note, tags, or in an album or stack */
} vt_root_counts;

/* `own` and `marked` only if `of_own`, which costs more. Time in proportion to the items. */
bool vt_roots_count(vt_catalog_reader *reader, const char *path, bool of_own, vt_root_counts *counts,
                    vt_error *error);

/* The items that are its own in this sense, in the trash or not. The callback returns false to stop. */
typedef bool (*vt_root_item_visitor)(void *user, int64_t item_id);
bool vt_roots_each_own_item(vt_catalog_reader *reader, const char *path, vt_root_item_visitor visit,
                            void *user, vt_error *error);

/* Adds a root, or notes where a known one is mounted now; `watch` and `scan_at_start` count for a new one
   only. */
bool vt_roots_remember(vt_catalog_writer *writer, const vt_root *root, vt_error *error);

/* Sets what is not negative. On the disk when it returns true. */
bool vt_roots_set(vt_catalog_writer *writer, const char *path, int watch, int scan_at_start, vt_error *error);

/* The root is forgotten; its items stay. */
bool vt_roots_forget(vt_catalog_writer *writer, const char *path, vt_error *error);

/* The volume of a root has gone, or is back: its items become VT_ITEM_OFFLINE (those that are missing stay
   so), or what they were. `changed` (NULL allowed) is called for each of them, within the transaction. */
typedef void (*vt_state_visitor)(void *user, int64_t item_id, vt_item_state state);
bool vt_roots_set_offline(vt_catalog_writer *writer, const char *path, bool offline, vt_state_visitor changed,
                          void *user, vt_error *error);

/* Up to `limit` items below `path`, spread over its folders: whoever looks for their files learns whether
   what is there now is what was imported. */
bool vt_roots_sample(vt_catalog_reader *reader, const char *path, size_t limit, vt_unread_visitor visit,
                     void *user, vt_error *error);

#endif
