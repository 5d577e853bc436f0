/*
 * What hangs in the system: an open or a stat on a disk or a server that does not answer cannot be called
 * back, and nobody knows when it returns. A cancelled import is over without it; whoever hangs there keeps
 * what it may still touch.
 */
#include "core/import/operation_private.h"

/* Between Cancel and the end of the import: within the 2 s that are promised. */
#define PATIENCE_NS (1200 * VT_NS_PER_MS)

/* An import that was cancelled long ago and still has work with others, with a reference for that work. */
static vt_import *take_hanging(vt_engine *engine, int64_t now)
{
    vt_import *found = NULL;
    pthread_mutex_lock(&engine->lock);
    bool committing = engine->writing || engine->decoded_count > 0 || engine->intake > 0;
    for (vt_import *at = engine->open_imports; at && !found && !committing; at = at->next_open) {
        pthread_mutex_lock(&at->lock);
        bool stopped = vt_cancel_requested(at->cancel);
        if (stopped && at->stopped_ns == 0) {
            at->stopped_ns = now;
        }
        if (stopped && !at->left && at->open > 0 && now - at->stopped_ns >= PATIENCE_NS) {
            found = at;
            at->left = true;
            engine->left++;
            atomic_fetch_add(&at->references, 1);
            if (at->error.code == VT_ERROR_NONE) {
                vt_error_set(&at->error, VT_ERROR_CANCELLED,
                             "the import was stopped without waiting for %lld that a disk or server does not "
                             "answer for; what was finished is kept, and the next import goes on",
                             (long long)at->open);
            }
        }
        pthread_mutex_unlock(&at->lock);
    }
    pthread_mutex_unlock(&engine->lock);
    return found;
}

void vt_import_came_back(vt_import *import)
{
    vt_engine *engine = import->engine;
    pthread_mutex_lock(&engine->lock);
    engine->left--;
    pthread_mutex_unlock(&engine->lock);
    vt_import_unref(import);
}

void vt_imports_leave_hanging(vt_engine *engine, int64_t now)
{
    vt_import *import;
    while ((import = take_hanging(engine, now))) {
        vt_import_end(import);
    }
}
