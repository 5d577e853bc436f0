/* What can be undone: in order, bounded, and forgotten when something new is done. */
#include "tests/support/check.h"

#include "app/ui/files/undo_list.h"

#include <stdio.h>
#include <string.h>

static char said[256];
static int released;
static bool refuses;

static void say(char sign, const char *name)
{
    size_t used = strlen(said);
    snprintf(said + used, sizeof said - used, "%c%s", sign, name);
}

static bool undo(void *user)
{
    say('-', user);
    return !refuses;
}

static bool redo(void *user)
{
    say('+', user);
    return !refuses;
}

static void release(void *user)
{
    (void)user;
    released++;
}

static void push(vt_undo_list *list, const char *name)
{
    vt_undo_list_push(list, &(vt_undo_step){name, undo, redo, release, (void *)name});
}

static int reset(void **state)
{
    (void)state;
    said[0] = '\0';
    released = 0;
    refuses = false;
    return 0;
}

static void steps_are_undone_in_turn(void **state)
{
    (void)state;
    vt_undo_list list = {0};
    assert_false(vt_undo_list_undo(&list) || vt_undo_list_redo(&list));
    push(&list, "a");
    push(&list, "b");
    assert_string_equal(vt_undo_list_undo_name(&list), "b");
    assert_true(vt_undo_list_undo(&list) && vt_undo_list_undo(&list));
    assert_null(vt_undo_list_undo_name(&list));
    assert_true(vt_undo_list_redo(&list));
    assert_string_equal(said, "-b-a+a");
    push(&list, "c"); /* b is forgotten */
    assert_null(vt_undo_list_redo_name(&list));
    assert_int_equal(released, 1);
    vt_undo_list_clear(&list);
    assert_int_equal(released, 3);
}

static void what_cannot_be_undone_is_forgotten(void **state)
{
    (void)state;
    vt_undo_list list = {0};
    push(&list, "a");
    push(&list, "b");
    refuses = true;
    assert_false(vt_undo_list_undo(&list));
    assert_string_equal(vt_undo_list_undo_name(&list), "a");
    refuses = false;
    assert_true(vt_undo_list_undo(&list));
    refuses = true;
    assert_false(vt_undo_list_redo(&list));
    assert_int_equal(released, 2);
    assert_null(vt_undo_list_redo_name(&list));
}

static void the_oldest_go_first(void **state)
{
    (void)state;
    vt_undo_list list = {0};
    push(&list, "first");
    for (int i = 0; i < VT_UNDO_STEPS_MAX; i++) {
        push(&list, "next");
    }
    assert_int_equal(released, 1);
    for (int i = 0; i < VT_UNDO_STEPS_MAX; i++) {
        assert_string_equal(vt_undo_list_undo_name(&list), "next");
        said[0] = '\0';
        assert_true(vt_undo_list_undo(&list));
    }
    assert_false(vt_undo_list_undo(&list));
    vt_undo_list_clear(&list);
}

/* What was begun turns out to be impossible, for now or for ever. */
static void what_could_not_be_undone_stands_where_it_was(void **state)
{
    (void)state;
    bool undone = false;
    vt_undo_list list = {0};
    push(&list, "a");
    push(&list, "b");
    void *first = list.steps[0].user;
    void *last = list.steps[1].user;
    assert_true(vt_undo_list_undo(&list));
    assert_true(vt_undo_list_is_next(&list, last));
    assert_true(vt_undo_list_put_back(&list, last, &undone) && undone);
    assert_string_equal(vt_undo_list_undo_name(&list), "b");
    assert_false(vt_undo_list_is_next(&list, last));
    assert_false(vt_undo_list_put_back(&list, first, &undone)); /* it was not begun */
    assert_true(vt_undo_list_undo(&list) && vt_undo_list_redo(&list));
    assert_true(vt_undo_list_put_back(&list, last, &undone) && !undone); /* redone in vain */
    assert_string_equal(vt_undo_list_undo_name(&list), "a");
    assert_string_equal(vt_undo_list_redo_name(&list), "b");
    vt_undo_list_drop(&list, last);
    vt_undo_list_drop(&list, last); /* is not there any more */
    assert_null(vt_undo_list_redo_name(&list));
    assert_false(vt_undo_list_put_back(&list, last, &undone));
    assert_int_equal(released, 0);
    vt_undo_list_clear(&list);
    assert_int_equal(released, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(steps_are_undone_in_turn, reset),
        cmocka_unit_test_setup(what_cannot_be_undone_is_forgotten, reset),
        cmocka_unit_test_setup(the_oldest_go_first, reset),
        cmocka_unit_test_setup(what_could_not_be_undone_stands_where_it_was, reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
