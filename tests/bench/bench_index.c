/*
 * The index with a million rows: filling it, filtering, sorting, loading it and its tiny thumbnails, memory.
 *
 * usage: bench_index [ROWS]
 *
 * A line per figure: "name value unit bar", then in parentheses what the plain way costs in the same run and
 * how much faster ours is. Times are processor times, the median of five runs. Exits 1 if a bar is missed.
 */
#include "core/base/clock.h"
#include "core/catalog/catalog.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"
#include "core/index/columns.h"
#include "core/index/filter.h"
#include "core/index/index.h"
#include "core/index/sort.h"
#include "core/index/tiny.h"
#include "core/index/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNS = 5, FOLDERS = 5000 };

static unsigned next_random(void)
{
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33);
}

/* Names as cameras, phones, clip-art collections and people give them. */
static void make_name(char *name, size_t size, uint32_t i)
{
    static const char *const words[] = {"red",      "car",    "Sunset", "boat", "gear",    "House",
                                        "tree",     "flower", "sign",   "dog",  "holiday", "scan",
                                        "portrait", "Bolt",   "wheel",  "map"};
    const char *a = words[next_random() % 16];
    const char *b = words[next_random() % 16];
    switch (next_random() % 4) {
    case 0:
        (void)snprintf(name, size, "IMG_%04u.JPG", i % 10000);
        break;
    case 1:
        (void)snprintf(name, size, "IMG_20%02u%02u%02u_%06u.jpg", 10 + next_random() % 15,
                       1 + next_random() % 12, 1 + next_random() % 28, next_random() % 240000);
        break;
    case 2:
        (void)snprintf(name, size, "%s-%s-%u.png", a, b, next_random() % 1000);
        break;
    default:
        (void)snprintf(name, size, "%s of a %s (%u).stl", a, b, next_random() % 100);
        break;
    }
}

static void check(bool done, const vt_error *error)
{
    if (!done) {
        (void)fprintf(stderr, "bench_index: %s\n", error->message);
        exit(2);
    }
}

static void fill(vt_index *index, uint32_t rows)
{
    vt_error error = VT_ERROR_INIT;
    char text[128];
    for (int64_t id = 1; id <= FOLDERS; id++) {
        (void)snprintf(text, sizeof text, "/home/someone/Pictures/collection %lld/part %lld",
                       (long long)id / 100, (long long)id);
        check(vt_index_add_folder(index, id, text, strlen(text), &error), &error);
    }
    for (uint32_t i = 0; i < rows; i++) {
        make_name(text, sizeof text, i);
        bool model = strstr(text, ".stl") != NULL;
        vt_item_brief item = {
            .id = (int64_t)i + 1,
            .folder_id = (int64_t)i * FOLDERS / rows + 1,
            .name = text,
            .name_length = (uint32_t)strlen(text),
            .width = model ? 0 : 100 + next_random() % 6000,
            .height = model ? 0 : 100 + next_random() % 4000,
            .size = next_random() % 20000000,
            .mtime_ns = INT64_C(1400000000000000000) + (int64_t)next_random() % 300000000 * VT_NS_PER_S +
                        next_random() % 1000000000,
            .triangles = model ? next_random() % 3000000 : 0,
            .kind = model ? VT_KIND_MODEL : VT_KIND_IMAGE,
            .format = model ? VT_FORMAT_STL : VT_FORMAT_JPEG,
            .rating = (uint8_t)(next_random() % 6),
        };
        check(vt_index_put(index, &item, 1, &error), &error);
    }
    check(vt_index_publish(index, &error), &error);
}

static int compare_times(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;
    return (*left > *right) - (*left < *right);
}

static double median_ms(int64_t times[RUNS])
{
    const int middle = RUNS / 2;
    qsort(times, RUNS, sizeof *times, compare_times);
    return (double)times[middle] / 1e6;
}

static double measure_filter(const vt_snapshot *snapshot, const char *text)
{
    vt_error error = VT_ERROR_INIT;
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, &error);
        check(filter != NULL, &error);
        uint64_t *rows = NULL;
        uint32_t count = 0;
        check(vt_filter_match(filter, snapshot, NULL, &rows, &count, &error), &error);
        times[run] = vt_clock_thread_cpu() - start;
        free(rows);
        vt_filter_free(filter);
    }
    return median_ms(times);
}

/* The plain way: strcasestr on every name. */
static double measure_plain_filter(const vt_snapshot *snapshot, const char *word)
{
    int64_t start = vt_clock_thread_cpu();
    volatile uint32_t found = 0;
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        found = found + (strcasestr(item.name, word) != NULL);
    }
    return (double)(vt_clock_thread_cpu() - start) / 1e6;
}

static double measure_sort(const vt_snapshot *snapshot, vt_sort_key key)
{
    vt_error error = VT_ERROR_INIT;
    uint32_t count = vt_snapshot_count(snapshot);
    uint32_t *rows = malloc(count * sizeof *rows);
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        for (uint32_t i = 0; i < count; i++) {
            rows[i] = i;
        }
        int64_t start = vt_clock_thread_cpu();
        check(vt_sort_rows(snapshot, key, rows, count, NULL, &error), &error);
        times[run] = vt_clock_thread_cpu() - start;
    }
    free(rows);
    return median_ms(times);
}

static int compare_names(const void *a, const void *b, void *snapshot)
{
    vt_item_brief left;
    vt_item_brief right;
    vt_snapshot_item(snapshot, *(const uint32_t *)a, &left);
    vt_snapshot_item(snapshot, *(const uint32_t *)b, &right);
    return vt_natural_compare(left.name, left.name_length, right.name, right.name_length);
}

static int compare_sizes(const void *a, const void *b, void *snapshot)
{
    vt_item_brief left;
    vt_item_brief right;
    vt_snapshot_item(snapshot, *(const uint32_t *)a, &left);
    vt_snapshot_item(snapshot, *(const uint32_t *)b, &right);
    return (left.size > right.size) - (left.size < right.size);
}

/* The plain way: qsort_r with a comparison. */
static double measure_plain_sort(const vt_snapshot *snapshot,
                                 int (*compare)(const void *, const void *, void *))
{
    uint32_t count = vt_snapshot_count(snapshot);
    uint32_t *rows = malloc(count * sizeof *rows);
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = i;
    }
    int64_t start = vt_clock_thread_cpu();
    qsort_r(rows, count, sizeof *rows, compare, (void *)snapshot);
    double time = (double)(vt_clock_thread_cpu() - start) / 1e6;
    free(rows);
    return time;
}

static unsigned missed;

/* `plain`: milliseconds of the plain way, 0 if there is none. */
static void report(const char *name, double ms, double bar, double plain)
{
    printf("index_%s %.2f ms <=%.0f", name, ms, bar);
    if (plain > 0) {
        printf(" (plain %.1f ms, %.1fx)", plain, plain / ms);
    }
    printf("\n");
    missed += ms > bar;
}

static void bench_filters(const vt_snapshot *snapshot)
{
    static const struct {
        const char *name, *text;
        double bar_ms;
        bool plain; /* the plain way can do it */
    } filters[] = {
        {"word", "sunset", 16, true},
        {"letter", "a", 16, true},
        {"every", ".", 16, true}, /* in every name */
        {"prefix", "img_2017", 16, true},
        {"nothing", "nothing-like-it", 16, true},
        {"folder", "part", 16, false}, /* in the name of every folder */
        {"number", "width>4000", 16, false},
        {"three_conditions", "car kind:model triangles>1m", 40, false},
        {"or_and_not", "red or boat or wheel -jpg", 40, false},
        {"date", "img -date:2018..2019 size>5m", 40, false},
    };
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        char name[80];
        (void)snprintf(name, sizeof name, "filter_%s", filters[i].name);
        report(name, measure_filter(snapshot, filters[i].text), filters[i].bar_ms,
               filters[i].plain ? measure_plain_filter(snapshot, filters[i].text) : 0);
    }
}

static void bench_sorts(const vt_snapshot *snapshot)
{
    report("sort_name", measure_sort(snapshot, VT_SORT_NAME), 250,
           measure_plain_sort(snapshot, compare_names));
    report("sort_path", measure_sort(snapshot, VT_SORT_PATH), 250, 0);
    report("sort_size", measure_sort(snapshot, VT_SORT_SIZE), 60,
           measure_plain_sort(snapshot, compare_sizes));
    report("sort_date", measure_sort(snapshot, VT_SORT_DATE), 60, 0);
    report("sort_rating", measure_sort(snapshot, VT_SORT_RATING), 60, 0);
}

static void bench_view(const vt_snapshot *snapshot)
{
    vt_error error = VT_ERROR_INIT;
    vt_view_request request = {.key = VT_SORT_SIZE, .positions = true};
    const vt_view *view = vt_view_build(snapshot, &request, NULL, &error);
    check(view != NULL, &error);
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        const vt_view *reversed = vt_view_reversed(view);
        times[run] = vt_clock_thread_cpu() - start;
        check(reversed != NULL, &error);
        vt_view_release(reversed);
    }
    vt_view_release(view);
    report("turn_direction", median_ms(times), 5, 0);
}

static int64_t build_time(const vt_snapshot *snapshot, const vt_view_request *request, const vt_view **view)
{
    vt_error error = VT_ERROR_INIT;
    int64_t start = vt_clock_thread_cpu();
    *view = vt_view_build(snapshot, request, NULL, &error);
    int64_t took = vt_clock_thread_cpu() - start;
    check(*view != NULL, &error);
    return took;
}

/* Views after the first: of a filter, and of a library in which a thousand files were renamed. */
static void bench_orders(vt_index *index)
{
    enum { CHANGED = 1000 };
    vt_error error = VT_ERROR_INIT;
    vt_filter *filter = vt_filter_compile("car", 3, NULL, &error);
    vt_view_request request = {.key = VT_SORT_PATH, .group = VT_GROUP_FOLDER, .positions = true};
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    const vt_view *whole = NULL;
    const vt_view *view = NULL;
    report("view_first", (double)build_time(snapshot, &request, &whole) / 1e6, 600, 0);
    request.order = vt_view_order(whole);
    request.filter = filter;
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        times[run] = build_time(snapshot, &request, &view);
        vt_view_release(view);
    }
    report("view_of_filter", median_ms(times), 40, 0);
    request.filter = NULL;
    uint32_t rows = vt_snapshot_count(snapshot);
    for (int run = 0; run < RUNS; run++) {
        for (uint32_t i = 0; i < CHANGED; i++) {
            char name[64];
            vt_item_brief item;
            vt_snapshot_item(snapshot, next_random() % rows, &item);
            item.name_length = (uint32_t)snprintf(name, sizeof name, "renamed %u", next_random());
            item.name = name;
            check(vt_index_put(index, &item, 1, &error), &error);
        }
        check(vt_index_publish(index, &error), &error);
        const vt_snapshot *later = vt_index_snapshot(index);
        times[run] = build_time(later, &request, &view);
        vt_view_release(view);
        vt_snapshot_release(later);
    }
    report("view_followed", median_ms(times), 150, 0);
    vt_view_release(whole);
    vt_filter_free(filter);
    vt_snapshot_release(snapshot);
}

static bool see_item(void *seen, const vt_item_brief *item)
{
    *(int64_t *)seen += item->id != 0;
    return true;
}

enum { BATCH = 10000 };

/* Writes what is in the snapshot to a catalog. */
static void write_catalog(const vt_snapshot *snapshot, vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, &error);
    check(writer != NULL, &error);
    static vt_item items[BATCH];
    uint32_t rows = vt_snapshot_count(snapshot);
    for (uint32_t first = 0; first < rows; first += BATCH) {
        vt_str paths = VT_STR_INIT; /* a row number makes equal names different */
        uint32_t count = rows - first < BATCH ? rows - first : BATCH;
        size_t starts[BATCH];
        for (uint32_t i = 0; i < count; i++) {
            starts[i] = paths.length;
            vt_snapshot_path(snapshot, first + i, &paths);
            vt_str_appendf(&paths, "~%u", first + i);
            vt_item_brief brief;
            vt_snapshot_item(snapshot, first + i, &brief);
            items[i] = (vt_item){
                .path_length = (uint32_t)(paths.length - starts[i]),
                .size = brief.size,
                .mtime_ns = brief.mtime_ns,
                .ino = first + i + 1,
                .media = {.kind = brief.kind,
                          .format = brief.format,
                          .width = brief.width,
                          .height = brief.height,
                          .triangles = brief.triangles},
            };
            vt_str_append_char(&paths, '\0');
        }
        for (uint32_t i = 0; i < count; i++) {
            items[i].path = paths.data + starts[i];
        }
        vt_batch batch = {.items = items, .item_count = count};
        check(vt_catalog_writer_commit(writer, &batch, NULL, &error), &error);
        vt_str_free(&paths);
    }
    check(vt_catalog_writer_checkpoint(writer, &error), &error);
    vt_catalog_writer_free(writer);
}

/* Loading; the plain way only reads the same rows from the catalog and drops them. */
static void measure_load(vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    check(reader != NULL, &error);
    int64_t loads[RUNS];
    int64_t reads[RUNS];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        vt_index *index = vt_index_create();
        check(index && vt_index_load(index, reader, NULL, NULL, &error), &error);
        loads[run] = vt_clock_thread_cpu() - start;
        vt_index_free(index);
        int64_t seen = 0;
        start = vt_clock_thread_cpu();
        check(vt_catalog_reader_each_brief(reader, 0, see_item, &seen, &error), &error);
        reads[run] = vt_clock_thread_cpu() - start;
    }
    vt_catalog_reader_free(reader);
    report("load", median_ms(loads), 600, median_ms(reads));
}

/* The columns file: made of the catalog, and loaded in the place of it; beside it what SQLite needs. */
static void measure_columns(vt_catalog *catalog, const char *path)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    check(reader != NULL, &error);
    int64_t writes[RUNS];
    int64_t loads[RUNS];
    int64_t reads[RUNS];
    for (int run = 0; run < RUNS; run++) {
        uint32_t rows = 0;
        int64_t start = vt_clock_thread_cpu();
        check(vt_columns_write(catalog, reader, path, NULL, &rows, &error), &error);
        writes[run] = vt_clock_thread_cpu() - start;
        start = vt_clock_thread_cpu();
        vt_index *index = vt_index_create();
        check(index && vt_columns_load(index, catalog, reader, path, NULL, &error), &error);
        loads[run] = vt_clock_thread_cpu() - start;
        vt_index_free(index);
        start = vt_clock_thread_cpu();
        index = vt_index_create();
        check(index && vt_index_load(index, reader, NULL, NULL, &error), &error);
        reads[run] = vt_clock_thread_cpu() - start;
        vt_index_free(index);
    }
    vt_columns_info info;
    vt_columns_look(catalog, reader, path, &info);
    vt_catalog_reader_free(reader);
    report("load_columns", median_ms(loads), 200, median_ms(reads));
    report("write_columns", median_ms(writes), 2000, 0);
    printf("index_columns_row_bytes %.1f B <=100\n", (double)info.bytes / info.rows);
    missed += info.bytes > 100 * (int64_t)info.rows;
    (void)unlink(path);
}

static void write_tinies(const vt_snapshot *snapshot, vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, &error);
    check(writer != NULL, &error);
    static vt_tiny tinies[BATCH];
    uint32_t rows = vt_snapshot_count(snapshot);
    for (uint32_t first = 0; first < rows; first += BATCH) {
        uint32_t count = rows - first < BATCH ? rows - first : BATCH;
        for (uint32_t i = 0; i < count; i++) {
            tinies[i].item_id = (int64_t)first + i + 1;
            for (size_t b = 0; b < sizeof tinies[i].code.bytes; b++) {
                tinies[i].code.bytes[b] = (uint8_t)(next_random() | 1);
            }
        }
        check(vt_catalog_writer_put_tiny(writer, tinies, count, &error), &error);
    }
    vt_catalog_writer_free(writer);
}

static bool see_tiny(void *seen, const vt_tiny *tiny)
{
    *(int64_t *)seen += tiny->item_id != 0;
    return true;
}

/* The second pass of a start, in the background; the plain way only reads. */
static void measure_tiny(const vt_snapshot *snapshot, vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    write_tinies(snapshot, catalog);
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    check(reader != NULL, &error);
    int64_t loads[RUNS];
    int64_t reads[RUNS];
    double bytes = 0;
    for (int run = 0; run < RUNS; run++) {
        vt_index *index = vt_index_create();
        check(index && vt_index_load(index, reader, NULL, NULL, &error), &error);
        int64_t start = vt_clock_thread_cpu();
        check(vt_index_load_tiny(index, reader, NULL, &error), &error);
        loads[run] = vt_clock_thread_cpu() - start;
        size_t columns = 0;
        size_t names = 0;
        vt_index_memory(index, &columns, &names);
        bytes = (double)columns / vt_snapshot_count(snapshot);
        vt_index_free(index);
        int64_t seen = 0;
        start = vt_clock_thread_cpu();
        check(vt_catalog_reader_each_tiny(reader, 0, see_tiny, &seen, &error), &error);
        reads[run] = vt_clock_thread_cpu() - start;
    }
    vt_catalog_reader_free(reader);
    report("load_tiny", median_ms(loads), 300, median_ms(reads));
    printf("index_row_bytes_with_tiny %.1f B <=160\n", bytes);
    missed += bytes > 160;
}

static void bench_load(const vt_snapshot *snapshot)
{
    vt_error error = VT_ERROR_INIT;
    char folder[] = "/tmp/bench-index-XXXXXX";
    if (!mkdtemp(folder)) {
        (void)fprintf(stderr, "bench_index: cannot make a folder in /tmp\n");
        exit(2);
    }
    char path[64];
    (void)snprintf(path, sizeof path, "%s/catalog", folder);
    vt_catalog_options options = {.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(path, &options, &error);
    check(catalog != NULL, &error);
    write_catalog(snapshot, catalog);
    measure_load(catalog);
    char columns[64];
    (void)snprintf(columns, sizeof columns, "%s/columns", folder);
    measure_columns(catalog, columns);
    measure_tiny(snapshot, catalog);
    vt_catalog_close(catalog);
    static const char *const endings[] = {"", ".lock", "-wal", "-shm"};
    for (int i = 0; i < 4; i++) {
        (void)snprintf(path, sizeof path, "%s/catalog%s", folder, endings[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

int main(int argc, char **argv)
{
    long wanted = argc > 1 ? strtol(argv[1], NULL, 10) : 1000000;
    if (wanted < 1 || wanted > (long)VT_INDEX_ROWS_MAX) {
        (void)fprintf(stderr, "usage: bench_index [ROWS], 1 to %u\n", VT_INDEX_ROWS_MAX);
        return 2;
    }
    uint32_t rows = (uint32_t)wanted;
    vt_index *index = vt_index_create();
    if (!index) {
        (void)fprintf(stderr, "bench_index: no memory\n");
        return 2;
    }
    int64_t start = vt_clock_thread_cpu();
    fill(index, rows);
    report("put", (double)(vt_clock_thread_cpu() - start) / 1e6, 600, 0);

    size_t columns = 0;
    size_t names = 0;
    vt_index_memory(index, &columns, &names);
    double bytes = (double)columns / rows;
    printf("index_row_bytes %.1f B <=160 (names %.1f B)\n", bytes, (double)names / rows);
    missed += bytes > 160;

    const vt_snapshot *snapshot = vt_index_snapshot(index);
    bench_filters(snapshot);
    bench_sorts(snapshot);
    bench_view(snapshot);
    bench_load(snapshot);
    vt_snapshot_release(snapshot);
    bench_orders(index);
    vt_index_free(index);
    return missed ? 1 : 0;
}
