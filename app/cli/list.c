#include "app/cli/failures_output.h"
#include "app/cli/item_output.h"
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "app/cli/unfinished_output.h"
#include "core/base/str.h"
#include "core/catalog/sequences.h"
#include "core/index/attributes.h"
#include "core/index/stacks.h"
#include "core/index/view.h"
#include "core/listing/item_list.h"
#include "core/sequence/sequence_name.h"
#include "core/sequence/sequence_ranges.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

typedef enum form { FORM_LINES, FORM_JSON, FORM_CSV, FORM_PATHS0 } form;

typedef struct listing {
    vt_filter *filter;
    vt_sort sorts[VT_SORT_KEYS_MAX];
    unsigned sort_count;
    bool reverse;
    vt_item_columns columns;
    bool has_columns;
    bool failed; /* files that failed instead of items */
    long limit;
    form form;
} listing;

static bool choose_form(const vt_arguments *arguments, listing *list, vt_error *error)
{
    bool csv = vt_arguments_value(arguments, "csv") != NULL;
    bool paths0 = vt_arguments_value(arguments, "paths0") != NULL;
    if (arguments->json + csv + paths0 > 1) {
        return vt_error_set(error, VT_ERROR_USAGE, "--json, --csv and --paths0 exclude each other");
    }
    list->form = FORM_LINES;
    if (arguments->json) {
        list->form = FORM_JSON;
    } else if (csv) {
        list->form = FORM_CSV;
    } else if (paths0) {
        list->form = FORM_PATHS0;
    }
    return true;
}

static bool no_such_key(const char *name, size_t length, vt_error *error)
{
    vt_str keys = VT_STR_INIT;
    for (int key = 0; key < VT_SORT_KEY_COUNT; key++) {
        vt_str_appendf(&keys, "%s%s", key ? ", " : "", vt_sort_key_name((vt_sort_key)key));
    }
    vt_error_set(error, VT_ERROR_USAGE,
                 "there is no order '%.*s'; there are %s, and with a - before it the other "
                 "way round",
                 (int)length, name, keys.data);
    vt_str_free(&keys);
    return false;
}

/* "-rating": the best first. */
static bool take_key(const char *text, size_t length, vt_sort *sort)
{
    char name[32];
    sort->descending = *text == '-';
    text += sort->descending;
    length -= sort->descending;
    snprintf(name, sizeof name, "%.*s", (int)length, text);
    return length < sizeof name && vt_sort_key_from_name(name, &sort->key);
}

/* Keys with commas between them, the first of which weighs most. */
static bool choose_sort(const char *name, listing *list, vt_error *error)
{
    if (!name) {
        list->sorts[0] = (vt_sort){VT_SORT_ID, false};
        list->sort_count = 1;
        return true;
    }
    for (const char *at = name;; at++) {
        size_t length = strcspn(at, ",");
        if (list->sort_count == VT_SORT_KEYS_MAX) {
            return vt_error_set(error, VT_ERROR_USAGE, "--sort takes %d keys at most", VT_SORT_KEYS_MAX);
        }
        if (!take_key(at, length, &list->sorts[list->sort_count++])) {
            return no_such_key(at, length, error);
        }
        at += length;
        if (!*at) {
            return true;
        }
    }
}

static bool understand(const vt_arguments *arguments, listing *list, vt_error *error)
{
    const char *limit = vt_arguments_value(arguments, "limit");
    list->limit = LONG_MAX;
    list->reverse = vt_arguments_value(arguments, "reverse") != NULL;
    const char *columns = vt_arguments_value(arguments, "columns");
    list->columns = vt_item_columns_all();
    list->has_columns = columns != NULL;
    list->failed = vt_arguments_value(arguments, "failed") != NULL;
    if (list->failed && (arguments->word_count > 0 || columns || list->reverse ||
                         vt_arguments_value(arguments, "sort") || vt_arguments_value(arguments, "csv"))) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "--failed goes with --json, --paths0 and --limit only: files that could not be "
                            "read are no items");
    }
    if (!choose_form(arguments, list, error) ||
        (columns && !vt_item_columns_parse(columns, &list->columns, error)) ||
        !choose_sort(vt_arguments_value(arguments, "sort"), list, error) ||
        (limit && !vt_cli_number(limit, "--limit", 0, LONG_MAX - 1, &list->limit, error))) {
        return false;
    }
    const char *text = arguments->word_count > 0 ? arguments->words[0] : "";
    vt_error wrong = VT_ERROR_INIT;
    size_t position = 0;
    list->filter = vt_filter_compile(text, strlen(text), &position, &wrong);
    return list->filter || vt_error_set(error, wrong.code, "the filter is wrong at character %zu: %s",
                                        position + 1, wrong.message);
}

/* What is printed: the rows of a view, up to the limit. */
static uint32_t row_at(void *user, size_t index)
{
    return vt_view_row(user, (uint32_t)index);
}

static bool each_item(const vt_view *view, long limit, vt_listed_visitor print, void *to, vt_error *error)
{
    uint32_t count = vt_view_count(view);
    const vt_listed_rows rows = {.snapshot = vt_view_snapshot(view),
                                 .count = limit < (long)count ? (size_t)limit : count,
                                 .at = row_at,
                                 .user = (void *)view};
    return vt_item_list_each(&rows, print, to, NULL, error);
}

/* Where items go. */
typedef struct item_printer {
    vt_json_writer json;
    vt_csv csv;
    const vt_item_columns *columns;
} item_printer;

static void print_json_item(void *to, const vt_listed_item *item)
{
    item_printer *printer = to;
    vt_json_object_begin(&printer->json);
    vt_item_list_members(&printer->json, item, printer->columns);
    vt_json_object_end(&printer->json);
}

static void print_csv(void *to, const vt_listed_item *item)
{
    item_printer *printer = to;
    vt_item_list_csv_row(&printer->csv, item, printer->columns);
}

static void print_line(void *to, const vt_listed_item *item)
{
    (void)to;
    vt_cli_item_line(stdout, item->item, item->path);
}

static void print_columns(void *to, const vt_listed_item *item)
{
    vt_str line = VT_STR_INIT;
    vt_item_list_line(&line, item, to);
    puts(line.data);
    vt_str_free(&line);
}

/* Where paths of sequences are looked up. */
typedef struct path_printer {
    vt_catalog_reader *reader;
    vt_arena *arena;
} path_printer;

static bool print_frames(const vt_sequence_row *row, const char *folder, size_t length)
{
    const vt_frame_names *names = &row->names;
    const vt_sequence_pattern pattern = {names->prefix, names->suffix, names->prefix_length,
                                         names->suffix_length, names->width};
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    vt_str path = VT_STR_INIT;
    int64_t frame;
    bool on = vt_sequence_ranges_parse(row->ranges, strlen(row->ranges), &ranges, NULL, NULL);
    for (uint64_t i = 0; on && vt_sequence_ranges_at(&ranges, i, &frame); i++) {
        vt_str_clear(&path);
        vt_str_append(&path, folder, length);
        on = vt_sequence_pattern_name(&pattern, frame, &path, NULL);
        on = on && fwrite(path.data, 1, path.length + 1, stdout) > 0;
    }
    vt_str_free(&path);
    vt_sequence_ranges_clear(&ranges);
    return on;
}

/* Other programs want files: of a sequence those of its frames. */
static void print_path0(void *to, const vt_listed_item *listed)
{
    path_printer *printer = to;
    const vt_item_brief *item = listed->item;
    const char *path = listed->path;
    vt_sequence_row row;
    vt_arena_reset(printer->arena);
    if (item->kind != VT_KIND_SEQUENCE ||
        !vt_catalog_reader_sequence(printer->reader, item->id, printer->arena, &row, NULL)) {
        fwrite(path, 1, strlen(path) + 1, stdout);
        return;
    }
    print_frames(&row, path, strlen(path) - item->name_length);
}

static bool print_paths0(const vt_view *view, vt_catalog_reader *reader, long limit, vt_error *error)
{
    path_printer printer = {reader, vt_arena_create(0)};
    bool done = printer.arena || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    done = done && each_item(view, limit, print_path0, &printer, error) && vt_cli_flush(error);
    vt_arena_free(printer.arena);
    return done;
}

static bool print_json(const listing *list, const vt_catalog *catalog, const vt_view *view, vt_error *error)
{
    item_printer printer = {.columns = &list->columns};
    vt_json_writer *json = &printer.json;
    vt_unfinished_list unfinished;
    if (!vt_unfinished_list_read(catalog, &unfinished, error)) {
        return false;
    }
    vt_json_begin(json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(json);
    vt_json_key(json, "total");
    vt_json_uint(json, vt_view_count(view));
    vt_json_key(json, "unfinished_imports");
    vt_cli_unfinished_array(json, &unfinished);
    vt_unfinished_list_free(&unfinished);
    vt_json_key(json, "items");
    vt_json_array_begin(json);
    bool printed = each_item(view, list->limit, print_json_item, &printer, error);
    vt_json_array_end(json);
    vt_json_object_end(json);
    return vt_json_end(json, printed ? error : NULL) && printed && vt_cli_flush(error);
}

static bool print_table(const listing *list, const vt_view *view, vt_error *error)
{
    item_printer printer = {.columns = &list->columns};
    vt_csv_begin(&printer.csv, vt_json_to_file, stdout);
    vt_item_list_csv_header(&printer.csv, &list->columns);
    bool printed = each_item(view, list->limit, print_csv, &printer, error);
    return vt_csv_end(&printer.csv, printed ? error : NULL) && printed && vt_cli_flush(error);
}

static bool print(const listing *list, const vt_catalog *catalog, const vt_view *view,
                  vt_catalog_reader *reader, vt_error *error)
{
    switch (list->form) {
    case FORM_JSON:
        return print_json(list, catalog, view, error);
    case FORM_CSV:
        return print_table(list, view, error);
    case FORM_PATHS0:
        return print_paths0(view, reader, list->limit, error);
    case FORM_LINES:
        break;
    }
    if (list->has_columns) { /* values alone: for programs that cut lines */
        return each_item(view, list->limit, print_columns, (void *)&list->columns, error) &&
               vt_cli_flush(error);
    }
    if (!each_item(view, list->limit, print_line, NULL, error)) {
        return false;
    }
    printf("%" PRIu32 " items\n", vt_view_count(view));
    return vt_cli_flush(error);
}

static vt_view_request request_of(const listing *list)
{
    vt_view_request request = {.filter = list->filter,
                               .key = list->sorts[0].key,
                               .descending = list->sorts[0].descending != list->reverse,
                               .then_count = list->sort_count - 1};
    for (unsigned i = 1; i < list->sort_count; i++) {
        request.then[i - 1] = (vt_sort){list->sorts[i].key, list->sorts[i].descending != list->reverse};
    }
    return request;
}

static bool print_catalog(const listing *list, vt_catalog *catalog, vt_error *error)
{
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    vt_index *index = reader ? vt_index_create() : NULL;
    bool done = false;
    if (reader && !index) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the index");
    }
    bool stacks;
    if (index && vt_index_load(index, reader, NULL, NULL, error) &&
        vt_index_load_attributes(index, reader, NULL, error) &&
        vt_index_read_stacks(index, reader, &stacks, error) && (!stacks || vt_index_publish(index, error))) {
        const vt_snapshot *snapshot = vt_index_snapshot(index);
        const vt_view_request request = request_of(list);
        const vt_view *view = vt_view_build(snapshot, &request, NULL, error);
        done = view && print(list, catalog, view, reader, error);
        vt_view_release(view);
        vt_snapshot_release(snapshot);
    }
    vt_index_free(index);
    vt_catalog_reader_free(reader);
    return done;
}

static bool print_failed(const listing *list, const vt_arguments *arguments, vt_catalog *catalog,
                         vt_error *error)
{
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    bool done = reader && vt_cli_failures_print(reader, arguments, list->limit, error);
    vt_catalog_reader_free(reader);
    return done;
}

int vt_cli_list(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    listing list = {0};
    if (!understand(arguments, &list, &error)) {
        return error.code == VT_ERROR_USAGE ? vt_cli_wrong_usage(arguments->command, &error)
                                            : vt_cli_fail(&error);
    }
    vt_catalog *catalog = vt_cli_open_catalog(arguments, VT_CATALOG_READ_ONLY, &error);
    bool done = catalog && (list.failed ? print_failed(&list, arguments, catalog, &error)
                                        : print_catalog(&list, catalog, &error));
    vt_catalog_close(catalog);
    vt_filter_free(list.filter);
    if (!done) {
        vt_cli_fail(&error);
        vt_cli_offer_snapshot(arguments, &error);
    }
    return done ? VT_EXIT_DONE : VT_EXIT_FAILED;
}
