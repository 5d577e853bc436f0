/*
 * Edits of a million items: what they cost the thread that asks, the writer, and the history.
 *
 * A catalog of ITEMS items (1,000,000 by default) is made in a scratch folder, with an index over it. All of
 * them are rated by an edit of all rows of a view, as the window asks for it, undone and redone; 100,000 get
 * a tag in a catalog of 100,000 tags. A line per figure: "name value unit bar". Exits 1 if a bar is missed.
 *
 * usage: bench_edit [ITEMS]
 */
#include "core/base/clock.h"
#include "core/edit/show.h"
#include "core/edit/target.h"
#include "tests/core/catalog/edits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH       20000
#define ASK_MS_BAR  4.0
#define BYTES_BAR   16.0
#define SHOW_MS_BAR 1000.0
#define TAGS        100000 /* in the catalog */
#define MANY        100000 /* items that get one of them */
#define INTERVALS   50000  /* of a selection in which every other row is selected */

static int missed;

static void stop(const char *what, const vt_error *error)
{
    fprintf(stderr, "bench_edit: %s: %s\n", what, error->message);
    exit(1);
}

/* `bar` < 0: none. */
static void report(const char *name, double value, const char *unit, double bar)
{
    if (bar < 0) {
        printf("edit_%s %.4g %s -\n", name, value, unit);
    } else {
        printf("edit_%s %.4g %s <=%g%s\n", name, value, unit, bar, value > bar ? " MISSED" : "");
        missed += value > bar;
    }
    fflush(stdout);
}

static double ms_since(int64_t begun)
{
    return (double)(vt_clock_now() - begun) / VT_NS_PER_MS;
}

static void fill(vt_catalog_writer *writer, int64_t count, vt_error *error)
{
    vt_item *items = calloc(BATCH, sizeof *items);
    char(*paths)[48] = calloc(BATCH, sizeof *paths);
    for (int64_t done = 0; items && paths && done < count; done += BATCH) {
        size_t part = count - done < BATCH ? (size_t)(count - done) : BATCH;
        for (size_t i = 0; i < part; i++) {
            long long number = (long long)done + (long long)i;
            int length = snprintf(paths[i], sizeof paths[i], "/made/%lld/%08lld.jpg", number / 1000, number);
            items[i] = (vt_item){.path = paths[i],
                                 .path_length = (uint32_t)length,
                                 .size = number + 1,
                                 .mtime_ns = number,
                                 .ino = (uint64_t)number + 1,
                                 .state = VT_ITEM_OK,
                                 .media = {.kind = VT_KIND_IMAGE, .format = VT_FORMAT_JPEG, .width = 40}};
        }
        vt_batch batch = {.items = items, .item_count = part};
        if (!vt_catalog_writer_commit(writer, &batch, NULL, error)) {
            stop("cannot fill the catalog", error);
        }
    }
    free(items);
    free(paths);
}

/* What the window's thread does for an edit: hands over rows. */
static vt_edit_target *ask(const vt_view *view, int64_t count)
{
    int64_t begun = vt_clock_now();
    vt_edit_target *all = vt_edit_target_of_rows(view, &(vt_edit_rows){0, count}, 1, false);
    report("ask_all", ms_since(begun), "ms", ASK_MS_BAR);
    vt_edit_rows *rows = calloc(INTERVALS, sizeof *rows);
    for (int64_t i = 0; rows && i < INTERVALS; i++) {
        rows[i] = (vt_edit_rows){2 * i, 2 * i + 1};
    }
    begun = vt_clock_now();
    vt_edit_target *scattered = vt_edit_target_of_rows(view, rows, INTERVALS, false);
    report("ask_50000_intervals", ms_since(begun), "ms", ASK_MS_BAR);
    vt_edit_target_release(scattered);
    free(rows);
    return all;
}

static void go_over(vt_catalog_writer *writer, const vt_change *change, vt_change_direction direction,
                    const char *name, vt_error *error)
{
    size_t skipped = 0;
    int64_t begun = vt_clock_now();
    if (!vt_change_apply(writer, change, direction, &skipped, error)) {
        stop("cannot undo", error);
    }
    report(name, ms_since(begun), "ms", -1);
}

/* Each made with an item that loses it again: tags stay. */
static void make_tags(vt_catalog_writer *writer, vt_error *error)
{
    const int64_t item = 1;
    char(*names)[24] = calloc(TAGS, sizeof *names);
    const char **tags = calloc(TAGS, sizeof *tags);
    for (int i = 0; names && tags && i < TAGS; i++) {
        snprintf(names[i], sizeof names[i], "%d/%d", i / 100, i);
        tags[i] = names[i];
    }
    if (!names || !tags || !edits_add_tags(writer, &item, 1, tags, TAGS, error) ||
        !edits_remove_tags(writer, &item, 1, tags, TAGS, error)) {
        stop("no tags", error);
    }
    free(tags);
    free(names);
}

/* The first MANY items get a tag that is there, and are shown with it. */
static void tag_many(vt_catalog *catalog, vt_catalog_writer *writer, vt_index *index, const int64_t *ids,
                     vt_error *error)
{
    const char *const tag = "7/700";
    const vt_item_edit edit = {.kind = VT_EDIT_ADD_TAGS, .tags = &tag, .tag_count = 1};
    make_tags(writer, error);
    int64_t begun = vt_clock_now();
    vt_change *change = vt_change_make(writer, &edit, ids, MANY, error);
    if (!change) {
        stop("cannot tag", error);
    }
    report("tag_100000", ms_since(begun), "ms", -1);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    begun = vt_clock_now();
    if (!vt_edit_show(index, catalog, snapshot, change, VT_CHANGE_FORTH, 0, error) ||
        !vt_index_publish(index, error)) {
        stop("cannot show", error);
    }
    report("tag_100000_shown", ms_since(begun), "ms", SHOW_MS_BAR);
    vt_snapshot_release(snapshot);
    vt_change_free(change);
}

static void run(vt_catalog *catalog, int64_t count, vt_error *error)
{
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, error);
    if (!writer) {
        stop("no writer", error);
    }
    fill(writer, count, error);
    vt_index *index = vt_index_create();
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    if (!index || !reader || !vt_index_load(index, reader, NULL, NULL, error)) {
        stop("no index", error);
    }
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    const vt_view_request request = {.key = VT_SORT_PATH, .positions = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, error);
    if (!view) {
        stop("no view", error);
    }
    vt_edit_target *target = ask(view, count);
    int64_t begun = vt_clock_now();
    int64_t *ids = vt_edit_target_list(target, error);
    const vt_item_edit edit = {.kind = VT_EDIT_RATING, .number = 4};
    vt_change *change = ids ? vt_change_make(writer, &edit, ids, vt_edit_target_count(target), error) : NULL;
    if (!change) {
        stop("cannot rate", error);
    }
    report("rate_all", ms_since(begun), "ms", -1);
    begun = vt_clock_now();
    if (!vt_edit_show(index, NULL, snapshot, change, VT_CHANGE_FORTH, 0, error) ||
        !vt_index_publish(index, error)) {
        stop("cannot show", error);
    }
    report("index_follows", ms_since(begun), "ms", -1);
    report("history_item", (double)vt_change_bytes(change) / (double)count, "bytes", BYTES_BAR);
    go_over(writer, change, VT_CHANGE_BACK, "undo_all", error);
    go_over(writer, change, VT_CHANGE_FORTH, "redo_all", error);
    vt_change_free(change);
    tag_many(catalog, writer, index, ids, error);
    free(ids);
    vt_edit_target_release(target);
    vt_view_release(view);
    vt_snapshot_release(snapshot);
    vt_catalog_reader_free(reader);
    vt_index_free(index);
    vt_catalog_writer_free(writer);
}

static void remove_all(const char *folder)
{
    static const char *const names[] = {"library.vitrine", "library.vitrine-wal", "library.vitrine-shm",
                                        "library.vitrine.lock"};
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    int64_t count = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000000;
    char folder[] = "/tmp/vitrine-bench-edit-XXXXXX";
    char path[64];
    vt_error error = VT_ERROR_INIT;
    if (count < 2 * INTERVALS || count > (int64_t)VT_INDEX_ROWS_MAX || !mkdtemp(folder)) {
        fprintf(stderr, "usage: bench_edit [ITEMS]   (%d to %u items)\n", 2 * INTERVALS, VT_INDEX_ROWS_MAX);
        return 2;
    }
    snprintf(path, sizeof path, "%s/library.vitrine", folder);
    const vt_catalog_options options = {.log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(path, &options, &error);
    if (!catalog) {
        stop("no catalog", &error);
    }
    run(catalog, count, &error);
    vt_catalog_close(catalog);
    remove_all(folder);
    return missed > 0;
}
