/* core/layout when memory runs out: at every allocation of every operation it is refused, nothing has
   changed, and nothing leaks. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/layout/coalesce.h"
#include "core/layout/groups.h"
#include "core/layout/layout_json.h"
#include "core/layout/live_panes.h"
#include "core/layout/provider_cache.h"
#include "core/layout/reconcile.h"
#include "core/layout/workspace.h"

#include <stdlib.h>
#include <string.h>

static const vt_geometry_style style = {.divider = 4, .header = 10, .least = 10};
static const vt_rect area = {0, 0, 800, 600};

/* (A[BC]) and D in a window of its own; B and C are a group. */
static vt_panes *make(vt_pane_id *group)
{
    vt_pane_id a = 0, b = 0, c = 0, d = 0;
    vt_panes *panes = vt_panes_create("p:A", &a, NULL);
    assert_true(panes && vt_panes_split(panes, a, VT_PANE_RIGHT, "p:B", &b, NULL) &&
                vt_panes_split(panes, b, VT_PANE_BELOW, "p:C", &c, NULL) &&
                vt_panes_split(panes, c, VT_PANE_BELOW, "p:D", &d, NULL) &&
                vt_panes_detach(panes, d, (vt_rect){0}, NULL, NULL) &&
                vt_panes_group_create(panes, "G", group, NULL) &&
                vt_panes_set_group(panes, b, *group, NULL) && vt_panes_set_group(panes, c, *group, NULL) &&
                vt_panes_set_state(panes, a, "state", 5, NULL));
    return panes;
}

/* What is tried; owned results are freed at once. */
typedef struct trial {
    vt_panes *panes;
    vt_pane_id group, first, last;
    vt_str text;
} trial;

static bool try_create(trial *of, vt_error *error)
{
    (void)of;
    vt_panes *panes = vt_panes_create("p:A", NULL, error);
    vt_panes_free(panes);
    return panes != NULL;
}

static bool try_clone(trial *of, vt_error *error)
{
    vt_panes *panes = vt_panes_clone(of->panes, error);
    vt_panes_free(panes);
    return panes != NULL;
}

static bool try_split(trial *of, vt_error *error)
{
    return vt_panes_split(of->panes, of->first, VT_PANE_BELOW, "p:X", NULL, error);
}

static bool try_move(trial *of, vt_error *error)
{
    return vt_panes_move(of->panes, of->first, of->last, VT_PANE_BELOW, error);
}

static bool try_attach(trial *of, vt_error *error)
{
    return vt_panes_attach(of->panes, of->last, error);
}

static bool try_provider(trial *of, vt_error *error)
{
    return vt_panes_set_provider(of->panes, of->first, "p:other", error);
}

static bool try_state(trial *of, vt_error *error)
{
    return vt_panes_set_state(of->panes, of->first, "other", 5, error);
}

static bool try_group(trial *of, vt_error *error)
{
    return vt_panes_group_create(of->panes, "H", NULL, error);
}

static bool try_rename(trial *of, vt_error *error)
{
    return vt_panes_group_rename(of->panes, of->group, "H", error);
}

static bool try_pick_and_graft(trial *of, vt_error *error)
{
    vt_panes *picked = vt_panes_pick(of->panes, of->group, error);
    bool done = picked && vt_panes_graft(of->panes, picked, of->first, VT_PANE_ABOVE, NULL, error);
    vt_panes_free(picked);
    return done;
}

static bool try_save(trial *of, vt_error *error)
{
    vt_str text = VT_STR_INIT;
    bool done = vt_layout_to_json(of->panes, VT_JSON_COMPACT, &text, error);
    vt_str_free(&text);
    return done;
}

static bool try_load(trial *of, vt_error *error)
{
    vt_panes *panes = vt_layout_from_json(of->text.data, of->text.length, NULL, NULL, error);
    vt_panes_free(panes);
    return panes != NULL;
}

static bool try_geometry(trial *of, vt_error *error)
{
    vt_panes_window window;
    vt_rect rect;
    vt_geometry *geometry = vt_geometry_create(&style, error);
    const vt_drop drop = {of->last, VT_PANE_LEFT};
    assert_true(vt_panes_window_at(of->panes, 1, &window));
    bool done = geometry && vt_geometry_get(geometry, of->panes, window.id, area, error) &&
                vt_geometry_preview(geometry, of->panes, window.id, area, of->first, drop, &rect, error);
    vt_geometry_free(geometry);
    return done;
}

static bool see_all(trial *of, vt_geometry *geometry, vt_scene *scene, vt_live_panes *live, vt_error *error)
{
    vt_panes_window window;
    for (size_t i = 0; vt_panes_window_at(of->panes, i, &window); i++) {
        const vt_geometry_map *map = vt_geometry_get(geometry, of->panes, window.id, area, error);
        if (!map || !vt_scene_add(scene, of->panes, map, error) ||
            !vt_live_panes_see(live, of->panes, map, area, error)) {
            return false;
        }
    }
    return true;
}

static bool try_reconcile(trial *of, vt_error *error)
{
    size_t count = 0;
    vt_live_change change;
    vt_geometry *geometry = vt_geometry_create(&style, error);
    vt_scene *before = geometry ? vt_scene_create(error) : NULL;
    vt_scene *after = before ? vt_scene_create(error) : NULL;
    vt_live_panes *live = after ? vt_live_panes_create(2, error) : NULL;
    if (live) {
        vt_live_panes_begin(live);
    }
    bool done = live && see_all(of, geometry, after, live, error);
    if (done) {
        vt_scene_end(before);
        vt_scene_end(after);
        done = vt_reconcile(before, after, &count, error) && vt_live_panes_end(live, &change, error);
        assert_true(!done || (count == 6 && change.wake_count == 4));
    }
    vt_live_panes_free(live);
    vt_scene_free(after);
    vt_scene_free(before);
    vt_geometry_free(geometry);
    return done;
}

static bool try_workspaces(trial *of, vt_error *error)
{
    vt_workspaces *set = vt_workspaces_create(NULL, error);
    vt_panes *opened = NULL;
    bool done = set && vt_workspaces_put(set, "c", of->text.data, of->text.length, "", 0, error) &&
                vt_workspaces_add(set, "a", of->panes, error) &&
                vt_workspaces_duplicate(set, "a", "b", error) && vt_workspaces_rename(set, "a", "d", error) &&
                vt_workspaces_save(set, of->panes, error) &&
                (opened = vt_workspaces_open(set, "b", NULL, NULL, error)) != NULL;
    vt_panes_free(opened);
    vt_workspaces_free(set);
    return done;
}

static vt_str saved(const vt_panes *panes)
{
    vt_str text = VT_STR_INIT;
    assert_true(vt_layout_to_json(panes, VT_JSON_COMPACT, &text, NULL));
    return text;
}

/* Fails at the first allocation, then at the second, and so on, until it is done. */
static void fail_everywhere(bool (*attempt)(trial *of, vt_error *error), int least)
{
    trial of = {.text = VT_STR_INIT};
    of.panes = make(&of.group);
    of.text = saved(of.panes);
    of.first = vt_panes_next_pane(of.panes, 0);
    for (vt_pane_id id = of.first; id != 0; id = vt_panes_next_pane(of.panes, id)) {
        of.last = id;
    }
    int failures = 0;
    bool done = false;
    for (long n = 0; n < 200 && !done; n++) {
        vt_panes *fresh = vt_panes_clone(of.panes, NULL); /* without room to spare */
        vt_panes *kept = of.panes;
        vt_error error = VT_ERROR_INIT;
        of.panes = fresh;
        long before = memory_in_use();
        memory_fails_after(n);
        done = attempt(&of, &error);
        memory_recovers();
        of.panes = kept;
        if (!done) {
            failures++;
            assert_int_equal(error.code, VT_ERROR_MEMORY);
            assert_true(vt_panes_check(fresh, NULL));
            vt_str after = saved(fresh);
            assert_string_equal(after.data, of.text.data);
            vt_str_free(&after);
            /* Room that was made for nodes may stay. */
            assert_true(memory_in_use() <= before + 1);
        }
        vt_panes_free(fresh);
    }
    assert_true(done);
    assert_true(failures >= least);
    vt_str_free(&of.text);
    vt_panes_free(of.panes);
}

static void test_every_operation(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    static const struct {
        bool (*attempt)(trial *of, vt_error *error);
        int least;
    } trials[] = {{try_create, 4},   {try_clone, 3},     {try_split, 2},          {try_move, 1},
                  {try_attach, 1},   {try_provider, 1},  {try_state, 1},          {try_group, 1},
                  {try_rename, 1},   {try_save, 1},      {try_pick_and_graft, 4}, {try_load, 8},
                  {try_geometry, 8}, {try_reconcile, 9}, {try_workspaces, 10}};
    long before = memory_in_use();
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        fail_everywhere(trials[i].attempt, trials[i].least);
    }
    assert_int_equal(memory_in_use(), before);
}

/* ---- the cache of providers ---- */

static bool objects[16]; /* no memory of the kind that runs out */
static int alive;

static void *object_create(void *user, vt_error *error)
{
    (void)user;
    (void)error;
    int free_one = 0;
    while (objects[free_one]) {
        free_one++;
    }
    objects[free_one] = true;
    alive++;
    return &objects[free_one];
}

static void object_destroy(void *user, void *object)
{
    (void)user;
    *(bool *)object = false;
    alive--;
}

static void *object_save(void *user, const void *object, size_t *length)
{
    (void)user;
    (void)object;
    *length = 1;
    return malloc(1);
}

static const vt_object_ops ops = {.name = "object", .create = object_create, .destroy = object_destroy};
static const vt_provider_type types[] = {{"p", &ops, 1, object_save, NULL, NULL, NULL, NULL}};

/* Some objects come and go; whatever cannot be kept is freed, and everything in the end. */
static bool use_cache(vt_error *error)
{
    const vt_provider_limits limits = {
        .in_use = 9, .recent = {1, 100000}, .states = {2, 100000}, .recent_ns = 5, .state_ns = 9};
    vt_provider_cache *cache = vt_provider_cache_create(types, 1, &limits, error);
    bool good = cache != NULL;
    static const char *const names[] = {"p:a", "p:b", "p:a", "p:c", "p:b"};
    for (int i = 0; good && i < 5; i++) {
        vt_provided *provided = vt_provider_cache_acquire(cache, names[i], NULL, 0, i, error);
        good = provided != NULL;
        vt_provider_cache_release(cache, provided, i);
    }
    if (cache) {
        vt_provider_cache_clean(cache, 100);
    }
    vt_provider_cache_free(cache);
    return good;
}

static void test_provider_cache(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    long before = memory_in_use();
    int failures = 0;
    for (int once = 0; once < 2; once++) {
        bool ran_out = true;
        for (long n = 0; n < 500 && ran_out; n++) {
            vt_error error = VT_ERROR_INIT;
            if (once) {
                memory_fails_once_after(n);
            } else {
                memory_fails_after(n);
            }
            bool good = use_cache(&error);
            ran_out = once ? n < 150 : memory_ran_out();
            memory_recovers();
            failures += !good;
            assert_int_equal(alive, 0);
            assert_true(good || error.code == VT_ERROR_MEMORY);
            assert_int_equal(memory_in_use(), before);
        }
        assert_true(once || !ran_out);
    }
    assert_true(failures > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_operation),
                                       cmocka_unit_test(test_provider_cache)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
