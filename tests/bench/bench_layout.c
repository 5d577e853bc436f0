/*
 * Layouts of a thousand panes: where they stand, what has changed, which are live, what they show, saving and
 * restoring. Without widgets: what they cost comes on top, and is the window's to measure.
 *
 * A line per figure: "name value unit bar". Times are processor times, medians of 101 runs, or the slowest
 * but one of a hundred (p99) where it says so. Exits 1 if a bar is missed.
 */
#include "core/base/clock.h"
#include "core/layout/coalesce.h"
#include "core/layout/geometry.h"
#include "core/layout/layout_json.h"
#include "core/layout/live_panes.h"
#include "core/layout/provider_cache.h"
#include "core/layout/reconcile.h"
#include "core/layout/workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 101, PANES = 1000 };

static const vt_geometry_style style = {.divider = 4, .header = 22, .grab = 3, .edge = 16, .least = 10};
static const vt_rect area = {0, 0, 3840, 2160};
static int missed;
static vt_error error;

static void check(bool done)
{
    if (!done) {
        (void)fprintf(stderr, "bench_layout: %s\n", error.message);
        exit(2);
    }
}

static int compare_times(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;
    return (*left > *right) - (*left < *right);
}

/* Of `count` times, the one at `part` of them in order; a bar of 0 is none. */
static void report(const char *name, int64_t *times, size_t count, double part, double unit,
                   const char *unit_name, double bar)
{
    qsort(times, count, sizeof *times, compare_times);
    double value = (double)times[(size_t)((double)(count - 1) * part)] / unit;
    if (bar > 0) {
        printf("%s %.4f %s <=%g\n", name, value, unit_name, bar);
        missed += value > bar;
    } else {
        printf("%s %.4f %s -\n", name, value, unit_name);
    }
}

static vt_pane_id any_pane(const vt_panes *panes, unsigned number)
{
    size_t skip = number % vt_panes_pane_count(panes);
    vt_pane_id pane = vt_panes_next_pane(panes, 0);
    while (skip-- > 0) {
        pane = vt_panes_next_pane(panes, pane);
    }
    return pane;
}

/* As people split, here and there; always the same way. */
static vt_panes *make_nested(int count)
{
    vt_panes *panes = vt_panes_create("browse:file:///home/me/Pictures|", NULL, &error);
    check(panes != NULL);
    unsigned number = 1;
    char provider[64];
    for (int i = 1; i < count; i++) {
        number = number * 1664525U + 1013904223U;
        (void)snprintf(provider, sizeof provider, "image:%d", i);
        check(vt_panes_split(panes, any_pane(panes, number >> 8), (vt_pane_side)(number >> 4 & 3), provider,
                             NULL, &error));
    }
    return panes;
}

/* One row: what rounding has to sort is longest here. */
static vt_panes *make_row(int count)
{
    vt_panes *panes = vt_panes_create("image:0", NULL, &error);
    check(panes != NULL);
    for (int i = 1; i < count; i++) {
        check(vt_panes_split(panes, vt_panes_next_pane(panes, 0), VT_PANE_RIGHT, "image:1", NULL, &error));
    }
    check(vt_panes_even_out(panes, vt_panes_next_pane(panes, 0), &error));
    return panes;
}

static vt_pane_id window_of(const vt_panes *panes)
{
    vt_panes_window window;
    check(vt_panes_window_at(panes, 0, &window));
    return window.id;
}

static const vt_geometry_map *get(vt_geometry *geometry, const vt_panes *panes, int more)
{
    const vt_rect wanted = {0, 0, area.width + more, area.height};
    const vt_geometry_map *map = vt_geometry_get(geometry, panes, window_of(panes), wanted, &error);
    check(map != NULL);
    return map;
}

static void measure_geometry(vt_panes *panes, const char *shape)
{
    vt_geometry *geometry = vt_geometry_create(&style, &error);
    int64_t times[RUNS];
    char name[64];
    check(geometry != NULL);
    for (int run = 0; run < RUNS; run++) { /* each time another width */
        int64_t start = vt_clock_thread_cpu();
        get(geometry, panes, run);
        times[run] = vt_clock_thread_cpu() - start;
    }
    (void)snprintf(name, sizeof name, "layout_cold_%s", shape);
    report(name, times, RUNS, 0.5, 1e6, "ms", 1);
    enum { ASKED = 1000 };
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        for (int i = 0; i < ASKED; i++) {
            get(geometry, panes, RUNS - 1);
        }
        times[run] = (vt_clock_thread_cpu() - start) / ASKED;
    }
    (void)snprintf(name, sizeof name, "layout_cached_%s", shape);
    report(name, times, RUNS, 0.5, 1e3, "us", 20);
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        vt_hit hit = vt_geometry_hit(get(geometry, panes, RUNS - 1), run * 37, run * 21);
        times[run] = vt_clock_thread_cpu() - start;
        check(hit.kind <= VT_HIT_CROSSING);
    }
    (void)snprintf(name, sizeof name, "layout_hit_%s", shape);
    report(name, times, RUNS, 0.99, 1e3, "us", 0);
    vt_geometry_free(geometry);
}

/* A pane dragged over others: an exact preview for each place. */
static void measure_preview(const vt_panes *panes)
{
    vt_geometry *geometry = vt_geometry_create(&style, &error);
    int64_t times[RUNS];
    vt_pane_id dragged = any_pane(panes, 7);
    check(geometry != NULL);
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        vt_rect rect;
        vt_drop drop = vt_geometry_drop(get(geometry, panes, 0), dragged, run * 37 + 20, run * 21 + 20);
        if (drop.target) {
            check(vt_geometry_preview(geometry, panes, window_of(panes), area, dragged, drop, &rect, &error));
        }
        times[run] = vt_clock_thread_cpu() - start;
    }
    report("layout_drop_preview", times, RUNS, 0.99, 1e6, "ms", 0);
    vt_geometry_free(geometry);
}

static void take(vt_scene *scene, vt_geometry *geometry, const vt_panes *panes)
{
    vt_scene_begin(scene);
    check(vt_scene_add(scene, panes, get(geometry, panes, 0), &error));
    vt_scene_end(scene);
}

/* Ten panes that show something else, in turn with the least edits of places: two that swap. */
static void measure_reconcile(const vt_panes *original)
{
    vt_geometry *geometry = vt_geometry_create(&style, &error);
    vt_scene *before = vt_scene_create(&error), *after = vt_scene_create(&error);
    vt_panes *panes = vt_panes_clone(original, &error);
    int64_t times[RUNS], all[RUNS];
    char provider[64];
    check(geometry && before && after && panes);
    take(before, geometry, panes);
    for (int run = 0; run < RUNS; run++) {
        for (unsigned i = 0; i < 8; i++) {
            (void)snprintf(provider, sizeof provider, "image:%d", 5000 + run);
            check(vt_panes_set_provider(panes, any_pane(panes, i * 101), provider, &error));
        }
        check(vt_panes_swap(panes, any_pane(panes, 50), any_pane(panes, 500), &error));
        get(geometry, panes, 0);
        size_t count = 0;
        int64_t start = vt_clock_thread_cpu();
        take(after, geometry, panes);
        int64_t taken = vt_clock_thread_cpu();
        check(vt_reconcile(before, after, &count, &error) != NULL);
        times[run] = vt_clock_thread_cpu() - taken;
        all[run] = vt_clock_thread_cpu() - start;
        check(count >= 10 && count <= 12);
        vt_scene *old = before;
        before = after;
        after = old;
    }
    report("reconcile_10_of_1000", times, RUNS, 0.5, 1e6, "ms", 0.5);
    report("reconcile_with_scene", all, RUNS, 0.5, 1e6, "ms", 0.5);
    vt_panes_free(panes);
    vt_scene_free(before);
    vt_scene_free(after);
    vt_geometry_free(geometry);
}

/* A view that moves over a thousand panes, so that some wake and some sleep in each turn. */
static void measure_live(const vt_panes *panes)
{
    vt_geometry *geometry = vt_geometry_create(&style, &error);
    vt_live_panes *live = vt_live_panes_create(VT_LIVE_PANES_SPARE, &error);
    int64_t times[RUNS];
    size_t most = 0;
    vt_live_stats stats;
    check(geometry && live);
    for (int run = 0; run < RUNS; run++) {
        const vt_rect clip = {run * 30, 0, 800, 2160};
        vt_live_change change;
        int64_t start = vt_clock_thread_cpu();
        vt_live_panes_begin(live);
        check(vt_live_panes_see(live, panes, get(geometry, panes, 0), clip, &error));
        check(vt_live_panes_end(live, &change, &error));
        times[run] = vt_clock_thread_cpu() - start;
        vt_live_panes_get_stats(live, &stats);
        most = stats.live - stats.visible > most ? stats.live - stats.visible : most;
    }
    report("viewport_update_1000", times, RUNS, 0.5, 1e6, "ms", 0.2);
    printf("viewport_live_beyond_visible %zu panes <=%d\n", most, VT_LIVE_PANES_SPARE);
    missed += most > VT_LIVE_PANES_SPARE;
    vt_live_panes_free(live);
    vt_geometry_free(geometry);
}

/* ---- what panes show ---- */

static void *object_create(void *user, vt_error *why)
{
    (void)user;
    (void)why;
    return calloc(1, 1024);
}

static void object_destroy(void *user, void *object)
{
    (void)user;
    free(object);
}

static void *object_save(void *user, const void *object, size_t *length)
{
    (void)user;
    *length = 256;
    void *state = malloc(256);
    if (state) {
        memcpy(state, object, 256);
    }
    return state;
}

static const vt_object_ops object_ops = {
    .name = "object", .create = object_create, .destroy = object_destroy};

static void provide_all(vt_provider_cache *cache, int64_t *times, int64_t now)
{
    static vt_provided *provided[PANES];
    char provider[64];
    for (int i = 0; i < PANES; i++) {
        (void)snprintf(provider, sizeof provider, "browse:file:///home/me/Pictures/%d|", i);
        int64_t start = vt_clock_thread_cpu();
        provided[i] = vt_provider_cache_acquire(cache, provider, NULL, 0, now, &error);
        times[i] = vt_clock_thread_cpu() - start;
        check(provided[i] != NULL);
    }
    for (int i = 0; i < PANES; i++) {
        vt_provider_cache_release(cache, provided[i], now);
    }
}

static void measure_providers(void)
{
    static int64_t times[PANES];
    int64_t cleaned[RUNS];
    const vt_provider_type type = {"browse", &object_ops, PANES, object_save, NULL, NULL, NULL, NULL};
    const vt_provider_limits limits = {.in_use = PANES,
                                       .recent = {PANES, 1U << 30},
                                       .states = {PANES, 1U << 30},
                                       .recent_ns = 10,
                                       .state_ns = 0};
    vt_provider_cache *cache = vt_provider_cache_create(&type, 1, &limits, &error);
    check(cache != NULL);
    int64_t now = 0;
    provide_all(cache, times, now);
    report("provision_new_p99", times, PANES, 0.99, 1e6, "ms", 0);
    provide_all(cache, times, now);
    report("provision_from_cache_p99", times, PANES, 0.99, 1e6, "ms", 0.3);
    for (int run = 0; run < RUNS; run++) {
        now += 100;
        int64_t start = vt_clock_thread_cpu();
        size_t count = vt_provider_cache_clean(cache, now);
        cleaned[run] = vt_clock_thread_cpu() - start;
        check(count == PANES);
        provide_all(cache, times, now);
    }
    report("provision_from_pool_p99", times, PANES, 0.99, 1e6, "ms", 2);
    report("clean_1000_providers", cleaned, RUNS, 0.5, 1e6, "ms", 5);
    vt_provider_cache_free(cache);
}

/* ---- saving and restoring ---- */

static void measure_json(int count)
{
    vt_panes *panes = make_nested(count);
    vt_workspaces *set = vt_workspaces_create(NULL, &error);
    vt_geometry *geometry = vt_geometry_create(&style, &error);
    int64_t saves[RUNS], opens[RUNS];
    char name[64];
    check(set && geometry && vt_workspaces_add(set, "bench", panes, &error));
    for (int run = 0; run < RUNS; run++) {
        check(vt_panes_set_state(panes, vt_panes_next_pane(panes, 0), run % 2 ? "a" : "b", 1, &error));
        int64_t start = vt_clock_thread_cpu();
        check(vt_workspaces_save(set, panes, &error));
        saves[run] = vt_clock_thread_cpu() - start;
        start = vt_clock_thread_cpu();
        vt_panes *opened = vt_workspaces_open(set, "bench", NULL, NULL, &error);
        check(opened != NULL);
        get(geometry, opened, 0);
        opens[run] = vt_clock_thread_cpu() - start;
        vt_panes_free(opened);
    }
    (void)snprintf(name, sizeof name, "workspace_save_%d", count);
    report(name, saves, RUNS, 0.5, 1e6, "ms", 0);
    (void)snprintf(name, sizeof name, "workspace_open_%d", count);
    report(name, opens, RUNS, 0.5, 1e6, "ms", 50);
    vt_geometry_free(geometry);
    vt_workspaces_free(set);
    vt_panes_free(panes);
}

int main(void)
{
    vt_panes *nested = make_nested(PANES), *row = make_row(PANES);
    measure_geometry(nested, "1000");
    measure_geometry(row, "1000_in_a_row");
    measure_preview(nested);
    measure_reconcile(nested);
    measure_live(nested);
    measure_providers();
    measure_json(200);
    measure_json(PANES);
    vt_panes_free(nested);
    vt_panes_free(row);
    return missed ? 1 : 0;
}
