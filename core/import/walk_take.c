#include "core/import/walk_private.h"

#include "core/base/clock.h"

#include <string.h>

/* An item that was missing and is back as it was: its record, with the state put right. */
static bool restore(vt_walk *at, vt_entry *entry)
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
static void set_frames(vt_walk *at, vt_entry *entry, vt_frames_job *frames)
{
    vt_item item;
    vt_entry_set_frames(entry, frames);
    if (frames->keeps_poster && vt_catalog_reader_item(at->reader, entry->known_id, &item, NULL)) {
        entry->item.media = item.media;
        vt_frames_describe(frames, &entry->item.media);
        entry->kind = VT_ENTRY_ITEM;
    }
}

vt_entry *vt_walk_entry(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                        vt_frames_job *frames, vt_file_change change, const vt_known_file *known)
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
    } else if (change == VT_FILE_CHANGE_BACK && restore(at, entry)) {
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

bool vt_walk_hand_on_chunk(vt_walk *at)
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

/* `frames` NULL: a file; `known`: the item it was elsewhere, NULL: it is new. */
static bool add_to_chunk(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                         vt_frames_job *frames, const vt_item *known)
{
    return known ? vt_intake_add_moved(at->chunk, path, length, file, frames, known)
                 : vt_intake_add(at->chunk, path, length, file, frames);
}

static bool take_in(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                    vt_frames_job *frames, const vt_item *known, bool deferred)
{
    if (at->chunk &&
        (at->chunk->deferred != deferred || !add_to_chunk(at, path, length, file, frames, known))) {
        if (!vt_walk_hand_on_chunk(at)) {
            vt_frames_job_free(frames);
            return false;
        }
    } else if (at->chunk) {
        return vt_clock_now() - at->chunk->begun_ns < CHUNK_NS || vt_walk_hand_on_chunk(at);
    }
    size_t longest = length + 2 + file->name_length + (known ? known->path_length : 0);
    int most = at->import->options.wishes.batch; /* a chunk is a commit */
    at->chunk = vt_intake_create(at->import, deferred, longest);
    if (at->chunk && most > 0) {
        at->chunk->most = (size_t)most;
    }
    if (at->chunk && add_to_chunk(at, path, length, file, frames, known)) {
        return true;
    }
    vt_frames_job_free(frames);
    return vt_walk_out_of_memory(at);
}

/* ---- what was an item elsewhere ---- */

/* Looks for the item that `file` was elsewhere. */
static bool find_origin(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                        vt_origin_verdict *verdict, vt_item *known)
{
    return vt_origins_of_entry(at->origins, path, length, file, &at->path, verdict, known, &at->fault);
}

bool vt_walk_was_elsewhere(vt_walk *at, const char *path, size_t length, const vt_scan_file *file, bool *was)
{
    vt_origin_verdict verdict = VT_ORIGIN_NONE;
    vt_item known = {0};
    *was = false;
    if (!find_origin(at, path, length, file, &verdict, &known)) {
        return false;
    }
    *was = verdict == VT_ORIGIN_FOUND && known.media.kind != VT_KIND_SEQUENCE;
    return true;
}

/* A sequence that was `known` elsewhere: with the same files it is taken in as what it was, else its poster
   is read. Takes `frames` over. */
static bool take_moved_sequence(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                                vt_frames_job *frames, const vt_item *known, bool deferred)
{
    bool same = known->ino == file->ino && known->size == file->size && known->mtime_ns == file->mtime_ns;
    if (same && vt_frames_keep_poster(frames, at->reader, known->id)) {
        return take_in(at, path, length, file, frames, known, deferred);
    }
    vt_entry *entry = vt_walk_entry(at, path, length, file, frames, VT_FILE_CHANGE_NEW, NULL);
    if (entry) {
        vt_entry_set_origin(entry, known);
    }
    return vt_walk_send(at, entry);
}

/* Whether a new file is an item that was elsewhere; then it is taken in as that, and `frames` taken over. */
static bool take_moved(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                       vt_frames_job *frames, bool *taken)
{
    vt_origin_verdict verdict = VT_ORIGIN_NONE;
    vt_item known = {0};
    *taken = false;
    if (!find_origin(at, path, length, file, &verdict, &known) ||
        (frames && verdict == VT_ORIGIN_NONE &&
         !vt_origins_of_frames(at->origins, path, length, &frames->put.row.names, 0, &verdict, &known,
                               &at->fault))) {
        return false;
    }
    if (verdict == VT_ORIGIN_AMBIGUOUS) {
        vt_import_walked(at->import, &(vt_walk_counts){.ambiguous = 1}, &at->seen);
    }
    *taken = verdict == VT_ORIGIN_FOUND && (known.media.kind == VT_KIND_SEQUENCE) == (frames != NULL);
    if (!*taken) {
        return true;
    }
    if (vt_visited_add(&at->moved, 0, (uint64_t)known.id) == VT_VISIT_NO_MEMORY) {
        *taken = false;
        return vt_walk_out_of_memory(at);
    }
    bool deferred = at->reads_left <= 0;
    if (!deferred && !vt_intake_was_read(&known)) {
        at->reads_left--;
        at->to_read++;
    }
    return frames ? take_moved_sequence(at, path, length, file, frames, &known, deferred)
                  : take_in(at, path, length, file, NULL, &known, deferred);
}

static bool note_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)path;
    (void)length;
    return vt_visited_add(user, 0, (uint64_t)id) != VT_VISIT_NO_MEMORY;
}

bool vt_walk_take_grown(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                        vt_frames_job *frames, const vt_known_file *known, bool *taken)
{
    vt_origin_verdict verdict = VT_ORIGIN_NONE;
    vt_item old = {0};
    bool marked = false;
    *taken = false;
    if (!vt_origins_of_frames(at->origins, path, length, &frames->put.row.names, known->id, &verdict, &old,
                              &at->fault) ||
        (verdict == VT_ORIGIN_FOUND &&
         !vt_catalog_reader_is_marked(at->reader, known->id, &marked, &at->fault))) {
        return false;
    }
    if (verdict != VT_ORIGIN_FOUND || marked) {
        return true;
    }
    if (vt_visited_add(&at->moved, 0, (uint64_t)old.id) == VT_VISIT_NO_MEMORY) {
        return vt_walk_out_of_memory(at);
    }
    *taken = true;
    frames->keeps_poster = false; /* it is that of the item that gives way */
    vt_entry *entry = vt_walk_entry(at, path, length, file, frames, VT_FILE_CHANGE_NEW, NULL);
    if (entry) {
        vt_entry_set_origin(entry, &old);
    }
    return vt_walk_send(at, entry);
}

typedef struct before {
    const vt_visited *folders;
    int64_t items;
} before;

static bool count_item(void *user, const vt_item_brief *item)
{
    before *of = user;
    of->items += vt_visited_contains(of->folders, 0, (uint64_t)item->folder_id);
    return true;
}

bool vt_walk_count_before(vt_walk *at)
{
    const vt_import *import = at->import;
    vt_visited folders = {0};
    before of = {.folders = &folders};
    bool on = true;
    at->items_left = import->options.items_max;
    if (import->options.items_max == 0 || import->options.items_since == 0) {
        return true;
    }
    for (size_t i = 0; i < import->path_count && on; i++) {
        on = !import->paths[i] ||
             vt_catalog_reader_each_folder(at->reader, import->paths[i], note_folder, &folders, &at->fault);
    }
    on = on && vt_catalog_reader_each_brief(at->reader, import->options.items_since - 1, count_item, &of,
                                            &at->fault);
    at->items_left -= of.items < at->items_left ? of.items : at->items_left;
    vt_visited_clear(&folders);
    return on;
}

bool vt_walk_take_new(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                      vt_frames_job *frames)
{
    vt_import *import = at->import;
    bool taken = false;
    bool on = take_moved(at, path, length, file, frames, &taken);
    if (taken) {
        return on;
    }
    if (!on) {
        vt_frames_job_free(frames);
        return false;
    }
    if (import->options.items_max > 0 && at->items_left-- <= 0) {
        vt_import_walked(import, &(vt_walk_counts){.found = -1, .left_out = 1}, &at->seen);
        vt_frames_job_free(frames);
        return true;
    }
    if (at->reads_left <= 0) {
        return take_in(at, path, length, file, frames, NULL, true);
    }
    at->reads_left--;
    if (!vt_pipeline_try_reserve(import->engine, import)) {
        at->to_read++;
        return take_in(at, path, length, file, frames, NULL, false);
    }
    vt_entry *entry = vt_walk_entry(at, path, length, file, frames, VT_FILE_CHANGE_NEW, NULL);
    if (!entry) {
        vt_pipeline_unreserve(import->engine);
        return vt_walk_out_of_memory(at);
    }
    vt_import_entry_begun(import);
    vt_pipeline_add(import->engine, entry);
    return true;
}
