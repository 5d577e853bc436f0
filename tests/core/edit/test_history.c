/* The line of steps: what is undone next, what is forgotten. */
#include "tests/support/check.h"

#include "core/edit/history.h"

static vt_edit_step *push(vt_history *history, vt_edit_kind kind, size_t count)
{
    vt_edit_step *step = vt_edit_step_create(kind, count);
    assert_non_null(step);
    vt_history_push(history, step);
    vt_edit_step_release(step); /* the history has its own */
    return step;
}

static void steps_are_gone_over_in_their_order(void **state)
{
    (void)state;
    vt_history *history = vt_history_create();
    assert_null(vt_history_to_undo(history));
    vt_history_back(history); /* nothing there: nothing happens */
    vt_history_forth(history);
    vt_edit_step *first = push(history, VT_EDIT_RATING, 12);
    vt_edit_step *second = push(history, VT_EDIT_TITLE, 1);
    assert_ptr_equal(vt_history_to_undo(history), second);
    assert_null(vt_history_to_redo(history));
    vt_history_back(history);
    assert_ptr_equal(vt_history_to_undo(history), first);
    assert_ptr_equal(vt_history_to_redo(history), second);
    vt_history_forth(history);
    assert_ptr_equal(vt_history_to_undo(history), second);
    vt_history_back(history);
    vt_history_back(history);
    assert_null(vt_history_to_undo(history));
    vt_edit_step *third = push(history, VT_EDIT_LABEL, 1); /* nothing is left to redo */
    assert_int_equal(vt_history_count(history), 1);
    assert_ptr_equal(vt_history_to_undo(history), third);
    assert_null(vt_history_to_redo(history));
    vt_history_free(history);
}

static void an_edit_that_changed_nothing_is_forgotten(void **state)
{
    (void)state;
    vt_history *history = vt_history_create();
    vt_edit_step *first = push(history, VT_EDIT_RATING, 1);
    vt_edit_step *second = vt_edit_step_create(VT_EDIT_RATING, 2);
    vt_history_push(history, second);
    vt_history_back(history);
    vt_history_settle(history, second); /* it failed: no change */
    assert_int_equal(vt_history_count(history), 1);
    assert_ptr_equal(vt_history_to_undo(history), first);
    assert_null(vt_history_to_redo(history));
    vt_history_revert(history, second, true); /* its undoing fails, too, and is nobody's business */
    assert_ptr_equal(vt_history_to_undo(history), first);
    vt_edit_step_release(second);
    vt_history_free(history);
}

static void what_could_not_be_undone_can_be_tried_again(void **state)
{
    (void)state;
    vt_history *history = vt_history_create();
    vt_edit_step *first = push(history, VT_EDIT_RATING, 1);
    vt_edit_step *second = push(history, VT_EDIT_LABEL, 1);
    vt_history_back(history);
    vt_history_revert(history, second, true);
    assert_ptr_equal(vt_history_to_undo(history), second);
    vt_history_back(history);
    vt_history_back(history); /* both are under way, and the first to end fails */
    vt_history_revert(history, second, true);
    assert_ptr_equal(vt_history_to_undo(history), second);
    assert_ptr_equal(vt_history_to_redo(history), first);
    vt_history_forth(history);
    vt_history_revert(history, first, false); /* redoing fails */
    assert_ptr_equal(vt_history_to_redo(history), first);
    vt_history_free(history);
}

static void the_oldest_go_first(void **state)
{
    (void)state;
    vt_history *history = vt_history_create();
    vt_edit_step *kept = NULL;
    for (size_t i = 0; i < VT_HISTORY_STEPS_MAX + 10; i++) {
        vt_edit_step *step = push(history, VT_EDIT_RATING, i);
        kept = i == 10 ? step : kept;
    }
    assert_int_equal(vt_history_count(history), VT_HISTORY_STEPS_MAX);
    for (size_t i = 0; i + 1 < VT_HISTORY_STEPS_MAX; i++) {
        vt_history_back(history);
    }
    assert_ptr_equal(vt_history_to_undo(history), kept);
    assert_int_equal(vt_history_bytes(history), 0); /* nothing is settled */
    vt_history_free(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_gone_over_in_their_order),
        cmocka_unit_test(an_edit_that_changed_nothing_is_forgotten),
        cmocka_unit_test(what_could_not_be_undone_can_be_tried_again),
        cmocka_unit_test(the_oldest_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
