/* Texts in another language, and plurals that have other forms than English. */
#include "tests/support/check.h"

#include "app/ui/parts/translate.h"

#include <stdlib.h>
#include <string.h>

static int asked;

/* A language of three forms: one, few (2 to 4), many. */
static char *source(const char *context, const char *text, int64_t count)
{
    asked++;
    if (strcmp(context, "menu") == 0 && strcmp(text, "Open") == 0) {
        return strdup("\u00d6ffnen");
    }
    if (strcmp(text, "%n items") == 0) {
        int64_t last = count % 100;
        return strdup(last == 1 ? "%n jedna" : last >= 2 && last <= 4 ? "%n malo" : "%n mnogo");
    }
    if (strcmp(text, "%1 of %2") == 0) {
        return strdup("%2 %, %1%"); /* the other way round, and signs that are no places */
    }
    return strcmp(text, "broken %1") == 0 ? strdup("no place for it") : NULL;
}

static int begin(void **state)
{
    (void)state;
    asked = 0;
    vt_tr_set_source(source);
    return 0;
}

static int end(void **state)
{
    (void)state;
    vt_tr_set_source(NULL);
    return 0;
}

static void what_is_not_translated_stays_as_it_is(void **state)
{
    (void)state;
    static const char text[] = "Close";
    assert_ptr_equal(vt_tr("menu", text), text);
    assert_string_equal(vt_tr("menu", "Open"), "\u00d6ffnen");
    assert_string_equal(vt_tr("window", "Open"), "Open"); /* another context */
}

static void each_text_is_asked_for_once_and_stays_valid(void **state)
{
    (void)state;
    const char *first = vt_tr("menu", "Open");
    for (int i = 0; i < 2000; i++) { /* the table grows meanwhile */
        char text[16];
        snprintf(text, sizeof text, "text %d", i);
        vt_tr("menu", text);
    }
    assert_int_equal(asked, 2001);
    assert_ptr_equal(vt_tr("menu", "Open"), first);
    assert_string_equal(vt_tr("menu", "text 7"), "text 7");
    assert_int_equal(asked, 2001);
}

static void texts_without_end_do_not_fill_the_memory(void **state)
{
    (void)state;
    for (int i = 0; i < 40000; i++) {
        char text[16];
        snprintf(text, sizeof text, "text %d", i);
        assert_string_equal(vt_tr("menu", text), text);
    }
    assert_true(asked < 20000);
}

static void expect(int64_t count, const char *expected)
{
    vt_str text = VT_STR_INIT;
    vt_tr_append_count(&text, "window", "%n item", "%n items", count);
    assert_string_equal(text.data, expected);
    vt_str_free(&text);
}

static void plurals_follow_the_language(void **state)
{
    (void)state;
    expect(1, "1 jedna");
    expect(3, "3 malo");
    expect(5, "5 mnogo");
    expect(1000001, "1,000,001 jedna");
    expect(1000003, "1,000,003 malo");
    vt_tr_set_source(NULL);
    expect(1, "1 item");
    expect(0, "0 items");
    expect(1234567, "1,234,567 items");
}

static void values_stand_where_the_translation_wants_them(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_tr_append_with(&text, "window", "from %1 on", "100%n %1");
    vt_tr_append_with(&text, "window", ", broken %1", "x");
    assert_string_equal(text.data, "from 100%n %1 on, broken x");
    vt_str_clear(&text);
    vt_tr_append_with(&text, "window", "broken %1", "x");
    assert_string_equal(text.data, "no place for it");
    vt_str_free(&text);
}

static void two_values_stand_in_the_order_of_the_language(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_tr_append_both(&text, "window", "%1 of %2", "%2", "9");
    assert_string_equal(text.data, "9 %, %2%");
    vt_str_clear(&text);
    vt_tr_append_both(&text, "window", "from %1 to %2 or %1", "a", "b");
    assert_string_equal(text.data, "from a to b or a");
    vt_str_free(&text);
}

#define TRANSLATION_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TRANSLATION_TEST(what_is_not_translated_stays_as_it_is),
        TRANSLATION_TEST(each_text_is_asked_for_once_and_stays_valid),
        TRANSLATION_TEST(texts_without_end_do_not_fill_the_memory),
        TRANSLATION_TEST(plurals_follow_the_language),
        TRANSLATION_TEST(values_stand_where_the_translation_wants_them),
        TRANSLATION_TEST(two_values_stand_in_the_order_of_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
