#include "app/cli/export_choice.h"

#include "app/cli/find_item.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/index/attributes.h"
#include "core/index/filter.h"
#include "core/index/sort.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the items to export");
    return false;
}

static bool is_path(const char *word)
{
    return word[0] == '/' || strcmp(word, ".") == 0 || strncmp(word, "./", 2) == 0 ||
           strncmp(word, "..", 2) == 0 || (word[0] && access(word, F_OK) == 0);
}

/* ---- by a filter ---- */

static bool choose_by_filter(const char *const *words, size_t count, vt_cli_choice *choice, vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_error wrong = VT_ERROR_INIT;
    size_t position = 0;
    uint32_t found = 0;
    for (size_t i = 0; i < count; i++) {
        vt_str_appendf(&text, "%s%s", i ? " " : "", words[i]);
    }
    vt_filter *filter = vt_filter_compile(text.data, text.length, &position, &wrong);
    bool done = filter || vt_error_set(error, wrong.code, "the filter '%.200s' is wrong at character %zu: %s",
                                       text.data, position + 1, wrong.message);
    done = done && vt_filter_run(filter, choice->snapshot, NULL, &choice->rows, &found, error);
    choice->count = done ? found : 0;
    vt_filter_free(filter);
    vt_str_free(&text);
    return done;
}

/* ---- by paths ---- */

typedef struct wanted_path {
    char *path; /* owned; absolute */
    bool found;
} wanted_path;

/* Rows of which a wanted path is that of the item or of a folder above it. */
static bool take_rows(wanted_path *wanted, size_t count, vt_cli_choice *choice, vt_error *error)
{
    uint32_t rows = vt_snapshot_count(choice->snapshot);
    vt_str path = VT_STR_INIT;
    choice->rows = malloc((rows ? rows : 1) * sizeof *choice->rows);
    bool done = choice->rows || no_memory(error);
    for (uint32_t row = 0; done && row < rows; row++) {
        bool taken = false;
        if (vt_snapshot_removed(choice->snapshot, row)) {
            continue;
        }
        vt_str_clear(&path);
        vt_snapshot_path(choice->snapshot, row, &path);
        done = !path.failed || no_memory(error);
        for (size_t i = 0; done && i < count; i++) {
            if (vt_path_is_below(path.data, wanted[i].path)) {
                wanted[i].found = taken = true;
            }
        }
        if (taken) {
            choice->rows[choice->count++] = row;
        }
    }
    vt_str_free(&path);
    return done;
}

static bool all_found(const wanted_path *wanted, size_t count, vt_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!wanted[i].found) {
            char *shown = vt_path_display(wanted[i].path);
            vt_error_set(error, VT_ERROR_NOT_FOUND,
                         "the catalog has nothing of %s: 'vitrine import' it first", shown ? shown : "");
            free(shown);
            return false;
        }
    }
    return true;
}

static bool choose_by_paths(const char *const *words, size_t count, vt_cli_choice *choice, vt_error *error)
{
    wanted_path *wanted = calloc(count, sizeof *wanted);
    bool done = wanted || no_memory(error);
    for (size_t i = 0; done && i < count; i++) {
        wanted[i].path = vt_cli_absolute(words[i]);
        done = wanted[i].path || no_memory(error);
    }
    done = done && take_rows(wanted, count, choice, error) && all_found(wanted, count, error);
    for (size_t i = 0; wanted && i < count; i++) {
        free(wanted[i].path);
    }
    free(wanted);
    return done;
}

/* ---- both ---- */

static bool load(const vt_catalog *catalog, vt_cli_choice *choice, vt_error *error)
{
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    choice->index = reader ? vt_index_create() : NULL;
    bool done = reader && (choice->index || no_memory(error)) &&
                vt_index_load(choice->index, reader, NULL, NULL, error) &&
                vt_index_load_attributes(choice->index, reader, NULL, error);
    vt_catalog_reader_free(reader);
    if (done) {
        choice->snapshot = vt_index_snapshot(choice->index);
    }
    return done;
}

bool vt_cli_choose(const vt_catalog *catalog, const char *const *words, size_t count, vt_cli_choice *choice,
                   vt_error *error)
{
    size_t paths = 0;
    const char *other = "";
    *choice = (vt_cli_choice){0};
    for (size_t i = 0; i < count; i++) {
        bool path = is_path(words[i]);
        paths += path;
        other = path ? other : words[i];
    }
    if (paths > 0 && paths < count) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "either paths or a filter: '%s' is no path, and the other words are", other);
    }
    return load(catalog, choice, error) &&
           (paths ? choose_by_paths(words, count, choice, error)
                  : choose_by_filter(words, count, choice, error)) &&
           vt_sort_rows(choice->snapshot, VT_SORT_PATH, choice->rows, (uint32_t)choice->count, NULL, error);
}

void vt_cli_choice_clear(vt_cli_choice *choice)
{
    if (choice->snapshot) {
        vt_snapshot_release(choice->snapshot);
    }
    vt_index_free(choice->index);
    free(choice->rows);
    *choice = (vt_cli_choice){0};
}

static int64_t id_at(const void *user, size_t index)
{
    const vt_cli_choice *choice = user;
    vt_item_brief item;
    vt_snapshot_item(choice->snapshot, choice->rows[index], &item);
    return item.id;
}

static uint32_t row_at(void *user, size_t index)
{
    return ((const vt_cli_choice *)user)->rows[index];
}

vt_file_items vt_cli_choice_items(vt_cli_choice *choice)
{
    return (vt_file_items){.count = choice->count, .at = id_at, .user = choice};
}

vt_listed_rows vt_cli_choice_rows(vt_cli_choice *choice)
{
    return (vt_listed_rows){choice->snapshot, choice->count, row_at, choice};
}
