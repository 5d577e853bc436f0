/*
 * A dry run: what an import of the same paths with the same options would do, counted without reading a file
 * and without writing anything: one stat a file, one query a folder.
 *
 * The figures grow while it walks; whoever shows them asks for them now and then. What it cannot know, it
 * does not claim: a file counted as new may turn out to be one that cannot be read.
 *
 * Threads: the walk is a thread of its own; the functions are called on the engine's main thread and return
 * at once, but for vt_dry_run_wait.
 */
#ifndef VT_IMPORT_DRY_RUN_H
#define VT_IMPORT_DRY_RUN_H

#include "core/import/engine.h"
#include "core/import/operation.h"
#include "core/scan/choice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_dry_run vt_dry_run;

#define VT_KIND_COUNT 4

/* A sequence counts as one wherever files are counted, but for `frames`. */
typedef struct vt_dry_run_figures {
    bool over;
    vt_error error;        /* once over: VT_ERROR_NONE, VT_ERROR_CANCELLED, or what ended it */
    size_t wrong_path;     /* with an error: the number of the path it is about */
    int64_t found;         /* files the import would look at: the sum of the next six */
    int64_t new_files;     /* that would become items */
    int64_t changed;       /* items that would be read again */
    int64_t unread;        /* items whose content has still to be read */
    int64_t unchanged;     /* items that need nothing */
    int64_t moved;         /* items that were elsewhere */
    int64_t failed_before; /* files that failed, have not changed, and would not be tried */
    int64_t bytes;         /* of the files found */
    int64_t bytes_to_read; /* of those that would be read: new, changed, unread */
    int64_t frames;        /* files of the sequences found */
    int64_t kinds[VT_KIND_COUNT], formats[VT_FORMAT_COUNT]; /* of the files found */
    int64_t left_out[VT_CHOICE_VERDICT_COUNT];              /* files, by the rule that left them out */
    int64_t left_out_folders;                               /* not entered */
    int64_t left_out_limit;                                 /* new files beyond items_max */
    int64_t skipped, links, folders;                        /* as of an import */
    int64_t troubles;                                       /* folders and files that cannot be looked at */
    double seconds;
} vt_dry_run_figures;

/* The paths are copied. Works on an engine that is read only, too. NULL and `error`: VT_ERROR_USAGE (no path,
   options that make no sense), VT_ERROR_MEMORY, or no thread. */
vt_dry_run *vt_dry_run_start(vt_engine *engine, const char *const *paths, size_t count,
                             const vt_import_options *options, vt_error *error);

void vt_dry_run_get_figures(vt_dry_run *run, vt_dry_run_figures *figures);

/* Files left out by any rule, folders not counted. */
int64_t vt_dry_run_left_out(const vt_dry_run_figures *figures);

/* It ends soon, with VT_ERROR_CANCELLED. */
void vt_dry_run_cancel(vt_dry_run *run);

/* Blocks until it is over, at most `timeout_ns` (< 0: for ever). True if it is over. */
bool vt_dry_run_wait(vt_dry_run *run, int64_t timeout_ns);

/* Cancels it and does not wait: the walk may hang on a disk that does not answer, and ends when that does. At
   the latest the engine waits for it. NULL is allowed. */
void vt_dry_run_free(vt_dry_run *run);

#endif
