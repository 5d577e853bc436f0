/*
 * Scan: walks folders and tells which files are there. It opens folders only, never a file.
 *
 * One fstatat per file of a known format, none for others; folders are visited once, by device and inode, so
 * that bind mounts and folders given twice end; symbolic links are counted and not followed; the catalog's
 * own files are passed over. What cannot be read is told and the walk goes on. Paths are bytes of any length
 * and depth. The walk is iterative: memory grows with the number of folders not yet visited, the stack does
 * not.
 *
 * Threads: a scan belongs to one thread, not the window's; the token may be raised on any.
 */
#ifndef VT_SCAN_SCAN_H
#define VT_SCAN_SCAN_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/scan/choice.h"
#include "core/task/cancel.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Files in one call of `files`: enough to make the call cheap, few enough to begin decoding early. */
#define VT_SCAN_CHUNK 256

typedef struct vt_scan vt_scan;

/* A file whose name promises a known format. */
typedef struct vt_scan_file {
    const char *name; /* bytes, a NUL follows */
    uint32_t name_length;
    bool special; /* a FIFO, socket or device: must not be opened */
    int64_t size; /* bytes */
    int64_t mtime_ns, ctime_ns;
    uint64_t dev, ino;
    uint64_t links; /* names it has */
} vt_scan_file;

/* Callbacks on the scanning thread; all are needed. Pointers are valid during the call only; `path` is the
   absolute path of a folder, a NUL follows. False stops the walk. */
typedef struct vt_scan_visitor {
    /* `whole`: all its files follow; else it is the folder of one file that the user gave. */
    bool (*folder_begin)(void *user, const char *path, size_t length, bool whole);
    bool (*files)(void *user, const char *path, size_t length, const vt_scan_file *files, size_t count);
    /* `complete`: all its names were seen, so that what is not among them is gone. */
    bool (*folder_end)(void *user, const char *path, size_t length, bool complete);
    /* A folder, or a file, that cannot be looked at. `error` says why and does not repeat
       the path. */
    bool (*trouble)(void *user, const char *path, size_t length, const vt_error *error);
    void *user;
} vt_scan_visitor;

typedef struct vt_scan_options {
    bool hidden;             /* names that begin with a dot, too */
    const vt_own_files *own; /* borrowed; NULL: none */
    const vt_choice *choice; /* borrowed; folders it leaves out are not entered; files are the visitor's */
    const vt_cancel *cancel; /* borrowed; NULL: never */
    uint64_t folders_limit;  /* 0: none; folders that wait to be visited, against endless file systems */
} vt_scan_options;

typedef struct vt_scan_figures {
    int64_t folders;  /* visited */
    int64_t files;    /* given to `files` */
    int64_t skipped;  /* files of other formats, and hidden and junk files and folders */
    int64_t left_out; /* folders not entered because of the choice */
    int64_t links;    /* symbolic links */
    int64_t sidecars; /* of `skipped`: names of XMP side-cars (core/sidecar/sidecar_path.h) */
    int64_t stats;    /* fstatat calls, to see that there is one per file */
} vt_scan_figures;

/* NULL when memory runs out. */
vt_scan *vt_scan_create(const vt_scan_options *options);
void vt_scan_free(vt_scan *scan); /* NULL is allowed */

/* Walks `path` (absolute and clean, see vt_path_absolute): a folder with all below it, or one file. May be
   called several times; folders visited before are not visited again. A path given by the user is taken
   whatever the rules say of its name. False and `error`: VT_ERROR_CANCELLED (the token, or a callback
   returned false), VT_ERROR_MEMORY, VT_ERROR_LIMIT. */
bool vt_scan_walk(vt_scan *scan, const char *path, const vt_scan_visitor *visitor, vt_error *error);

/* The same in two steps, for whoever takes the second elsewhere: a file is settled with the first. */
bool vt_scan_begin(vt_scan *scan, const char *path, const vt_scan_visitor *visitor, vt_error *error);
bool vt_scan_is_through(const vt_scan *scan);
bool vt_scan_go_on(vt_scan *scan, const vt_scan_visitor *visitor, vt_error *error);

/* From now on folders below the given ones are passed over. */
void vt_scan_flatten(vt_scan *scan);

void vt_scan_get_figures(const vt_scan *scan, vt_scan_figures *figures);

#endif
