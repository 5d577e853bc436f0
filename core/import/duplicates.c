#include "core/import/duplicates.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/import/duplicates_private.h"

#include <stdlib.h>
#include <string.h>

bool vt_duplicates_is_cancelled(const vt_duplicates_search *at)
{
    const atomic_bool *cancelled = at->options->cancelled;
    return cancelled && atomic_load_explicit(cancelled, memory_order_relaxed);
}

bool vt_duplicates_no_memory(vt_duplicates_search *at)
{
    vt_error_set(at->error, VT_ERROR_MEMORY, "out of memory while looking for duplicates");
    return false;
}

static bool is_below(const vt_duplicates_search *at, uint32_t row)
{
    bool chosen = !at->folders || at->folders[vt_snapshot_folder_of(at->snapshot, row)];
    if (chosen) {
        return true;
    }
    vt_str path = VT_STR_INIT;
    vt_snapshot_path(at->snapshot, row, &path);
    for (size_t i = 0; !path.failed && i < at->options->below_count; i++) {
        chosen = chosen || strcmp(path.data, at->options->below[i]) == 0;
    }
    vt_str_free(&path);
    return chosen;
}

bool vt_duplicates_takes(const vt_duplicates_search *at, uint32_t row, vt_item_brief *item)
{
    if (vt_snapshot_removed(at->snapshot, row)) {
        return false;
    }
    vt_snapshot_item(at->snapshot, row, item);
    return item->kind != VT_KIND_SEQUENCE && item->state != VT_ITEM_MISSING &&
           item->state != VT_ITEM_OFFLINE && is_below(at, row);
}

vt_best_item vt_duplicates_rank(uint32_t row, const vt_item_brief *item)
{
    return (vt_best_item){.pixels = (uint64_t)item->width * item->height,
                          .size = item->size,
                          .mtime_ns = item->mtime_ns,
                          .row = row,
                          .named_copy = vt_best_is_copy_name(item->name, item->name_length)};
}

static bool choose_folders(vt_duplicates_search *at)
{
    uint32_t count = vt_snapshot_folder_count(at->snapshot);
    if (!at->options->below) {
        return true;
    }
    at->folders = calloc(count ? count : 1, 1);
    for (uint32_t folder = 0; at->folders && folder < count; folder++) {
        const char *path = vt_snapshot_folder(at->snapshot, folder, NULL, NULL);
        for (size_t i = 0; i < at->options->below_count; i++) {
            at->folders[folder] |= vt_path_is_below(path, at->options->below[i]);
        }
    }
    return at->folders || vt_duplicates_no_memory(at);
}

static int64_t last_id(const vt_snapshot *snapshot)
{
    vt_item_brief item = {.id = 0};
    if (vt_snapshot_count(snapshot) > 0) {
        vt_snapshot_item(snapshot, vt_snapshot_count(snapshot) - 1, &item);
    }
    return item.id;
}

bool vt_duplicates_find(const vt_catalog *catalog, vt_thumbs *thumbs, const vt_snapshot *snapshot,
                        const vt_duplicates_options *options, vt_duplicates_result *result, vt_error *error)
{
    *result = (vt_duplicates_result){0};
    if (!options->same && !options->alike) {
        return vt_error_set(error, VT_ERROR_USAGE, "neither equal nor similar files are looked for");
    }
    vt_duplicates_search at = {
        .thumbs = thumbs, .snapshot = snapshot, .options = options, .result = result, .error = error};
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        result->found[kind].found_ns = vt_clock_wall();
        result->found[kind].last_id = last_id(snapshot);
    }
    at.reader = vt_catalog_reader_open(catalog, error);
    bool done = at.reader && choose_folders(&at) && (!options->same || vt_duplicates_find_same(&at)) &&
                (!options->alike || vt_duplicates_find_alike(&at));
    vt_catalog_reader_free(at.reader);
    free(at.folders);
    if (!done) {
        vt_duplicates_clear(result);
    }
    return done;
}

void vt_duplicates_clear(vt_duplicates_result *result)
{
    for (int kind = 0; kind < VT_TWIN_KINDS; kind++) {
        free(result->found[kind].twins);
    }
    free(result->alone.twins);
    *result = (vt_duplicates_result){0};
}

bool vt_duplicates_remember(const vt_duplicates_result *result, vt_twins_found *kept)
{
    const vt_twins_found *found = &result->found[VT_TWIN_SAME];
    *kept = *found;
    kept->twins = malloc(((size_t)found->count + result->alone.count + 1) * sizeof *kept->twins);
    if (!kept->twins) {
        return false;
    }
    uint32_t group = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        kept->twins[i] = found->twins[i];
        group = found->twins[i].group + 1;
    }
    for (uint32_t i = 0; i < result->alone.count; i++) {
        kept->twins[kept->count] = result->alone.twins[i];
        kept->twins[kept->count++].group = group++;
    }
    return true;
}
