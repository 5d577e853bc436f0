/* The order in which edits and work on files are undone. */
#include "tests/support/check.h"

#include "app/ui/window/undo_order.h"

static const bool both[VT_UNDO_SOURCE_COUNT] = {[VT_UNDO_EDITS] = true, [VT_UNDO_FILES] = true};
static const bool edits_only[VT_UNDO_SOURCE_COUNT] = {[VT_UNDO_EDITS] = true};
static const bool none[VT_UNDO_SOURCE_COUNT] = {false};

static void the_last_is_undone_first(void **state)
{
    (void)state;
    vt_undo_order order = {.count = 0};
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_NOTHING);
    vt_undo_order_push(&order, VT_UNDO_EDITS);
    vt_undo_order_push(&order, VT_UNDO_FILES);
    assert_int_equal(vt_undo_order_to_redo(&order, both), VT_UNDO_NOTHING);
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_FILES);
    vt_undo_order_back(&order, VT_UNDO_FILES);
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_EDITS);
    assert_int_equal(vt_undo_order_to_redo(&order, both), VT_UNDO_FILES);
    vt_undo_order_forth(&order, VT_UNDO_FILES);
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_FILES);
}

static void a_new_step_takes_the_place_of_what_was_undone(void **state)
{
    (void)state;
    vt_undo_order order = {.count = 0};
    vt_undo_order_push(&order, VT_UNDO_FILES);
    vt_undo_order_back(&order, VT_UNDO_FILES);
    vt_undo_order_push(&order, VT_UNDO_EDITS);
    assert_int_equal(vt_undo_order_to_redo(&order, both), VT_UNDO_NOTHING);
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_EDITS);
    vt_undo_order_back(&order, VT_UNDO_EDITS);
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_NOTHING);
}

static void what_a_source_has_forgotten_is_passed_over(void **state)
{
    (void)state;
    vt_undo_order order = {.count = 0};
    vt_undo_order_push(&order, VT_UNDO_EDITS);
    vt_undo_order_push(&order, VT_UNDO_FILES);
    vt_undo_order_push(&order, VT_UNDO_FILES);
    assert_int_equal(vt_undo_order_to_undo(&order, edits_only), VT_UNDO_EDITS);
    assert_int_equal(order.count, 1);
    vt_undo_order_back(&order, VT_UNDO_EDITS);
    assert_int_equal(vt_undo_order_to_redo(&order, none), VT_UNDO_NOTHING);
    assert_int_equal(order.count, 0);
}

/* By a button beside what was done to files, while an edit came after it. */
static void one_may_be_undone_before_its_turn(void **state)
{
    (void)state;
    vt_undo_order order = {.count = 0};
    vt_undo_order_push(&order, VT_UNDO_FILES);
    vt_undo_order_push(&order, VT_UNDO_EDITS);
    vt_undo_order_back(&order, VT_UNDO_FILES);
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_EDITS);
    assert_int_equal(vt_undo_order_to_redo(&order, both), VT_UNDO_FILES);
    vt_undo_order_forth(&order, VT_UNDO_FILES);
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_FILES);
    assert_int_equal(vt_undo_order_to_redo(&order, both), VT_UNDO_NOTHING);
}

static void only_so_many_are_remembered(void **state)
{
    (void)state;
    vt_undo_order order = {.count = 0};
    vt_undo_order_push(&order, VT_UNDO_FILES);
    for (int i = 0; i < VT_UNDO_ORDER_MAX; i++) {
        vt_undo_order_push(&order, VT_UNDO_EDITS);
    }
    assert_int_equal(order.count, VT_UNDO_ORDER_MAX);
    for (int i = 0; i < VT_UNDO_ORDER_MAX; i++) {
        assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_EDITS);
        vt_undo_order_back(&order, VT_UNDO_EDITS);
    }
    assert_int_equal(vt_undo_order_to_undo(&order, both), VT_UNDO_NOTHING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_is_undone_first),
        cmocka_unit_test(a_new_step_takes_the_place_of_what_was_undone),
        cmocka_unit_test(what_a_source_has_forgotten_is_passed_over),
        cmocka_unit_test(one_may_be_undone_before_its_turn),
        cmocka_unit_test(only_so_many_are_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
