#include "core/import/sidecars_private.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/catalog/edit.h"
#include "core/catalog/label.h"
#include "core/sidecar/sidecar_path.h"
#include "core/sidecar/sidecar_write.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How often somebody else may change a side-car while it is being written. */
#define TRIES 3

void vt_sidecar_work_clear(vt_sidecar_work *work)
{
    vt_sidecar_state_free(&work->before);
    vt_sidecar_values_free(&work->theirs);
    vt_sidecar_merged_free(&work->merged);
    *work = (vt_sidecar_work){0};
}

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a side-car");
    return false;
}

/* ---- what a side-car says, in our terms ---- */

/* "Red": as the programs write it that made the custom. */
static void name_label(int label, char name[16])
{
    const char *known = label > 0 ? vt_label_name(label) : NULL;
    snprintf(name, 16, "%s", known ? known : "");
    name[0] = (char)toupper((unsigned char)name[0]);
}

static char *cut(const char *text, size_t limit)
{
    size_t length = strlen(text);
    return strndup(text, length > limit ? vt_utf8_cut(text, limit) : length);
}

static bool values_of(const vt_sidecar *from, vt_sidecar_values *to, uint32_t *readable, vt_error *error)
{
    int label = from->known & VT_SIDECAR_LABEL ? vt_label_from_text(from->label) : 0;
    int rating = from->known & VT_SIDECAR_RATING ? from->rating : 0;
    *readable = VT_SIDECAR_ALL_FIELDS;
    *readable &= label < 0 ? ~(uint32_t)VT_SIDECAR_LABEL : ~0U;
    *readable &= rating < 0 ? ~(uint32_t)VT_SIDECAR_RATING : ~0U;
    const vt_sidecar_values values = {
        .rating = rating > 0 ? rating : 0, .label = label > 0 ? label : 0, .tags = from->tags};
    if (!vt_sidecar_values_copy(to, &values, error)) {
        return false;
    }
    to->title = cut(from->title, VT_TITLE_BYTES_MAX);
    to->notes = cut(from->notes, VT_NOTE_BYTES_MAX);
    return (to->title && to->notes) || no_memory(error);
}

/* ---- reading ---- */

static bool is_there(const char *path)
{
    struct stat facts;
    return lstat(path, &facts) == 0;
}

/* Whether the side-car with the short name is, or would be, that of `path`. */
static bool owns_short(vt_sidecar_sync *sync, const char *path, bool *owns, vt_error *error)
{
    char *brief = vt_sidecar_path_short(path);
    *owns = false;
    if (!brief) {
        return no_memory(error);
    }
    bool asked = sync->name == VT_SIDECAR_SHORT || is_there(brief);
    bool memory = !asked || vt_sidecar_folder_around(&sync->around, path);
    *owns = asked && memory && vt_sidecar_folder_is_owner(&sync->around, brief, path);
    free(brief);
    return memory || no_memory(error);
}

/* One that cannot be read is looked at again when it has changed. */
static void see(const vt_sidecar *sidecar, vt_sidecar_seen *seen)
{
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        struct stat facts;
        const vt_sidecar_part *part = &sidecar->part[i];
        bool there = part->path && part->stamp.there;
        seen->size[i] = there ? part->stamp.size : -1;
        seen->mtime_ns[i] = there ? part->stamp.mtime_ns : 0;
        if (!there && part->path && part->error.code != VT_ERROR_NONE && lstat(part->path, &facts) == 0) {
            seen->size[i] = facts.st_size;
            seen->mtime_ns[i] = vt_clock_nanoseconds(facts.st_mtim);
        }
    }
}

static const vt_error *fault_of(const vt_sidecar *sidecar)
{
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        if (sidecar->part[i].error.code != VT_ERROR_NONE) {
            return &sidecar->part[i].error;
        }
    }
    return NULL;
}

static const vt_sidecar_values nothing = {0};

/* What the item has without what is its picture's alone: that is no side-car's business. */
static bool take_own_away(const vt_sidecar_state *state, vt_sidecar_values *ours, vt_error *error)
{
    const vt_sidecar_values *own = &state->own;
    if (!vt_sidecar_values_copy(ours, &state->ours, error)) {
        return false;
    }
    ours->rating = own->rating ? 0 : ours->rating;
    ours->label = own->label ? 0 : ours->label;
    vt_sidecar_tags_remove(&ours->tags, &own->tags);
    return true;
}

/* The picture's stays where the side-car says nothing: it is of the lowest rank. A side-car into which tags
   are written gets all of them, for programs that read it look at no other place then. */
static bool put_own_back(vt_sidecar_work *work, vt_error *error)
{
    const vt_sidecar_values *own = &work->before.own;
    vt_sidecar_merged *merged = &work->merged;
    merged->now.rating = merged->now.rating ? merged->now.rating : own->rating;
    merged->now.label = merged->now.label ? merged->now.label : own->label;
    bool done = true;
    for (size_t i = 0; done && i < own->tags.count; i++) {
        done = vt_sidecar_tags_add(&merged->now.tags, own->tags.list[i], error);
    }
    merged->taken = vt_sidecar_values_differ(&merged->now, &work->before.ours);
    return done;
}

/* With no side-car there, all the user has given is ahead of it, and nothing is taken away. */
static bool merge_with_none(vt_sidecar_work *work, const vt_sidecar_values *ours, vt_error *error)
{
    vt_sidecar_merged *merged = &work->merged;
    merged->ahead = vt_sidecar_values_differ(ours, &nothing);
    return vt_sidecar_values_copy(&merged->now, &work->before.ours, error) &&
           vt_sidecar_values_copy(&merged->agreed, &work->before.agreed, error);
}

/* Fills the rest of `work` by what `sidecar` says. */
static bool merge(vt_sidecar_work *work, const vt_sidecar *sidecar, vt_error *error)
{
    uint32_t readable = 0;
    vt_sidecar_values_free(&work->theirs);
    vt_sidecar_merged_free(&work->merged);
    work->merged = (vt_sidecar_merged){0};
    see(sidecar, &work->seen);
    const vt_error *fault = fault_of(sidecar);
    work->read = work->seen.size[VT_SIDECAR_LONG] >= 0 || work->seen.size[VT_SIDECAR_SHORT] >= 0;
    work->unreadable = fault != NULL;
    if (fault) {
        work->failure = *fault;
        return vt_sidecar_values_copy(&work->merged.agreed, &work->before.agreed, error);
    }
    vt_sidecar_values ours = {0};
    bool done = take_own_away(&work->before, &ours, error);
    if (!work->read) {
        done = done && merge_with_none(work, &ours, error);
    } else {
        done = done && values_of(sidecar, &work->theirs, &readable, error) &&
               vt_sidecar_merge(&work->before.agreed, &ours, &work->theirs, readable, &work->merged, error) &&
               put_own_back(work, error);
    }
    vt_sidecar_values_free(&ours);
    return done;
}

/* ---- writing ---- */

static vt_sidecar_change change_of(const vt_sidecar_merged *merged, char label[16])
{
    const vt_sidecar_values *now = &merged->now;
    name_label(now->label, label);
    bool nameless = now->label > 0 && label[0] == '\0'; /* nobody else would know it */
    return (vt_sidecar_change){.fields = merged->ahead & ~(uint32_t)(nameless ? VT_SIDECAR_LABEL : 0),
                               .rating = now->rating,
                               .label = label,
                               .title = now->title,
                               .notes = now->notes,
                               .tags = (const char *const *)now->tags.list,
                               .tag_count = now->tags.count};
}

/* What both have after a write into `written`: with another side-car beside it that is what the two say
   together, which need not be what was written into one. */
static bool agree(const vt_sidecar_sync *sync, vt_sidecar_work *work, const vt_sidecar *before,
                  vt_sidecar_name written, vt_error *error)
{
    vt_sidecar_merged *merged = &work->merged;
    vt_sidecar_name other = written == VT_SIDECAR_LONG ? VT_SIDECAR_SHORT : VT_SIDECAR_LONG;
    if (!before->part[other].stamp.there) {
        uint32_t others = before->part[written].stamp.there ? 0U : VT_SIDECAR_ALL_FIELDS & ~merged->ahead;
        return vt_sidecar_values_take(&merged->agreed, &merged->now, merged->ahead, error) &&
               vt_sidecar_values_take(&merged->agreed, &nothing, others, error);
    }
    vt_sidecar after;
    vt_sidecar_values theirs = {0};
    uint32_t readable = 0;
    bool done = vt_sidecar_read(work->before.path.data, true, &sync->asking, &after, error) &&
                values_of(&after, &theirs, &readable, error) &&
                vt_sidecar_values_take(&merged->agreed, &theirs, readable & ~merged->conflicts, error);
    if (done) {
        see(&after, &work->seen);
    }
    vt_sidecar_values_free(&theirs);
    vt_sidecar_free(&after);
    return done;
}

/* False, with work->failure, if it could not be written; with VT_ERROR_CHANGED it is to be read again. */
static bool write_back(const vt_sidecar_sync *sync, vt_sidecar_work *work, const vt_sidecar *sidecar,
                       vt_error *error)
{
    char label[16];
    vt_sidecar_change change = change_of(&work->merged, label);
    vt_sidecar_stamp now;
    bool brief = sync->name == VT_SIDECAR_SHORT && sidecar->part[VT_SIDECAR_SHORT].path;
    vt_sidecar_name into = brief ? VT_SIDECAR_SHORT : VT_SIDECAR_LONG;
    const vt_sidecar_part *part = &sidecar->part[into];
    if (!vt_sidecar_write(part->path, &part->stamp, &change, &sync->asking, &now, &work->failure)) {
        if (vt_sidecar_is_unasked(&work->failure)) {
            return vt_error_set(error, work->failure.code, "%s", work->failure.message);
        }
        return work->failure.code != VT_ERROR_MEMORY || no_memory(error);
    }
    work->written = true;
    work->seen.size[into] = now.size;
    work->seen.mtime_ns[into] = now.mtime_ns;
    return agree(sync, work, sidecar, into, error);
}

static bool may_write(const vt_sidecar_state *state, bool edits)
{
    return state->due && (state->wish == VT_SIDECAR_WRITE || (state->wish == VT_SIDECAR_EDITED && edits));
}

bool vt_sidecar_sync_item(vt_sidecar_sync *sync, int64_t id, bool edits, vt_sidecar_work *work,
                          vt_error *error)
{
    vt_error reason = VT_ERROR_INIT;
    vt_sidecar_work_clear(work);
    work->id = id;
    if (!vt_sidecars_state(sync->reader, id, &work->before, &reason)) {
        work->gone = reason.code == VT_ERROR_NOT_FOUND;
        return work->gone || vt_error_set(error, reason.code, "%s", reason.message);
    }
    const char *path = work->before.path.data;
    bool write = !sync->only_read && may_write(&work->before, edits);
    bool done = true;
    for (int i = 0; done && i < TRIES; i++) {
        vt_sidecar sidecar;
        bool brief = false;
        work->failure = (vt_error)VT_ERROR_INIT;
        if (!owns_short(sync, path, &brief, error)) {
            return false;
        }
        done = vt_sidecar_read(path, brief, &sync->asking, &sidecar, error) && merge(work, &sidecar, error);
        if (done && write && work->failure.code == VT_ERROR_NONE && work->merged.ahead) {
            done = write_back(sync, work, &sidecar, error);
        }
        vt_sidecar_free(&sidecar);
        if (work->failure.code != VT_ERROR_CHANGED) {
            break;
        }
    }
    work->unasked = !done && vt_sidecar_is_unasked(error);
    return done;
}
