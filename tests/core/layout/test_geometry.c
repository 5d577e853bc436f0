/* core/layout/geometry: exact tiling, rounding, the cache, what is at a point, neighbours, drags and drops.
 */
#include "tests/support/check.h"
/* After check.h, which it needs. */
#include "tests/core/layout/sketch.h"

#include "core/layout/geometry.h"
#include "core/layout/groups.h"
#include "tests/core/layout/tiling.h"

static const vt_geometry_style plain = {.divider = 4, .header = 10, .grab = 3, .edge = 12, .least = 40};

static vt_geometry *make_geometry(void)
{
    vt_geometry *geometry = vt_geometry_create(&plain, NULL);
    assert_non_null(geometry);
    return geometry;
}

static vt_panes *make_panes(void)
{
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    assert_non_null(panes);
    return panes;
}

/* [(AB)(CD)]: a crossing in the middle. */
static vt_panes *make_crossing(void)
{
    vt_panes *panes = make_panes();
    split_off(panes, 'A', VT_PANE_BELOW, 'C');
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    split_off(panes, 'C', VT_PANE_RIGHT, 'D');
    assert_string_equal(sketch(panes), "[(AB)(CD)]");
    return panes;
}

static vt_pane_id window_of(const vt_panes *panes)
{
    vt_panes_window window;
    assert_true(vt_panes_window_at(panes, 0, &window));
    return window.id;
}

static const vt_geometry_map *get(vt_geometry *geometry, const vt_panes *panes, int width, int height)
{
    const vt_geometry_map *map =
        vt_geometry_get(geometry, panes, window_of(panes), (vt_rect){0, 0, width, height}, NULL);
    assert_non_null(map);
    check_tiling(map);
    return map;
}

static vt_rect rect_of(const vt_geometry_map *map, vt_pane_id pane)
{
    for (size_t i = 0; i < map->pane_count; i++) {
        if (map->panes[i].pane == pane) {
            return map->panes[i].rect;
        }
    }
    return (vt_rect){-1, -1, -1, -1};
}

static void assert_rect(vt_rect found, int x, int y, int width, int height)
{
    if (!vt_rect_equal(found, (vt_rect){x, y, width, height})) {
        fail_msg("%d, %d, %d x %d rather than %d, %d, %d x %d", found.x, found.y, found.width, found.height,
                 x, y, width, height);
    }
}

static void test_rounding_by_largest_remainders(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_panes();
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    split_off(panes, 'B', VT_PANE_RIGHT, 'C');
    assert_true(vt_panes_even_out(panes, pane_of(panes, 'A'), NULL));
    /* 104 - 8 of dividers: 96 / 3. One and two pixels more go to the first. */
    for (int more = 0; more < 3; more++) {
        const vt_geometry_map *map = get(geometry, panes, 104 + more, 50);
        assert_int_equal(rect_of(map, pane_of(panes, 'A')).width, 32 + (more > 0));
        assert_int_equal(rect_of(map, pane_of(panes, 'B')).width, 32 + (more > 1));
        assert_int_equal(rect_of(map, pane_of(panes, 'C')).width, 32);
    }
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'A'), 0.501, NULL));
    const vt_geometry_map *map = get(geometry, panes, 108, 50); /* 33.4, 33.27 and 33.33 of 100 */
    assert_int_equal(rect_of(map, pane_of(panes, 'A')).width, 34);
    assert_int_equal(rect_of(map, pane_of(panes, 'B')).width, 33);
    assert_int_equal(map->panes[0].header.height, 10);
    assert_int_equal(map->divider_count, 2);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_proportions_are_kept(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'A'), 0.25, NULL));
    static const int widths[] = {1004, 50, 4, 3, 2, 1, 0, 404, 1004};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        for (int height = 0; height < 20; height += 3) {
            get(geometry, panes, widths[i], height);
        }
    }
    const vt_geometry_map *map = get(geometry, panes, 404, 104);
    assert_rect(rect_of(map, pane_of(panes, 'A')), 0, 0, 100, 50);
    map = get(geometry, panes, 1004, 104);
    assert_rect(rect_of(map, pane_of(panes, 'A')), 0, 0, 250, 50);
    /* In an area that begins elsewhere. */
    map = vt_geometry_get(geometry, panes, window_of(panes), (vt_rect){-50, 30, 404, 104}, NULL);
    assert_non_null(map);
    check_tiling(map);
    assert_rect(rect_of(map, pane_of(panes, 'D')), 154, 84, 200, 50);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_cache(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    vt_geometry_stats stats;
    const vt_geometry_map *first = get(geometry, panes, 400, 300);
    assert_ptr_equal(get(geometry, panes, 400, 300), first);
    vt_geometry_get_stats(geometry, &stats);
    assert_int_equal(stats.hits, 1);
    assert_int_equal(stats.misses, 1);
    get(geometry, panes, 500, 300);
    assert_ptr_equal(get(geometry, panes, 400, 300), first);
    vt_panes *clone = vt_panes_clone(panes, NULL);
    assert_ptr_equal(get(geometry, clone, 400, 300), first); /* equal, so it stands where it stood */
    assert_true(vt_panes_even_out(panes, pane_of(panes, 'A'), NULL));
    vt_geometry_get_stats(geometry, &stats);
    uint64_t misses = stats.misses;
    get(geometry, panes, 400, 300);
    vt_geometry_get_stats(geometry, &stats);
    assert_int_equal(stats.misses, misses + 1);
    for (int i = 0; i < 20; i++) { /* no more of them than were announced, the one used last among them */
        get(geometry, panes, 400 + i, 300);
        get(geometry, clone, 400, 300);
    }
    vt_geometry_get_stats(geometry, &stats);
    assert_int_equal(stats.entries, VT_GEOMETRY_ENTRIES_MAX);
    assert_int_equal(stats.misses, misses + 20);
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_geometry_get(geometry, panes, 999, (vt_rect){0, 0, 10, 10}, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_null(vt_geometry_get(geometry, panes, window_of(panes), (vt_rect){0, 0, -1, 10}, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_geometry_style bad = plain;
    bad.divider = -1;
    assert_null(vt_geometry_create(&bad, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_panes_free(clone);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
    vt_geometry_free(NULL);
}

static void test_hidden_panes(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    vt_pane_id group = 0;
    assert_true(vt_panes_group_create(panes, "G", &group, NULL));
    assert_true(vt_panes_set_group(panes, pane_of(panes, 'A'), group, NULL));
    assert_true(vt_panes_group_collapse(panes, group, true, NULL));
    const vt_geometry_map *map = get(geometry, panes, 404, 204);
    assert_int_equal(map->pane_count, 3);
    assert_int_equal(map->divider_count, 2);
    assert_rect(rect_of(map, pane_of(panes, 'B')), 0, 0, 404, 100);
    assert_true(vt_panes_set_group(panes, pane_of(panes, 'B'), group, NULL));
    map = get(geometry, panes, 404, 204); /* the row is empty, so it takes no room */
    assert_rect(rect_of(map, pane_of(panes, 'C')), 0, 0, 200, 204);
    assert_true(vt_panes_group_collapse(panes, group, false, NULL));
    map = get(geometry, panes, 404, 204);
    assert_rect(rect_of(map, pane_of(panes, 'B')), 204, 0, 200, 100); /* as before */
    assert_true(vt_panes_maximise(panes, pane_of(panes, 'D'), NULL));
    map = get(geometry, panes, 404, 204);
    assert_int_equal(map->pane_count, 1);
    assert_int_equal(map->divider_count, 0);
    assert_rect(rect_of(map, pane_of(panes, 'D')), 0, 0, 404, 204);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_hits(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    const vt_geometry_map *map = get(geometry, panes, 404, 204);
    vt_hit hit = vt_geometry_hit(map, 10, 5);
    assert_int_equal(hit.kind, VT_HIT_HEADER);
    assert_int_equal(hit.pane, pane_of(panes, 'A'));
    hit = vt_geometry_hit(map, 300, 50);
    assert_int_equal(hit.kind, VT_HIT_PANE);
    assert_int_equal(hit.pane, pane_of(panes, 'B'));
    for (int x = 197; x <= 206; x++) { /* the divider at 200 to 203, and 3 pixels at each side */
        hit = vt_geometry_hit(map, x, 50);
        assert_int_equal(hit.kind, VT_HIT_DIVIDER);
        assert_int_equal(hit.divider_count, 1);
        assert_int_equal(hit.dividers[0].before, pane_of(panes, 'A'));
        assert_int_equal(hit.dividers[0].after, pane_of(panes, 'B'));
        assert_int_equal(hit.dividers[0].axis, VT_PANE_HORIZONTAL);
    }
    assert_int_equal(vt_geometry_hit(map, 196, 50).kind, VT_HIT_PANE);
    assert_int_equal(vt_geometry_hit(map, 207, 50).kind, VT_HIT_PANE);
    hit = vt_geometry_hit(map, 202, 102);
    assert_int_equal(hit.kind, VT_HIT_CROSSING);
    assert_int_equal(hit.divider_count, 3);
    assert_int_equal(vt_geometry_hit(map, 50, 102).kind, VT_HIT_DIVIDER);
    assert_int_equal(vt_geometry_hit(map, -1, 50).kind, VT_HIT_NOTHING);
    assert_int_equal(vt_geometry_hit(map, 404, 50).kind, VT_HIT_NOTHING);
    /* Dividers that meet another at different places: each is a crossing of two. */
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'A'), 0.25, NULL));
    map = get(geometry, panes, 404, 204);
    hit = vt_geometry_hit(map, 102, 101);
    assert_int_equal(hit.kind, VT_HIT_CROSSING);
    assert_int_equal(hit.divider_count, 2);
    assert_int_equal(vt_geometry_hit(map, 202, 104).divider_count, 2);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_neighbours(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    split_off(panes, 'D', VT_PANE_BELOW, 'E');
    split_off(panes, 'D', VT_PANE_RIGHT, 'F');
    assert_string_equal(sketch(panes), "[(AB)(C[(DF)E])]");
    const vt_geometry_map *map = get(geometry, panes, 404, 404);
    static const struct {
        char from;
        vt_pane_side side;
        char to;
    } ways[] = {{'A', VT_PANE_RIGHT, 'B'}, {'B', VT_PANE_LEFT, 'A'},  {'A', VT_PANE_ABOVE, '.'},
                {'A', VT_PANE_BELOW, 'C'}, {'C', VT_PANE_ABOVE, 'A'}, {'C', VT_PANE_RIGHT, 'D'},
                {'D', VT_PANE_RIGHT, 'F'}, {'F', VT_PANE_BELOW, 'E'}, {'E', VT_PANE_LEFT, 'C'},
                {'D', VT_PANE_ABOVE, 'B'}, {'F', VT_PANE_ABOVE, 'B'}, {'F', VT_PANE_LEFT, 'D'},
                {'D', VT_PANE_LEFT, 'C'},  {'B', VT_PANE_RIGHT, '.'}, {'E', VT_PANE_BELOW, '.'}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        vt_pane_id found = vt_geometry_neighbour(map, pane_of(panes, ways[i].from), ways[i].side);
        if (found != pane_of(panes, ways[i].to)) {
            fail_msg("from %c not to %c", ways[i].from, ways[i].to);
        }
    }
    assert_int_equal(vt_geometry_neighbour(map, 999, VT_PANE_LEFT), 0);
    assert_int_equal(vt_geometry_neighbour(map, pane_of(panes, 'A'), VT_PANE_CENTRE), 0);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static const vt_rect area = {0, 0, 404, 204};

/* Takes what is at a point and drags it. */
static void drag(vt_geometry *geometry, vt_panes *panes, int x, int y, int dx, int dy)
{
    vt_hit hit = vt_geometry_hit(get(geometry, panes, area.width, area.height), x, y);
    vt_error error = VT_ERROR_INIT;
    if (!vt_geometry_drag(geometry, panes, area, &hit, dx, dy, &error)) {
        fail_msg("%s", error.message);
    }
    sketch(panes);
}

static void test_dragging_a_divider(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    vt_pane_id a = pane_of(panes, 'A'), b = pane_of(panes, 'B'), c = pane_of(panes, 'C');
    for (int by = 1; by < 30; by++) { /* each pixel exactly, whatever stood there before */
        drag(geometry, panes, 202, 50, by, 0);
        assert_int_equal(rect_of(get(geometry, panes, 404, 204), a).width, 200 + by);
        drag(geometry, panes, 202 + by, 50, -by, 0);
        assert_int_equal(rect_of(get(geometry, panes, 404, 204), a).width, 200);
    }
    drag(geometry, panes, 202, 50, -5000, 77);
    assert_int_equal(rect_of(get(geometry, panes, 404, 204), a).width, plain.least);
    assert_int_equal(rect_of(get(geometry, panes, 404, 204), c).width, 200); /* the row below is another */
    drag(geometry, panes, 42, 50, 5000, 0);
    assert_int_equal(rect_of(get(geometry, panes, 404, 204), b).width, plain.least);
    /* A pane that is smaller than that already stays as it is. */
    split_off(panes, 'B', VT_PANE_RIGHT, 'E');
    int width = rect_of(get(geometry, panes, 404, 204), b).width;
    assert_true(width < plain.least);
    drag(geometry, panes, rect_of(get(geometry, panes, 404, 204), b).x - 2, 50, 5000, 0);
    assert_int_equal(rect_of(get(geometry, panes, 404, 204), b).width, width);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_panes_within_keep_their_least_size(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_panes();
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    split_off(panes, 'B', VT_PANE_BELOW, 'C');
    split_off(panes, 'C', VT_PANE_RIGHT, 'D');
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'C'), 0.25, NULL));
    assert_string_equal(sketch(panes), "(A[B(CD)])");
    drag(geometry, panes, 202, 50, 5000, 0);
    const vt_geometry_map *map = get(geometry, panes, 404, 204);
    vt_rect least = rect_of(map, pane_of(panes, 'C'));
    assert_in_range(least.width, plain.least, plain.least + 1); /* a quarter of what is left */
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_dragging_a_crossing(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    drag(geometry, panes, 202, 102, 31, -17);
    const vt_geometry_map *map = get(geometry, panes, 404, 204);
    assert_rect(rect_of(map, pane_of(panes, 'A')), 0, 0, 231, 83);
    assert_rect(rect_of(map, pane_of(panes, 'D')), 235, 87, 169, 117);
    assert_int_equal(vt_geometry_hit(map, 233, 85).divider_count, 3); /* still one */
    /* Where one of them may go less far, both stop there. */
    split_off(panes, 'D', VT_PANE_RIGHT, 'E');
    drag(geometry, panes, 233, 85, 5000, 5000);
    map = get(geometry, panes, 404, 204);
    vt_rect a = rect_of(map, pane_of(panes, 'A')), c = rect_of(map, pane_of(panes, 'C'));
    assert_int_equal(a.width, c.width);
    assert_in_range(rect_of(map, pane_of(panes, 'D')).width, plain.least, plain.least + 3);
    assert_int_equal(c.height, plain.least);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_drags_that_are_refused(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    vt_error error = VT_ERROR_INIT;
    vt_hit hit = vt_geometry_hit(get(geometry, panes, 404, 204), 202, 50), none = {.kind = VT_HIT_NOTHING};
    assert_false(vt_geometry_drag(geometry, panes, area, &none, 1, 1, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_true(vt_panes_maximise(panes, pane_of(panes, 'C'), NULL));
    assert_false(vt_geometry_drag(geometry, panes, area, &hit, 1, 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_panes_move(panes, pane_of(panes, 'B'), pane_of(panes, 'D'), VT_PANE_BELOW, NULL));
    assert_false(vt_geometry_drag(geometry, panes, area, &hit, 1, 1, &error)); /* it is gone meanwhile */
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

static void test_drops(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    vt_panes *panes = make_crossing();
    const vt_geometry_map *map = get(geometry, panes, 404, 204);
    vt_pane_id a = pane_of(panes, 'A'), b = pane_of(panes, 'B');
    static const struct {
        int x, y;
        vt_pane_side side;
    } zones[] = {{304, 52, VT_PANE_CENTRE},
                 {220, 52, VT_PANE_LEFT},
                 {380, 52, VT_PANE_RIGHT},
                 {304, 15, VT_PANE_ABOVE},
                 {304, 95, VT_PANE_BELOW}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        vt_drop drop = vt_geometry_drop(map, a, zones[i].x, zones[i].y);
        assert_int_equal(drop.target, b);
        assert_int_equal(drop.side, zones[i].side);
    }
    assert_int_equal(vt_geometry_drop(map, a, 50, 50).target, 0); /* onto itself */
    assert_int_equal(vt_geometry_drop(map, a, -5, 50).target, 0);
    vt_drop edge = vt_geometry_drop(map, a, 3, 100);
    assert_int_equal(edge.target, map->root);
    assert_int_equal(edge.side, VT_PANE_LEFT);
    assert_int_equal(vt_geometry_drop(map, a, 403, 100).side, VT_PANE_RIGHT);
    assert_int_equal(vt_geometry_drop(map, a, 200, 1).side, VT_PANE_ABOVE);
    assert_int_equal(vt_geometry_drop(map, a, 200, 203).side, VT_PANE_BELOW);
    for (int x = 200; x < 204; x++) { /* nothing flickers across a divider */
        assert_int_equal(vt_geometry_drop(map, b, x, 50).target, a);
    }
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

/* The preview is no guess: after the drop the pane stands exactly there. */
static void test_previews_are_exact(void **state)
{
    (void)state;
    vt_geometry *geometry = make_geometry();
    int tried = 0;
    for (int x = 1; x < 404; x += 13) {
        for (int y = 1; y < 204; y += 13) {
            vt_panes *panes = make_crossing();
            split_off(panes, 'B', VT_PANE_RIGHT, 'E');
            vt_pane_id d = pane_of(panes, 'D');
            vt_drop drop = vt_geometry_drop(get(geometry, panes, 404, 204), d, x, y);
            vt_rect rect = {0};
            if (drop.target != 0) {
                assert_true(
                    vt_geometry_preview(geometry, panes, window_of(panes), area, d, drop, &rect, NULL));
                assert_string_equal(sketch(panes), "[(ABE)(CD)]"); /* nothing has moved yet */
                assert_true(vt_panes_move(panes, d, drop.target, drop.side, NULL));
                assert_true(vt_rect_equal(rect_of(get(geometry, panes, 404, 204), d), rect));
                tried++;
            }
            vt_panes_free(panes);
        }
    }
    assert_true(tried > 300);
    vt_panes *panes = make_crossing();
    vt_rect rect = {0};
    vt_error error = VT_ERROR_INIT;
    vt_drop drop = {pane_of(panes, 'A'), VT_PANE_LEFT};
    assert_true(vt_geometry_preview(geometry, panes, window_of(panes), area, 0, drop, &rect, NULL));
    assert_rect(rect, 0, 0, 99, 100); /* something new: 100 and 100 with both dividers, less rounding */
    drop.target = 999;
    assert_false(vt_geometry_preview(geometry, panes, window_of(panes), area, 0, drop, &rect, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_panes_free(panes);
    vt_geometry_free(geometry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rounding_by_largest_remainders),
                                       cmocka_unit_test(test_proportions_are_kept),
                                       cmocka_unit_test(test_cache),
                                       cmocka_unit_test(test_hidden_panes),
                                       cmocka_unit_test(test_hits),
                                       cmocka_unit_test(test_neighbours),
                                       cmocka_unit_test(test_dragging_a_divider),
                                       cmocka_unit_test(test_panes_within_keep_their_least_size),
                                       cmocka_unit_test(test_dragging_a_crossing),
                                       cmocka_unit_test(test_drags_that_are_refused),
                                       cmocka_unit_test(test_drops),
                                       cmocka_unit_test(test_previews_are_exact)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
