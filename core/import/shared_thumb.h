/*
 * Thumbnails that the programs of a desktop share: below $XDG_CACHE_HOME/thumbnails, found by the URI of the
 * file they show.
 *
 * Reading: one that is valid (its URI is the file's, its time of change that of the content the catalog
 * knows, its size too where it is told) and large enough stands for decoding the file. It may be anything:
 * it is opened with the same care as a file of the user's and decoded in a helper.
 *
 * Writing, where the user wants it: those we make, and for files that cannot be decoded an empty one below
 * fail/vitrine-VERSION. By a temporary name, readable by the user alone; none of files that lie among the
 * thumbnails themselves.
 *
 * Source: Thumbnail Managing Standard 0.9.0 (freedesktop.org). Threads: any, executor's. Blocks.
 */
#ifndef VT_IMPORT_SHARED_THUMB_H
#define VT_IMPORT_SHARED_THUMB_H

#include "core/decode/helper_pool.h"
#include "core/import/engine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_shared_thumbs vt_shared_thumbs;

/* NULL if there is no place for them. `how` VT_SHARED_THUMBS_DEFAULT: as $VITRINE_SHARED_THUMBNAILS says, and
   without it as vt_shared_thumbs_follow does; until then they are read. */
vt_shared_thumbs *vt_shared_thumbs_create(vt_shared_thumbs_use how, const vt_log *log);

/* What the user has chosen, for what is read from now on. Given to vt_shared_thumbs_create or by the
   environment, another use stays. `shared` may be NULL. */
void vt_shared_thumbs_follow(vt_shared_thumbs *shared, vt_shared_thumbs_use how);
void vt_shared_thumbs_free(vt_shared_thumbs *shared); /* NULL is allowed */

/* The file a thumbnail is of. */
typedef struct vt_shared_file {
    const char *path; /* absolute, bytes, NUL-terminated */
    size_t length;
    int64_t size, mtime_ns;
    uint32_t longest; /* side in pixels if it is known; 0: it is not */
} vt_shared_file;

/* Finds the thumbnail of `file` and reduces it to `side` pixels. False if there is none that is valid and
   large enough, or `cancel_fd` says so. `pixels->data` is the caller's, free(). `shared` may be NULL. */
bool vt_shared_thumbs_read(const vt_shared_thumbs *shared, vt_helper_pool *helpers,
                           const vt_shared_file *file, uint32_t side, int cancel_fd, vt_pixels *pixels);

/* Leaves a thumbnail of at most 1024 pixels for others, or, with `pixels` NULL, the word that none can be
   made. Does nothing if the user has not asked for it; failures are told in the log, once. `shared` may be
   NULL. */
void vt_shared_thumbs_write(vt_shared_thumbs *shared, const vt_shared_file *file, const vt_pixels *pixels);

struct vt_reading;

/* The same of what reading a file has brought; `read` is what vt_reading_run returned. A fault that is not
   the decoder's verdict leaves no word. */
void vt_shared_thumbs_offer(vt_shared_thumbs *shared, const char *path, size_t length,
                            const struct vt_reading *reading, bool read);

#endif
