#include "core/import/file_list.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/reader.h"
#include "core/import/frames.h"
#include "core/sequence/sequence_ranges.h"
#include "core/sidecar/sidecar_folder.h"
#include "core/sidecar/sidecar_path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

typedef struct making {
    vt_file_list *list;
    vt_catalog_reader *reader;
    vt_sidecar_folder around;
    vt_error *error;
} making;

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a list of files");
}

/* ---- entries ---- */

static vt_file_entry *add_entry(making *at, const char *path, vt_file_role role, int64_t frame)
{
    vt_file_list *list = at->list;
    if (list->entry_count >= VT_FILE_LIST_MAX) {
        vt_error_set(at->error, VT_ERROR_LIMIT, "more than %zu files at once; choose fewer items",
                     VT_FILE_LIST_MAX);
        return NULL;
    }
    if (list->entry_count == list->entry_capacity) {
        size_t capacity = list->entry_capacity ? list->entry_capacity * 2 : 256;
        vt_file_entry *grown = realloc(list->entries, capacity * sizeof *grown);
        if (!grown) {
            no_memory(at->error);
            return NULL;
        }
        list->entries = grown;
        list->entry_capacity = capacity;
    }
    struct stat facts;
    vt_file_entry *entry = &list->entries[list->entry_count];
    *entry = (vt_file_entry){.path = vt_arena_copy(list->arena, path, strlen(path)),
                             .item = (uint32_t)list->item_count,
                             .role = role,
                             .frame = frame};
    if (!entry->path) {
        no_memory(at->error);
        return NULL;
    }
    if (role != VT_FILE_ROW && lstat(path, &facts) == 0) {
        entry->there = true;
        entry->dev = facts.st_dev;
        entry->ino = facts.st_ino;
        entry->size = facts.st_size;
        entry->mtime_ns = vt_clock_nanoseconds(facts.st_mtim);
        list->bytes += facts.st_size;
    }
    list->entry_count++;
    return entry;
}

static bool add_sidecar(making *at, const char *path, bool long_name, int64_t frame)
{
    struct stat facts;
    char *sidecar = long_name ? vt_sidecar_path_long(path) : vt_sidecar_path_short(path);
    if (!sidecar) {
        return no_memory(at->error);
    }
    bool done = true;
    if (lstat(sidecar, &facts) == 0 && S_ISREG(facts.st_mode)) {
        bool memory = long_name || vt_sidecar_folder_around(&at->around, path);
        done = memory || no_memory(at->error);
        if (done && (long_name || vt_sidecar_folder_is_owner(&at->around, sidecar, path))) {
            vt_file_entry *entry = add_entry(at, sidecar, VT_FILE_SIDECAR, frame);
            done = entry != NULL;
            if (entry) {
                entry->long_name = long_name;
            }
        }
    }
    free(sidecar);
    return done;
}

static bool add_file(making *at, const char *path, vt_file_role role, int64_t frame)
{
    bool has_extension = *vt_path_extension(path) != '\0'; /* without one both names are the same */
    return add_entry(at, path, role, frame) && add_sidecar(at, path, true, frame) &&
           (!has_extension || add_sidecar(at, path, false, frame));
}

/* ---- items ---- */

static bool copy_names(vt_arena *arena, const vt_frame_names *from, vt_frame_names *to)
{
    *to = *from;
    to->prefix = vt_arena_copy(arena, from->prefix, from->prefix_length);
    to->suffix = vt_arena_copy(arena, from->suffix, from->suffix_length);
    return to->prefix && to->suffix;
}

static bool add_frames(making *at, vt_file_item *item)
{
    vt_sequence_row row;
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    vt_str path = VT_STR_INIT;
    vt_arena *arena = at->list->arena;
    size_t folder = vt_path_folder_length(vt_path_split(item->path, (uint32_t)strlen(item->path)));
    bool done = vt_catalog_reader_sequence(at->reader, item->id, arena, &row, at->error) &&
                (copy_names(arena, &row.names, &item->names) || no_memory(at->error)) &&
                vt_sequence_ranges_parse(row.ranges, strlen(row.ranges), &ranges, NULL, at->error);
    uint64_t frames = done ? vt_sequence_ranges_frames(&ranges) : 0;
    for (uint64_t i = 0; done && i < frames; i++) {
        int64_t frame = 0;
        vt_str_clear(&path);
        vt_sequence_ranges_at(&ranges, i, &frame);
        done = vt_frames_path(&item->names, item->path, folder, frame, &path, at->error) &&
               add_file(at, path.data, VT_FILE_FRAME, frame);
    }
    vt_str_free(&path);
    vt_sequence_ranges_clear(&ranges);
    return done && add_entry(at, item->path, VT_FILE_ROW, 0);
}

/* What the camera's clock showed, as the time at which our own showed the same. */
static int64_t local_time(int64_t shown_ns)
{
    time_t seconds = (time_t)(shown_ns / VT_NS_PER_S);
    struct tm parts;
    if (!gmtime_r(&seconds, &parts)) {
        return shown_ns;
    }
    parts.tm_isdst = -1;
    return (int64_t)mktime(&parts) * VT_NS_PER_S;
}

static bool add_item(making *at, int64_t id)
{
    vt_item known;
    vt_metadata metadata;
    vt_error fault = VT_ERROR_INIT;
    vt_file_list *list = at->list;
    if (!vt_catalog_reader_item(at->reader, id, &known, &fault)) {
        if (fault.code != VT_ERROR_NOT_FOUND && at->error) {
            *at->error = fault;
        }
        return fault.code == VT_ERROR_NOT_FOUND;
    }
    vt_file_item *item = &list->items[list->item_count];
    *item = (vt_file_item){.id = id,
                           .path = vt_arena_copy(list->arena, known.path, known.path_length),
                           .kind = known.media.kind,
                           .time_ns = known.mtime_ns,
                           .first = list->entry_count};
    if (!item->path) {
        return no_memory(at->error);
    }
    if (!vt_catalog_reader_metadata(at->reader, id, &metadata, at->error)) {
        return false;
    }
    if (metadata.known & VT_METADATA_TAKEN) {
        item->time_ns = local_time(metadata.taken_ns);
    }
    bool done =
        item->kind == VT_KIND_SEQUENCE ? add_frames(at, item) : add_file(at, item->path, VT_FILE_OWN, 0);
    item->count = list->entry_count - item->first;
    list->item_count += done;
    return done;
}

bool vt_file_list_make(vt_file_list *list, const vt_catalog *catalog, const vt_file_items *items,
                       const vt_cancel *cancel, vt_error *error)
{
    *list = (vt_file_list){.arena = vt_arena_create(0)};
    list->items = calloc(items->count ? items->count : 1, sizeof *list->items);
    making at = {.list = list, .error = error};
    if (!list->arena || !list->items) {
        return no_memory(error);
    }
    at.reader = vt_catalog_reader_open(catalog, error);
    bool done = at.reader != NULL;
    for (size_t i = 0; done && i < items->count; i++) {
        if (cancel && vt_cancel_requested(cancel)) {
            done = vt_error_set(error, VT_ERROR_CANCELLED, "stopped before any file was touched");
        } else {
            done = add_item(&at, items->at(items->user, i));
        }
    }
    vt_sidecar_folder_clear(&at.around);
    vt_catalog_reader_free(at.reader);
    return done;
}

void vt_file_list_clear(vt_file_list *list)
{
    vt_arena_free(list->arena);
    free(list->items);
    free(list->entries);
    *list = (vt_file_list){0};
}
