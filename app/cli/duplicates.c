#include "core/import/duplicates.h"
#include "app/cli/config.h"
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/index/twins.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct listing {
    const vt_arguments *arguments;
    const vt_snapshot *snapshot;
    const vt_twins_found *found;
    vt_duplicates_result result;
    vt_twin_kind kind;
    char **below; /* owned */
    size_t below_count;
    vt_str path; /* of the member at hand */
} listing;

/* ---- groups ---- */

typedef struct group {
    const vt_twin *twins;
    uint32_t count, files;
    int64_t gain; /* bytes */
} group;

static const char *path_of(listing *list, const vt_twin *twin, vt_item_brief *item)
{
    uint32_t row = vt_snapshot_find(list->snapshot, twin->id);
    vt_snapshot_item(list->snapshot, row, item);
    vt_str_clear(&list->path);
    vt_snapshot_path(list->snapshot, row, &list->path);
    return list->path.failed ? "" : list->path.data;
}

/* Whether the member before it in the group is the same file. */
static bool is_link(const group *of, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++) {
        if (of->twins[i].file == of->twins[at].file) {
            return true;
        }
    }
    return false;
}

/* The group that begins at `first`. */
static group group_at(listing *list, uint32_t first)
{
    group of = {.twins = list->found->twins + first};
    while (first + of.count < list->found->count &&
           list->found->twins[first + of.count].group == of.twins[0].group) {
        vt_item_brief item;
        path_of(list, &of.twins[of.count], &item);
        if (!is_link(&of, of.count)) {
            of.gain += of.files++ ? item.size : 0;
        }
        of.count++;
    }
    return of;
}

/* ---- printing ---- */

/* Paths, the best first, a blank line between groups. */
static void print_lines(listing *list)
{
    for (uint32_t first = 0; first < list->found->count;) {
        group of = group_at(list, first);
        if (first > 0) {
            putchar('\n');
        }
        for (uint32_t i = 0; i < of.count; i++) {
            vt_item_brief item;
            vt_str line = VT_STR_INIT;
            const char *path = path_of(list, &of.twins[i], &item);
            vt_str_append_display(&line, path, strlen(path));
            puts(line.data ? line.data : "");
            vt_str_free(&line);
        }
        first += of.count;
    }
}

/* All but the best and what is the same file. */
static void print_paths0(listing *list)
{
    for (uint32_t first = 0; first < list->found->count;) {
        group of = group_at(list, first);
        for (uint32_t i = 1; i < of.count; i++) {
            vt_item_brief item;
            if (of.twins[i].file != of.twins[0].file) {
                const char *path = path_of(list, &of.twins[i], &item);
                fwrite(path, 1, strlen(path) + 1, stdout);
            }
        }
        first += of.count;
    }
}

static void print_number(vt_json_writer *json, const char *key, int64_t number)
{
    vt_json_key(json, key);
    vt_json_int(json, number);
}

static void print_json_group(listing *list, vt_json_writer *json, const group *of)
{
    vt_json_object_begin(json);
    print_number(json, "files", of->files);
    print_number(json, "gain", of->gain);
    vt_json_key(json, "items");
    vt_json_array_begin(json);
    for (uint32_t i = 0; i < of->count; i++) {
        vt_item_brief item;
        const char *path = path_of(list, &of->twins[i], &item);
        vt_json_object_begin(json);
        print_number(json, "id", item.id);
        vt_json_key(json, "path");
        vt_json_string(json, path);
        print_number(json, "size", item.size);
        print_number(json, "width", item.width);
        print_number(json, "height", item.height);
        print_number(json, "rating", item.rating);
        vt_json_key(json, "best");
        vt_json_bool(json, i == 0);
        vt_json_key(json, "hard_link");
        vt_json_bool(json, is_link(of, i));
        vt_json_object_end(json);
    }
    vt_json_array_end(json);
    vt_json_object_end(json);
}

static bool print_json(listing *list, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "kind");
    vt_json_string(&json, list->kind == VT_TWIN_ALIKE ? "alike" : "same");
    print_number(&json, "not_compared", list->result.skipped);
    print_number(&json, "without_thumbnail", list->result.without_look);
    vt_json_key(&json, "groups");
    vt_json_array_begin(&json);
    for (uint32_t first = 0; first < list->found->count;) {
        group of = group_at(list, first);
        print_json_group(list, &json, &of);
        first += of.count;
    }
    vt_json_array_end(&json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error);
}

static void sum_up(listing *list)
{
    uint32_t groups = 0;
    int64_t gain = 0;
    for (uint32_t first = 0; first < list->found->count; groups++) {
        group of = group_at(list, first);
        gain += of.gain;
        first += of.count;
    }
    vt_cli_remark(list->arguments, "%" PRIu32 " items in %" PRIu32 " groups, %" PRId64 " bytes to gain",
                  list->found->count, groups, gain);
    if (list->result.skipped) {
        vt_cli_remark(list->arguments,
                      "%" PRIu32 " files could not be compared: they cannot be read, or have changed since "
                      "they were imported",
                      list->result.skipped);
    }
    if (list->result.without_look) {
        vt_cli_remark(list->arguments, "%" PRIu32 " images have no thumbnail yet, and were not compared",
                      list->result.without_look);
    }
}

static bool print(listing *list, vt_error *error)
{
    bool printed = true;
    if (list->arguments->json) {
        printed = print_json(list, error);
    } else if (vt_arguments_value(list->arguments, "paths0")) {
        print_paths0(list);
    } else {
        print_lines(list);
    }
    sum_up(list);
    return printed && vt_cli_flush(error);
}

/* ---- searching ---- */

static bool read_paths(listing *list, vt_error *error)
{
    list->below = calloc(list->arguments->word_count + 1, sizeof *list->below);
    for (size_t i = 0; list->below && i < list->arguments->word_count; i++) {
        list->below[i] = vt_path_absolute(list->arguments->words[i], error);
        if (!list->below[i]) {
            return false;
        }
        list->below_count++;
    }
    return list->below || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

static bool search(listing *list, vt_catalog *catalog, vt_error *error)
{
    static const unsigned distances[] = {VT_ALIKE_STRICT, VT_ALIKE_NORMAL, VT_ALIKE_LOOSE};
    const vt_settings settings = vt_cli_settings(list->arguments);
    bool alike = list->kind == VT_TWIN_ALIKE;
    vt_thumbs *thumbs = alike ? vt_thumbs_open(catalog, NULL, NULL) : NULL;
    const vt_duplicates_options options = {
        .same = !alike,
        .alike = alike,
        .distance = distances[settings.values[VT_SETTING_ALIKE]],
        .below = list->below_count ? (const char *const *)list->below : NULL,
        .below_count = list->below_count,
    };
    bool done = vt_duplicates_find(catalog, thumbs, list->snapshot, &options, &list->result, error);
    vt_thumbs_close(thumbs);
    return done;
}

static bool list_catalog(listing *list, vt_catalog *catalog, vt_error *error)
{
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    vt_index *index = reader ? vt_index_create() : NULL;
    bool done = false;
    if (reader && !index) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the index");
    }
    if (index && vt_index_load(index, reader, NULL, NULL, error)) {
        list->snapshot = vt_index_snapshot(index);
        done = search(list, catalog, error);
        list->found = &list->result.found[list->kind];
        done = done && print(list, error);
        vt_snapshot_release(list->snapshot);
    }
    vt_index_free(index);
    vt_catalog_reader_free(reader);
    return done;
}

int vt_cli_duplicates(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    listing list = {.arguments = arguments, .path = VT_STR_INIT};
    list.kind = vt_arguments_value(arguments, "alike") ? VT_TWIN_ALIKE : VT_TWIN_SAME;
    if (arguments->json && vt_arguments_value(arguments, "paths0")) {
        vt_error_set(&error, VT_ERROR_USAGE, "--json and --paths0 exclude each other");
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    vt_catalog *catalog =
        read_paths(&list, &error) ? vt_cli_open_catalog(arguments, VT_CATALOG_READ_ONLY, &error) : NULL;
    bool done = catalog && list_catalog(&list, catalog, &error);
    vt_catalog_close(catalog);
    for (size_t i = 0; i < list.below_count; i++) {
        free(list.below[i]);
    }
    free(list.below);
    vt_str_free(&list.path);
    int status = list.result.skipped ? VT_EXIT_SOME_FAILED : VT_EXIT_DONE;
    vt_duplicates_clear(&list.result);
    if (!done) {
        vt_cli_fail(&error);
        vt_cli_offer_snapshot(arguments, &error);
    }
    return done ? status : VT_EXIT_FAILED;
}
