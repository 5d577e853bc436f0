/* The manual: every page is there, every link of it leads somewhere, and its tables are those of the program.
 */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"

#include "app/ui/keys/keys.h"
#include "app/ui/panes/manual.h"

#include <qt6c/qurl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pane_desk *desk;

static void pages_are_whole_and_their_links_lead_somewhere(void **state)
{
    (void)state;
    size_t count = 0;
    for (const vt_manual_page *page = vt_manual_pages; page->name; page++, count++) {
        vt_str html = VT_STR_INIT;
        vt_str title = VT_STR_INIT;
        vt_error error = VT_ERROR_INIT;
        assert_true(vt_manual_write(page->name, &html, &error));
        assert_null(strstr(html.data, "{{"));
        assert_true(vt_utf8_valid(html.data, html.length));
        vt_manual_title(page->name, &title);
        assert_true(title.length > 0);
        for (const char *at = html.data; (at = strstr(at, "href=\"help:")); at++) {
            char name[64];
            vt_str other = VT_STR_INIT;
            assert_int_equal(sscanf(at, "href=\"help:%63[^\"]\"", name), 1);
            if (!vt_manual_write(name, &other, &error)) {
                print_error("%s: %s\n", page->name, error.message);
            }
            assert_int_equal(error.code, VT_ERROR_NONE);
            vt_str_free(&other);
        }
        vt_str_free(&html);
        vt_str_free(&title);
    }
    assert_true(count >= 8);
}

static void check_has(const char *page, const char *words)
{
    vt_str html = VT_STR_INIT;
    assert_true(vt_manual_write(page, &html, NULL));
    if (!strstr(html.data, words)) {
        print_error("%s lacks %s\n", page, words);
    }
    assert_non_null(strstr(html.data, words));
    vt_str_free(&html);
}

static void tables_are_those_of_the_program(void **state)
{
    (void)state;
    check_has("filter", "<code>watertight</code>");
    check_has("filter", "image, model, sequence, unknown");
    check_has("keys", "Ctrl+O");
    check_has("workspaces", "browse:folder|filter");
    check_has("queries", "<code>item_id</code>");
    check_has("queries", "<code>group_concat</code>");
}

static void a_page_is_shown_and_links_lead_on(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "help:");
    assert_int_equal(content->stage, VT_PANE_READY);
    assert_string_equal(desk_title(content), "Vitrine");
    desk_screenshot(desk, "pane-help");
    QUrl link;
    q_url_init_string_parsingmode(&link, "help:queries");
    q_textbrowser_anchor_clicked((QTextBrowser *)content->widget, &link);
    q_url_fini(&link);
    assert_string_equal(desk_title(content), "Queries");
    desk_screenshot(desk, "pane-help-queries");
    size_t length = 0;
    char *saved = content->type->save(content, &length);
    content->type->show(content, "keys");
    desk_screenshot(desk, "pane-help-keys");
    content->type->restore(content, saved, length);
    assert_string_equal(desk_title(content), "Queries");
    content->type->restore(content, "7 no such page", 14);
    content->type->restore(content, "", 0);
    assert_string_equal(desk_title(content), "Queries");
    free(saved);
    content->type->clear(content);
    assert_int_equal(content->stage, VT_PANE_EMPTY);
    content->type->show(content, "nothing-such");
    assert_int_equal(content->stage, VT_PANE_FAILED);
    assert_int_equal(content->error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(content->error.message, "nothing-such"));
    desk_destroy(desk, content);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_whole_and_their_links_lead_somewhere),
        cmocka_unit_test(tables_are_those_of_the_program),
        cmocka_unit_test(a_page_is_shown_and_links_lead_on),
    };
    vt_error error = VT_ERROR_INIT;
    vt_keys_begin(&error);
    desk = desk_create(1);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_free(desk);
    vt_keys_end();
    q_application_delete(application);
    return failed;
}
