/* Layouts of a thousand panes: where they stand, what has changed, which are live, what they show. */
#include "core/bench/figure.h"
#include "core/layout/geometry.h"
#include "core/layout/live_panes.h"
#include "core/layout/provider_cache.h"
#include "core/layout/reconcile.h"
#include "core/layout/tree.h"

#include <stdio.h>
#include <stdlib.h>

enum { PANES = 1000, CHANGED = 8 }; /* and two that swap */

static const vt_geometry_style style = {.divider = 4, .header = 22, .grab = 3, .edge = 16, .least = 10};

typedef struct bench {
    vt_panes *panes;
    vt_pane_id window;
    vt_pane_id *ids; /* of all panes, PANES of them */
    vt_geometry *geometry;
    vt_scene *before, *after;
    vt_live_panes *live;
    unsigned turn;
} bench;

static void layout_end(void *state)
{
    bench *self = state;
    vt_live_panes_free(self->live);
    vt_scene_free(self->before);
    vt_scene_free(self->after);
    vt_geometry_free(self->geometry);
    vt_panes_free(self->panes);
    free(self->ids);
    free(self);
}

static const vt_geometry_map *map(bench *self, int more, vt_error *error)
{
    const vt_rect area = {0, 0, 3840 + more, 2160};
    return vt_geometry_get(self->geometry, self->panes, self->window, area, error);
}

/* As people split, here and there; always the same way. */
static bool split_all(bench *self, vt_error *error)
{
    unsigned number = 1;
    char provider[64];
    self->ids[0] = vt_panes_next_pane(self->panes, 0);
    for (int i = 1; i < PANES; i++) {
        number = number * 1664525U + 1013904223U;
        (void)snprintf(provider, sizeof provider, "image:%d", i);
        if (!vt_panes_split(self->panes, self->ids[(number >> 8) % (unsigned)i],
                            (vt_pane_side)(number >> 4 & 3), provider, &self->ids[i], error)) {
            return false;
        }
    }
    return true;
}

static bool make(bench *self, vt_error *error)
{
    vt_panes_window window;
    self->panes = vt_panes_create("image:0", NULL, error);
    self->geometry = self->panes ? vt_geometry_create(&style, error) : NULL;
    self->before = self->geometry ? vt_scene_create(error) : NULL;
    self->after = self->before ? vt_scene_create(error) : NULL;
    self->live = self->after ? vt_live_panes_create(VT_LIVE_PANES_SPARE, error) : NULL;
    if (!self->live || !split_all(self, error)) {
        return false;
    }
    if (!vt_panes_window_at(self->panes, 0, &window)) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "the layout has no window");
    }
    self->window = window.id;
    return map(self, 0, error) != NULL;
}

static bool layout_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    (void)place;
    bench *self = calloc(1, sizeof *self);
    vt_pane_id *ids = calloc(PANES, sizeof *ids);
    if (!self || !ids) {
        free(self);
        free(ids);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    self->ids = ids;
    *state = self;
    if (!make(self, error)) {
        layout_end(self);
        return false;
    }
    return true;
}

/* Each time another width. */
static bool run_cold(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i++) {
        done = map(self, (int)(++self->turn % 100), error) != NULL;
    }
    vt_bench_timer_end(timer);
    return done;
}

static bool run_cached(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i++) {
        done = map(self, 0, error) != NULL;
    }
    vt_bench_timer_end(timer);
    return done;
}

static bool take(bench *self, vt_scene *scene, vt_error *error)
{
    const vt_geometry_map *where = map(self, 0, error);
    vt_scene_begin(scene);
    if (!where || !vt_scene_add(scene, self->panes, where, error)) {
        return false;
    }
    vt_scene_end(scene);
    return true;
}

/* Some panes that show something else, and two that swapped. */
static bool edit(bench *self, vt_error *error)
{
    char provider[64];
    self->turn++;
    (void)snprintf(provider, sizeof provider, "image:%u", 5000 + self->turn);
    for (unsigned i = 0; i < CHANGED; i++) {
        if (!vt_panes_set_provider(self->panes, self->ids[i * 101], provider, error)) {
            return false;
        }
    }
    return vt_panes_swap(self->panes, self->ids[50], self->ids[500], error) && map(self, 0, error);
}

static bool run_reconcile(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    if (self->turn == 0 && !take(self, self->before, error)) {
        return false;
    }
    for (unsigned i = 0; i < times; i++) {
        size_t count = 0;
        if (!edit(self, error)) {
            return false;
        }
        vt_bench_timer_begin(timer);
        bool done = take(self, self->after, error) && vt_reconcile(self->before, self->after, &count, error);
        vt_bench_timer_end(timer);
        if (!done) {
            return false;
        }
        vt_scene *old = self->before;
        self->before = self->after;
        self->after = old;
    }
    return true;
}

/* A view that moves over the panes, so that some wake and some sleep in each turn. */
static bool run_viewport(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bench *self = state;
    bool done = true;
    vt_bench_timer_begin(timer);
    for (unsigned i = 0; i < times && done; i++) {
        const vt_rect clip = {(int)(++self->turn % 100) * 30, 0, 800, 2160};
        const vt_geometry_map *where = map(self, 0, error);
        vt_live_change change;
        vt_live_panes_begin(self->live);
        done = where && vt_live_panes_see(self->live, self->panes, where, clip, error) &&
               vt_live_panes_end(self->live, &change, error);
    }
    vt_bench_timer_end(timer);
    return done;
}

const vt_bench_figure vt_bench_layout_figures[] = {
    {"layout-cold", "where 1,000 panes stand, in a window of another width each time", VT_BENCH_RESPONSE,
     VT_BENCH_THREAD, NULL, 32, 0, layout_begin, run_cold, layout_end},
    {"layout-cached", "the same, asked again", VT_BENCH_RESPONSE, VT_BENCH_THREAD, NULL, 100000, 0,
     layout_begin, run_cached, layout_end},
    {"reconciliation", "what is new in a layout of 1,000 panes of which 10 have changed", VT_BENCH_RESPONSE,
     VT_BENCH_THREAD, NULL, 48, 0, layout_begin, run_reconcile, layout_end},
    {"viewport-update", "which of 1,000 panes are live as a view moves over them", VT_BENCH_FRAME,
     VT_BENCH_THREAD, NULL, 64, 0, layout_begin, run_viewport, layout_end},
    {0},
};
