/*
 * Groups of a million rows: making them, in one group, in a group each, and in between; and laying them out
 * for a grid, which the window does itself.
 *
 * usage: bench_groups [ROWS]
 *
 * A line per figure: "name value unit bar". Times are processor times, the median of five runs. Exits 1 if a
 * bar is missed.
 */
#include "app/ui/browse/group_lines.h"
#include "core/base/clock.h"
#include "core/index/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 5 };

static int missed;

static int compare_times(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;
    return (*left > *right) - (*left < *right);
}

static void report(const char *name, int64_t times[RUNS], double bar_ms)
{
    const int middle = RUNS / 2;
    qsort(times, RUNS, sizeof *times, compare_times);
    double ms = (double)times[middle] / 1e6;
    printf("%s %.3f ms <=%g\n", name, ms, bar_ms);
    missed += ms > bar_ms;
}

static void check(bool done, const vt_error *error)
{
    if (!done) {
        (void)fprintf(stderr, "bench_groups: %s\n", error->message);
        exit(2);
    }
}

/* `folders` of them, dates over ten years. */
static const vt_snapshot *fill(vt_index *index, uint32_t rows, uint32_t folders)
{
    vt_error error = VT_ERROR_INIT;
    char text[64];
    for (uint32_t i = 0; i < folders; i++) {
        int length = snprintf(text, sizeof text, "/models/collection %u/part %u", i / 100, i);
        check(vt_index_add_folder(index, i + 1, text, (size_t)length, &error), &error);
    }
    for (uint32_t i = 0; i < rows; i++) {
        int length = snprintf(text, sizeof text, "%c%u.stl", 'a' + (int)(i % 26), i);
        const vt_item_brief item = {.id = (int64_t)i + 1,
                                    .folder_id = i % folders + 1,
                                    .name = text,
                                    .name_length = (uint32_t)length,
                                    .size = i,
                                    .mtime_ns = (INT64_C(1400000000) + i * UINT64_C(2654435761) % 315000000) *
                                                VT_NS_PER_S,
                                    .kind = VT_KIND_MODEL,
                                    .format = VT_FORMAT_STL};
        check(vt_index_put(index, &item, 1, &error), &error);
    }
    check(vt_index_publish(index, &error), &error);
    return vt_index_snapshot(index);
}

static void sizes_of(const void *of, uint32_t first, uint32_t count, uint32_t *sizes)
{
    vt_view_group_sizes(of, first, count, sizes);
}

static void measure_layout(const vt_view *view, const char *name)
{
    vt_group_lines *lines = vt_group_lines_create();
    vt_error error = VT_ERROR_INIT;
    check(lines != NULL, &error);
    const vt_group_source source = {vt_view_group_count(view), sizes_of, view};
    int64_t times[RUNS];
    char text[64];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        check(vt_group_lines_set(lines, &source, NULL, 0, false, 7), &error);
        times[run] = vt_clock_thread_cpu() - start;
    }
    (void)snprintf(text, sizeof text, "lay_out_%s", name);
    report(text, times, 2);
    enum { LOOK_UPS = 1000 };
    int64_t slots = vt_group_lines_slots(lines);
    int64_t found = 0;
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        for (int64_t i = 0; i < LOOK_UPS; i++) {
            found += vt_group_lines_of_slot(lines, i * 7919 % slots).group;
        }
        times[run] = vt_clock_thread_cpu() - start;
    }
    (void)snprintf(text, sizeof text, "look_up_1000_of_%s", name);
    report(text, times, found >= 0 ? 1 : 0);
    vt_group_lines_free(lines);
}

static void measure(const vt_snapshot *snapshot, vt_group_by by, const char *name, double bar)
{
    vt_error error = VT_ERROR_INIT;
    const vt_view *view = NULL;
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        vt_view_release(view);
        int64_t start = vt_clock_thread_cpu();
        view = vt_view_build(
            snapshot, &(vt_view_request){.key = VT_SORT_SIZE, .group = by, .positions = true}, NULL, &error);
        times[run] = vt_clock_thread_cpu() - start;
        check(view != NULL, &error);
    }
    char text[64];
    (void)snprintf(text, sizeof text, "view_by_%s", name);
    report(text, times, bar);
    uint32_t groups = vt_view_group_count(view);
    printf("groups_by_%s %u - (%.1f MB)\n", name, groups, groups * 8 / 1e6);
    if (groups) {
        measure_layout(view, name);
    }
    vt_view_release(view);
}

int main(int argc, char **argv)
{
    long wanted = argc > 1 ? strtol(argv[1], NULL, 10) : 1000000;
    if (wanted < 1 || wanted > (long)VT_INDEX_FOLDERS_MAX) {
        (void)fprintf(stderr, "usage: bench_groups [ROWS], 1 to %u\n", VT_INDEX_FOLDERS_MAX);
        return 2;
    }
    uint32_t rows = (uint32_t)wanted;
    vt_index *index = vt_index_create();
    vt_error error = VT_ERROR_INIT;
    check(index != NULL, &error);
    const vt_snapshot *snapshot = fill(index, rows, rows);
    measure(snapshot, VT_GROUP_NONE, "nothing", 150);
    measure(snapshot, VT_GROUP_KIND, "kind", 150);
    measure(snapshot, VT_GROUP_DAY, "day", 200);
    measure(snapshot, VT_GROUP_MONTH, "month", 200);
    measure(snapshot, VT_GROUP_LETTER, "letter", 200);
    measure(snapshot, VT_GROUP_FOLDER, "folder", 600);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    return missed ? 1 : 0;
}
