/* core/layout: 100,000 random steps of everything that can be done to a layout. After each all invariants
   hold (vt_panes_check), what is shown tiles its window exactly, what was refused has changed nothing, and
   what is saved comes back the same. */
#include "tests/support/check.h"

#include "core/layout/groups.h"
#include "core/layout/layout_json.h"
#include "tests/core/layout/tiling.h"
#include "tests/support/random.h"

#include <string.h>

enum { STEPS = 100000, PANES = 70 };

static const vt_geometry_style style = {.divider = 3, .header = 6, .grab = 2, .edge = 5, .least = 12};
static vt_geometry *geometry;
static size_t done[20], refused[20]; /* of each kind of step */

static vt_pane_id any_pane(const vt_panes *panes)
{
    size_t skip = random_next() % vt_panes_pane_count(panes);
    vt_pane_id pane = vt_panes_next_pane(panes, 0);
    while (skip-- > 0) {
        pane = vt_panes_next_pane(panes, pane);
    }
    return pane;
}

/* A pane, a split above it, or what never was. */
static vt_pane_id any_node(const vt_panes *panes)
{
    vt_pane_id id = any_pane(panes);
    vt_panes_node node;
    while (random_next() % 3 == 0 && vt_panes_find(panes, id, &node) && node.parent != 0) {
        id = node.parent;
    }
    return random_next() % 50 ? id : random_next();
}

static vt_panes_window any_window(const vt_panes *panes)
{
    vt_panes_window window;
    assert_true(vt_panes_window_at(panes, random_next() % vt_panes_window_count(panes), &window));
    return window;
}

static vt_pane_id any_group(const vt_panes *panes)
{
    vt_panes_group group;
    size_t count = vt_panes_group_count(panes);
    return count && vt_panes_group_at(panes, random_next() % count, &group) ? group.id : 0;
}

static vt_rect any_area(void)
{
    return (vt_rect){(int)(random_next() % 20) - 10, (int)(random_next() % 20) - 10,
                     (int)(random_next() % 200), (int)(random_next() % 150)};
}

static vt_str saved(const vt_panes *panes)
{
    vt_str text = VT_STR_INIT;
    assert_true(vt_layout_to_json(panes, VT_JSON_COMPACT, &text, NULL));
    return text;
}

/* Saves, restores, and goes on with what was restored. */
static bool save_and_restore(vt_panes **panes)
{
    vt_str text = saved(*panes);
    vt_error error = VT_ERROR_INIT;
    vt_layout_report report;
    vt_panes *again = vt_layout_from_json(text.data, text.length, NULL, &report, &error);
    if (!again) {
        fail_msg("%s\n%s", error.message, text.data);
    }
    assert_int_equal(report.splits_mended + report.groups_missing + report.members_ignored, 0);
    vt_str second = saved(again);
    assert_string_equal(second.data, text.data);
    vt_str_free(&second);
    vt_str_free(&text);
    vt_panes_free(*panes);
    *panes = again;
    return true;
}

static bool drag_somewhere(vt_panes *panes)
{
    vt_panes_window window = any_window(panes);
    vt_rect area = any_area();
    const vt_geometry_map *map = vt_geometry_get(geometry, panes, window.id, area, NULL);
    assert_non_null(map);
    for (int i = 0; i < 20; i++) {
        vt_hit hit =
            vt_geometry_hit(map, area.x + (int)(random_next() % 200), area.y + (int)(random_next() % 150));
        if (hit.kind == VT_HIT_DIVIDER || hit.kind == VT_HIT_CROSSING) {
            return vt_geometry_drag(geometry, panes, area, &hit, (int)(random_next() % 100) - 50,
                                    (int)(random_next() % 100) - 50, NULL);
        }
    }
    return false;
}

static bool drop_somewhere(vt_panes *panes)
{
    vt_panes_window window = any_window(panes);
    vt_rect area = any_area(), preview;
    vt_pane_id pane = any_pane(panes);
    const vt_geometry_map *map = vt_geometry_get(geometry, panes, window.id, area, NULL);
    assert_non_null(map);
    vt_drop drop =
        vt_geometry_drop(map, pane, area.x + (int)(random_next() % 200), area.y + (int)(random_next() % 150));
    bool previewed =
        drop.target && vt_geometry_preview(geometry, panes, window.id, area, pane, drop, &preview, NULL);
    bool moved = drop.target && vt_panes_move(panes, pane, drop.target, drop.side, NULL);
    assert_true(moved || !previewed);
    return moved;
}

/* A group taken out and put back beside another pane. */
static bool copy_group(vt_panes *panes)
{
    vt_panes *picked = vt_panes_pick(panes, any_group(panes), NULL);
    if (!picked) {
        return false;
    }
    assert_true(vt_panes_check(picked, NULL));
    bool grafted =
        vt_panes_pane_count(panes) + vt_panes_pane_count(picked) < PANES &&
        vt_panes_graft(panes, picked, any_node(panes), (vt_pane_side)(random_next() % 4), NULL, NULL);
    vt_panes_free(picked);
    return grafted;
}

static bool group_step(vt_panes *panes)
{
    char name[16];
    vt_pane_id group = any_group(panes);
    (void)snprintf(name, sizeof name, "g%u", random_next() % 30);
    switch (random_next() % 8) {
    case 0:
        return vt_panes_group_create(panes, name, NULL, NULL);
    case 1:
        return vt_panes_group_rename(panes, group, name, NULL);
    case 2:
        return random_next() % 4 == 0 && vt_panes_group_dissolve(panes, group, NULL);
    case 3:
        return random_next() % 4 == 0 && vt_panes_group_close(panes, group, NULL);
    case 4:
        return vt_panes_group_collapse(panes, group, random_next() % 2, NULL);
    case 5:
        return copy_group(panes);
    default:
        return vt_panes_set_group(panes, any_pane(panes), random_next() % 5 ? group : 0, NULL);
    }
}

static bool content_step(vt_panes *panes)
{
    static const char *const providers[] = {"browse:|", "image:7", "text:file:///a%20b", "p:\xC3\xA4\"\\"};
    vt_pane_id pane = any_pane(panes);
    unsigned char bytes[40];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)random_next();
    }
    switch (random_next() % 3) {
    case 0:
        return vt_panes_set_provider(panes, pane, providers[random_next() % 4], NULL);
    case 1:
        return vt_panes_set_link(panes, pane, random_next() % 11, NULL);
    default:
        return vt_panes_set_state(panes, pane, bytes, random_next() % sizeof bytes, NULL);
    }
}

static bool window_step(vt_panes *panes)
{
    vt_panes_window window = any_window(panes);
    switch (random_next() % 5) {
    case 0:
        return vt_panes_detach(panes, any_pane(panes), any_area(), NULL, NULL);
    case 1:
        return vt_panes_attach(panes, any_pane(panes), NULL);
    case 2:
        return vt_panes_maximise(panes, any_pane(panes), NULL);
    case 3:
        return vt_panes_restore(panes, window.id);
    default:
        return vt_panes_place_window(panes, window.id, any_area(), random_next() % 2);
    }
}

static bool split_step(vt_panes *panes)
{
    return vt_panes_pane_count(panes) < PANES &&
           vt_panes_split(panes, any_node(panes), (vt_pane_side)(random_next() % 5), "p:new", NULL, NULL);
}

static bool ratio_step(vt_panes *panes)
{
    return random_next() % 3 ? vt_panes_set_ratio(panes, any_node(panes), random_next() / 4294967296.0, NULL)
                             : vt_panes_even_out(panes, any_node(panes), NULL);
}

static bool clone_step(vt_panes **panes)
{
    vt_panes *clone = vt_panes_clone(*panes, NULL);
    assert_non_null(clone);
    vt_panes_free(*panes);
    *panes = clone;
    return true;
}

static bool step(vt_panes **panes, unsigned kind)
{
    switch (kind) {
    case 0:
    case 1:
    case 2:
        return split_step(*panes);
    case 3:
    case 4:
        return vt_panes_close(*panes, any_node(*panes), NULL);
    case 5:
    case 6:
        return vt_panes_move(*panes, any_pane(*panes), any_node(*panes), (vt_pane_side)(random_next() % 6),
                             NULL);
    case 7:
        return vt_panes_swap(*panes, any_pane(*panes), any_node(*panes), NULL);
    case 8:
        return ratio_step(*panes);
    case 9:
        return window_step(*panes);
    case 10:
        return group_step(*panes);
    case 11:
        return content_step(*panes);
    case 12:
        return drag_somewhere(*panes);
    case 13:
        return drop_somewhere(*panes);
    case 14:
        return clone_step(panes);
    default:
        return save_and_restore(panes);
    }
}

static void check_windows(const vt_panes *panes)
{
    vt_panes_window window;
    for (size_t i = 0; vt_panes_window_at(panes, i, &window); i++) {
        vt_error error = VT_ERROR_INIT;
        const vt_geometry_map *map = vt_geometry_get(geometry, panes, window.id, any_area(), &error);
        assert_non_null(map);
        check_tiling(map);
        assert_true(map->pane_count > 0);
    }
}

static void test_a_hundred_thousand_steps(void **state)
{
    (void)state;
    enum { KINDS = 16 };
    vt_panes *panes = vt_panes_create("p:first", NULL, NULL);
    assert_non_null(panes);
    size_t most = 0;
    for (int i = 0; i < STEPS; i++) {
        unsigned kind = random_next() % KINDS;
        bool compared = i % 16 == 0 && kind < 12;
        vt_str before = compared ? saved(panes) : (vt_str)VT_STR_INIT;
        bool changed = step(&panes, kind);
        done[kind] += changed;
        refused[kind] += !changed;
        vt_error error = VT_ERROR_INIT;
        if (!vt_panes_check(panes, &error)) {
            fail_msg("step %d, kind %u: %s", i, kind, error.message);
        }
        if (compared && !changed) {
            vt_str after = saved(panes);
            assert_string_equal(after.data, before.data);
            vt_str_free(&after);
        }
        vt_str_free(&before);
        if (i % 8 == 0) {
            check_windows(panes);
        }
        most = vt_panes_pane_count(panes) > most ? vt_panes_pane_count(panes) : most;
    }
    for (unsigned kind = 0; kind < KINDS; kind++) { /* or the test tries less than it says */
        assert_true(done[kind] > STEPS / KINDS / 20);
        assert_true(done[kind] + refused[kind] > STEPS / KINDS / 2);
    }
    assert_true(most > PANES / 2);
    vt_panes_free(panes);
}

int main(void)
{
    geometry = vt_geometry_create(&style, NULL);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_hundred_thousand_steps)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vt_geometry_free(geometry);
    return failed;
}
