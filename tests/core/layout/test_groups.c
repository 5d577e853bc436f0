/* core/layout/groups: names, collapsing with its refusals, closing, taking out and putting back. */
#include "tests/support/check.h"
/* After check.h, which it needs. */
#include "tests/core/layout/sketch.h"

#include "core/layout/groups.h"

static vt_panes *make_four(void)
{
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    assert_non_null(panes);
    split_off(panes, 'A', VT_PANE_RIGHT, 'C');
    split_off(panes, 'C', VT_PANE_BELOW, 'D');
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    assert_string_equal(sketch(panes), "(AB[CD])");
    return panes;
}

static vt_pane_id group_of(vt_panes *panes, const char *name, const char *letters)
{
    vt_pane_id group = 0;
    assert_true(vt_panes_group_create(panes, name, &group, NULL));
    for (; *letters; letters++) {
        assert_true(vt_panes_set_group(panes, pane_of(panes, *letters), group, NULL));
    }
    return group;
}

static void test_names(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_error error = VT_ERROR_INIT;
    vt_pane_id group = group_of(panes, "Maps", "A"), other = 0;
    static char longest[VT_PANES_NAME_MAX + 2];
    memset(longest, 'x', sizeof longest - 1);
    static const char *const bad[] = {"", "a\nb", "\xFF", longest, "Maps"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(vt_panes_group_create(panes, bad[i], &other, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    assert_int_equal(vt_panes_group_count(panes), 1);
    assert_true(vt_panes_group_rename(panes, group, "Maps", NULL)); /* its own name is no other's */
    assert_true(vt_panes_group_rename(panes, group, "Models", NULL));
    assert_true(vt_panes_group_create(panes, "Maps", &other, NULL));
    assert_false(vt_panes_group_rename(panes, other, "Models", &error));
    assert_false(vt_panes_group_rename(panes, 999, "X", &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_panes_group seen;
    assert_true(vt_panes_group_at(panes, 0, &seen));
    assert_string_equal(seen.name, "Models");
    assert_int_equal(seen.panes, 1);
    assert_int_equal(seen.id, group);
    assert_false(vt_panes_group_at(panes, 2, &seen));
    assert_false(vt_panes_find_group(panes, 0, &seen));
    for (int i = 2; i < VT_PANES_GROUPS_MAX; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "g%d", i);
        assert_true(vt_panes_group_create(panes, name, NULL, NULL));
    }
    assert_false(vt_panes_group_create(panes, "one more", NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_panes_free(panes);
}

static void test_collapsing(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_error error = VT_ERROR_INIT;
    vt_pane_id group = group_of(panes, "G", "AD");
    double share = share_of(panes, 'A');
    assert_true(vt_panes_maximise(panes, pane_of(panes, 'D'), NULL));
    assert_true(vt_panes_group_collapse(panes, group, true, NULL));
    assert_string_equal(sketch(panes), "(aB[Cd])");
    vt_panes_window window;
    assert_true(vt_panes_window_at(panes, 0, &window));
    assert_int_equal(window.maximised, 0);
    assert_true(share_of(panes, 'A') == share);
    assert_false(vt_panes_maximise(panes, pane_of(panes, 'A'), &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_true(vt_panes_set_group(panes, pane_of(panes, 'B'), group, NULL));
    assert_string_equal(sketch(panes), "(ab[Cd])");
    assert_false(vt_panes_set_group(panes, pane_of(panes, 'C'), group, &error)); /* the last one that shows */
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_panes_set_group(panes, pane_of(panes, 'C'), 999, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_true(vt_panes_set_group(panes, pane_of(panes, 'A'), 0, NULL));
    assert_string_equal(sketch(panes), "(Ab[Cd])");
    assert_true(vt_panes_group_collapse(panes, group, false, NULL));
    assert_string_equal(sketch(panes), "(AB[CD])");
    for (const char *c = "AC"; *c; c++) {
        assert_true(vt_panes_set_group(panes, pane_of(panes, *c), group, NULL));
    }
    assert_false(vt_panes_group_collapse(panes, group, true, &error)); /* all of them */
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_string_equal(sketch(panes), "(AB[CD])");
    assert_true(vt_panes_group_dissolve(panes, group, NULL));
    assert_false(vt_panes_group_dissolve(panes, group, NULL));
    assert_string_equal(sketch(panes), "(AB[CD])");
    assert_int_equal(vt_panes_pane_count(panes), 4);
    vt_panes_free(panes);
}

/* A window never shows nothing: when its last shown pane leaves, the group of the others is expanded. */
static void test_last_shown_pane_leaves(void **state)
{
    (void)state;
    for (int way = 0; way < 4; way++) {
        vt_panes *panes = make_four();
        vt_pane_id out = 0, b = pane_of(panes, 'B');
        assert_true(vt_panes_detach(panes, pane_of(panes, 'A'), (vt_rect){0}, NULL, NULL));
        vt_pane_id group = group_of(panes, "G", "CD");
        assert_true(vt_panes_group_collapse(panes, group, true, NULL));
        assert_string_equal(sketch(panes), "(B[cd])|A");
        switch (way) {
        case 0:
            assert_true(vt_panes_close(panes, b, NULL));
            break;
        case 1:
            assert_true(vt_panes_move(panes, b, pane_of(panes, 'A'), VT_PANE_LEFT, NULL));
            break;
        case 2:
            assert_true(vt_panes_detach(panes, b, (vt_rect){0}, &out, NULL));
            break;
        default:
            assert_true(vt_panes_detach(panes, pane_of(panes, 'C'), (vt_rect){0}, &out, NULL));
            break;
        }
        static const char *const after[] = {"[CD]|A", "[CD]|(BA)", "[CD]|A|B", "(BD)|A|C"};
        assert_string_equal(sketch(panes), after[way]);
        vt_panes_free(panes);
    }
}

/* What a closed pane had goes to a neighbour that can be seen. */
static void test_room_goes_to_a_shown_neighbour(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_pane_id group = group_of(panes, "G", "A");
    assert_true(vt_panes_group_collapse(panes, group, true, NULL));
    assert_true(vt_panes_close(panes, pane_of(panes, 'B'), NULL));
    assert_string_equal(sketch(panes), "(a[CD])");
    assert_true(share_of(panes, 'A') < 0.3);
    vt_panes_free(panes);
}

static void test_closing(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_error error = VT_ERROR_INIT;
    vt_pane_id group = group_of(panes, "G", "BD");
    assert_true(vt_panes_detach(panes, pane_of(panes, 'D'), (vt_rect){0}, NULL, NULL));
    assert_true(vt_panes_group_close(panes, group, NULL));
    assert_string_equal(sketch(panes), "(AC)");
    assert_int_equal(vt_panes_group_count(panes), 0);
    assert_false(vt_panes_group_close(panes, group, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    group = group_of(panes, "G", "AC");
    assert_false(vt_panes_group_close(panes, group, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_string_equal(sketch(panes), "(AC)");
    vt_panes_free(panes);
}

static void test_taking_out_and_putting_back(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_error error = VT_ERROR_INIT;
    split_off(panes, 'D', VT_PANE_RIGHT, 'E');
    assert_string_equal(sketch(panes), "(AB[C(DE)])");
    vt_pane_id group = group_of(panes, "G", "ADE");
    assert_true(vt_panes_set_state(panes, pane_of(panes, 'D'), "x", 1, NULL));
    vt_panes *picked = vt_panes_pick(panes, group, &error);
    assert_non_null(picked);
    assert_string_equal(sketch(picked), "(ADE)"); /* what lay between is gone */
    assert_int_equal(pane_of(picked, 'D'), pane_of(panes, 'D'));
    vt_panes_group seen;
    assert_true(vt_panes_group_at(picked, 0, &seen));
    assert_string_equal(seen.name, "G");
    assert_int_equal(seen.panes, 3);

    vt_pane_id first = 0;
    vt_panes_node node;
    assert_true(vt_panes_graft(panes, picked, pane_of(panes, 'B'), VT_PANE_BELOW, &first, NULL));
    assert_string_equal(sketch(panes), "(A[B(ADE)][C(DE)])");
    assert_true(vt_panes_find(panes, first, &node));
    assert_string_equal(node.provider, "p:A");
    assert_int_not_equal(first, pane_of(picked, 'A'));
    assert_true(vt_panes_find_group(panes, node.group, &seen));
    assert_string_equal(seen.name, "G 2"); /* its name was taken */
    assert_int_equal(seen.panes, 3);
    assert_true(vt_panes_graft(panes, picked, pane_of(panes, 'C'), VT_PANE_RIGHT, NULL, NULL));
    assert_string_equal(sketch(panes), "(A[B(ADE)][(CADE)(DE)])"); /* a row within a row is that row */

    /* From several windows into one. */
    vt_panes *other = make_four();
    group = group_of(other, "H", "AD");
    assert_true(vt_panes_detach(other, pane_of(other, 'D'), (vt_rect){0}, NULL, NULL));
    vt_panes *both = vt_panes_pick(other, group, NULL);
    assert_non_null(both);
    assert_string_equal(sketch(both), "(AD)");
    assert_true(vt_panes_graft(both, other, pane_of(both, 'A'), VT_PANE_ABOVE, NULL, NULL));
    assert_string_equal(sketch(both), "([(ABC)DA]D)");

    assert_false(vt_panes_graft(both, other, 999, VT_PANE_ABOVE, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_false(vt_panes_graft(both, other, pane_of(both, 'A'), VT_PANE_CENTRE, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_null(vt_panes_pick(other, 999, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_pane_id empty = group_of(other, "empty", "");
    assert_null(vt_panes_pick(other, empty, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_panes_free(both);
    vt_panes_free(other);
    vt_panes_free(picked);
    vt_panes_free(panes);
}

static void test_grafting_has_limits(void **state)
{
    (void)state;
    vt_panes *panes = make_four(), *deep = vt_panes_create("p:A", NULL, NULL);
    vt_error error = VT_ERROR_INIT;
    vt_pane_id pane = vt_panes_next_pane(deep, 0);
    for (int depth = 0; depth < VT_PANES_DEPTH_MAX - 1; depth++) {
        assert_true(
            vt_panes_split(deep, pane, depth % 2 ? VT_PANE_BELOW : VT_PANE_RIGHT, "p:X", &pane, NULL));
    }
    assert_false(vt_panes_graft(panes, deep, pane_of(panes, 'D'), VT_PANE_LEFT, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_string_equal(sketch(panes), "(AB[CD])");
    vt_panes *wide = make_four();
    for (int doubled = 8; doubled <= VT_PANES_MAX; doubled *= 2) {
        vt_panes *copy = vt_panes_clone(wide, NULL);
        assert_true(vt_panes_graft(wide, copy, pane_of(wide, 'A'), VT_PANE_LEFT, NULL, NULL));
        vt_panes_free(copy);
    }
    assert_int_equal(vt_panes_pane_count(wide), VT_PANES_MAX);
    sketch(wide);
    assert_false(vt_panes_graft(wide, panes, pane_of(wide, 'A'), VT_PANE_LEFT, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_panes_free(wide);
    vt_panes_free(deep);
    vt_panes_free(panes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names),
                                       cmocka_unit_test(test_collapsing),
                                       cmocka_unit_test(test_last_shown_pane_leaves),
                                       cmocka_unit_test(test_room_goes_to_a_shown_neighbour),
                                       cmocka_unit_test(test_closing),
                                       cmocka_unit_test(test_taking_out_and_putting_back),
                                       cmocka_unit_test(test_grafting_has_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
