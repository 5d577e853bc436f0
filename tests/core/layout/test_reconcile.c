/* core/layout/reconcile: the least edits for each kind of change, and a model view that they bring from any
   layout to any other exactly. */
#include "tests/support/check.h"
/* After check.h, which it needs. */
#include "tests/core/layout/sketch.h"

#include "core/layout/groups.h"
#include "core/layout/reconcile.h"
#include "tests/support/random.h"

#include <stdlib.h>

static const vt_geometry_style style = {.divider = 4, .header = 10, .least = 10};
static vt_geometry *geometry;

static void take(vt_scene *scene, const vt_panes *panes)
{
    vt_panes_window window;
    vt_scene_begin(scene);
    for (size_t i = 0; vt_panes_window_at(panes, i, &window); i++) {
        const vt_geometry_map *map =
            vt_geometry_get(geometry, panes, window.id, (vt_rect){0, 0, 1204, 804}, NULL);
        assert_non_null(map);
        assert_true(vt_scene_add(scene, panes, map, NULL));
    }
    vt_scene_end(scene);
    assert_int_equal(vt_scene_pane_count(scene), vt_panes_pane_count(panes));
}

/* Kinds as letters, in order: o(pen), -, m(ove), r(esize), p(rovider), +, c(lose). */
static const char *kinds(vt_scene *before, vt_scene *after)
{
    static char text[256];
    size_t count = 0;
    const vt_scene_edit *edits = vt_reconcile(before, after, &count, NULL);
    assert_non_null(edits);
    assert_true(count < sizeof text);
    for (size_t i = 0; i < count; i++) {
        text[i] = "o-mrp+c"[edits[i].kind];
    }
    text[count] = '\0';
    return text;
}

/* What `change` does to (AB[CD]), as kinds of edits. */
static const char *edits_of(void (*change)(vt_panes *panes))
{
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    vt_scene *before = vt_scene_create(NULL), *after = vt_scene_create(NULL);
    assert_true(panes && before && after);
    split_off(panes, 'A', VT_PANE_RIGHT, 'C');
    split_off(panes, 'C', VT_PANE_BELOW, 'D');
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    take(before, panes);
    change(panes);
    take(after, panes);
    const char *text = kinds(before, after);
    vt_panes_free(panes);
    vt_scene_free(before);
    vt_scene_free(after);
    return text;
}

static void nothing(vt_panes *panes)
{
    (void)panes;
}

static void state_only(vt_panes *panes)
{
    assert_true(vt_panes_set_state(panes, pane_of(panes, 'A'), "x", 1, NULL));
}

static void same_provider(vt_panes *panes)
{
    assert_true(vt_panes_set_provider(panes, pane_of(panes, 'A'), "p:A", NULL));
}

static void provider(vt_panes *panes)
{
    assert_true(vt_panes_set_provider(panes, pane_of(panes, 'A'), "p:X", NULL));
}

static void split_one(vt_panes *panes)
{
    split_off(panes, 'D', VT_PANE_BELOW, 'E');
}

static void close_one(vt_panes *panes)
{
    assert_true(vt_panes_close(panes, pane_of(panes, 'D'), NULL));
}

static void swap_two(vt_panes *panes)
{
    assert_true(vt_panes_swap(panes, pane_of(panes, 'A'), pane_of(panes, 'D'), NULL));
}

static void drag_one(vt_panes *panes)
{
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'A'), 0.3, NULL));
}

static void maximise_one(vt_panes *panes)
{
    assert_true(vt_panes_maximise(panes, pane_of(panes, 'A'), NULL));
}

static void detach_one(vt_panes *panes)
{
    assert_true(vt_panes_detach(panes, pane_of(panes, 'D'), (vt_rect){0}, NULL, NULL));
}

static void test_least_edits(void **state)
{
    (void)state;
    assert_string_equal(edits_of(nothing), "");
    assert_string_equal(edits_of(state_only), "");
    assert_string_equal(edits_of(same_provider), "");
    assert_string_equal(edits_of(provider), "p");
    assert_string_equal(edits_of(split_one), "mr+");     /* D higher up, C by a divider smaller, E new */
    assert_string_equal(edits_of(close_one), "-r");      /* C larger */
    assert_string_equal(edits_of(swap_two), "mm");       /* nothing is made anew */
    assert_string_equal(edits_of(drag_one), "mr");       /* B begins elsewhere, A is narrower */
    assert_string_equal(edits_of(maximise_one), "rrrr"); /* A larger, the others hidden */
    assert_string_equal(edits_of(detach_one), "omr");
}

static void test_from_nothing_and_to_nothing(void **state)
{
    (void)state;
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    vt_scene *shown = vt_scene_create(NULL), *empty = vt_scene_create(NULL);
    split_off(panes, 'A', VT_PANE_BELOW, 'B');
    vt_scene_end(empty);
    take(shown, panes);
    assert_string_equal(kinds(empty, shown), "o++");
    assert_string_equal(kinds(shown, empty), "--c");
    size_t count = 1;
    const vt_scene_edit *edits = vt_reconcile(empty, shown, &count, NULL);
    assert_int_equal(count, 3);
    assert_string_equal(edits[1].provider, "p:A");
    assert_true(vt_rect_equal(edits[2].rect, (vt_rect){0, 404, 1204, 400}));
    /* The scene holds what it needs. */
    vt_panes_free(panes);
    assert_string_equal(edits[2].provider, "p:B");
    vt_scene_free(shown);
    vt_scene_free(empty);
    vt_scene_free(NULL);
}

static void test_a_window_that_is_gone(void **state)
{
    (void)state;
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    vt_scene *scene = vt_scene_create(NULL);
    vt_error error = VT_ERROR_INIT;
    vt_geometry_map map = {.window = 99};
    vt_scene_begin(scene);
    assert_false(vt_scene_add(scene, panes, &map, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_scene_free(scene);
    vt_panes_free(panes);
}

/* ---- a model of a view ---- */

typedef struct shown {
    bool here;
    vt_pane_id window;
    vt_rect rect;
    char provider[8];
} shown;

enum { IDS = 65536 };
static shown view[IDS], wanted[IDS];
static bool windows[IDS];

static void apply(const vt_scene_edit *edits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const vt_scene_edit *edit = &edits[i];
        shown *pane = &view[edit->pane];
        switch (edit->kind) {
        case VT_SCENE_OPEN_WINDOW:
            assert_false(windows[edit->window]);
            windows[edit->window] = true;
            continue;
        case VT_SCENE_CLOSE_WINDOW:
            assert_true(windows[edit->window]);
            windows[edit->window] = false;
            for (int k = 0; k < IDS; k++) {
                assert_false(view[k].here && view[k].window == edit->window); /* nothing is left in it */
            }
            continue;
        case VT_SCENE_CREATE:
            assert_false(pane->here);
            *pane = (shown){.here = true};
            break;
        case VT_SCENE_REMOVE:
            assert_true(pane->here);
            *pane = (shown){0};
            continue;
        default:
            assert_true(pane->here);
            break;
        }
        if (edit->kind != VT_SCENE_PROVIDER) {
            assert_true(edit->kind != VT_SCENE_RESIZE || pane->window == edit->window);
            pane->window = edit->window;
            pane->rect = edit->rect;
            assert_true(windows[edit->window]);
        }
        if (edit->provider) {
            (void)snprintf(pane->provider, sizeof pane->provider, "%s", edit->provider);
        }
    }
}

static void look(const vt_panes *panes)
{
    vt_panes_window window;
    memset(wanted, 0, sizeof wanted);
    for (vt_pane_id id = vt_panes_next_pane(panes, 0); id != 0; id = vt_panes_next_pane(panes, id)) {
        vt_panes_node node;
        assert_true(vt_panes_find(panes, id, &node));
        wanted[id] = (shown){.here = true, .window = node.window};
        (void)snprintf(wanted[id].provider, sizeof wanted[id].provider, "%s", node.provider);
    }
    for (size_t i = 0; vt_panes_window_at(panes, i, &window); i++) {
        const vt_geometry_map *map =
            vt_geometry_get(geometry, panes, window.id, (vt_rect){0, 0, 1204, 804}, NULL);
        for (size_t k = 0; k < map->pane_count; k++) {
            if (!vt_rect_is_empty(map->panes[k].rect)) {
                wanted[map->panes[k].pane].rect = map->panes[k].rect;
            }
        }
    }
}

static vt_pane_id any_pane(const vt_panes *panes)
{
    size_t skip = random_next() % vt_panes_pane_count(panes);
    vt_pane_id pane = vt_panes_next_pane(panes, 0);
    while (skip-- > 0) {
        pane = vt_panes_next_pane(panes, pane);
    }
    return pane;
}

static void change_somehow(vt_panes *panes)
{
    vt_pane_id pane = any_pane(panes), other = any_pane(panes);
    char text[] = {'p', ':', (char)('A' + random_next() % 26), '\0'};
    switch (random_next() % 9) {
    case 0:
    case 1:
        vt_panes_split(panes, pane, (vt_pane_side)(random_next() % 4), text, NULL, NULL);
        break;
    case 2:
        vt_panes_close(panes, pane, NULL);
        break;
    case 3:
        vt_panes_move(panes, pane, other, (vt_pane_side)(random_next() % 5), NULL);
        break;
    case 4:
        vt_panes_set_provider(panes, pane, text, NULL);
        break;
    case 5:
        vt_panes_detach(panes, pane, (vt_rect){0}, NULL, NULL);
        break;
    case 6:
        vt_panes_attach(panes, pane, NULL);
        break;
    case 7:
        vt_panes_maximise(panes, pane, NULL);
        break;
    default:
        vt_panes_set_ratio(panes, pane, 0.1 + random_next() % 80 / 100.0, NULL);
        break;
    }
}

static void test_a_view_follows_exactly(void **state)
{
    (void)state;
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    vt_scene *before = vt_scene_create(NULL), *after = vt_scene_create(NULL);
    memset(view, 0, sizeof view);
    vt_scene_end(before);
    for (int step = 0; step < 500; step++) {
        for (unsigned changes = random_next() % 12; changes > 0; changes--) {
            change_somehow(panes);
        }
        size_t count = 0;
        take(after, panes);
        const vt_scene_edit *edits = vt_reconcile(before, after, &count, NULL);
        assert_non_null(edits);
        apply(edits, count);
        look(panes);
        assert_memory_equal(view, wanted, sizeof view);
        /* There and back: none is needed twice. */
        assert_non_null(vt_reconcile(after, after, &count, NULL));
        assert_int_equal(count, 0);
        vt_scene *old = before;
        before = after;
        after = old;
    }
    vt_scene_free(before);
    vt_scene_free(after);
    vt_panes_free(panes);
}

int main(void)
{
    geometry = vt_geometry_create(&style, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_least_edits), cmocka_unit_test(test_from_nothing_and_to_nothing),
        cmocka_unit_test(test_a_window_that_is_gone), cmocka_unit_test(test_a_view_follows_exactly)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    vt_geometry_free(geometry);
    return failed;
}
