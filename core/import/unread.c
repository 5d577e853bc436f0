#include "core/import/frames.h"
#include "core/import/operation_private.h"

/* Items of one query: it must be short, for the log cannot be emptied meanwhile. */
#define PAGE 128

typedef struct page {
    vt_import *import;
    vt_catalog_reader *reader;
    int64_t after; /* the last id that was looked at */
    int64_t most;  /* entries still wanted */
    size_t count;
    bool out_of_memory, seen;
    vt_entry *entries[PAGE];
} page;

static vt_entry *entry_of(vt_import *import, const vt_item *item)
{
    vt_entry *entry = vt_entry_create(import, VT_ENTRY_DECODE, item->path, item->path_length, NULL, 0);
    if (entry) {
        entry->known_id = item->id;
        entry->was_unread = true;
        entry->item.size = item->size;
        entry->item.mtime_ns = item->mtime_ns;
        entry->item.ctime_ns = item->ctime_ns;
        entry->item.dev = item->dev;
        entry->item.ino = item->ino;
    }
    return entry;
}

static bool take(void *user, const vt_item *item)
{
    page *at = user;
    at->seen = true;
    at->after = item->id;
    if (!vt_import_covers(at->import, item->path) ||
        vt_choice_judge(at->import->choice, item->path + item->name_at, (vt_kind)item->media.kind, item->size,
                        item->mtime_ns) != VT_CHOICE_TAKE) {
        return true;
    }
    vt_frames_job *frames = NULL;
    if (item->media.kind == VT_KIND_SEQUENCE && !(frames = vt_frames_job_load(at->reader, item, NULL))) {
        return true; /* a damaged row: check tells of it, and the next import looks at the files again */
    }
    vt_entry *entry = entry_of(at->import, item);
    if (entry && frames) {
        vt_entry_set_frames(entry, frames);
    } else {
        vt_frames_job_free(frames);
    }
    at->out_of_memory = !entry;
    if (entry) {
        at->entries[at->count++] = entry;
    }
    return entry && at->count < PAGE && (int64_t)at->count < at->most;
}

/* Hands the page's entries on, waiting for room. False when the import was cancelled. */
static bool send(page *at)
{
    vt_engine *engine = at->import->engine;
    bool on = true;
    for (size_t i = 0; i < at->count; i++) {
        on = on && vt_pipeline_reserve(engine, at->import);
        if (on) {
            vt_import_entry_begun(at->import);
            vt_pipeline_add(engine, at->entries[i]);
        } else {
            vt_entry_free(at->entries[i]);
        }
    }
    return on;
}

bool vt_import_read_unread(vt_import *import, vt_catalog_reader *reader, int64_t most, vt_error *error)
{
    page at = {.import = import, .reader = reader, .most = most};
    bool on = true;
    while (on && at.most > 0) {
        at.count = 0;
        at.seen = false;
        on = vt_catalog_reader_each_unread(reader, at.after, PAGE, take, &at, error);
        at.most -= (int64_t)at.count;
        bool sent = send(&at);
        if (on && at.out_of_memory) {
            on = vt_error_set(error, VT_ERROR_MEMORY, "out of memory while importing");
        } else if (!sent) {
            on = vt_cancel_check(vt_import_token(import), error);
        } else if (!at.seen) {
            break;
        }
    }
    return on;
}
