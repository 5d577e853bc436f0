/* core/layout/placement and base64: windows that come back onto a screen; RFC 4648's examples. */
#include "tests/support/check.h"

#include "core/layout/base64.h"
#include "core/layout/placement.h"

#include <string.h>

static void test_windows_come_back(void **state)
{
    (void)state;
    static const vt_rect screens[] = {{0, 0, 1920, 1080}, {1920, 200, 1280, 800}};
    static const struct {
        vt_rect saved, fitted;
    } cases[] = {
        {{100, 100, 800, 600}, {100, 100, 800, 600}},
        {{1850, 100, 800, 600}, {1920, 200, 800, 600}}, /* 70 pixels of its title are too few to take it by */
        {{1800, 100, 800, 600}, {1800, 100, 800, 600}}, /* 120 are enough */
        {{1800, 300, 800, 600}, {1800, 300, 800, 600}}, /* across both */
        {{100, -30, 800, 600}, {100, 0, 800, 600}},     /* its title is above the screen */
        {{100, 1070, 800, 600}, {100, 480, 800, 600}},  /* or below */
        {{5000, 300, 800, 600}, {2400, 300, 800, 600}}, /* on a screen that is gone: the nearest */
        {{-900, -900, 800, 600}, {0, 0, 800, 600}},
        {{9000, 9000, 9000, 9000}, {1920, 200, 1280, 800}}, /* no larger than that */
        {{100, 100, 0, 0}, {100, 100, 160, 120}},           /* saved with no size */
        {{0, 0, 0, 0}, {0, 0, 0, 0}},                       /* never placed */
        {{-1000000, 1000000, 1000000, 1000000}, {0, 0, 1920, 1080}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_rect found = vt_placement_fit(cases[i].saved, screens, 2);
        if (!vt_rect_equal(found, cases[i].fitted)) {
            fail_msg("%zu: %d, %d, %d x %d", i, found.x, found.y, found.width, found.height);
        }
    }
    const vt_rect anywhere = {5000, 5000, 10, 10};
    assert_true(vt_rect_equal(vt_placement_fit(anywhere, NULL, 0), anywhere));
}

static void test_base64(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text;
    } examples[] = {{"", ""},
                    {"f", "Zg=="},
                    {"fo", "Zm8="},
                    {"foo", "Zm9v"},
                    {"foob", "Zm9vYg=="},
                    {"fooba", "Zm9vYmE="},
                    {"foobar", "Zm9vYmFy"},
                    {"\xFB\xFF", "+/8="}};
    vt_str text = VT_STR_INIT, bytes = VT_STR_INIT;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        vt_str_clear(&text);
        vt_str_clear(&bytes);
        vt_base64_append(&text, examples[i].bytes, strlen(examples[i].bytes));
        assert_string_equal(text.data, examples[i].text);
        assert_true(vt_base64_decode(text.data, text.length, &bytes));
        assert_int_equal(bytes.length, strlen(examples[i].bytes));
        assert_memory_equal(bytes.data, examples[i].bytes, bytes.length);
    }
    static const char *const bad[] = {"A",     "AA",   "AAA",  "====", "A===",    "AA=A",
                                      "AAA\n", "AB==", "AAB=", "A A=", "Zg==Zg=="};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (vt_base64_decode(bad[i], strlen(bad[i]), &bytes)) {
            fail_msg("taken: %s", bad[i]);
        }
    }
    vt_str_free(&text);
    vt_str_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_windows_come_back),
                                       cmocka_unit_test(test_base64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
