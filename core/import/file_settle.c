#include "core/import/file_work_private.h"

#include "core/base/clock.h"
#include "core/files/move.h"
#include "core/files/trash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The file of a step, wherever it is now: a rename changes none of these. Inodes count only on one device,
   whose number is another after the next mount. */
static bool is_file(const vt_file_step *step, const char *path)
{
    struct stat facts;
    return path && lstat(path, &facts) == 0 && facts.st_size == step->size &&
           vt_clock_nanoseconds(facts.st_mtim) == step->mtime_ns &&
           (facts.st_ino == step->ino || facts.st_dev != step->dev);
}

static bool judge(void *user, const char *file)
{
    return is_file(user, file);
}

/* Where a file went that is not at its place any more. */
static bool find_in_trash(vt_file_step *step)
{
    vt_trashed trashed;
    char *home = vt_trash_home(NULL);
    bool found = home && vt_trash_find(home, step->from, judge, step, &trashed, NULL);
    free(home);
    if (found) {
        step->to = trashed.file;
        trashed.file = NULL;
        vt_trashed_clear(&trashed);
    }
    return found;
}

static bool happened(vt_file_work_kind kind, vt_file_step *step)
{
    switch (kind) {
    case VT_FILE_TRASH:
        return !is_file(step, step->from) && find_in_trash(step);
    case VT_FILE_DELETE:
        return !vt_move_is_there(step->from);
    default:
        return is_file(step, step->to);
    }
}

/* Renames were done one after the other: what was done last tells of all before it. */
static void judge_renames(vt_file_work *work)
{
    size_t end = work->steps.count;
    while (end > work->at &&
           (work->steps.steps[end - 1].row_only || !happened(work->kind, &work->steps.steps[end - 1]))) {
        end--;
    }
    for (size_t i = work->at; i < end; i++) {
        work->steps.steps[i].done = true;
    }
    work->came_to = end;
}

/* Of the others each file tells of itself, and the row of a sequence goes with its frames if all went. */
static void judge_each(vt_file_work *work)
{
    bool whole = false;
    uint32_t item = 0;
    for (size_t i = 0; i < work->steps.count; i++) {
        vt_file_step *step = &work->steps.steps[i];
        bool first = i == 0 || step->item != item;
        item = step->item;
        if (step->row_only && !step->done && whole && work->kind == VT_FILE_TRASH) {
            const char *beside = work->steps.steps[i - 1].to;
            vt_str path = VT_STR_INIT;
            vt_str_appendf(&path, "%s.%lld-%zu", beside ? beside : step->from, (long long)work->id, i);
            step->to = vt_str_take(&path);
            step->done = step->to != NULL;
        } else if (step->row_only) {
            step->done = step->done || whole;
        } else {
            step->done = step->done || happened(work->kind, step);
        }
        whole = step->done && (first || whole);
    }
    work->came_to = work->steps.count;
}

bool vt_file_settle_read(vt_file_work *work, bool *found, vt_error *error)
{
    vt_file_work_note note;
    vt_catalog_reader *reader = vt_catalog_reader_open(work->engine->catalog, error);
    bool done = reader && vt_file_journal_first(reader, &note, found, error);
    vt_catalog_reader_free(reader);
    if (!done || !*found) {
        return done;
    }
    work->kind = note.kind;
    work->figures.kind = note.kind;
    work->id = note.id;
    work->undoes.id = note.undoes;
    work->undoes.kind = vt_file_work_opposite(note.kind);
    work->undoes.items = work->figures.items = note.items;
    work->steps = note.steps;
    while (work->at < note.steps.count && note.steps.steps[work->at].done) {
        work->at++;
    }
    if (note.kind == VT_FILE_RENAME || note.kind == VT_FILE_RENAME_BACK) {
        judge_renames(work);
    } else {
        judge_each(work);
    }
    for (size_t i = 0; i < note.steps.count; i++) {
        work->figures.files += !note.steps.steps[i].row_only;
        work->figures.done += note.steps.steps[i].done && !note.steps.steps[i].row_only;
    }
    work->figures.prepared = true;
    return true;
}

void vt_file_settle_tell(const vt_file_work *work, vt_error *told)
{
    long long done = (long long)work->figures.done;
    long long files = (long long)work->figures.files;
    if (work->fault.code != VT_ERROR_NONE) {
        vt_error_set(told, work->fault.code, "Files were being renamed when the program was cut off, and %s",
                     work->fault.message);
        return;
    }
    switch (work->figures.kind) {
    case VT_FILE_RENAME:
        vt_error_set(told, VT_ERROR_CANCELLED,
                     "Renaming %lld files was cut off: all of them have their old names again", files);
        break;
    case VT_FILE_RENAME_BACK:
        vt_error_set(told, VT_ERROR_CANCELLED,
                     "Taking back the names of %lld files was cut off, and has been finished now", files);
        break;
    case VT_FILE_TRASH:
        vt_error_set(told, VT_ERROR_CANCELLED,
                     "Moving to the trash was cut off: %lld of %lld files are in the trash", done, files);
        break;
    case VT_FILE_RESTORE:
        vt_error_set(told, VT_ERROR_CANCELLED,
                     "Putting back from the trash was cut off: %lld of %lld files are back", done, files);
        break;
    default:
        vt_error_set(told, VT_ERROR_CANCELLED, "Deleting was cut off: %lld of %lld files are deleted", done,
                     files);
    }
}

bool vt_file_works_settle(vt_engine *engine, vt_error *error)
{
    bool any = false;
    if (!engine->catalog_writer) {
        return true;
    }
    vt_catalog_reader *reader = vt_catalog_reader_open(engine->catalog, error);
    bool done = reader && vt_file_journal_any(reader, &any, error);
    vt_catalog_reader_free(reader);
    if (!done || !any) {
        return done;
    }
    const vt_file_work_listener nobody = {0};
    vt_file_work *work = vt_file_work_create(engine, VT_FILE_TRASH, &nobody, error);
    if (work) {
        work->settling = true;
        vt_file_work_put_first(work); /* whatever waits is told what comes of it */
        vt_file_work_start(work);
    }
    return work != NULL;
}
