#include "core/import/relink_private.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/identity.h"
#include "core/catalog/roots.h"
#include "core/import/intake.h"
#include "core/scan/volume.h"

#include <stdlib.h>
#include <string.h>

const char *vt_evidence_name(vt_evidence evidence)
{
    static const char *const names[VT_EVIDENCE_COUNT] = {"inode", "place", "content", "name",
                                                         "place-and-size"};
    return (unsigned)evidence < VT_EVIDENCE_COUNT ? names[evidence] : "unknown";
}

void vt_relink_free(vt_relink *relink)
{
    if (relink) {
        free(relink->sought);
        free(relink->by_id);
        free(relink->doubts);
        free(relink->parts);
        vt_arena_free(relink->arena);
        vt_catalog_reader_free(relink->reader);
        free(relink);
    }
}

void vt_relink_get_figures(const vt_relink *relink, vt_relink_figures *figures)
{
    *figures = relink->figures;
}

vt_relink_match vt_relink_match_at(const vt_relink *relink, size_t at)
{
    const vt_sought *item = &relink->sought[at]; /* the found ones stand first */
    return (vt_relink_match){item->id, item->path, item->to, item->evidence};
}

vt_relink_doubt vt_relink_doubt_at(const vt_relink *relink, size_t at)
{
    return relink->doubts[at];
}

vt_relink_part vt_relink_part_at(const vt_relink *relink, size_t at)
{
    return relink->parts[at];
}

/* ---- applying ---- */

typedef struct batch_memory {
    vt_item items[VT_RELINK_BATCH];
    vt_origin origins[VT_RELINK_BATCH];
    vt_outcome outcomes[VT_RELINK_BATCH];
} batch_memory;

/* The record of a found item at its new path: what is known of its content stays so. False if it is gone. */
static bool fill(vt_relink *relink, const vt_sought *found, vt_item *item, vt_origin *origin)
{
    if (!vt_catalog_reader_item(relink->reader, found->id, item, NULL)) {
        return false;
    }
    item->state = vt_intake_was_read(item) ? VT_ITEM_OK : VT_ITEM_UNREAD;
    item->path = found->to;
    item->path_length = (uint32_t)strlen(found->to);
    item->name_at = vt_path_split(found->to, item->path_length);
    item->size = found->size;
    item->mtime_ns = found->facts.mtime_ns;
    item->ctime_ns = found->facts.ctime_ns;
    item->dev = found->facts.dev;
    item->ino = found->facts.ino;
    *origin = (vt_origin){.id = found->id, .path = found->path, .path_length = (uint32_t)strlen(found->path)};
    return true;
}

static bool take_over_root(const vt_relink *relink, vt_catalog_writer *writer, vt_error *error)
{
    vt_volume now = {0};
    vt_error none = VT_ERROR_INIT;
    if (!relink->old_folder || !vt_roots_forget(writer, relink->old_folder, &none)) {
        bool no_root = !relink->old_folder || none.code == VT_ERROR_NOT_FOUND;
        if (!no_root && error) {
            *error = none;
        }
        return no_root;
    }
    bool done = vt_volume_of(relink->folder, &now, error);
    const vt_root root = {.path = relink->folder, .mount = now.mount, .volume = now.identity, .watch = true};
    done = done && vt_roots_remember(writer, &root, error);
    vt_volume_clear(&now);
    return done;
}

bool vt_relink_apply(vt_relink *relink, vt_catalog_writer *writer, vt_relink_committed committed, void *user,
                     int64_t *moved, vt_error *error)
{
    batch_memory *memory = malloc(sizeof *memory);
    size_t count = (size_t)relink->figures.matches;
    bool done = true;
    *moved = 0;
    if (!memory) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    for (size_t at = 0; done && at < count;) {
        vt_batch batch = {.items = memory->items, .outcomes = memory->outcomes, .origins = memory->origins};
        vt_commit result;
        for (; at < count && batch.item_count < VT_RELINK_BATCH; at++) {
            batch.item_count += fill(relink, &relink->sought[at], &memory->items[batch.item_count],
                                     &memory->origins[batch.item_count]);
        }
        done = vt_catalog_writer_commit(writer, &batch, &result, error);
        *moved += done ? (int64_t)result.moved : 0;
        done = done && (!committed || committed(user, &batch, error));
    }
    free(memory);
    return done && take_over_root(relink, writer, error);
}
