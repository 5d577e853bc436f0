#include "core/import/file_work_private.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/files/move.h"
#include "core/files/trash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A slow disk: what was done is followed, and told, as often. */
#define BATCH_NS (250 * VT_NS_PER_MS)

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for files to be moved");
}

/* ---- preparing ---- */

/* Steps of all files of a list, as they stand there: each file before its side-cars, frames before the row.
 */
static bool add_all(const vt_file_list *list, vt_file_steps *steps, vt_error *error)
{
    bool done = true;
    for (size_t i = 0; done && i < list->entry_count; i++) {
        const vt_file_entry *entry = &list->entries[i];
        const vt_file_step step = {.from = (char *)entry->path,
                                   .item = entry->item,
                                   .row_only = entry->role == VT_FILE_ROW,
                                   .dev = entry->dev,
                                   .ino = entry->ino,
                                   .size = entry->size,
                                   .mtime_ns = entry->mtime_ns};
        done = vt_file_steps_add(steps, &step) || no_memory(error);
    }
    return done;
}

bool vt_file_steps_prepare(vt_file_work *work, vt_error *error)
{
    vt_file_list list;
    bool done = vt_file_list_make(&list, work->engine->catalog, &work->items, work->cancel, error);
    if (done && work->has_wish) {
        vt_rename_draft *draft = vt_rename_draft_create(&list, &work->wish, NULL, error);
        done = draft && vt_rename_draft_steps(draft, &work->steps, error);
        vt_rename_draft_free(draft);
    } else if (done) {
        done = add_all(&list, &work->steps, error);
    }
    work->figures.items = (int64_t)list.item_count;
    work->figures.bytes = list.bytes;
    work->figures.files = 0;
    for (size_t i = 0; i < work->steps.count; i++) {
        work->figures.files += !work->steps.steps[i].row_only;
    }
    vt_file_list_clear(&list);
    return done;
}

vt_file_work_kind vt_file_work_opposite(vt_file_work_kind kind)
{
    static const vt_file_work_kind opposites[VT_FILE_WORK_KIND_COUNT] = {
        [VT_FILE_RENAME] = VT_FILE_RENAME_BACK, [VT_FILE_RENAME_BACK] = VT_FILE_RENAME,
        [VT_FILE_TRASH] = VT_FILE_RESTORE,      [VT_FILE_RESTORE] = VT_FILE_TRASH,
        [VT_FILE_DELETE] = VT_FILE_DELETE,
    };
    return opposites[kind];
}

/* Renames are taken back the last first; what is in the trash in the order of before, so that the row of a
   sequence comes after its frames. */
bool vt_file_steps_reverse(vt_file_work_kind kind, const vt_file_steps *from, vt_file_steps *to)
{
    bool backwards = kind == VT_FILE_RENAME || kind == VT_FILE_RENAME_BACK;
    for (size_t i = 0; i < from->count; i++) {
        const vt_file_step *step = &from->steps[backwards ? from->count - 1 - i : i];
        vt_file_step back = *step;
        back.from = step->to;
        back.to = kind == VT_FILE_RESTORE ? NULL : step->from;
        back.done = back.followed = false;
        if (step->done && step->to && !vt_file_steps_add(to, &back)) {
            return false;
        }
    }
    return true;
}

/* ---- the disk ---- */

/* The row of a sequence goes where its frames went, under a name that no other one has there. */
static bool place_row(vt_file_work *work, size_t at, vt_error *error)
{
    vt_file_step *step = &work->steps.steps[at];
    const char *beside = at > 0 ? work->steps.steps[at - 1].to : NULL;
    if (!beside) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "%s has no frames", step->from);
    }
    vt_str path = VT_STR_INIT;
    vt_str_append(&path, beside, (size_t)(vt_path_name(beside) - beside));
    vt_str_appendf(&path, "%s.%lld-%zu", vt_path_name(step->from), (long long)work->id, at);
    step->to = vt_str_take(&path);
    return step->to || no_memory(error);
}

static bool trash(vt_file_step *step, vt_error *error)
{
    vt_trashed trashed;
    char *home = vt_trash_home(error);
    bool done = home && vt_trash_move(home, step->from, vt_clock_wall(), &trashed, error);
    free(home);
    if (done) {
        step->to = trashed.file;
        trashed.file = NULL;
        vt_trashed_clear(&trashed);
    }
    return done;
}

static bool restore(const vt_file_step *step, vt_error *error)
{
    vt_trashed trashed;
    bool done = vt_trashed_of(step->from, step->to, &trashed, error) && vt_trash_restore(&trashed, error);
    vt_trashed_clear(&trashed);
    return done;
}

static bool do_step(vt_file_work *work, size_t at, vt_error *error)
{
    vt_file_step *step = &work->steps.steps[at];
    int reason = 0;
    switch (work->kind) {
    case VT_FILE_RENAME:
    case VT_FILE_RENAME_BACK:
        reason = step->row_only ? 0 : vt_move(AT_FDCWD, step->from, AT_FDCWD, step->to);
        return !reason || vt_move_fault(error, reason, "rename", step->from, step->to);
    case VT_FILE_TRASH:
        return step->row_only ? place_row(work, at, error) : trash(step, error);
    case VT_FILE_RESTORE:
        return step->row_only || restore(step, error);
    case VT_FILE_DELETE:
        reason = step->row_only || unlink(step->from) == 0 ? 0 : errno;
        return !reason || vt_move_fault(error, reason, "delete", step->from, NULL);
    case VT_FILE_WORK_KIND_COUNT:
        break;
    }
    return vt_error_set(error, VT_ERROR_INTERNAL, "a work on files of no kind");
}

/* One file that fails ends a renaming, and otherwise what belongs to its item. */
static bool run_step(vt_file_work *work, size_t at)
{
    vt_file_step *step = &work->steps.steps[at];
    vt_error error = VT_ERROR_INIT;
    bool all_or_none = work->kind == VT_FILE_RENAME || work->kind == VT_FILE_RENAME_BACK;
    if (work->has_failed_item && work->failed_item == step->item && !all_or_none) {
        work->figures.failed += !step->row_only;
        return true;
    }
    bool checks = work->undoes.id && !work->settling && !all_or_none && !step->row_only;
    step->done = (!checks || vt_file_undo_check(work, step, &error)) && do_step(work, at, &error);
    work->figures.done += step->done && !step->row_only;
    if (step->done) {
        return true;
    }
    if (all_or_none) {
        work->fault = error;
        return false;
    }
    work->has_failed_item = true;
    work->failed_item = step->item;
    work->figures.failed++;
    vt_file_work_note_failure(work, step->from, &error);
    return true;
}

bool vt_file_steps_run(vt_file_work *work)
{
    int64_t until = vt_clock_now() + BATCH_NS;
    size_t end = work->batch + VT_FILE_BATCH;
    end = end < work->steps.count ? end : work->steps.count;
    bool on = true;
    while (on && work->batch < end && vt_clock_now() < until) {
        if (vt_cancel_requested(work->cancel) && !work->figures.taking_back) {
            on = vt_error_set(&work->fault, VT_ERROR_CANCELLED, "stopped");
        } else {
            on = run_step(work, work->batch);
            work->batch += on;
        }
    }
    return on;
}
