/*
 * What stacks made by hand cost a view: 1,000,000 items, 20,000 stacks of 5. The peer in the same run is the
 * same view without stacks; both from an order that is at hand, as the window has it.
 *
 * A line per figure: "name value unit bar". Times are processor times, those of views the median of nine.
 *
 * usage: bench_stacks [ITEMS]   (1000000)
 */
#include "core/base/clock.h"
#include "core/index/stacks.h"
#include "core/index/view.h"

#include <stdio.h>
#include <stdlib.h>

enum { STACK = 5, EVERY = 50, ROUNDS = 9, LOOKS = 1000000 };

static void stop(const char *what)
{
    fprintf(stderr, "bench_stacks: %s\n", what);
    exit(1);
}

static vt_index *make_index(uint32_t items)
{
    vt_index *index = vt_index_create();
    if (!index || !vt_index_add_folder(index, 1, "/pictures", 9, NULL)) {
        stop("out of memory");
    }
    for (uint32_t i = 0; i < items; i++) {
        char name[32];
        int length = snprintf(name, sizeof name, "IMG_%07u.jpg", (i * 2654435761U) % items);
        const vt_item_brief item = {.id = i + 1,
                                    .folder_id = 1,
                                    .name = name,
                                    .name_length = (uint32_t)length,
                                    .kind = VT_KIND_IMAGE,
                                    .format = VT_FORMAT_JPEG,
                                    .size = i,
                                    .width = 4000,
                                    .height = 3000};
        if (!vt_index_put(index, &item, 1, NULL)) {
            stop("out of memory");
        }
    }
    return index;
}

static const vt_snapshot *publish(vt_index *index)
{
    if (!vt_index_publish(index, NULL)) {
        stop("out of memory");
    }
    return vt_index_snapshot(index);
}

static void set_stacks(vt_index *index, uint32_t items)
{
    uint32_t stacks = items / EVERY;
    vt_stacked *members = malloc((size_t)stacks * STACK * sizeof *members);
    for (uint32_t i = 0; members && i < stacks * STACK; i++) {
        members[i] = (vt_stacked){i / STACK + 1, (int64_t)(i / STACK) * EVERY + i % STACK * 7 + 1};
    }
    if (!members || !vt_index_set_stacks(index, members, stacks * STACK, NULL)) {
        stop("out of memory");
    }
    free(members);
}

static const vt_view *build(const vt_snapshot *snapshot, const vt_view_request *request)
{
    const vt_view *view = vt_view_build(snapshot, request, NULL, NULL);
    if (!view) {
        stop("out of memory");
    }
    return view;
}

/* The median of some, in milliseconds. */
static void time_view(const char *name, double bar_ms, const vt_snapshot *snapshot,
                      const vt_view_request *request)
{
    double times[ROUNDS];
    uint32_t rows = 0;
    for (int i = 0; i < ROUNDS; i++) {
        int64_t begin = vt_clock_thread_cpu();
        const vt_view *view = build(snapshot, request);
        double took = (double)(vt_clock_thread_cpu() - begin) / VT_NS_PER_MS;
        int at = i;
        for (; at > 0 && times[at - 1] > took; at--) {
            times[at] = times[at - 1];
        }
        times[at] = took;
        rows = vt_view_count(view);
        vt_view_release(view);
    }
    printf("%s %.2f ms <=%g (%u rows)\n", name, times[ROUNDS / 2], bar_ms, rows);
}

static void time_rows(const char *name, double bar_ns, const vt_view *view)
{
    uint32_t count = vt_view_count(view);
    uint64_t sum = 0;
    int64_t begin = vt_clock_thread_cpu();
    for (uint32_t i = 0; i < LOOKS; i++) {
        sum += vt_view_row(view, (uint32_t)((uint64_t)i * 7919 % count));
    }
    double took = (double)(vt_clock_thread_cpu() - begin) / LOOKS;
    printf("%s %.1f ns <=%g (sum %llu)\n", name, took, bar_ns, (unsigned long long)sum);
}

int main(int argc, char **argv)
{
    uint32_t items = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
    if (items < EVERY) {
        stop("at least 50 items");
    }
    vt_index *index = make_index(items);
    set_stacks(index, items);
    int64_t begin = vt_clock_thread_cpu();
    const vt_snapshot *snapshot = publish(index);
    printf("stacks_into_index %.2f ms <=40 (%u stacks)\n",
           (double)(vt_clock_thread_cpu() - begin) / VT_NS_PER_MS, vt_snapshot_stack_count(snapshot));
    vt_view_request request = {.key = VT_SORT_NAME, .positions = true};
    const vt_view *flat = build(snapshot, &request);
    request.order = vt_view_order(flat);
    time_view("stacks_view_flat", 20, snapshot, &request);
    request.stacks = true;
    time_view("stacks_view_closed", 40, snapshot, &request);
    const vt_view *closed = build(snapshot, &request);
    request.open.others = true;
    time_view("stacks_view_open", 80, snapshot, &request);
    const vt_view *open = build(snapshot, &request);
    time_rows("stacks_row_flat", 100, flat);
    time_rows("stacks_row_closed", 1000, closed);
    time_rows("stacks_row_open", 1000, open);
    vt_view_release(open);
    vt_view_release(closed);
    vt_view_release(flat);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    return 0;
}
