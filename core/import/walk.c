#include "core/import/walk_private.h"

#include "core/base/path.h"
#include "core/decode/format.h"
#include "core/import/fault.h"
#include "core/import/remember.h"
#include "core/import/sidecars_private.h"
#include "core/scan/folder.h"
#include "core/sidecar/sidecar_path.h"

#include <stdlib.h>
#include <string.h>

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    vt_walk *at = user;
    vt_folder_grouping_begin(at->grouping, whole);
    at->whole = whole;
    at->sidecars_before = at->seen.sidecars;
    /* Of a thousand files given one by one, their folder is asked for once. */
    return (!whole && vt_changes_is_of(at->changes, path, length)) ||
           vt_changes_begin(at->changes, path, length, &at->fault);
}

/* What a file needs for which nothing has to be sent on; true if it is settled with that. */
static bool count_settled(vt_walk *at, vt_file_change change, vt_walk_counts *counts)
{
    switch (change) {
    case VT_FILE_CHANGE_NONE:
        counts->unchanged++;
        return true;
    case VT_FILE_CHANGE_FAILED_BEFORE:
        counts->failed++;
        return true;
    case VT_FILE_CHANGE_UNREAD:
        if (at->reads_left > 0) {
            at->reads_left--;
            at->to_read++;
            counts->waiting++;
        } else {
            counts->unchanged++;
        }
        return true;
    default:
        return false;
    }
}

/* True if the user does not want it: it stays what it is. */
static bool is_left_out(const vt_walk *at, const vt_scan_file *file, vt_kind kind)
{
    return vt_choice_judge(at->import->choice, file->name, kind, file->size, file->mtime_ns) !=
           VT_CHOICE_TAKE;
}

static vt_kind kind_of(const vt_scan_file *file)
{
    const vt_format_info *format = vt_format_get(vt_format_of_name(file->name));
    return format ? format->kind : VT_KIND_UNKNOWN;
}

static bool take_files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    vt_walk *at = user;
    vt_walk_counts counts = {.found = (int64_t)count};
    bool on = true;
    /* First what needs nothing, so that progress tells of all of the chunk before the waiting begins. */
    const vt_known_file *known[VT_SCAN_CHUNK];
    vt_file_change changes[VT_SCAN_CHUNK];
    bool settled[VT_SCAN_CHUNK];
    for (size_t i = 0; i < count; i++) {
        changes[i] = vt_changes_of(at->changes, &found[i], &known[i]); /* also: it was seen */
        if (is_left_out(at, &found[i], kind_of(&found[i]))) {
            counts.found--;
            counts.left_out++;
            settled[i] = true;
            changes[i] = VT_FILE_CHANGE_NONE;
            continue;
        }
        if (changes[i] == VT_FILE_CHANGE_FAILED_BEFORE && at->import->options.retry_failures) {
            changes[i] = VT_FILE_CHANGE_CONTENT;
        }
        settled[i] = count_settled(at, changes[i], &counts);
    }
    vt_import_walked(at->import, &counts, &at->seen);
    for (size_t i = 0; i < count && on; i++) {
        if (changes[i] == VT_FILE_CHANGE_NEW && !known[i] && !found[i].special) {
            on = vt_walk_take_new(at, path, length, &found[i], NULL);
        } else if (!settled[i]) {
            on = vt_walk_send(at, vt_walk_entry(at, path, length, &found[i], NULL, changes[i], known[i]));
        }
    }
    return on;
}

static bool take_sequence(void *user, const char *path, size_t length, const vt_scan_file *shown,
                          vt_frames_job *frames)
{
    vt_walk *at = user;
    const vt_known_file *known;
    vt_walk_counts counts = {.found = 1, .frames = (int64_t)frames->frames};
    vt_file_change change = vt_changes_of(at->changes, shown, &known);
    if (is_left_out(at, shown, VT_KIND_SEQUENCE)) {
        vt_import_walked(at->import, &(vt_walk_counts){.left_out = 1}, &at->seen);
        vt_frames_job_free(frames);
        return true;
    }
    if (change == VT_FILE_CHANGE_FAILED_BEFORE && at->import->options.retry_failures) {
        change = VT_FILE_CHANGE_CONTENT;
    }
    bool settled = count_settled(at, change, &counts);
    vt_import_walked(at->import, &counts, &at->seen);
    if (settled) {
        vt_frames_job_free(frames);
        return true;
    }
    if (known && known->id && change == VT_FILE_CHANGE_CONTENT) {
        bool taken = false;
        bool on = vt_walk_take_grown(at, path, length, shown, frames, known, &taken);
        if (taken || !on) {
            if (!taken) {
                vt_frames_job_free(frames);
            }
            return on;
        }
    }
    return change == VT_FILE_CHANGE_NEW && !known
               ? vt_walk_take_new(at, path, length, shown, frames)
               : vt_walk_send(at, vt_walk_entry(at, path, length, shown, frames, change, known));
}

static bool was_elsewhere(void *user, const char *path, size_t length, const vt_scan_file *file, bool *was)
{
    return vt_walk_was_elsewhere(user, path, length, file, was);
}

/* A file that was given by itself: what lies beside it was not listed. */
static bool note_file(vt_walk *at, const char *path, size_t length, const vt_scan_file *file)
{
    vt_str whole = VT_STR_INIT;
    vt_str_append(&whole, path, length);
    if (length > 0 && path[length - 1] != '/') {
        vt_str_append_char(&whole, '/');
    }
    vt_str_append(&whole, file->name, file->name_length);
    bool done = whole.failed ? vt_walk_out_of_memory(at)
                             : vt_walk_note_sidecars(at, VT_SIDECAR_VISIT_FILE, whole.data, whole.length);
    vt_str_free(&whole);
    return done;
}

static bool files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    vt_walk *at = user;
    const vt_folder_sink sink = {take_files, take_sequence, was_elsewhere, at};
    if (!vt_import_wait_held(at->import) || (!at->whole && !note_file(at, path, length, found))) {
        return false;
    }
    return vt_folder_grouping_add(at->grouping, path, length, found, count, &sink, &at->fault);
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    vt_walk *at = user;
    const vt_folder_sink sink = {take_files, take_sequence, was_elsewhere, at};
    vt_import_walked(at->import, &(vt_walk_counts){0}, &at->seen);
    bool any = at->whole && at->seen.sidecars > at->sidecars_before;
    if (any && !vt_walk_note_sidecars(at, VT_SIDECAR_VISIT_FOLDER, path, length)) {
        return false;
    }
    return vt_folder_grouping_end(at->grouping, path, length, complete, &sink, at->import->cancel,
                                  &at->fault) &&
           (!complete || vt_walk_send_unseen(at, path, length));
}

static bool trouble(void *user, const char *path, size_t length, const vt_error *error)
{
    vt_walk *at = user;
    if (vt_fault_is_ours(error)) {
        at->fault = *error;
        vt_fault_explain(&at->fault, path);
        return false;
    }
    vt_entry *entry = vt_entry_create(at->import, VT_ENTRY_FAILURE, path, length, NULL, 0);
    if (entry) {
        entry->error = *error;
    }
    return vt_walk_send(at, entry);
}

static void count_absent(vt_walk *at)
{
    vt_import_walked(at->import, &(vt_walk_counts){.absent = 1}, &at->seen);
}

/* The folder of the sequence whose name `path` may be: no file has such a path, its frames are tried again.
   NULL if there is none. */
static char *folder_of_sequence(const char *path)
{
    uint32_t length = (uint32_t)strnlen(path, VT_PATH_LENGTH_MAX);
    uint32_t name_at = vt_path_split(path, length);
    char *folder = strchr(path + name_at, '#') ? strndup(path, vt_path_folder_length(name_at)) : NULL;
    char *there = folder ? vt_path_absolute(folder, NULL) : NULL;
    free(folder);
    return there;
}

/* Looks where one given path leads. `*there`: it is there, or the catalog knows of it. */
static bool check_path(vt_walk *at, char **path, vt_error *trouble, bool *there)
{
    char *given = *path;
    bool retry = at->import->options.retry_failures;
    *path = vt_path_absolute(given, trouble);
    *there = *path != NULL;
    bool on = true;
    if (!*path && retry && trouble->code != VT_ERROR_NOT_FOUND && given[0] == '/') {
        *path = strdup(given); /* too long to be asked for at once, or not to be reached: the walk tells */
        *there = true;
        on = *path || vt_walk_out_of_memory(at);
    } else if (!*path && retry && given[0] == '/' && (*path = folder_of_sequence(given))) {
        *there = true;
    } else if (retry && (!*path || strcmp(*path, given) != 0)) { /* gone, or a link by now */
        if (!*path) {
            count_absent(at);
        }
        at->absent[at->absent_count++] = given;
        given = NULL;
    }
    free(given);
    return on;
}

/* Puts right what the catalog knows of the given paths that are gone. `*any`: it knows of one. */
static bool settle_absent_paths(vt_walk *at, bool *any)
{
    bool on = true;
    for (size_t i = 0; i < at->absent_count; i++) {
        bool known = false;
        on = on && vt_walk_settle_absent(at, at->absent[i], &known);
        *any = *any || known;
        free(at->absent[i]);
    }
    at->absent_count = 0;
    return on;
}

/* Makes the given paths absolute; those that are not there become NULL. False if the import cannot go on. */
static bool check_paths(vt_walk *at)
{
    vt_import *import = at->import;
    vt_error first = VT_ERROR_INIT;
    bool any = import->paths_checked;
    at->absent = calloc(import->path_count, sizeof *at->absent);
    if (!at->absent) {
        return vt_walk_out_of_memory(at);
    }
    for (size_t i = 0; i < import->path_count && !import->paths_checked; i++) {
        vt_error trouble = VT_ERROR_INIT;
        bool there = false;
        if (!vt_cancel_check(import->cancel, &at->fault) ||
            !check_path(at, &import->paths[i], &trouble, &there)) {
            return false;
        }
        any = any || there;
        if (first.code == VT_ERROR_NONE) {
            first = trouble;
        }
        if (!there && !import->options.retry_failures) {
            any = false;
            break;
        }
    }
    if (!any && !settle_absent_paths(at, &any)) {
        return false;
    }
    if (!any) {
        at->fault = first;
    }
    return any && vt_walk_count_before(at);
}

/* Looks through the folders of frames that were given by themselves, and not what lies below. */
static bool walk_due_folders(vt_walk *at, const vt_scan_visitor *visitor, vt_error *stopped)
{
    char *folder = vt_folder_grouping_due(at->grouping);
    /* What was taken in by its new name is seen there: an item that has become a frame. */
    bool on =
        !folder || (vt_walk_hand_on_chunk(at) && vt_pipeline_wait_taken_in(at->import->engine, at->import));
    vt_scan_flatten(at->scan);
    for (; folder; folder = on ? vt_folder_grouping_due(at->grouping) : NULL) {
        on = on && vt_scan_ahead_walk(at->scan, folder, visitor, &at->seen, stopped);
        free(folder);
    }
    return on;
}

static bool is_sidecar(const char *path)
{
    struct stat facts;
    return vt_sidecar_path_is_sidecar(path) && vt_place_stat(path, strlen(path), &facts) &&
           S_ISREG(facts.st_mode);
}

static void walk_paths(vt_walk *at)
{
    vt_import *import = at->import;
    const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, at};
    vt_error stopped = VT_ERROR_INIT;
    bool on = check_paths(at);
    vt_import_paths_are_final(import);
    for (size_t i = 0; i < import->path_count && on; i++) {
        if (import->paths[i]) {
            vt_remember_root(import->engine, at->offline, import->paths[i]);
            vt_remember_choice(import->engine, &import->options, import->paths[i]);
        }
        if (import->paths[i] && is_sidecar(import->paths[i])) {
            on = vt_walk_note_sidecars(at, VT_SIDECAR_VISIT_SIDECAR, import->paths[i],
                                       strlen(import->paths[i]));
            continue;
        }
        on = !import->paths[i] ||
             (vt_scan_ahead_walk(at->scan, import->paths[i], &visitor, &at->seen, &stopped) &&
              vt_walk_send_gone_folders(at, import->paths[i]));
    }
    /* After what is there: what moved is known by now, and not missing. */
    bool any = false;
    on = on && settle_absent_paths(at, &any);
    on = on && walk_due_folders(at, &visitor, &stopped);
    on = vt_walk_hand_on_chunk(at) && on;
    if (on) {
        vt_import_scanned(import);
        on = at->to_read == 0 || (vt_pipeline_wait_taken_in(import->engine, import) &&
                                  vt_import_read_unread(import, at->reader, at->to_read, &at->fault));
        on = on && vt_walk_read_sidecars(at);
    }
    if (!on && at->fault.code == VT_ERROR_NONE) {
        at->fault = stopped;
    }
    if (!on && at->fault.code != VT_ERROR_CANCELLED && at->fault.code != VT_ERROR_NONE) {
        vt_import_abort(import, &at->fault);
    }
}

static bool open_walk(vt_walk *at, vt_error *error)
{
    vt_import *import = at->import;
    at->path = (vt_str)VT_STR_INIT;
    at->reader = vt_catalog_reader_open(import->engine->catalog, error);
    at->offline = at->reader ? vt_offline_create(at->reader, error) : NULL;
    if (!at->offline || !vt_offline_refresh(at->offline, 0, error)) {
        return false;
    }
    at->origins = vt_origins_create(at->reader, at->offline, error);
    if (!at->origins) {
        return false;
    }
    vt_origins_set_renames(at->origins, import->options.renames, import->options.rename_count);
    at->changes = vt_changes_create(at->reader);
    if (!at->changes) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while importing");
    }
    at->grouping = vt_folder_grouping_create(at->reader, at->changes, import->options.sequences,
                                             import->options.siblings, error);
    return at->grouping != NULL;
}

static void close_walk(vt_walk *at)
{
    for (size_t i = 0; i < at->absent_count; i++) {
        free(at->absent[i]);
    }
    free(at->absent);
    vt_walk_forget_sidecars(at);
    vt_scan_free(at->scan);
    vt_folder_grouping_free(at->grouping);
    vt_changes_free(at->changes);
    vt_visited_clear(&at->moved);
    vt_origins_free(at->origins);
    vt_offline_free(at->offline);
    vt_catalog_reader_free(at->reader);
    vt_str_free(&at->path);
}

void *vt_import_walk(void *user)
{
    vt_import *import = user;
    vt_own_files own;
    vt_error error = VT_ERROR_INIT;
    int64_t limit = import->options.read_limit;
    vt_walk at = {.import = import, .reads_left = limit == 0 ? INT64_MAX : limit};
    vt_catalog_own_files(import->engine->catalog, &own);
    const vt_scan_options options = {
        .hidden = import->options.hidden, .own = &own, .choice = import->choice, .cancel = import->cancel};
    if (open_walk(&at, &error)) {
        at.scan = vt_scan_create(&options);
        if (at.scan) {
            walk_paths(&at);
        } else {
            vt_error_set(&error, VT_ERROR_MEMORY, "out of memory while importing");
        }
    }
    if (error.code != VT_ERROR_NONE) {
        vt_import_abort(import, &error);
    }
    close_walk(&at);
    vt_import_walk_ended(import);
    return NULL;
}
