/* The manual: every page is there, every link of it leads somewhere, and its tables are those of the program.
 */
#include "tests/support/check.h"

#include "tests/app/ui/panes/pane_desk.h"

#include "app/ui/keys/keys.h"
#include "app/ui/panes/manual.h"
#include "app/ui/panes/manual_shelf.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qscrollbar.h>
#include <qt6c/qurl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pane_desk *desk;

static QTextBrowser *browser_of(const vt_pane_content *content)
{
    return (QTextBrowser *)q_widget_focus_proxy(content->widget);
}

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

/* ---- other languages ---- */

/* What a page consists of: its headings, lists, tables, links, tables of the program, and what is code; the
   words between them are the translator's. */
static void outline(const char *text, vt_str *out)
{
    static const char *const words[] = {"<b>", "</b>", "<i>", "</i>"};
    bool is_code = false;
    for (const char *at = text; *at;) {
        size_t length = 1;
        bool is_word = false;
        if (*at == '<' || strncmp(at, "{{", 2) == 0) {
            const char *end = strstr(at, *at == '<' ? ">" : "}}");
            assert_non_null(end);
            length = (size_t)(end - at) + (*at == '<' ? 1 : 2);
            for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
                is_word = is_word || strncmp(at, words[i], strlen(words[i])) == 0;
            }
            is_code = strncmp(at, "<code>", 6) == 0 || strncmp(at, "<pre>", 5) == 0 ||
                      (is_code && strncmp(at, "</code>", 7) != 0 && strncmp(at, "</pre>", 6) != 0);
        } else {
            is_word = !is_code;
        }
        vt_str_append(out, at, is_word ? 0 : length);
        at += length;
    }
}

static const vt_manual_page *page_in(const char *language, const char *name)
{
    for (const vt_manual_page *page = vt_manual_pages; page->name; page++) {
        if (strcmp(page->language, language) == 0 && strcmp(page->name, name) == 0) {
            return page;
        }
    }
    return NULL;
}

static void every_page_has_its_like_in_german(void **state)
{
    (void)state;
    int english = 0;
    int german = 0;
    for (const vt_manual_page *page = vt_manual_pages; page->name; page++) {
        german += strcmp(page->language, "de") == 0;
        if (strcmp(page->language, "en") != 0) {
            continue;
        }
        english++;
        const vt_manual_page *other = page_in("de", page->name);
        if (!other) {
            fail_msg("assets/manual/de has no %s.html", page->name);
        }
        vt_str here = VT_STR_INIT;
        vt_str there = VT_STR_INIT;
        outline(page->text, &here);
        outline(other->text, &there);
        if (strcmp(here.data, there.data) != 0) {
            print_error("%s:\n%s\n%s\n", page->name, here.data, there.data);
        }
        assert_string_equal(here.data, there.data);
        vt_str_free(&here);
        vt_str_free(&there);
    }
    assert_int_equal(english, german);
}

/* Translations that know nothing but whose pages they want. */
static const char *wanted;

static char *translate(const char *context, const char *text, int64_t count)
{
    (void)count;
    return strcmp(context, "manual") == 0 && strcmp(text, "en") == 0 ? strdup(wanted) : NULL;
}

static void check_title(const char *name, const char *expected)
{
    vt_str title = VT_STR_INIT;
    vt_manual_title(name, &title);
    assert_string_equal(title.data, expected);
    vt_str_free(&title);
}

static void pages_come_in_the_language_of_the_window(void **state)
{
    (void)state;
    check_title("browsing", "Browsing");
    vt_tr_set_source(translate);
    wanted = "de";
    check_title("browsing", "St\u00f6bern");
    check_has("browsing", "Seitenleiste");
    check_has("keys", "Ctrl+O");
    check_has("index", "href=\"help:keys\"");
    vt_pane_content *content = desk_show(desk, "help:workspaces");
    desk_screenshot(desk, "pane-help-german");
    desk_destroy(desk, content);
    vt_tr_set_source(NULL);
    check_title("browsing", "Browsing");
}

static void a_language_without_pages_has_english_ones(void **state)
{
    (void)state;
    vt_tr_set_source(translate);
    wanted = "xx";
    check_title("browsing", "Browsing");
    check_title("", "Vitrine");
    check_title("nothing-such", "");
    vt_tr_set_source(NULL);
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
    q_textbrowser_anchor_clicked(browser_of(content), &link);
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

static size_t pages_read(void)
{
    size_t read, idle;
    vt_manual_shelf_count(&read, &idle);
    return read;
}

static size_t pages_idle(void)
{
    size_t read, idle;
    vt_manual_shelf_count(&read, &idle);
    return idle;
}

static void follow(const vt_pane_content *content, const char *target)
{
    QUrl link;
    q_url_init_string_parsingmode(&link, target);
    q_textbrowser_anchor_clicked(browser_of(content), &link);
    q_url_fini(&link);
}

static void a_page_that_was_read_is_shown_as_it_is(void **state)
{
    (void)state;
    vt_pane_content *content = desk_show(desk, "help:filter");
    size_t read = pages_read();
    assert_true(content->type->bytes(content) > 0);
    content->type->clear(content);
    assert_int_equal(content->type->bytes(content), 0);
    assert_null(browser_of(content));
    assert_int_equal(pages_idle(), 1);
    for (int i = 0; i < 10; i++) {
        content->type->show(content, "filter");
        assert_int_equal(content->stage, VT_PANE_READY);
        content->type->clear(content);
        content->type->show(content, "queries");
        follow(content, "help:filter");
        content->type->clear(content);
    }
    assert_int_equal(pages_read(), read + 1); /* "queries" */
    assert_int_equal(pages_idle(), 2);

    /* Two at once are two. */
    content->type->show(content, "filter");
    vt_pane_content *other = desk_show(desk, "help:filter");
    assert_int_equal(pages_read(), read + 2);
    assert_ptr_not_equal(browser_of(content), browser_of(other));
    char *text = q_textedit_to_plain_text(browser_of(other));
    assert_non_null(strstr(text, "watertight"));
    free(text);
    desk_destroy(desk, other);

    /* Whoever had read on finds the begin, and the shelf is never longer than it may be. */
    for (const vt_manual_page *page = vt_manual_pages; page->name; page++) {
        content->type->show(content, page->name);
        desk_pump(desk);
        QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(browser_of(content));
        assert_int_equal(q_abstractslider_value(bar), 0);
        q_abstractslider_set_value(bar, 1000);
        assert_true(pages_idle() <= VT_MANUAL_SHELF_MAX);
    }
    assert_int_equal(pages_idle(), VT_MANUAL_SHELF_MAX);
    content->type->show(content, "filter");
    follow(content, "https://example.org/");
    assert_string_equal(desk_title(content), "The filter language");
    desk_destroy(desk, content);
    assert_int_equal(pages_idle(), 0);
}

/* Whose markup in the document has changed is seen in the colours of its links. */
static void colours_are_followed_where_one_reads(void **state)
{
    (void)state;
    vt_pane_content *kept = desk_show(desk, "help:index");
    kept->type->clear(kept);
    q_widget_hide(kept->widget);
    vt_pane_content *seen = desk_show(desk, "help:workspaces");
    desk_pump(desk);
    QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(browser_of(seen));
    assert_true(q_abstractslider_maximum(bar) > 60);
    q_abstractslider_set_value(bar, 60);
    char *before = q_textedit_to_html(browser_of(seen));
    size_t read = pages_read();
    vt_theme_apply(vt_theme_current()->dark ? VT_THEME_LIGHT : VT_THEME_DARK);
    desk_pump(desk);
    assert_int_equal(pages_read(), read + 1); /* what lies on the shelf waits */
    char *after = q_textedit_to_html(browser_of(seen));
    assert_string_not_equal(before, after);
    if (q_abstractslider_value(bar) != 60) {
        print_error("at %d of %d\n", q_abstractslider_value(bar), q_abstractslider_maximum(bar));
    }
    assert_int_equal(q_abstractslider_value(bar), 60);
    kept->type->show(kept, "index");
    assert_int_equal(pages_read(), read + 2);
    free(before);
    free(after);
    desk_destroy(desk, kept);
    desk_destroy(desk, seen);
}

/* States are brought back before a pane gives its content a size. */
static void the_place_that_was_read_comes_back(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const vt_pane_type *type = vt_pane_type_of("help:keys", NULL);
    vt_pane_content *content = type->create(&desk->context, &error);
    type->show(content, "queries");
    type->restore(content, "90 keys", 7);
    desk_place(desk, content);
    desk_pump(desk);
    QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(browser_of(content));
    assert_int_equal(q_abstractslider_value(bar), 90);
    size_t length;
    char *saved = type->save(content, &length);
    assert_memory_equal(saved, "90 keys", 7);
    free(saved);
    desk_destroy(desk, content);
}

int main(int argc, char **argv)
{
    QApplication *application = q_application_new(&argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_whole_and_their_links_lead_somewhere),
        cmocka_unit_test(tables_are_those_of_the_program),
        cmocka_unit_test(a_page_is_shown_and_links_lead_on),
        cmocka_unit_test(every_page_has_its_like_in_german),
        cmocka_unit_test(a_language_without_pages_has_english_ones),
        cmocka_unit_test(pages_come_in_the_language_of_the_window),
        cmocka_unit_test(a_page_that_was_read_is_shown_as_it_is),
        cmocka_unit_test(colours_are_followed_where_one_reads),
        cmocka_unit_test(the_place_that_was_read_comes_back),
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
