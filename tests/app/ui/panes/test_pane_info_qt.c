/* What is known of items, in a pane: of one, of those that a linked pane selects, of none. */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"

#include <qt6c/qtextedit.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pane_desk *desk;

static void check_says(vt_pane_content *content, const char *words)
{
    char *text = q_textedit_to_plain_text((QTextEdit *)content->widget);
    if (!strstr(text, words)) {
        print_error("%s\n", text);
    }
    assert_non_null(strstr(text, words));
    free(text);
}

static void an_item_is_told_of(void **state)
{
    (void)state;
    char provider[64];
    snprintf(provider, sizeof provider, "info:%lld", (long long)desk_item(desk, 2));
    vt_pane_content *content = desk_show(desk, provider);
    assert_int_equal(content->stage, VT_PANE_LOADING);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_string_equal(desk_title(content), "0002.ppm");
    check_says(content, "0002.ppm");
    check_says(content, desk->session->pictures);
    desk_screenshot(desk, "pane-info");
    content->type->rows_changed(content);
    desk_rest(desk);
    assert_true(content->type->is_valid(content, strchr(provider, ':') + 1));
    content->type->clear(content);
    assert_int_equal(content->stage, VT_PANE_EMPTY);
    desk_destroy(desk, content);
}

static void it_follows_linked_panes(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "info:");
    assert_int_equal(content->stage, VT_PANE_READY);
    check_says(content, "linked");
    const int64_t ids[] = {desk_item(desk, 0), desk_item(desk, 1), desk_item(desk, 3)};
    content->type->select(content, ids, 3);
    desk_wait_stage(desk, content, VT_PANE_READY);
    check_says(content, "3 items");
    content->type->select(content, ids + 1, 1);
    desk_wait_stage(desk, content, VT_PANE_READY);
    check_says(content, "0001.ppm");
    content->type->select(content, ids, 0); /* nothing: the last one stays */
    check_says(content, "0001.ppm");
    const int64_t gone = 77777;
    content->type->select(content, &gone, 1);
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_NOT_FOUND);
    desk_destroy(desk, content);
}

static void nonsense_is_told_and_ending_amid_it_is_safe(void **state)
{
    (void)state;
    char provider[64];
    vt_pane_content *content = desk_show(desk, "info:nothing");
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_USAGE);
    desk_destroy(desk, content);
    snprintf(provider, sizeof provider, "info:%lld", (long long)desk_item(desk, 1));
    for (int i = 0; i < 20; i++) {
        content = desk_show(desk, provider);
        for (int turn = 0; turn < i % 3; turn++) {
            desk_pump(desk);
        }
        if (i % 2) {
            content->type->clear(content);
        }
        desk_destroy(desk, content);
    }
    desk_rest(desk);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_is_told_of),
        cmocka_unit_test(it_follows_linked_panes),
        cmocka_unit_test(nonsense_is_told_and_ending_amid_it_is_safe),
    };
    desk = desk_create(4);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_free(desk);
    q_application_delete(application);
    return failed;
}
