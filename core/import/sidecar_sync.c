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
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        vt_sidecar_values_free(&work->said[i]);
    }
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

static bool read_marks(const vt_sidecar_marks *from, vt_sidecar_saying *to, vt_error *error)
{
    int label = from->known & VT_SIDECAR_LABEL ? vt_label_from_text(from->label) : 0;
    int rating = from->known & VT_SIDECAR_RATING ? from->rating : 0;
    to->readable = VT_SIDECAR_ALL_FIELDS;
    to->readable &= label < 0 ? ~(uint32_t)VT_SIDECAR_LABEL : ~0U;
    to->readable &= rating < 0 ? ~(uint32_t)VT_SIDECAR_RATING : ~0U;
    const vt_sidecar_values values = {
        .rating = rating > 0 ? rating : 0, .label = label > 0 ? label : 0, .tags = from->tags};
    if (!vt_sidecar_values_copy(&to->values, &values, error)) {
        return false;
    }
    to->values.title = cut(from->title, VT_TITLE_BYTES_MAX);
    to->values.notes = cut(from->notes, VT_NOTE_BYTES_MAX);
    return (to->values.title && to->values.notes) || no_memory(error);
}

/* What each of the two says alone. */
typedef struct sayings {
    vt_sidecar_saying of[VT_SIDECAR_NAMES];
} sayings;

static void sayings_free(sayings *says)
{
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        vt_sidecar_values_free(&says->of[i].values);
    }
}

static bool read_sayings(const vt_sidecar *sidecar, sayings *says, vt_error *error)
{
    bool done = true;
    for (int i = 0; done && i < VT_SIDECAR_NAMES; i++) {
        done = read_marks(&sidecar->part[i].marks, &says->of[i], error);
    }
    return done;
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

static bool are_both(const vt_sidecar_seen *seen)
{
    return seen->size[VT_SIDECAR_LONG] >= 0 && seen->size[VT_SIDECAR_SHORT] >= 0;
}

/* Of a side-car that has lost the other one its own words are what it is to be compared with: what only the
   other one said is ahead of it then, and no news to be taken back. */
static const vt_sidecar_values *base_of(const vt_sidecar_work *work)
{
    const vt_sidecar_state *before = &work->before;
    if (!before->both || are_both(&work->seen)) {
        return &before->agreed;
    }
    return &before->said[work->seen.size[VT_SIDECAR_LONG] >= 0 ? VT_SIDECAR_LONG : VT_SIDECAR_SHORT];
}

/* Two are read as one only at first; from then on each is compared with itself. */
static bool read_theirs(vt_sidecar_work *work, const vt_sidecar *sidecar, vt_sidecar_saying *theirs,
                        vt_error *error)
{
    const vt_sidecar_state *before = &work->before;
    if (!before->both || !are_both(&work->seen)) {
        return read_marks(&sidecar->marks, theirs, error);
    }
    sayings says = {0};
    bool done =
        read_sayings(sidecar, &says, error) &&
        vt_sidecar_news(&before->agreed, before->said, says.of, vt_sidecar_newer(sidecar), theirs, error);
    sayings_free(&says);
    return done;
}

/* Notes what each of two says, for the next look. */
static bool keep_said(vt_sidecar_work *work, const vt_sidecar *sidecar, vt_error *error)
{
    work->both = are_both(&work->seen);
    if (!work->both) {
        return true;
    }
    const vt_sidecar_state *before = &work->before;
    const vt_sidecar_values at_first[VT_SIDECAR_NAMES] = {before->agreed, before->agreed};
    sayings says = {0};
    bool done = read_sayings(sidecar, &says, error) &&
                vt_sidecar_news_keep(before->both ? before->said : at_first, says.of, work->merged.conflicts,
                                     work->said, error);
    sayings_free(&says);
    return done;
}

static void forget_merged(vt_sidecar_work *work)
{
    vt_sidecar_values_free(&work->theirs);
    vt_sidecar_merged_free(&work->merged);
    for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
        vt_sidecar_values_free(&work->said[i]);
    }
    work->merged = (vt_sidecar_merged){0};
}

static bool merge_with_theirs(vt_sidecar_work *work, const vt_sidecar *sidecar, const vt_sidecar_values *ours,
                              vt_error *error)
{
    vt_sidecar_saying theirs = {.readable = 0};
    bool done = read_theirs(work, sidecar, &theirs, error);
    work->theirs = theirs.values;
    return done &&
           vt_sidecar_merge(base_of(work), ours, &work->theirs, theirs.readable, &work->merged, error) &&
           put_own_back(work, error) && keep_said(work, sidecar, error);
}

/* What cannot be read leaves everything as it was. */
static bool merge_with_unreadable(vt_sidecar_work *work, const vt_error *fault, vt_error *error)
{
    const vt_sidecar_state *before = &work->before;
    work->failure = *fault;
    work->both = before->both;
    bool done = vt_sidecar_values_copy(&work->merged.agreed, &before->agreed, error);
    for (int i = 0; done && i < VT_SIDECAR_NAMES; i++) {
        done = vt_sidecar_values_copy(&work->said[i], &before->said[i], error);
    }
    return done;
}

/* Fills the rest of `work` by what `sidecar` says. */
static bool merge(vt_sidecar_work *work, const vt_sidecar *sidecar, vt_error *error)
{
    forget_merged(work);
    see(sidecar, &work->seen);
    const vt_error *fault = fault_of(sidecar);
    work->read = work->seen.size[VT_SIDECAR_LONG] >= 0 || work->seen.size[VT_SIDECAR_SHORT] >= 0;
    work->unreadable = fault != NULL;
    work->both = false;
    if (fault) {
        return merge_with_unreadable(work, fault, error);
    }
    vt_sidecar_values ours = {0};
    bool done =
        take_own_away(&work->before, &ours, error) &&
        (work->read ? merge_with_theirs(work, sidecar, &ours, error) : merge_with_none(work, &ours, error));
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

/* What was written is agreed; of a new side-car that is all it says. */
static bool agree(vt_sidecar_work *work, bool made, vt_error *error)
{
    vt_sidecar_merged *merged = &work->merged;
    uint32_t others = made ? VT_SIDECAR_ALL_FIELDS & ~merged->ahead : 0U;
    return vt_sidecar_values_take(&merged->agreed, &merged->now, merged->ahead, error) &&
           vt_sidecar_values_take(&merged->agreed, &nothing, others, error);
}

/* After a write beside another one: what each says now. If either is not what was written or read any more,
   it is VT_ERROR_CHANGED, and all is to be read again. */
static bool keep_said_after(const vt_sidecar_sync *sync, vt_sidecar_work *work, vt_error *error)
{
    vt_sidecar after;
    bool done = vt_sidecar_read(work->before.path.data, true, &sync->asking, &after, error);
    const vt_error *fault = done ? fault_of(&after) : NULL;
    vt_sidecar_seen seen = work->seen;
    if (done && fault) {
        work->failure = *fault;
    } else if (done) {
        see(&after, &seen);
        for (int i = 0; i < VT_SIDECAR_NAMES; i++) {
            vt_sidecar_values_free(&work->said[i]);
        }
        done = keep_said(work, &after, error);
    }
    if (done && !fault && !vt_sidecar_seen_same(&seen, &work->seen)) {
        vt_error_set(&work->failure, VT_ERROR_CHANGED, "a side-car of '%s' was changed while it was written",
                     work->before.path.data);
    }
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
    vt_sidecar_name other = VT_SIDECAR_NAMES - 1 - into;
    bool beside = sidecar->part[other].stamp.there;
    return agree(work, !beside && !part->stamp.there, error) &&
           (!beside || keep_said_after(sync, work, error));
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
