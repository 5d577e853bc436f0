/* core/layout/tree: splitting, closing, moving, swapping, shares, windows, and every refusal. */
#include "tests/support/check.h"
/* After check.h, which it needs. */
#include "tests/core/layout/sketch.h"

#include <math.h>
#include <string.h>

static vt_panes *make(void)
{
    vt_panes *panes = vt_panes_create("p:A", NULL, NULL);
    assert_non_null(panes);
    return panes;
}

/* A and B beside each other, C and D one above the other beside them: (AB[CD]). */
static vt_panes *make_four(void)
{
    vt_panes *panes = make();
    split_off(panes, 'A', VT_PANE_RIGHT, 'C');
    split_off(panes, 'C', VT_PANE_BELOW, 'D');
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    assert_string_equal(sketch(panes), "(AB[CD])");
    return panes;
}

static vt_pane_id parent_of(const vt_panes *panes, char letter)
{
    vt_panes_node node;
    assert_true(vt_panes_find(panes, pane_of(panes, letter), &node));
    return node.parent;
}

static vt_pane_id main_window(const vt_panes *panes)
{
    vt_panes_window window;
    assert_true(vt_panes_window_at(panes, 0, &window));
    return window.id;
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

/* The code with which something was refused; that nothing changed is seen by the versions too. */
#define REFUSED(panes, call, wanted)                                                                         \
    do {                                                                                                     \
        char before_[SKETCH_SIZE];                                                                           \
        memcpy(before_, sketch(panes), sizeof before_);                                                      \
        vt_error error_ = VT_ERROR_INIT, *error = &error_;                                                   \
        assert_false(call);                                                                                  \
        assert_int_equal(error->code, wanted);                                                               \
        assert_true(error->message[0] != '\0');                                                              \
        assert_string_equal(sketch(panes), before_);                                                         \
    } while (0)

static void test_splits_on_each_side(void **state)
{
    (void)state;
    static const struct {
        vt_pane_side side;
        const char *text;
    } sides[] = {
        {VT_PANE_LEFT, "(BA)"}, {VT_PANE_RIGHT, "(AB)"}, {VT_PANE_ABOVE, "[BA]"}, {VT_PANE_BELOW, "[AB]"}};
    for (size_t i = 0; i < 4; i++) {
        vt_panes *panes = make();
        split_off(panes, 'A', sides[i].side, 'B');
        assert_string_equal(sketch(panes), sides[i].text);
        assert_true(near(share_of(panes, 'A'), 0.5) && near(share_of(panes, 'B'), 0.5));
        vt_panes_free(panes);
    }
}

static void test_splits_the_same_way_are_one(void **state)
{
    (void)state;
    vt_panes *panes = make();
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    split_off(panes, 'B', VT_PANE_RIGHT, 'C');
    split_off(panes, 'A', VT_PANE_LEFT, 'D');
    assert_string_equal(sketch(panes), "(DABC)");
    assert_true(near(share_of(panes, 'A'), 0.25) && near(share_of(panes, 'C'), 0.25));
    /* At the end of the whole row every pane gives up some. */
    vt_pane_id made = 0;
    assert_true(vt_panes_split(panes, parent_of(panes, 'A'), VT_PANE_RIGHT, "p:E", &made, NULL));
    assert_string_equal(sketch(panes), "(DABCE)");
    for (const char *c = "ABCDE"; *c; c++) {
        assert_true(near(share_of(panes, *c), 0.2));
    }
    /* Beside the whole row, the other way. */
    assert_true(vt_panes_split(panes, parent_of(panes, 'A'), VT_PANE_BELOW, "p:F", &made, NULL));
    assert_string_equal(sketch(panes), "[(DABCE)F]");
    assert_true(near(share_of(panes, 'F'), 0.5));
    assert_int_equal(vt_panes_pane_count(panes), 6);
    vt_panes_free(panes);
}

static void test_closing_gives_the_room_back(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    /* B was split off A's right: its room is A's again. */
    assert_true(vt_panes_close(panes, pane_of(panes, 'B'), NULL));
    assert_string_equal(sketch(panes), "(A[CD])");
    assert_true(near(share_of(panes, 'A'), 0.5));
    /* Split off to the left of C: back to C, though A is there too. */
    assert_true(vt_panes_split(panes, parent_of(panes, 'C'), VT_PANE_LEFT, "p:B", NULL, NULL));
    assert_string_equal(sketch(panes), "(AB[CD])");
    assert_true(near(share_of(panes, 'B'), 0.25) && near(share_of(panes, 'A'), 0.5));
    assert_true(vt_panes_close(panes, pane_of(panes, 'B'), NULL));
    assert_true(near(share_of(panes, 'A'), 0.5));
    /* A split of one child is none, and the row that remains belongs to the row above. */
    split_off(panes, 'D', VT_PANE_RIGHT, 'E');
    assert_string_equal(sketch(panes), "(A[C(DE)])");
    assert_true(vt_panes_close(panes, pane_of(panes, 'C'), NULL));
    assert_string_equal(sketch(panes), "(ADE)");
    assert_true(near(share_of(panes, 'D'), 0.25));
    assert_true(vt_panes_close(panes, pane_of(panes, 'D'), NULL) &&
                vt_panes_close(panes, pane_of(panes, 'A'), NULL));
    assert_string_equal(sketch(panes), "E");
    assert_true(near(share_of(panes, 'E'), 1));
    REFUSED(panes, vt_panes_close(panes, pane_of(panes, 'E'), error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_close(panes, 999, error), VT_ERROR_NOT_FOUND);
    vt_panes_free(panes);
}

static void test_moves(void **state)
{
    (void)state;
    static const struct {
        char pane, target;
        vt_pane_side side;
        const char *text;
    } moves[] = {
        {'A', 'D', VT_PANE_BELOW, "(B[CDA])"},   {'A', 'B', VT_PANE_RIGHT, "(BA[CD])"},
        {'A', 'B', VT_PANE_BELOW, "([BA][CD])"}, {'D', 'C', VT_PANE_ABOVE, "(AB[DC])"},
        {'D', 'C', VT_PANE_RIGHT, "(ABCD)"},     {'C', 'D', VT_PANE_RIGHT, "(ABDC)"},
        {'D', 'A', VT_PANE_LEFT, "(DABC)"},      {'A', 'C', VT_PANE_CENTRE, "(CB[AD])"},
        {'B', 'C', VT_PANE_LEFT, "(A[(BC)D])"},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        vt_panes *panes = make_four();
        vt_pane_id pane = pane_of(panes, moves[i].pane);
        assert_true(vt_panes_set_state(panes, pane, "kept", 4, NULL));
        assert_true(vt_panes_move(panes, pane, pane_of(panes, moves[i].target), moves[i].side, NULL));
        assert_string_equal(sketch(panes), moves[i].text);
        assert_int_equal(pane_of(panes, moves[i].pane), pane); /* the same pane, elsewhere */
        vt_panes_node node;
        assert_true(vt_panes_find(panes, pane, &node));
        assert_int_equal(node.state_length, 4);
        assert_memory_equal(node.state, "kept", 4);
        vt_panes_free(panes);
    }
}

/* Targets that are splits, also such as dissolve when the pane leaves. */
static void test_moves_beside_splits(void **state)
{
    (void)state;
    static const struct {
        vt_pane_side side;
        const char *text;
    } own[] = {{VT_PANE_LEFT, "(ABDC)"},
               {VT_PANE_RIGHT, "(ABCD)"},
               {VT_PANE_ABOVE, "(AB[DC])"},
               {VT_PANE_BELOW, "(AB[CD])"}};
    for (size_t i = 0; i < 4; i++) { /* D beside its own split */
        vt_panes *panes = make_four();
        assert_true(vt_panes_move(panes, pane_of(panes, 'D'), parent_of(panes, 'D'), own[i].side, NULL));
        assert_string_equal(sketch(panes), own[i].text);
        vt_panes_free(panes);
    }
    vt_panes *panes = make_four();
    assert_true(vt_panes_move(panes, pane_of(panes, 'D'), parent_of(panes, 'A'), VT_PANE_BELOW, NULL));
    assert_string_equal(sketch(panes), "[(ABC)D]");
    assert_true(vt_panes_move(panes, pane_of(panes, 'D'), parent_of(panes, 'A'), VT_PANE_LEFT, NULL));
    assert_string_equal(sketch(panes), "(DABC)");
    assert_true(near(share_of(panes, 'D'), 0.25)); /* an equal part of the row */
    vt_panes_free(panes);

    /* The sibling is a row that becomes part of the row above when the pane leaves: still its left. */
    panes = make_four();
    split_off(panes, 'D', VT_PANE_RIGHT, 'E');
    assert_string_equal(sketch(panes), "(AB[C(DE)])");
    assert_true(vt_panes_move(panes, pane_of(panes, 'C'), parent_of(panes, 'D'), VT_PANE_LEFT, NULL));
    assert_string_equal(sketch(panes), "(ABCDE)");
    vt_panes_free(panes);
}

static void test_refusals(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_pane_id a = pane_of(panes, 'A'), row = parent_of(panes, 'A');
    REFUSED(panes, vt_panes_split(panes, 999, VT_PANE_LEFT, "p:X", NULL, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_split(panes, a, VT_PANE_CENTRE, "p:X", NULL, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_split(panes, a, VT_PANE_LEFT, "nothing", NULL, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_split(panes, a, VT_PANE_LEFT, ":x", NULL, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_split(panes, a, VT_PANE_LEFT, "p:\n", NULL, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_split(panes, a, VT_PANE_LEFT, "p:\xFF", NULL, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_move(panes, a, a, VT_PANE_LEFT, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_move(panes, a, 999, VT_PANE_LEFT, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_move(panes, row, a, VT_PANE_LEFT, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_move(panes, a, row, VT_PANE_CENTRE, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_swap(panes, a, a, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_swap(panes, a, row, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_set_ratio(panes, a, 0, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_set_ratio(panes, a, 1, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_set_ratio(panes, a, NAN, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_set_ratio(panes, pane_of(panes, 'D'), 0.5, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_set_ratio(panes, row, 0.5, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_even_out(panes, row, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_maximise(panes, row, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_detach(panes, row, (vt_rect){0}, NULL, error), VT_ERROR_NOT_FOUND);
    REFUSED(panes, vt_panes_attach(panes, a, error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_set_provider(panes, a, "x", error), VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_set_link(panes, a, VT_PANES_LINKS_MAX + 1, error), VT_ERROR_USAGE);
    static unsigned char large[VT_PANES_STATE_MAX + 1];
    REFUSED(panes, vt_panes_set_state(panes, a, large, sizeof large, error), VT_ERROR_LIMIT);
    assert_true(vt_panes_set_state(panes, a, large, sizeof large - 1, NULL));
    static char provider[VT_PANES_PROVIDER_MAX + 2] = "p:";
    memset(provider + 2, 'x', sizeof provider - 3);
    REFUSED(panes, vt_panes_set_provider(panes, a, provider, error), VT_ERROR_LIMIT);
    provider[VT_PANES_PROVIDER_MAX] = '\0';
    assert_true(vt_panes_set_provider(panes, a, provider, NULL));
    assert_false(vt_panes_restore(panes, main_window(panes)));
    assert_false(vt_panes_place_window(panes, 999, (vt_rect){0}, false));
    vt_panes_free(panes);
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_panes_create("nothing", NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static void test_limits(void **state)
{
    (void)state;
    vt_panes *panes = make();
    vt_pane_id pane = vt_panes_next_pane(panes, 0);
    for (int depth = 0; depth < VT_PANES_DEPTH_MAX; depth++) {
        assert_true(
            vt_panes_split(panes, pane, depth % 2 ? VT_PANE_BELOW : VT_PANE_RIGHT, "p:X", &pane, NULL));
    }
    REFUSED(panes, vt_panes_split(panes, pane, VT_PANE_RIGHT, "p:X", NULL, error), VT_ERROR_LIMIT);
    /* Nor may the whole be pushed deeper. */
    vt_panes_window window;
    assert_true(vt_panes_window_at(panes, 0, &window));
    REFUSED(panes, vt_panes_split(panes, window.root, VT_PANE_BELOW, "p:X", NULL, error), VT_ERROR_LIMIT);
    assert_true(vt_panes_split(panes, window.root, VT_PANE_RIGHT, "p:X", NULL, NULL));
    assert_true(vt_panes_split(panes, pane, VT_PANE_BELOW, "p:X", &pane, NULL));
    sketch(panes);
    vt_panes_free(panes);

    panes = make();
    pane = vt_panes_next_pane(panes, 0);
    for (int i = 1; i < VT_PANES_MAX; i++) { /* always the same: shares must not end at 0 */
        assert_true(vt_panes_split(panes, pane, VT_PANE_RIGHT, "p:X", NULL, NULL));
    }
    assert_int_equal(vt_panes_pane_count(panes), VT_PANES_MAX);
    REFUSED(panes, vt_panes_split(panes, pane, VT_PANE_RIGHT, "p:X", NULL, error), VT_ERROR_LIMIT);
    vt_panes_free(panes);
}

static void test_shares(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    assert_true(near(share_of(panes, 'A'), 0.25) && near(share_of(panes, 'B'), 0.25));
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'A'), 0.8, NULL));
    assert_true(near(share_of(panes, 'A'), 0.4) && near(share_of(panes, 'B'), 0.1));
    assert_true(vt_panes_even_out(panes, pane_of(panes, 'B'), NULL));
    assert_true(near(share_of(panes, 'A'), 1.0 / 3) && near(share_of(panes, 'B'), 1.0 / 3));
    assert_true(near(share_of(panes, 'C'), 0.5)); /* of a split of its own */
    vt_panes_free(panes);
}

static void test_versions(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_panes_window before, after;
    assert_true(vt_panes_window_at(panes, 0, &before));
    vt_panes *clone = vt_panes_clone(panes, NULL);
    assert_non_null(clone);
    assert_true(vt_panes_window_at(clone, 0, &after));
    assert_int_equal(after.version, before.version);
    assert_true(vt_panes_set_state(panes, pane_of(panes, 'A'), "x", 1, NULL)); /* nothing moves by it */
    assert_true(vt_panes_window_at(panes, 0, &after));
    assert_int_equal(after.version, before.version);
    assert_true(vt_panes_even_out(panes, pane_of(panes, 'A'), NULL));
    assert_true(vt_panes_window_at(panes, 0, &after));
    assert_int_not_equal(after.version, before.version);
    /* The clone is its own: what happens to one does not happen to the other. */
    assert_true(vt_panes_close(panes, pane_of(panes, 'A'), NULL));
    assert_string_equal(sketch(clone), "(AB[CD])");
    vt_panes_node node;
    assert_true(vt_panes_find(clone, pane_of(clone, 'A'), &node));
    assert_int_equal(node.state_length, 0);
    vt_panes_free(panes);
    assert_string_equal(sketch(clone), "(AB[CD])");
    vt_panes_free(clone);
}

static void test_maximising(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_panes_window window;
    vt_pane_id b = pane_of(panes, 'B');
    assert_true(vt_panes_maximise(panes, b, NULL));
    assert_true(vt_panes_window_at(panes, 0, &window));
    assert_int_equal(window.maximised, b);
    assert_true(vt_panes_restore(panes, window.id));
    assert_false(vt_panes_restore(panes, window.id));
    assert_true(vt_panes_maximise(panes, b, NULL));
    assert_true(vt_panes_close(panes, b, NULL)); /* what is gone covers nothing */
    assert_string_equal(sketch(panes), "(A[CD])");
    assert_true(vt_panes_maximise(panes, pane_of(panes, 'A'), NULL));
    split_off(panes, 'A', VT_PANE_BELOW, 'E'); /* nor would the new pane be seen */
    assert_true(vt_panes_window_at(panes, 0, &window));
    assert_int_equal(window.maximised, 0);
    vt_panes_free(panes);
}

static void test_windows(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    assert_true(vt_panes_set_ratio(panes, pane_of(panes, 'A'), 0.7, NULL));
    double a = share_of(panes, 'A'), d = share_of(panes, 'D');
    vt_pane_id window = 0;
    vt_panes_window seen;
    static const char letters[] = "ABCD";
    for (const char *c = letters; *c; c++) { /* out and back again: as if nothing had happened */
        vt_pane_id pane = pane_of(panes, *c);
        assert_true(vt_panes_detach(panes, pane, (vt_rect){10, 20, 300, 200}, &window, NULL));
        assert_int_equal(vt_panes_window_count(panes), 2);
        assert_true(vt_panes_find_window(panes, window, &seen));
        assert_true(vt_rect_equal(seen.place, (vt_rect){10, 20, 300, 200}));
        assert_int_equal(seen.root, pane);
        assert_non_null(strchr(sketch(panes), '|'));
        REFUSED(panes, vt_panes_detach(panes, pane, (vt_rect){0}, NULL, error), VT_ERROR_USAGE);
        assert_true(vt_panes_attach(panes, pane, NULL));
        assert_string_equal(sketch(panes), "(AB[CD])");
        assert_true(near(share_of(panes, 'A'), a) && near(share_of(panes, 'D'), d));
        assert_false(vt_panes_find_window(panes, window, &seen));
    }
    /* A window of its own is split like any other, and panes move between windows. */
    assert_true(vt_panes_detach(panes, pane_of(panes, 'A'), (vt_rect){0}, &window, NULL));
    split_off(panes, 'A', VT_PANE_BELOW, 'E');
    assert_true(vt_panes_move(panes, pane_of(panes, 'B'), pane_of(panes, 'E'), VT_PANE_RIGHT, NULL));
    assert_string_equal(sketch(panes), "[CD]|[A(EB)]");
    assert_true(vt_panes_swap(panes, pane_of(panes, 'C'), pane_of(panes, 'B'), NULL));
    assert_string_equal(sketch(panes), "[BD]|[A(EC)]");
    assert_true(vt_panes_place_window(panes, window, (vt_rect){1, 2, 3, 4}, true));
    assert_true(vt_panes_find_window(panes, window, &seen));
    assert_true(seen.full && seen.place.height == 4);
    /* The neighbour from which A was taken is elsewhere now: A follows it. */
    assert_true(vt_panes_attach(panes, pane_of(panes, 'A'), NULL));
    assert_string_equal(sketch(panes), "[(AB)D]|(EC)");
    /* Closing the last pane of a window closes that. */
    assert_true(vt_panes_close(panes, pane_of(panes, 'E'), NULL));
    assert_true(vt_panes_close(panes, pane_of(panes, 'C'), NULL));
    assert_string_equal(sketch(panes), "[(AB)D]");
    /* Moved away, too; but the main window keeps one. */
    assert_true(vt_panes_detach(panes, pane_of(panes, 'D'), (vt_rect){0}, NULL, NULL));
    assert_true(vt_panes_move(panes, pane_of(panes, 'D'), pane_of(panes, 'A'), VT_PANE_ABOVE, NULL));
    assert_string_equal(sketch(panes), "([DA]B)");
    assert_true(vt_panes_detach(panes, pane_of(panes, 'D'), (vt_rect){0}, NULL, NULL));
    assert_true(vt_panes_close(panes, pane_of(panes, 'A'), NULL));
    REFUSED(panes, vt_panes_move(panes, pane_of(panes, 'B'), pane_of(panes, 'D'), VT_PANE_LEFT, error),
            VT_ERROR_USAGE);
    REFUSED(panes, vt_panes_detach(panes, pane_of(panes, 'B'), (vt_rect){0}, NULL, error), VT_ERROR_USAGE);
    vt_panes_free(panes);

    /* It has moved to A itself: to the right edge of the main window. */
    panes = make();
    split_off(panes, 'A', VT_PANE_RIGHT, 'B');
    split_off(panes, 'B', VT_PANE_RIGHT, 'C');
    assert_true(vt_panes_detach(panes, pane_of(panes, 'A'), (vt_rect){0}, NULL, NULL));
    assert_true(vt_panes_move(panes, pane_of(panes, 'B'), pane_of(panes, 'A'), VT_PANE_RIGHT, NULL));
    assert_string_equal(sketch(panes), "C|(AB)");
    assert_true(vt_panes_attach(panes, pane_of(panes, 'A'), NULL));
    assert_string_equal(sketch(panes), "(CA)|B");
    vt_panes_free(panes);

    panes = make();
    vt_pane_id pane = 0;
    for (int i = 1; i < VT_PANES_WINDOWS_MAX; i++) {
        assert_true(vt_panes_split(panes, pane_of(panes, 'A'), VT_PANE_RIGHT, "p:X", &pane, NULL));
        assert_true(vt_panes_detach(panes, pane, (vt_rect){0}, NULL, NULL));
    }
    assert_true(vt_panes_split(panes, pane_of(panes, 'A'), VT_PANE_RIGHT, "p:X", &pane, NULL));
    REFUSED(panes, vt_panes_detach(panes, pane, (vt_rect){0}, NULL, error), VT_ERROR_LIMIT);
    vt_panes_free(panes);
}

static void test_content_of_panes(void **state)
{
    (void)state;
    vt_panes *panes = make_four();
    vt_pane_id a = pane_of(panes, 'A');
    vt_panes_node node;
    assert_true(vt_panes_set_provider(panes, a, "image:7", NULL));
    assert_true(vt_panes_set_state(panes, a, "a\0b", 3, NULL));
    assert_true(vt_panes_set_link(panes, a, 3, NULL));
    assert_true(vt_panes_find(panes, a, &node));
    assert_string_equal(node.provider, "image:7");
    assert_int_equal(node.provider_length, 7);
    assert_memory_equal(node.state, "a\0b", 3);
    assert_int_equal(node.link, 3);
    assert_true(vt_panes_set_state(panes, a, NULL, 0, NULL));
    assert_true(vt_panes_find(panes, a, &node));
    assert_null(node.state);
    assert_false(vt_panes_find(panes, 999, &node));
    assert_int_equal(vt_panes_next_pane(panes, 999), 0);
    vt_panes_free(panes);
    vt_panes_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_splits_on_each_side),
                                       cmocka_unit_test(test_splits_the_same_way_are_one),
                                       cmocka_unit_test(test_closing_gives_the_room_back),
                                       cmocka_unit_test(test_moves),
                                       cmocka_unit_test(test_moves_beside_splits),
                                       cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_shares),
                                       cmocka_unit_test(test_versions),
                                       cmocka_unit_test(test_maximising),
                                       cmocka_unit_test(test_windows),
                                       cmocka_unit_test(test_content_of_panes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
