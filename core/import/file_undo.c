/* What was done to files is undone: its steps come from the journal, and are looked at before they are done.
 */
#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/files/move.h"
#include "core/import/file_work_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for what is to be undone");
}

/* ---- is it the same file ---- */

/* The clock of file systems goes in steps of a hundredth of a second at most, behind ours. */
#define TICK_NS (20 * VT_NS_PER_MS)

/* Side-cars are written anew by whoever edits: whatever has the name is the one. */
static bool is_sidecar(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcasecmp(path + length - 4, ".xmp") == 0;
}

/* The file as it was, or one that was edited in its place since: its inode was there before the work began.
   An inode alone says nothing, since the next new file gets the number of one that was deleted. */
static bool is_same(const vt_file_work *work, const vt_file_step *step)
{
    struct statx facts;
    struct stat plain;
    if (is_sidecar(step->from)) {
        return true;
    }
    if (lstat(step->from, &plain) != 0) {
        return false;
    }
    bool same_inode = plain.st_dev == step->dev && plain.st_ino == step->ino;
    if (plain.st_size == step->size && vt_clock_nanoseconds(plain.st_mtim) == step->mtime_ns) {
        return same_inode || plain.st_dev != step->dev;
    }
    return same_inode && statx(AT_FDCWD, step->from, AT_SYMLINK_NOFOLLOW, STATX_BTIME, &facts) == 0 &&
           (facts.stx_mask & STATX_BTIME) &&
           facts.stx_btime.tv_sec * VT_NS_PER_S + facts.stx_btime.tv_nsec < work->undone_begun_ns - TICK_NS;
}

/* A folder that is not there either may be on a disk that comes back. */
static bool folder_is_there(const char *path)
{
    char *folder = strndup(path, (size_t)(vt_path_name(path) - path));
    bool there = folder && vt_move_is_there(folder);
    free(folder);
    return there;
}

bool vt_file_undo_check(const vt_file_work *work, vt_file_step *step, vt_error *error)
{
    static const char *const doing[VT_FILE_WORK_KIND_COUNT] = {
        [VT_FILE_RENAME] = "rename",           [VT_FILE_RENAME_BACK] = "give its old name to",
        [VT_FILE_TRASH] = "move to the trash", [VT_FILE_RESTORE] = "put back",
        [VT_FILE_DELETE] = "delete",
    };
    if (!vt_move_is_there(step->from)) {
        step->gone = folder_is_there(step->from);
        return vt_move_fault(error, ENOENT, doing[work->kind], step->from, NULL);
    }
    if (is_same(work, step)) {
        return true;
    }
    step->gone = true;
    char *shown = vt_path_display(step->from);
    vt_error_set(error, VT_ERROR_CHANGED,
                 "cannot %s %s: another file has that name by now, and is left alone", doing[work->kind],
                 shown ? shown : "the file");
    free(shown);
    return false;
}

/* ---- renames: all that can ever be, or none ---- */

typedef struct path_place {
    const char *path; /* that of the step */
    size_t at;        /* the step */
} path_place;

/* Paths in order, for asking whether one is among them. */
typedef struct path_set {
    path_place *places; /* owned */
    size_t count;
} path_set;

static int compare_places(const void *a, const void *b)
{
    const path_place *first = a;
    const path_place *second = b;
    int order = strcmp(first->path, second->path);
    return order ? order : (first->at > second->at) - (first->at < second->at);
}

static bool collect(path_set *set, const vt_file_steps *steps, bool targets)
{
    set->count = 0;
    set->places = calloc(steps->count + 1, sizeof *set->places);
    for (size_t i = 0; set->places && i < steps->count; i++) {
        const char *path = targets ? steps->steps[i].to : steps->steps[i].from;
        if (path) {
            set->places[set->count++] = (path_place){path, i};
        }
    }
    if (set->places) {
        qsort(set->places, set->count, sizeof *set->places, compare_places);
    }
    return set->places != NULL;
}

/* Whether a step before `end` has it. */
static bool has_before(const path_set *set, const char *path, size_t end)
{
    size_t low = 0;
    size_t high = path ? set->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(set->places[middle].path, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return path && low < set->count && strcmp(set->places[low].path, path) == 0 && set->places[low].at < end;
}

static bool has(const path_set *set, const char *path)
{
    return has_before(set, path, SIZE_MAX);
}

/* A disk that takes "A" and "a" for one name. */
static bool are_one(const char *a, const char *b)
{
    struct stat first, second;
    return lstat(a, &first) == 0 && lstat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* Files that are gone for ever are left out, and told as failures; not those whose names others wait for. */
static bool leave_out_gone(vt_file_work *work, const path_set *origins, const path_set *targets,
                           vt_error *error)
{
    size_t files = 0;
    vt_error reason = VT_ERROR_INIT;
    for (size_t i = 0; i < work->steps.count; i++) {
        vt_file_step *step = &work->steps.steps[i];
        bool alone = !step->row_only && !has(targets, step->from) && !has(origins, step->to);
        if (alone && !vt_file_undo_check(work, step, &reason) && step->gone) {
            vt_file_work_note_failure(work, step->from, &reason);
            work->figures.failed++;
        } else {
            files += !step->row_only;
        }
    }
    if (files > 0 || work->figures.failed == 0) {
        return true;
    }
    work->forgets = true; /* nothing is left */
    *error = reason;
    return false;
}

static void drop_gone(vt_file_steps *steps)
{
    size_t kept = 0;
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->steps[i].gone) {
            free(steps->steps[i].from);
            free(steps->steps[i].to);
        } else {
            steps->steps[kept++] = steps->steps[i];
        }
    }
    steps->count = kept;
}

/* What an earlier step brings, or takes away, is not there yet, or still. */
static bool check_renames(vt_file_work *work, const path_set *origins, const path_set *targets,
                          vt_error *error)
{
    for (size_t i = 0; i < work->steps.count; i++) {
        vt_file_step *step = &work->steps.steps[i];
        if (step->row_only || step->gone) {
            continue;
        }
        if (!has_before(targets, step->from, i) && !vt_file_undo_check(work, step, error)) {
            work->forgets = step->gone;
            return false;
        }
        if (step->to && !has_before(origins, step->to, i) && vt_move_is_there(step->to) &&
            !are_one(step->from, step->to)) {
            return vt_move_fault(error, EEXIST, "rename", step->from, step->to);
        }
    }
    return true;
}

/* ---- side-cars that were written since ---- */

static bool add_sidecar(vt_file_work *work, const vt_file_step *file, const path_set *origins,
                        vt_error *error)
{
    struct stat facts;
    vt_str from = VT_STR_INIT;
    vt_str to = VT_STR_INIT;
    vt_str_appendf(&from, "%s.xmp", file->from);
    vt_str_appendf(&to, "%s.xmp", file->to ? file->to : "");
    bool done = !from.failed && !to.failed;
    if (done && !has(origins, from.data) && lstat(from.data, &facts) == 0 && S_ISREG(facts.st_mode)) {
        const vt_file_step step = {.from = from.data,
                                   .to = file->to ? to.data : NULL,
                                   .item = file->item,
                                   .dev = facts.st_dev,
                                   .ino = facts.st_ino,
                                   .size = facts.st_size,
                                   .mtime_ns = vt_clock_nanoseconds(facts.st_mtim)};
        done = vt_file_steps_add(&work->steps, &step);
    }
    vt_str_free(&from);
    vt_str_free(&to);
    return done || no_memory(error);
}

/* They belong to files that move; names between two others are nobody's. The trash has its own names, and the
   steps of an item stand together there: what is added at the end is an item of its own. */
static bool add_sidecars(vt_file_work *work, const path_set *origins, const path_set *targets,
                         vt_error *error)
{
    size_t count = work->steps.count;
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        const vt_file_step step = work->steps.steps[i]; /* adding moves the list, not its paths */
        bool between = has(targets, step.from) || (step.to && has(origins, step.to));
        done = step.row_only || step.gone || between || is_sidecar(step.from) ||
               add_sidecar(work, &step, origins, error);
    }
    return done;
}

/* ---- preparing ---- */

static bool take_steps(vt_file_work *work, const vt_file_work_note *note, vt_error *error)
{
    work->undone_begun_ns = note->begun_ns;
    if (!vt_file_steps_reverse(note->kind, &note->steps, &work->steps)) {
        return no_memory(error);
    }
    path_set origins = {0};
    path_set targets = {0};
    bool renames = work->kind == VT_FILE_RENAME || work->kind == VT_FILE_RENAME_BACK;
    bool done =
        (collect(&origins, &work->steps, false) && collect(&targets, &work->steps, true)) || no_memory(error);
    done = done &&
           (!renames || (leave_out_gone(work, &origins, &targets, error) &&
                         check_renames(work, &origins, &targets, error))) &&
           (work->kind == VT_FILE_RESTORE || add_sidecars(work, &origins, &targets, error));
    free(origins.places);
    free(targets.places);
    drop_gone(&work->steps);
    return done;
}

bool vt_file_undo_prepare(vt_file_work *work, vt_error *error)
{
    bool found = false;
    vt_file_work_note note;
    vt_catalog_reader *reader = vt_catalog_reader_open(work->engine->catalog, error);
    bool done = reader && vt_file_journal_ended(reader, work->undoes.id, &note, &found, error);
    vt_catalog_reader_free(reader);
    if (!done) {
        return false;
    }
    if (!found || note.kind != work->undoes.kind) {
        done = vt_error_set(error, VT_ERROR_CHANGED,
                            "what was done to these files is not kept any more, or was undone already; "
                            "nothing is changed");
    } else {
        done = take_steps(work, &note, error);
    }
    if (found) {
        vt_file_steps_clear(&note.steps);
    }
    work->figures.files = 0;
    for (size_t i = 0; i < work->steps.count; i++) {
        work->figures.files += !work->steps.steps[i].row_only;
    }
    return done;
}

bool vt_file_recall_read(vt_file_work *work, vt_error *error)
{
    vt_catalog_reader *reader = vt_catalog_reader_open(work->engine->catalog, error);
    work->recalled = reader ? calloc(1, sizeof *work->recalled) : NULL;
    bool done = work->recalled || (reader && no_memory(error));
    done = done && vt_file_finished_list_read(reader, vt_clock_wall(), work->recalled, error);
    vt_catalog_reader_free(reader);
    return done;
}
