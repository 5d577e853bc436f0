/* Cards and tables in panes: what they show, tell, follow and remember; several at once; ended amid it. */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"

#include "app/ui/panes/pane_items.h"
#include "core/base/uri.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pane_desk *desk;

static vt_pane_items *items_of(vt_pane_content *content)
{
    return (vt_pane_items *)content;
}

static int64_t count_of(vt_pane_content *content)
{
    return vt_library_count(items_of(content)->library);
}

static vt_pane_content *show_ready(const char *provider)
{
    vt_pane_content *content = desk_show(desk, provider);
    assert_int_equal(content->stage, VT_PANE_LOADING); /* it never waits */
    desk_wait_stage(desk, content, VT_PANE_READY);
    return content;
}

static void a_pane_shows_all_items(void **state)
{
    (void)state;
    vt_pane_content *content = show_ready("browse:");
    assert_int_equal(count_of(content), DESK_PICTURES);
    assert_string_equal(desk_title(content), "");
    desk_screenshot(desk, "pane-browse");
    desk_destroy(desk, content);
    content = show_ready("table:name:000");
    assert_int_equal(count_of(content), 10);
    assert_string_equal(desk_title(content), "name:000");
    desk_screenshot(desk, "pane-table");
    desk_destroy(desk, content);
}

static void the_argument_is_folder_and_filter(void **state)
{
    (void)state;
    char provider[512];
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(desk->session->pictures, strlen(desk->session->pictures), &uri);
    snprintf(provider, sizeof provider, "browse:%s|name:0003", uri.data);
    vt_pane_content *content = show_ready(provider);
    assert_int_equal(count_of(content), 1);
    assert_non_null(strstr(desk_title(content), " \u00b7 name:0003"));
    desk_destroy(desk, content);
    content = show_ready("browse:file:///nowhere/at/all");
    assert_int_equal(count_of(content), 0);
    desk_screenshot(desk, "pane-browse-empty");
    desk_destroy(desk, content);
    vt_str_free(&uri);
}

static void what_is_no_folder_or_filter_is_told(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "browse:http://elsewhere/|a");
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(content->error.message, "http://elsewhere/"));
    content->type->show(content, "|kind:nonsense"); /* Retry, with another one */
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_true(q_widget_is_visible(items_of(content)->trouble));
    assert_int_equal(count_of(content), DESK_PICTURES);
    desk_screenshot(desk, "pane-browse-bad-filter");
    vt_pane_items_set_filter(items_of(content), "name:0001");
    desk_rest(desk);
    assert_false(q_widget_is_visible(items_of(content)->trouble));
    assert_int_equal(count_of(content), 1);
    desk_destroy(desk, content);
}

static void what_is_selected_and_opened_is_told(const char *provider)
{
    char wanted[64];
    vt_pane_content *content = show_ready(provider);
    desk->selections = desk->openings = 0;
    vt_library_choose(items_of(content)->library, 2, false, false);
    assert_int_equal(desk->selections, 1);
    assert_int_equal(desk->selected_count, 1);
    assert_int_equal(desk->selected[0], desk_item(desk, 2));
    vt_library_choose(items_of(content)->library, 4, false, true);
    assert_int_equal(desk->selected_count, 3);
    assert_int_equal(desk->selected[0], desk_item(desk, 4)); /* the current one first */
    vt_pane_items_open(content, 5);
    snprintf(wanted, sizeof wanted, "image:%lld", (long long)desk_item(desk, 5));
    assert_string_equal(desk->opened, wanted);
    vt_pane_items_open(content, 5000); /* gone meanwhile */
    assert_int_equal(desk->openings, 1);
    /* What a linked pane selects is followed, and not told back. */
    desk->selections = 0;
    const int64_t others[] = {desk_item(desk, 7), 987654, desk_item(desk, 9)};
    content->type->select(content, others, 3);
    assert_int_equal(desk->selections, 0);
    assert_int_equal(vt_library_selection(items_of(content)->library)->rows, 2);
    assert_true(vt_selection_contains(vt_library_selection(items_of(content)->library), 9));
    content->type->select(content, others + 1, 1); /* is not here: nothing changes */
    assert_int_equal(vt_library_selection(items_of(content)->library)->current, 7);
    content->type->rows_changed(content);
    desk_rest(desk);
    assert_int_equal(desk->selections, 0); /* nobody selected anything */
    desk_destroy(desk, content);
}

static void cards_tell_and_follow(void **state)
{
    (void)state;
    what_is_selected_and_opened_is_told("browse:");
}

static void tables_tell_and_follow(void **state)
{
    (void)state;
    what_is_selected_and_opened_is_told("table:");
}

static void a_state_comes_back(void **state)
{
    (void)state;
    size_t length = 0;
    bool backwards = false;
    vt_pane_content *content = show_ready("browse:");
    vt_library *library = items_of(content)->library;
    vt_pane_items_set_filter(items_of(content), "-name:0000");
    vt_library_set_sort(library, VT_SORT_NAME, true);
    vt_library_set_group(library, VT_GROUP_KIND, true);
    desk_rest(desk);
    vt_library_choose(library, vt_library_row_of(library, desk_item(desk, 4)), false, false);
    void *bytes = content->type->save(content, &length);
    assert_non_null(bytes);
    content->type->clear(content);
    assert_int_equal(content->stage, VT_PANE_EMPTY);
    assert_int_equal(count_of(content), 0);
    assert_string_equal(desk_title(content), "");
    desk->selections = 0;
    content->type->show(content, "");
    content->type->restore(content, bytes, length);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(count_of(content), DESK_PICTURES - 1);
    assert_int_equal(vt_library_sort_key(library, &backwards), VT_SORT_NAME);
    assert_true(backwards);
    assert_int_equal(vt_library_group(library, NULL), VT_GROUP_KIND);
    assert_int_equal(vt_library_selection(library)->current, vt_library_row_of(library, desk_item(desk, 4)));
    assert_int_equal(desk->selections, 0);
    assert_string_equal(desk_title(content), "-name:0000");
    free(bytes);
    desk_destroy(desk, content);
}

static void nonsense_as_a_state_is_passed_over(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "{",
                                        "[]",
                                        "null",
                                        "{\"filter\":7}",
                                        "{\"side\":1e9,\"scroll\":-5,\"item\":\"x\"}",
                                        "{\"order\":\"nothing such\",\"group\":\"what\",\"columns\":[1]}",
                                        "{\"columns\":\"\\u0000a,,=1\"}"};
    static const char *const providers[] = {"browse:", "table:"};
    for (size_t p = 0; p < 2; p++) {
        vt_pane_content *content = desk_show(desk, providers[p]);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            content->type->restore(content, texts[i], strlen(texts[i]));
        }
        desk_wait_stage(desk, content, VT_PANE_READY);
        assert_int_equal(count_of(content), DESK_PICTURES);
        content->type->clear(content);
        content->type->restore(content, "{}", 2); /* shows nothing: nothing happens */
        assert_int_equal(content->stage, VT_PANE_EMPTY);
        desk_destroy(desk, content);
    }
}

static void ending_amid_a_build_is_safe(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) {
        vt_pane_content *content = desk_show(desk, i % 2 ? "browse:|name:0" : "table:");
        for (int turn = 0; turn < i % 4; turn++) {
            desk_pump(desk);
        }
        if (i % 3 == 0) {
            content->type->clear(content);
            content->type->show(content, "");
        } else if (i % 3 == 1) {
            content->type->cancel(content);
            assert_int_equal(content->error.code, VT_ERROR_CANCELLED);
        }
        desk_destroy(desk, content);
    }
    desk_rest(desk);
}

/* The others go on with what they have asked for; an order is made once. */
static void several_at_once_leave_each_other_alone(void **state)
{
    (void)state;
    enum { MANY = 12 };
    vt_pane_content *contents[MANY];
    for (int i = 0; i < MANY; i++) {
        contents[i] = desk_show(desk, i % 3 == 2 ? "table:" : "browse:");
    }
    for (int i = 0; i < MANY; i++) {
        desk_wait_stage(desk, contents[i], VT_PANE_READY);
        assert_int_equal(count_of(contents[i]), DESK_PICTURES);
    }
    vt_pane_items_set_filter(items_of(contents[0]), "name:0001");
    vt_library_choose(items_of(contents[1])->library, 3, false, false);
    desk_rest(desk);
    assert_int_equal(count_of(contents[0]), 1);
    assert_int_equal(count_of(contents[2]), DESK_PICTURES);
    assert_int_equal(vt_library_selection(items_of(contents[4])->library)->current, -1);
    vt_pane_content *late = show_ready("browse:|kind:image");
    for (int i = 0; i < MANY; i++) { /* sorted once, for all */
        assert_ptr_equal(vt_view_order(vt_library_view(items_of(late)->library)),
                         vt_view_order(vt_library_view(items_of(contents[i])->library)));
    }
    for (int i = 0; i < MANY; i++) {
        desk_destroy(desk, contents[i]);
    }
    desk_rest(desk);
    assert_int_equal(count_of(late), DESK_PICTURES);
    desk_destroy(desk, late);
}

static void commands_act_on_what_is_selected_in_it(void **state)
{
    (void)state;
    int menus = desk->menus;
    vt_pane_content *content = show_ready("browse:");
    assert_int_equal(desk->menus, menus + 1);
    assert_int_equal(vt_pane_content_subject(content).count, 0);
    int told = desk->subjects;
    vt_library_choose(items_of(content)->library, 2, false, false);
    assert_true(desk->subjects > told);
    vt_subject subject = vt_pane_content_subject(content);
    assert_int_equal(subject.count, 1);
    assert_ptr_equal(subject.library, items_of(content)->library);
    assert_true(subject.is_cards && subject.is_list && !subject.table);
    vt_chosen *chosen = vt_pane_content_chosen(content);
    assert_int_equal(vt_chosen_count(chosen), 1);
    vt_chosen_unref(chosen);
    assert_true(content->type->find(content));
    assert_ptr_equal(q_widget_focus_widget(desk->host), vt_filter_box_edit(items_of(content)->box));
    vt_pane_items_set_filter(items_of(content), "name:nothing");
    desk_rest(desk);
    assert_int_equal(vt_pane_content_subject(content).count, 0); /* it is not shown any more */
    content->type->clear(content);
    assert_int_equal(vt_pane_content_subject(content).count, 0);
    desk_destroy(desk, content);
    content = show_ready("table:");
    assert_non_null(vt_pane_content_subject(content).table);
    vt_pane_content_say(content, "words");
    assert_string_equal(desk->said, "words");
    desk_destroy(desk, content);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_act_on_what_is_selected_in_it),
        cmocka_unit_test(a_pane_shows_all_items),
        cmocka_unit_test(the_argument_is_folder_and_filter),
        cmocka_unit_test(what_is_no_folder_or_filter_is_told),
        cmocka_unit_test(cards_tell_and_follow),
        cmocka_unit_test(tables_tell_and_follow),
        cmocka_unit_test(a_state_comes_back),
        cmocka_unit_test(nonsense_as_a_state_is_passed_over),
        cmocka_unit_test(ending_amid_a_build_is_safe),
        cmocka_unit_test(several_at_once_leave_each_other_alone),
    };
    desk = desk_create(DESK_PICTURES);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_free(desk);
    q_application_delete(application);
    return failed;
}
