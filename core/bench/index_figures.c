/* The catalog in memory: filtered, sorted, and how much of it that takes. */
#include "core/base/clock.h"
#include "core/bench/figure.h"
#include "core/bench/random.h"
#include "core/index/filter.h"
#include "core/index/index.h"
#include "core/index/sort.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDERS = 1000 };

typedef struct bench {
    vt_index *index;
    const vt_snapshot *snapshot;
    uint32_t rows;
} bench;

/* Names as cameras, phones and people give them. */
static void make_name(vt_bench_random *random, char *name, size_t size, uint32_t i)
{
    static const char *const words[] = {"red",      "car",    "Sunset", "boat", "gear",    "House",
                                        "tree",     "flower", "sign",   "dog",  "holiday", "scan",
                                        "portrait", "Bolt",   "wheel",  "map"};
    const char *a = words[vt_bench_random_below(random, 16)];
    const char *b = words[vt_bench_random_below(random, 16)];
    unsigned number = vt_bench_random_below(random, 1000);
    switch (vt_bench_random_below(random, 4)) {
    case 0:
        (void)snprintf(name, size, "IMG_%04u.JPG", i % 10000);
        break;
    case 1:
        (void)snprintf(name, size, "IMG_20%02u0517_%06u.jpg", 10 + number % 15, number * 239);
        break;
    case 2:
        (void)snprintf(name, size, "%s-%s-%u.png", a, b, number);
        break;
    default:
        (void)snprintf(name, size, "%s of a %s (%u).stl", a, b, number % 100);
        break;
    }
}

static bool put_row(bench *self, vt_bench_random *random, uint32_t i, vt_error *error)
{
    char name[128];
    make_name(random, name, sizeof name, i);
    bool model = strstr(name, ".stl") != NULL;
    const vt_item_brief item = {
        .id = (int64_t)i + 1,
        .folder_id = (int64_t)i * FOLDERS / self->rows + 1,
        .name = name,
        .name_length = (uint32_t)strlen(name),
        .width = model ? 0 : 100 + vt_bench_random_below(random, 6000),
        .height = model ? 0 : 100 + vt_bench_random_below(random, 4000),
        .size = vt_bench_random_below(random, 20000000),
        .mtime_ns = (INT64_C(1400000000) + vt_bench_random_below(random, 300000000)) * VT_NS_PER_S,
        .triangles = model ? vt_bench_random_below(random, 3000000) : 0,
        .kind = model ? VT_KIND_MODEL : VT_KIND_IMAGE,
        .format = model ? VT_FORMAT_STL : VT_FORMAT_JPEG,
        .rating = (uint8_t)vt_bench_random_below(random, 6),
    };
    return vt_index_put(self->index, &item, 1, error);
}

static bool fill(bench *self, vt_error *error)
{
    vt_bench_random random = {1};
    char path[128];
    for (int64_t id = 1; id <= FOLDERS; id++) {
        int length = snprintf(path, sizeof path, "/home/someone/Pictures/collection %lld/part %lld",
                              (long long)id / 100, (long long)id);
        if (!vt_index_add_folder(self->index, id, path, (size_t)length, error)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < self->rows; i++) {
        if (!put_row(self, &random, i, error)) {
            return false;
        }
    }
    return vt_index_publish(self->index, error);
}

static void index_end(void *state)
{
    bench *self = state;
    if (self->snapshot) {
        vt_snapshot_release(self->snapshot);
    }
    vt_index_free(self->index);
    free(self);
}

static bool empty_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    bench *self = calloc(1, sizeof *self);
    if (!self) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    self->rows = place->rows;
    *state = self;
    return true;
}

/* Fills it, which is what a start does. */
static bool run_fill(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i += self->rows) {
        vt_index_free(self->index);
        self->index = vt_index_create();
        done = self->index ? fill(self, error) : vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    vt_bench_timer_end(timer);
    return done;
}

static bool index_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    vt_bench_timer unused = {.clock = VT_BENCH_THREAD, .figure = ""};
    if (!empty_begin(place, state, error)) {
        return false;
    }
    bench *self = *state;
    if (!run_fill(self, &unused, 1, error)) {
        index_end(self);
        return false;
    }
    self->snapshot = vt_index_snapshot(self->index);
    return true;
}

static bool match(const vt_snapshot *snapshot, const char *text, vt_error *error)
{
    uint64_t *rows = NULL;
    uint32_t count = 0;
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, error);
    bool done = filter && vt_filter_match(filter, snapshot, NULL, &rows, &count, error);
    free(rows);
    vt_filter_free(filter);
    return done;
}

static bool run_filter(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    static const char *const texts[] = {"sunset", "img_2017", "car kind:model triangles>1m",
                                        "red or boat or wheel -jpg"};
    enum { TEXTS = sizeof texts / sizeof *texts };
    const bench *self = state;
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i++) {
        done = match(self->snapshot, texts[i % TEXTS], error);
    }
    vt_bench_timer_end(timer);
    return done;
}

static bool run_sort(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    static const vt_sort_key keys[] = {VT_SORT_NAME, VT_SORT_SIZE};
    const bench *self = state;
    uint32_t *rows = malloc(self->rows * sizeof *rows);
    bool done = true;
    if (!rows) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    for (unsigned i = 0; i < times && done; i++) {
        for (uint32_t k = 0; k < self->rows; k++) {
            rows[k] = k;
        }
        vt_bench_timer_begin(timer);
        done = vt_sort_rows(self->snapshot, keys[i % 2], rows, self->rows, NULL, error);
        vt_bench_timer_end(timer);
    }
    free(rows);
    return done;
}

const vt_bench_figure vt_bench_index_figures[] = {
    {"filter", "100,000 items through each of four filters", VT_BENCH_RESPONSE, VT_BENCH_THREAD, NULL, 4, 0,
     index_begin, run_filter, index_end},
    {"sort", "100,000 items by name and by size", VT_BENCH_RESPONSE, VT_BENCH_THREAD, NULL, 2, 9, index_begin,
     run_sort, index_end},
    {"index-fill", "items taken into the index", VT_BENCH_THROUGHPUT, VT_BENCH_THREAD, "items", 100000, 5,
     empty_begin, run_fill, index_end},
    {"index-memory", "memory of 100,000 items in the index", VT_BENCH_SPACE, VT_BENCH_MEMORY, NULL, 1, 1,
     empty_begin, run_fill, index_end},
    {0},
};
