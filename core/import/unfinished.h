/*
 * Imports that were cut off: by a kill, a power failure, a signal, a window that was closed. What they had
 * committed is in the catalog; the rest is imported by importing their paths again, which costs one stat for
 * each file that is done.
 *
 * The catalog keeps a journal of imports (core/catalog/journal.h). The engine's writer notes an import there
 * before it commits anything of it, and takes the note away when the import has ended and the user has been
 * told how: finished, cancelled or failed. One that was cancelled was not wanted any more, so nothing asks
 * for it at every start. What ended without anybody's wish stays: vt_import_interrupt, vt_engine_free amid an
 * import, a full disk that was not waited for.
 *
 * Items that an import left unread because of its `read_limit` are no interruption: it has ended.
 */
#ifndef VT_IMPORT_UNFINISHED_H
#define VT_IMPORT_UNFINISHED_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/import/operation.h"

#include <stddef.h>
#include <stdint.h>

typedef struct vt_unfinished {
    int64_t id;
    int64_t begun_ns; /* since 1970-01-01 UTC */
    char **paths; /* absolute; `count` of them, 1 at least; owned by the list, like the paths themselves */
    size_t count;
    vt_import_options options;
} vt_unfinished;

/* Oldest first; at most VT_UNFINISHED_MAX, those beyond are seen when these are settled. */
typedef struct vt_unfinished_list {
    vt_unfinished *imports; /* owned */
    size_t count;
} vt_unfinished_list;
#define VT_UNFINISHED_MAX 64

/* Imports of `catalog` that have begun and not ended; while another program imports, its own are among them.
   Any thread but the UI's; release with vt_unfinished_list_free. False and `error`, and the list is empty. */
bool vt_unfinished_list_read(const vt_catalog *catalog, vt_unfinished_list *list, vt_error *error);
void vt_unfinished_list_free(vt_unfinished_list *list);

/* Those that were cut off before this engine was created and are not settled yet; none for one that is
   read-only, whose catalog another program may be at work on. Borrowed: valid until the next call that starts
   an import or settles one. Main thread, like the two below. */
const vt_unfinished_list *vt_engine_unfinished(const vt_engine *engine);

/* Goes on with the one numbered `id`, with its paths and options. As vt_engine_import; VT_ERROR_NOT_FOUND
   also for a number that is not listed. An import of the same paths by vt_engine_import goes on with it, too.
 */
vt_import *vt_engine_resume(vt_engine *engine, int64_t id, const vt_import_listener *listener,
                            vt_error *error);

/* Forgets it: what it left is not asked for again. An unknown number is no error. */
void vt_engine_discard(vt_engine *engine, int64_t id);

/* How options are kept in the journal: "read=100 hidden retry name=%2A.stl". What a user wrote is
   percent-encoded; words that are not known are passed over. */
#define VT_IMPORT_OPTIONS_TEXT 4096
void vt_import_options_write(const vt_import_options *options, char text[VT_IMPORT_OPTIONS_TEXT]);
vt_import_options vt_import_options_read(const char *text);

#endif
