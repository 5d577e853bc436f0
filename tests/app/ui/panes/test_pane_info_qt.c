/* What is known of items, in a pane: of one, of those that a linked pane selects, of none. */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"

#include "app/ui/library/edits.h"

#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qscrollbar.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pane_desk *desk;

static void add_words(QObject *object, vt_str *text)
{
    const QList *children = q_object_children(object);
    for (ptrdiff_t i = 0; i < children->size; i++) {
        QObject *child = ((QObject **)children->ptr)[i];
        bool is_seen = q_object_is_widget_type(child) && !q_widget_is_hidden((QWidget *)child);
        char *words = is_seen && q_object_inherits(child, "QLabel")      ? q_label_text((QLabel *)child)
                      : is_seen && q_object_inherits(child, "QLineEdit") ? q_lineedit_text((QLineEdit *)child)
                                                                         : NULL;
        char *name = is_seen ? q_widget_accessible_name((QWidget *)child) : NULL; /* the facts have theirs */
        vt_str_append_cstr(text, words ? words : name ? name : "");
        vt_str_append_char(text, '\n');
        free(words);
        free(name);
        if (is_seen) {
            add_words(child, text);
        }
    }
}

static bool says(vt_pane_content *content, const char *words)
{
    vt_str text = VT_STR_INIT;
    add_words((QObject *)content->widget, &text);
    bool found = strstr(text.data, words) != NULL;
    if (!found) {
        print_message("%s\n", text.data);
    }
    vt_str_free(&text);
    return found;
}

#define check_says(content, words) assert_true(says(content, words))

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

/* A pane may be dragged to less than lines need: they are broken, then scrolled to, and not cut off. */
static void a_narrow_one_can_be_read(void **state)
{
    (void)state;
    char provider[64];
    snprintf(provider, sizeof provider, "info:%lld", (long long)desk_item(desk, 2));
    vt_pane_content *content = desk_show(desk, provider);
    desk_wait_stage(desk, content, VT_PANE_READY);
    QScrollBar *across = q_abstractscrollarea_horizontal_scroll_bar((QAbstractScrollArea *)content->widget);
    q_widget_resize(content->widget, 180, 480);
    desk_rest(desk);
    assert_int_equal(q_widget_width(content->widget), 180);
    assert_int_equal(q_abstractslider_maximum(across), 0); /* lines are broken: nothing lies beyond */
    desk_screenshot(desk, "pane-info-narrow");
    q_widget_resize(content->widget, 100, 480);
    desk_rest(desk);
    assert_int_equal(q_widget_width(content->widget), 100);
    assert_true(q_widget_is_visible(across) && q_abstractslider_maximum(across) > 0);
    desk_screenshot(desk, "pane-info-very-narrow");
    desk_destroy(desk, content);
}

/* What is done by way of any library, as commands do it. */
static void give_title(const int64_t *ids, size_t count, bool fine)
{
    vt_error error = VT_ERROR_INIT;
    vt_library *library = vt_library_create(desk->session->engine, desk->session->executor, &error);
    const vt_item_edit edit = {.kind = VT_EDIT_TITLE, .text = fine ? "Fine" : "Poor"};
    assert_non_null(library);
    assert_true(vt_library_edit_target(library, &edit, vt_edit_target_of_items(ids, count), &error));
    vt_library_free(library); /* while it is under way */
}

typedef struct words_wish {
    vt_pane_content *content;
    const char *words;
} words_wish;

static bool has_words(void *user)
{
    const words_wish *wish = user;
    vt_str text = VT_STR_INIT;
    add_words((QObject *)wish->content->widget, &text);
    bool found = strstr(text.data, wish->words) != NULL;
    vt_str_free(&text);
    return found;
}

static void what_is_done_elsewhere_is_seen_here(void **state)
{
    (void)state;
    char provider[64];
    const int64_t id = desk_item(desk, 2);
    snprintf(provider, sizeof provider, "info:%lld", (long long)id);
    vt_pane_content *content = desk_show(desk, provider);
    desk_wait_stage(desk, content, VT_PANE_READY);
    give_title(&id, 1, true);
    words_wish wish = {content, "Fine"};
    desk_wait(desk, has_words, &wish);
    give_title(&id, 1, false);
    wish.words = "Poor";
    desk_wait(desk, has_words, &wish);
    desk_destroy(desk, content);
}

static void commands_act_on_what_it_shows(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "info:");
    assert_int_equal(vt_pane_content_subject(content).count, 0);
    assert_null(vt_pane_content_chosen(content));
    const int64_t ids[] = {desk_item(desk, 3), desk_item(desk, 1)};
    content->type->select(content, ids, 2);
    desk_wait_stage(desk, content, VT_PANE_READY);
    vt_subject subject = vt_pane_content_subject(content);
    assert_int_equal(subject.count, 2);
    assert_null(subject.library);
    vt_chosen *chosen = vt_pane_content_chosen(content);
    vt_item_brief item;
    assert_int_equal(vt_chosen_count(chosen), 2);
    vt_chosen_item(chosen, 0, &item);
    assert_int_equal(item.id, ids[0]);
    vt_edit_target *target = vt_chosen_target(chosen); /* ids that ascend: it can be asked */
    assert_true(vt_edit_target_contains(target, ids[0], 0));
    assert_true(vt_edit_target_contains(target, ids[1], 0));
    assert_false(vt_edit_target_contains(target, desk_item(desk, 0), 0));
    vt_edit_target_release(target);
    content->type->follow(content, chosen); /* as a linked pane hands them on */
    desk_wait_stage(desk, content, VT_PANE_READY);
    check_says(content, "2 items");
    content->type->select(content, ids, 1);
    desk_wait_stage(desk, content, VT_PANE_READY);
    assert_int_equal(vt_pane_content_subject(content).item, ids[0]);
    content->type->clear(content);
    assert_int_equal(vt_pane_content_subject(content).count, 0);
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
        cmocka_unit_test(a_narrow_one_can_be_read),
        cmocka_unit_test(it_follows_linked_panes),
        cmocka_unit_test(what_is_done_elsewhere_is_seen_here),
        cmocka_unit_test(commands_act_on_what_it_shows),
        cmocka_unit_test(nonsense_is_told_and_ending_amid_it_is_safe),
    };
    desk = desk_create(4);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_free(desk);
    q_application_delete(application);
    return failed;
}
