#include "core/import/changes.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/import/fault.h"
#include "core/import/folder.h"
#include "core/import/folder_grouping.h"
#include "core/import/intake.h"
#include "core/import/operation_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder of the catalog that is not on the disk any more. */
typedef struct gone_folder {
    struct gone_folder *next;
    size_t length;
    char path[];
} gone_folder;

typedef struct walk {
    vt_import *import;
    vt_catalog_reader *reader;
    vt_changes *changes;
    vt_scan *scan;
    vt_folder_grouping *grouping;
    gone_folder *gone;
    vt_intake_chunk *chunk; /* being filled; NULL: none */
    int64_t reads_left;     /* of the import's limit */
    int64_t to_read;        /* taken in by name, to be read after the walk */
    vt_error fault;         /* why a callback stopped the walk, if it was not cancelled */
} walk;

static bool out_of_memory(walk *at)
{
    return vt_error_set(&at->fault, VT_ERROR_MEMORY, "out of memory while importing");
}

/* Sends an entry on, waiting for room. False when cancelled. */
static bool send(walk *at, vt_entry *entry)
{
    vt_import *import = at->import;
    if (!entry) {
        return out_of_memory(at);
    }
    if (!vt_pipeline_reserve(import->engine, import)) {
        vt_entry_free(entry);
        return false;
    }
    vt_import_entry_begun(import);
    vt_pipeline_add(import->engine, entry);
    return true;
}

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    walk *at = user;
    vt_folder_grouping_begin(at->grouping, whole);
    /* Of a thousand files given one by one, their folder is asked for once. */
    return (!whole && vt_changes_is_of(at->changes, path, length)) ||
           vt_changes_begin(at->changes, path, length, &at->fault);
}

/* An item that was missing and is back as it was: its record, with the state put right. */
static bool restore(walk *at, vt_entry *entry)
{
    vt_item item;
    if (!vt_catalog_reader_item(at->reader, entry->known_id, &item, NULL)) {
        return false;
    }
    item.path = entry->item.path;
    item.path_length = entry->item.path_length;
    item.name_at = entry->item.name_at;
    item.dev = entry->item.dev;
    item.state = VT_ITEM_OK;
    entry->item = item;
    return true;
}

/* A sequence is what its poster is; one whose poster is as it was needs no reading. */
static void set_frames(walk *at, vt_entry *entry, vt_frames_job *frames)
{
    vt_item item;
    vt_entry_set_frames(entry, frames);
    if (frames->keeps_poster && vt_catalog_reader_item(at->reader, entry->known_id, &item, NULL)) {
        entry->item.media = item.media;
        vt_frames_describe(frames, &entry->item.media);
        entry->kind = VT_ENTRY_ITEM;
    }
}

/* `frames` NULL: a file; else of the sequence that `file` stands for: taken over, also when this fails. */
static vt_entry *entry_for(walk *at, const char *path, size_t length, const vt_scan_file *file,
                           vt_frames_job *frames, vt_change change, const vt_known_file *known)
{
    vt_entry *entry =
        vt_entry_create(at->import, VT_ENTRY_DECODE, path, length, file->name, file->name_length);
    if (!entry) {
        vt_frames_job_free(frames);
        return NULL;
    }
    vt_entry_set_file(entry, file);
    entry->known_id = known ? known->id : 0;
    if (file->special) {
        entry->kind = VT_ENTRY_FAILURE;
        vt_error_set(&entry->error, VT_ERROR_NOT_REGULAR,
                     "is no file but a FIFO, socket or device: it was not opened");
    } else if (change == VT_CHANGE_BACK && restore(at, entry)) {
        entry->kind = VT_ENTRY_ITEM;
        vt_frames_job_free(frames); /* its row is there, as it was */
    } else if (frames) {
        set_frames(at, entry, frames);
    }
    return entry;
}

/* ---- files taken in by name ---- */

/* A chunk is handed on when it is full, or when its first file has waited for so long to be seen. */
#define CHUNK_NS (200 * VT_NS_PER_MS)

static bool hand_on_chunk(walk *at)
{
    vt_intake_chunk *chunk = at->chunk;
    at->chunk = NULL;
    if (!chunk) {
        return true;
    }
    vt_import_entry_begun(at->import);
    if (vt_pipeline_take_in(at->import->engine, chunk)) {
        return true;
    }
    vt_intake_free(chunk);
    vt_import_entry_ended(at->import);
    return false;
}

static bool take_in(walk *at, const char *path, size_t length, const vt_scan_file *file,
                    vt_frames_job *frames, bool deferred)
{
    if (at->chunk &&
        (at->chunk->deferred != deferred || !vt_intake_add(at->chunk, path, length, file, frames))) {
        if (!hand_on_chunk(at)) {
            vt_frames_job_free(frames);
            return false;
        }
    } else if (at->chunk) {
        return vt_clock_now() - at->chunk->begun_ns < CHUNK_NS || hand_on_chunk(at);
    }
    at->chunk = vt_intake_create(at->import, deferred, length + 1 + file->name_length);
    if (at->chunk && vt_intake_add(at->chunk, path, length, file, frames)) {
        return true;
    }
    vt_frames_job_free(frames);
    return out_of_memory(at);
}

/* A new file, or with `frames`, which are taken over, a new sequence: to be read at once while there is room
   for it, else after the walk, or later. */
static bool take_new(walk *at, const char *path, size_t length, const vt_scan_file *file,
                     vt_frames_job *frames)
{
    vt_import *import = at->import;
    if (at->reads_left <= 0) {
        return take_in(at, path, length, file, frames, true);
    }
    at->reads_left--;
    if (!vt_pipeline_try_reserve(import->engine, import)) {
        at->to_read++;
        return take_in(at, path, length, file, frames, false);
    }
    vt_entry *entry = entry_for(at, path, length, file, frames, VT_CHANGE_NEW, NULL);
    if (!entry) {
        vt_pipeline_unreserve(import->engine);
        return out_of_memory(at);
    }
    vt_import_entry_begun(import);
    vt_pipeline_add(import->engine, entry);
    return true;
}

/* ---- what the scan calls ---- */

/* What a file needs for which nothing has to be sent on; true if it is settled with that. */
static bool count_settled(walk *at, vt_change change, vt_walk_counts *counts)
{
    switch (change) {
    case VT_CHANGE_NONE:
        counts->unchanged++;
        return true;
    case VT_CHANGE_FAILED_BEFORE:
        counts->failed++;
        return true;
    case VT_CHANGE_UNREAD:
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

static bool take_files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    walk *at = user;
    vt_walk_counts counts = {.found = (int64_t)count};
    vt_scan_figures figures;
    bool on = true;
    /* First what needs nothing, so that progress tells of all of the chunk before the waiting begins. */
    const vt_known_file *known[VT_SCAN_CHUNK];
    vt_change changes[VT_SCAN_CHUNK];
    bool settled[VT_SCAN_CHUNK];
    for (size_t i = 0; i < count; i++) {
        changes[i] = vt_changes_of(at->changes, &found[i], &known[i]);
        if (changes[i] == VT_CHANGE_FAILED_BEFORE && at->import->options.retry_failures) {
            changes[i] = VT_CHANGE_CONTENT;
        }
        settled[i] = count_settled(at, changes[i], &counts);
    }
    vt_scan_get_figures(at->scan, &figures);
    vt_import_walked(at->import, &counts, &figures);
    for (size_t i = 0; i < count && on; i++) {
        if (changes[i] == VT_CHANGE_NEW && !known[i] && !found[i].special) {
            on = take_new(at, path, length, &found[i], NULL);
        } else if (!settled[i]) {
            on = send(at, entry_for(at, path, length, &found[i], NULL, changes[i], known[i]));
        }
    }
    return on;
}

static bool take_sequence(void *user, const char *path, size_t length, const vt_scan_file *shown,
                          vt_frames_job *frames)
{
    walk *at = user;
    const vt_known_file *known;
    vt_walk_counts counts = {.found = 1, .frames = (int64_t)frames->frames};
    vt_scan_figures figures;
    vt_change change = vt_changes_of(at->changes, shown, &known);
    if (change == VT_CHANGE_FAILED_BEFORE && at->import->options.retry_failures) {
        change = VT_CHANGE_CONTENT;
    }
    bool settled = count_settled(at, change, &counts);
    vt_scan_get_figures(at->scan, &figures);
    vt_import_walked(at->import, &counts, &figures);
    if (settled) {
        vt_frames_job_free(frames);
        return true;
    }
    return change == VT_CHANGE_NEW && !known
               ? take_new(at, path, length, shown, frames)
               : send(at, entry_for(at, path, length, shown, frames, change, known));
}

static bool files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    walk *at = user;
    const vt_folder_sink sink = {take_files, take_sequence, at};
    return vt_folder_grouping_add(at->grouping, path, length, found, count, &sink, &at->fault);
}

/* True if there is no such file any more. One that is there but was passed over, because it is hidden for
   instance, is not missing. */
static bool is_gone(const char *path, size_t length)
{
    struct stat facts;
    if (vt_place_stat(path, length, &facts)) {
        return !S_ISREG(facts.st_mode);
    }
    return errno == ENOENT || errno == ENOTDIR;
}

/* True if what once failed at `path`, without an item of it, does not stand in the way any more. */
static bool is_over(const char *path, size_t length)
{
    struct stat facts;
    vt_place place;
    if (!vt_place_stat(path, length, &facts)) {
        return errno == ENOENT || errno == ENOTDIR;
    }
    if (!S_ISDIR(facts.st_mode)) {
        return !S_ISREG(facts.st_mode);
    }
    bool readable = vt_place_open(path, length, &place) &&
                    faccessat(place.folder, place.name, R_OK | X_OK, AT_EACCESS) == 0;
    vt_place_close(&place);
    return readable;
}

static bool send_gone(walk *at, vt_entry_kind kind, const char *path, size_t length,
                      const vt_known_file *file)
{
    vt_entry *entry = vt_entry_create(at->import, kind, path, length, file->name, file->name_length);
    if (!entry) {
        return out_of_memory(at);
    }
    entry->known_id = kind == VT_ENTRY_MISSING ? file->id : 0;
    bool gone = file->id ? is_gone(entry->path, entry->item.path_length)
                         : is_over(entry->path, entry->item.path_length);
    if (!gone) {
        vt_entry_free(entry);
        return true;
    }
    return send(at, entry);
}

/* An item or failure of the folder `path` that the walk did not come by: put right if it is gone. */
static bool send_if_gone(walk *at, const char *path, size_t length, const vt_known_file *file)
{
    return (!file->id || send_gone(at, VT_ENTRY_MISSING, path, length, file)) &&
           (!file->failed || send_gone(at, VT_ENTRY_FORGET, path, length, file));
}

static bool send_unseen(walk *at, const char *path, size_t length)
{
    size_t next = 0;
    const vt_known_file *file;
    bool on = true;
    while (on && (file = vt_changes_next_unseen(at->changes, &next))) {
        on = send_if_gone(at, path, length, file);
    }
    return on;
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    walk *at = user;
    const vt_folder_sink sink = {take_files, take_sequence, at};
    vt_scan_figures figures;
    vt_scan_get_figures(at->scan, &figures);
    vt_import_walked(at->import, &(vt_walk_counts){0}, &figures);
    return vt_folder_grouping_end(at->grouping, path, length, complete, &sink, at->import->cancel,
                                  &at->fault) &&
           (!complete || send_unseen(at, path, length));
}

static bool trouble(void *user, const char *path, size_t length, const vt_error *error)
{
    walk *at = user;
    if (vt_fault_is_ours(error)) {
        at->fault = *error;
        vt_fault_explain(&at->fault, path);
        return false;
    }
    vt_entry *entry = vt_entry_create(at->import, VT_ENTRY_FAILURE, path, length, NULL, 0);
    if (entry) {
        entry->error = *error;
    }
    return send(at, entry);
}

static bool note_gone_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)id;
    walk *at = user;
    struct stat facts;
    if (vt_place_stat(path, length, &facts) || (errno != ENOENT && errno != ENOTDIR)) {
        return true;
    }
    gone_folder *gone = malloc(sizeof *gone + length + 1);
    if (!gone) {
        return out_of_memory(at);
    }
    memcpy(gone->path, path, length);
    gone->path[length] = '\0';
    gone->length = length;
    gone->next = at->gone;
    at->gone = gone;
    return true;
}

/* Folders that the walk could not come by because they are gone, with all that was in them. */
static bool send_gone_folders(walk *at, const char *below)
{
    bool on = vt_catalog_reader_each_folder(at->reader, below, note_gone_folder, at, &at->fault) &&
              at->fault.code == VT_ERROR_NONE;
    while (at->gone) {
        gone_folder *gone = at->gone;
        at->gone = gone->next;
        on = on && vt_changes_begin(at->changes, gone->path, gone->length, &at->fault) &&
             send_unseen(at, gone->path, gone->length);
        free(gone);
    }
    return on;
}

/* Puts right what the catalog knows of the path `path` that may be gone. True with `*known` set if it knows
   of it. */
static bool settle_absent(walk *at, const char *path, bool *known)
{
    size_t length = strlen(path);
    if (path[0] != '/' || length > VT_PATH_LENGTH_MAX) {
        return true; /* never a path of the catalog's */
    }
    uint32_t name_at = vt_path_split(path, (uint32_t)length);
    uint32_t folder = vt_path_folder_length(name_at);
    if (!vt_changes_is_of(at->changes, path, folder) &&
        !vt_changes_begin(at->changes, path, folder, &at->fault)) {
        return false;
    }
    const vt_known_file *file = vt_changes_known(at->changes, path + name_at, length - name_at);
    *known = file != NULL;
    if (!file) { /* a frame that is gone is missed by its sequence */
        vt_error fault = VT_ERROR_INIT;
        *known =
            vt_folder_grouping_note(at->grouping, path, folder, path + name_at, length - name_at, &fault);
        if (fault.code != VT_ERROR_NONE) {
            at->fault = fault;
        }
        return fault.code == VT_ERROR_NONE;
    }
    return send_if_gone(at, path, folder, file);
}

static void count_absent(walk *at)
{
    vt_scan_figures figures;
    vt_scan_get_figures(at->scan, &figures);
    vt_import_walked(at->import, &(vt_walk_counts){.absent = 1}, &figures);
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
static bool check_path(walk *at, char **path, vt_error *trouble, bool *there)
{
    char *given = *path;
    bool retry = at->import->options.retry_failures;
    *path = vt_path_absolute(given, trouble);
    *there = *path != NULL;
    bool on = true;
    if (!*path && retry && trouble->code != VT_ERROR_NOT_FOUND && given[0] == '/') {
        *path = strdup(given); /* too long to be asked for at once, or not to be reached: the walk tells */
        *there = true;
        on = *path || out_of_memory(at);
    } else if (!*path && retry && given[0] == '/' && (*path = folder_of_sequence(given))) {
        *there = true;
    } else if (retry && (!*path || strcmp(*path, given) != 0)) { /* gone, or a link by now */
        bool known = false;
        on = settle_absent(at, given, &known);
        if (!*path) {
            count_absent(at);
        }
        *there = *there || known;
    }
    free(given);
    return on;
}

/* Makes the given paths absolute; those that are not there become NULL. False if the import cannot go on. */
static bool check_paths(walk *at)
{
    vt_import *import = at->import;
    vt_error first = VT_ERROR_INIT;
    bool any = import->paths_checked;
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
    if (!any) {
        at->fault = first;
    }
    return any;
}

/* Looks through the folders of frames that were given by themselves, and not what lies below. */
static bool walk_due_folders(walk *at, const vt_scan_visitor *visitor, vt_error *stopped)
{
    bool on = true;
    char *folder;
    vt_scan_flatten(at->scan);
    while (on && (folder = vt_folder_grouping_due(at->grouping)) != NULL) {
        on = vt_scan_walk(at->scan, folder, visitor, stopped);
        free(folder);
    }
    return on;
}

static void walk_paths(walk *at)
{
    vt_import *import = at->import;
    const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, at};
    vt_error stopped = VT_ERROR_INIT;
    bool on = check_paths(at);
    for (size_t i = 0; i < import->path_count && on; i++) {
        on = !import->paths[i] || (vt_scan_walk(at->scan, import->paths[i], &visitor, &stopped) &&
                                   send_gone_folders(at, import->paths[i]));
    }
    on = on && walk_due_folders(at, &visitor, &stopped);
    on = hand_on_chunk(at) && on;
    if (on) {
        vt_import_scanned(import);
        on = at->to_read == 0 || (vt_pipeline_wait_taken_in(import->engine, import) &&
                                  vt_import_read_unread(import, at->reader, at->to_read, &at->fault));
    }
    if (!on && at->fault.code == VT_ERROR_NONE) {
        at->fault = stopped;
    }
    if (!on && at->fault.code != VT_ERROR_CANCELLED && at->fault.code != VT_ERROR_NONE) {
        vt_import_abort(import, &at->fault);
    }
}

void *vt_import_walk(void *user)
{
    vt_import *import = user;
    vt_own_files own;
    vt_error error = VT_ERROR_INIT;
    int64_t limit = import->options.read_limit;
    walk at = {.import = import, .reads_left = limit == 0 ? INT64_MAX : limit};
    vt_catalog_own_files(import->engine->catalog, &own);
    const vt_scan_options options = {.hidden = import->options.hidden, .own = &own, .cancel = import->cancel};
    at.reader = vt_catalog_reader_open(import->engine->catalog, &error);
    if (at.reader) {
        at.changes = vt_changes_create(at.reader);
        at.scan = vt_scan_create(&options);
        at.grouping =
            at.changes ? vt_folder_grouping_create(at.reader, at.changes, import->options.sequences, &error)
                       : NULL;
        if (at.grouping && at.scan) {
            walk_paths(&at);
        } else if (error.code == VT_ERROR_NONE) {
            vt_error_set(&error, VT_ERROR_MEMORY, "out of memory while importing");
        }
    }
    if (error.code != VT_ERROR_NONE) {
        vt_import_abort(import, &error);
    }
    vt_scan_free(at.scan);
    vt_folder_grouping_free(at.grouping);
    vt_changes_free(at.changes);
    vt_catalog_reader_free(at.reader);
    vt_import_walk_ended(import);
    return NULL;
}
