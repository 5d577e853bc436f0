/*
 * The index with a million rows that have everything: tags (100,000 of them, one on every row), labels,
 * titles, cameras, dates taken, an album. Filtering, counting, loading, memory.
 *
 * usage: bench_marks [ROWS]
 *
 * A line per figure: "name value unit bar". Times are processor times, the median of five runs. Exits 1 if a
 * bar is missed.
 */
#include "core/base/clock.h"
#include "core/catalog/catalog.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"
#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/complete.h"
#include "core/index/filter.h"
#include "core/index/index.h"
#include "core/index/tags.h"
#include "core/index/tally.h"
#include "tests/core/catalog/edits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Titles are given to groups of pictures: some five share one. */
enum { RUNS = 5, FOLDERS = 5000, TAGS = 100000, TITLES = 200000, CAMERAS = 60, ALBUM_ROWS = 50000 };

static unsigned next_random(void)
{
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33);
}

static void check(bool done, const vt_error *error)
{
    if (!done) {
        (void)fprintf(stderr, "bench_marks: %s\n", error->message);
        exit(2);
    }
}

static unsigned missed;

static void report(const char *name, double value, const char *unit, double bar)
{
    printf("marks_%s %.2f %s", name, value, unit);
    if (bar > 0) {
        printf(" <=%.0f", bar);
        missed += value > bar;
    }
    printf("\n");
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

/* Three levels: 100 topics, and below each of the tags up to that many more. */
static void fill_tags(vt_index *index)
{
    static const char *const words[] = {"car", "boat", "tree", "house", "wheel", "gear", "Person", "city"};
    vt_error error = VT_ERROR_INIT;
    char name[64];
    for (int64_t id = 1; id <= TAGS; id++) {
        int64_t parent = id <= 100 ? 0 : id <= 3200 ? (id - 100) % 100 + 1 : (id - 3200) % 3100 + 101;
        (void)snprintf(name, sizeof name, "%s %lld", words[next_random() % 8], (long long)id);
        check(vt_index_put_tag(index, id, parent, name, strlen(name), &error), &error);
    }
}

/* Every row has tag 1, and up to three more, of which people have fewer combinations than pictures. */
static void tag_row(vt_index *index, int64_t id)
{
    vt_error error = VT_ERROR_INIT;
    int64_t tags[4] = {1};
    size_t count = 1;
    unsigned combination = next_random() % 60000;
    for (unsigned i = 0; i < combination % 4; i++) {
        tags[count++] = 1 + (combination * 2654435761U + i * 40503U) % TAGS;
    }
    check(vt_index_set_tags(index, id, tags, count, &error), &error);
}

static void mark_row(vt_index *index, int64_t id)
{
    vt_error error = VT_ERROR_INIT;
    char title[64];
    char camera[64];
    unsigned group = next_random() % TITLES;
    (void)snprintf(title, sizeof title, "%s on a fine day, no. %u", group % 2 ? "Sunset" : "Garden", group);
    (void)snprintf(camera, sizeof camera, "FUJIFILM X%u", next_random() % CAMERAS);
    const vt_item_attributes item = {
        .item_id = id,
        .which = VT_ATTRIBUTES_OF_FILE | VT_ATTRIBUTE_LABEL,
        .label = (uint8_t)(next_random() % 6),
        .taken_ns = INT64_C(1400000000000000000) + (int64_t)next_random() % 300000000 * VT_NS_PER_S,
        .file_title = title,
        .file_title_length = (uint32_t)strlen(title),
        .camera = camera,
        .camera_length = (uint32_t)strlen(camera),
    };
    check(vt_index_put_attributes(index, &item, 1, &error), &error);
    tag_row(index, id);
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
        (void)snprintf(text, sizeof text, "IMG_%04u_%06u.jpg", next_random() % 10000, next_random() % 240000);
        const vt_item_brief item = {
            .id = (int64_t)i + 1,
            .folder_id = (int64_t)i * FOLDERS / rows + 1,
            .name = text,
            .name_length = (uint32_t)strlen(text),
            .width = 100 + next_random() % 6000,
            .height = 100 + next_random() % 4000,
            .size = next_random() % 20000000,
            .mtime_ns = INT64_C(1400000000000000000) + (int64_t)next_random() % 300000000 * VT_NS_PER_S,
            .kind = VT_KIND_IMAGE,
            .format = VT_FORMAT_JPEG,
            .rating = (uint8_t)(next_random() % 6),
        };
        check(vt_index_put(index, &item, 1, &error), &error);
    }
    check(vt_index_publish(index, &error), &error);
}

static void mark(vt_index *index, uint32_t rows)
{
    vt_error error = VT_ERROR_INIT;
    fill_tags(index);
    for (uint32_t i = 0; i < rows; i++) {
        mark_row(index, (int64_t)i + 1);
    }
    check(vt_index_put_album(index, 1, 1, "Trip", 4, &error), &error);
    for (uint32_t i = 0; i < ALBUM_ROWS && i < rows; i++) {
        int64_t id = next_random() % rows + 1;
        check(vt_index_add_to_album(index, 1, &id, 1, &error), &error);
    }
    check(vt_index_publish(index, &error), &error);
}

static double measure_filter(const vt_snapshot *snapshot, const char *text)
{
    vt_error error = VT_ERROR_INIT;
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, &error);
        check(filter != NULL, &error);
        uint32_t *rows = NULL;
        uint32_t count = 0;
        check(vt_filter_run(filter, snapshot, NULL, &rows, &count, &error), &error);
        times[run] = vt_clock_thread_cpu() - start;
        free(rows);
        vt_filter_free(filter);
    }
    return median_ms(times);
}

static void bench_filters(const vt_snapshot *snapshot)
{
    static const struct {
        const char *name, *text;
        double bar_ms;
    } filters[] = {
        {"word", "sunset", 16},
        {"word_in_tags", "person", 16},
        {"nothing", "nothing-like-it", 16},
        {"name_alone", "name:img_2017", 16},
        {"tag", "tag:\"car 5\"", 16},
        {"tag_of_all", "tag:\"/tree 1\" or tag:\"/boat 1\" or tag:\"/gear 1\"", 16},
        {"no_tag", "tag:none", 16},
        {"label", "label:red", 16},
        {"title", "title:garden", 16},
        {"camera", "camera:X1", 16},
        {"album", "album:trip", 16},
        {"date", "date:2018", 16},
        {"three_conditions", "sunset rating>=3 camera:X1", 40},
        {"three_marks", "tag:\"car 5\" -label:red date:2016..2019", 40},
        {"word_not_date", "img -date:2018..2019 person", 40},
    };
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        char name[80];
        (void)snprintf(name, sizeof name, "filter_%s", filters[i].name);
        report(name, measure_filter(snapshot, filters[i].text), "ms", filters[i].bar_ms);
    }
}

/* The first one orders tags and folders, too, which stay in order until one changes. */
static void bench_tally(const vt_snapshot *snapshot)
{
    vt_error error = VT_ERROR_INIT;
    vt_filter *filter = vt_filter_compile("label:1..3", 10, NULL, &error);
    const vt_view_request request = {.filter = filter, .key = VT_SORT_DATE};
    const vt_view *view = filter ? vt_view_build(snapshot, &request, NULL, &error) : NULL;
    check(view != NULL, &error);
    vt_filter_free(filter);
    const vt_view *const views[] = {NULL, view};
    static const char *const names[] = {"tally", "tally_of_view"};
    for (int i = 0; i < 2; i++) {
        int64_t times[RUNS];
        for (int run = -1; run < RUNS; run++) {
            int64_t start = vt_clock_thread_cpu();
            const vt_tally *tally = vt_tally_create(snapshot, views[i], NULL, &error);
            int64_t time = vt_clock_thread_cpu() - start;
            check(tally != NULL, &error);
            vt_tally_release(tally);
            if (run >= 0) {
                times[run] = time;
            } else if (i == 0) {
                report("tally_first", (double)time / 1e6, "ms", 0);
            }
        }
        report(names[i], median_ms(times), "ms", 50);
    }
    vt_view_release(view);
}

static void bench_completion(const vt_snapshot *snapshot)
{
    static const char *const texts[] = {"tag:", "tag:p", "tag:5", "tag:car/b"};
    vt_error error = VT_ERROR_INIT;
    double worst = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int64_t times[RUNS];
        for (int run = 0; run < RUNS; run++) {
            vt_completions completions;
            size_t length = strlen(texts[i]);
            int64_t start = vt_clock_thread_cpu();
            check(vt_complete(snapshot, NULL, texts[i], length, length, &completions, &error), &error);
            times[run] = vt_clock_thread_cpu() - start;
            vt_completions_clear(&completions);
        }
        double time = median_ms(times);
        worst = time > worst ? time : worst;
    }
    report("complete_tag", worst, "ms", 16);
}

enum { BATCH = 10000 };

/* Items of which each tells a date and a camera and each tenth a title; one tag on all of them, and a
   thousand on a thousand each. */
static void write_catalog(vt_catalog *catalog, uint32_t rows)
{
    static vt_item items[BATCH];
    static vt_metadata said[BATCH];
    static const vt_metadata *metadata[BATCH];
    static char paths[BATCH][64];
    static int64_t ids[BATCH];
    vt_error error = VT_ERROR_INIT;
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, &error);
    check(writer != NULL, &error);
    for (uint32_t first = 0; first < rows; first += BATCH) {
        uint32_t count = rows - first < BATCH ? rows - first : BATCH;
        for (uint32_t i = 0; i < count; i++) {
            (void)snprintf(paths[i], sizeof paths[i], "/home/someone/Pictures/%u/IMG_%u.jpg", first / BATCH,
                           i);
            items[i] = (vt_item){.path = paths[i],
                                 .path_length = (uint32_t)strlen(paths[i]),
                                 .size = 1000,
                                 .ino = first + i + 1,
                                 .media = {.kind = VT_KIND_IMAGE, .format = VT_FORMAT_JPEG}};
            said[i] = (vt_metadata){.known = 0};
            vt_metadata_set_taken_ns(&said[i],
                                     INT64_C(1400000000) * VT_NS_PER_S + (int64_t)(first + i) * VT_NS_PER_S);
            vt_metadata_set(&said[i], VT_METADATA_CAMERA, "FUJIFILM X100", strlen("FUJIFILM X100"));
            vt_metadata_set(&said[i], VT_METADATA_TITLE, paths[i], i % 10 ? 0 : strlen(paths[i]));
            metadata[i] = &said[i];
        }
        vt_batch batch = {.items = items, .item_count = count, .metadata = metadata};
        check(vt_catalog_writer_commit(writer, &batch, NULL, &error), &error);
        const char *tag = "everything";
        for (uint32_t i = 0; i < count; i++) {
            ids[i] = items[i].id;
        }
        check(edits_add_tags(writer, ids, count, &tag, 1, &error), &error);
        char name[32];
        (void)snprintf(name, sizeof name, "part/%u", first / BATCH);
        tag = name;
        check(edits_add_tags(writer, ids, count, &tag, 1, &error), &error);
    }
    vt_catalog_writer_free(writer);
}

/* The second pass of a start, in the background. */
static void measure_load(vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, &error);
    check(reader != NULL, &error);
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        vt_index *index = vt_index_create();
        check(index && vt_index_load(index, reader, NULL, NULL, &error), &error);
        int64_t start = vt_clock_thread_cpu();
        check(vt_index_load_attributes(index, reader, NULL, &error), &error);
        times[run] = vt_clock_thread_cpu() - start;
        vt_index_free(index);
    }
    vt_catalog_reader_free(reader);
    report("load_attributes", median_ms(times), "ms", 1500);
}

static void bench_load(uint32_t rows)
{
    vt_error error = VT_ERROR_INIT;
    char folder[] = "/tmp/bench-marks-XXXXXX";
    if (!mkdtemp(folder)) {
        (void)fprintf(stderr, "bench_marks: cannot make a folder in /tmp\n");
        exit(2);
    }
    char path[64];
    (void)snprintf(path, sizeof path, "%s/catalog", folder);
    const vt_catalog_options options = {.mode = VT_CATALOG_READ_WRITE, .log = vt_log_none};
    vt_catalog *catalog = vt_catalog_open(path, &options, &error);
    check(catalog != NULL, &error);
    write_catalog(catalog, rows);
    measure_load(catalog);
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
        (void)fprintf(stderr, "usage: bench_marks [ROWS], 1 to %u\n", VT_INDEX_ROWS_MAX);
        return 2;
    }
    uint32_t rows = (uint32_t)wanted;
    vt_index *index = vt_index_create();
    if (!index) {
        (void)fprintf(stderr, "bench_marks: no memory\n");
        return 2;
    }
    fill(index, rows);
    int64_t start = vt_clock_thread_cpu();
    mark(index, rows);
    report("put", (double)(vt_clock_thread_cpu() - start) / 1e6, "ms", 0);
    size_t columns = 0;
    size_t names = 0;
    vt_index_memory(index, &columns, &names);
    const int tiny = 32; /* bytes, which this index does not have */
    report("row_bytes_with_tiny", (double)columns / rows + tiny, "B", 160);
    report("names", (double)names / rows, "B", 0);
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    bench_filters(snapshot);
    bench_tally(snapshot);
    bench_completion(snapshot);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    bench_load(rows);
    return missed ? 1 : 0;
}
