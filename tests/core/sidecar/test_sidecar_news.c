/* What is new in two side-cars, field by field. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_news.h"

#include <stdlib.h>
#include <string.h>

static vt_sidecar_saying news(const vt_sidecar_values *agreed, const vt_sidecar_values *before,
                              const vt_sidecar_saying *now, vt_sidecar_name newer)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_saying theirs = {.readable = 0};
    assert_true(vt_sidecar_news(agreed, before, now, newer, &theirs, &error));
    return theirs;
}

/* All that both can have said and say, against the rule in words. */
static void a_single_value_follows_the_one_that_changed(void **state)
{
    (void)state;
    enum { AGREED = 9 };
    const vt_sidecar_values agreed = {.rating = AGREED};
    for (int all = 0; all < 3 * 3 * 3 * 3 * 2; all++) {
        int was[2] = {all % 3, all / 3 % 3}, is[2] = {all / 9 % 3, all / 27 % 3};
        vt_sidecar_name newer = all / 81;
        const vt_sidecar_values before[] = {{.rating = was[0]}, {.rating = was[1]}};
        const vt_sidecar_saying now[] = {
            {.values = {.rating = is[0]}, .readable = VT_SIDECAR_ALL_FIELDS},
            {.values = {.rating = is[1]}, .readable = VT_SIDECAR_ALL_FIELDS},
        };
        int expected = was[newer] != is[newer]           ? is[newer]
                       : was[1 - newer] != is[1 - newer] ? is[1 - newer]
                                                         : AGREED;
        vt_sidecar_saying theirs = news(&agreed, before, now, newer);
        assert_int_equal(theirs.values.rating, expected);
        assert_int_equal(theirs.readable, VT_SIDECAR_ALL_FIELDS);
        vt_sidecar_values_free(&theirs.values);
    }
}

static void what_cannot_be_read_is_said_only_where_it_is_new(void **state)
{
    (void)state;
    const uint32_t others = VT_SIDECAR_ALL_FIELDS & ~(uint32_t)VT_SIDECAR_LABEL;
    const vt_sidecar_values agreed = {.label = 2};
    const vt_sidecar_values red_before[2] = {{.label = 1}, {.label = 2}},
                            none_before[2] = {{0}, {.label = 2}};
    const vt_sidecar_saying now[2] = {{.values = {.label = 0}, .readable = others},
                                      {.values = {.label = 2}, .readable = VT_SIDECAR_ALL_FIELDS}};
    vt_sidecar_saying theirs = news(&agreed, red_before, now, VT_SIDECAR_SHORT);
    assert_int_equal(theirs.readable, others);
    vt_sidecar_values_free(&theirs.values);
    theirs = news(&agreed, none_before, now, VT_SIDECAR_LONG);
    assert_int_equal(theirs.readable, VT_SIDECAR_ALL_FIELDS);
    assert_int_equal(theirs.values.label, 2);
    vt_sidecar_values_free(&theirs.values);
}

static vt_sidecar_tags tags_of(const char *lines)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_tags tags = {0};
    assert_true(vt_sidecar_tags_add_lines(&tags, lines, &error));
    return tags;
}

static void additions_and_removals_of_both_hold(void **state)
{
    (void)state;
    static const struct {
        const char *agreed, *before[2], *now[2], *expected;
    } cases[] = {
        {"a\nb\n", {"a\nb\n", "a\n"}, {"a\nb\n", "a\n"}, "a\nb\n"},
        {"a\n", {"a\nb\n", "a\n"}, {"a\nb\n", "a\n"}, "a\n"}, /* taken away here: no news */
        {"a\nb\n", {"a\nb\n", "a\nb\n"}, {"b\n", "a\nb\nc\n"}, "b\nc\n"},
        {"a\n", {"a\n", ""}, {"", "a\n"}, "a\n"}, /* from one to the other */
        {"", {"", ""}, {"x\n", "x\ny\n"}, "x\ny\n"},
        {"Places/Rome\n", {"Places/Rome\n", ""}, {"Places/Rome\n", "Rome\nSea\n"}, "Places/Rome\nSea\n"},
        {"Rome\nPlaces/Rome\n", {"Rome\n", ""}, {"Rome\n", "Rome\n"}, "Rome\nPlaces/Rome\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_sidecar_values agreed = {.tags = tags_of(cases[i].agreed)};
        vt_sidecar_values before[2] = {{.tags = tags_of(cases[i].before[0])},
                                       {.tags = tags_of(cases[i].before[1])}};
        vt_sidecar_saying now[2] = {{.values = {.tags = tags_of(cases[i].now[0])}},
                                    {.values = {.tags = tags_of(cases[i].now[1])}}};
        vt_sidecar_tags expected = tags_of(cases[i].expected);
        vt_sidecar_saying theirs = news(&agreed, before, now, VT_SIDECAR_LONG);
        assert_true(vt_sidecar_tags_same(&theirs.values.tags, &expected));
        vt_sidecar_tags_free(&expected);
        vt_sidecar_values_free(&theirs.values);
        vt_sidecar_values_free(&agreed);
        for (int k = 0; k < 2; k++) {
            vt_sidecar_values_free(&before[k]);
            vt_sidecar_values_free(&now[k].values);
        }
    }
}

static void what_is_not_settled_is_compared_with_before(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const vt_sidecar_values before[2] = {{.rating = 3, .label = 1}, {.rating = 3, .label = 1}};
    const vt_sidecar_saying now[2] = {{.values = {.rating = 5, .label = 2}},
                                      {.values = {.rating = 4, .label = 3}}};
    vt_sidecar_values kept[2] = {{0}, {0}};
    assert_true(vt_sidecar_news_keep(before, now, VT_SIDECAR_RATING, kept, &error));
    assert_int_equal(kept[0].rating, 3);
    assert_int_equal(kept[1].rating, 3);
    assert_int_equal(kept[0].label, 2);
    assert_int_equal(kept[1].label, 3);
    vt_sidecar_values_free(&kept[0]);
    vt_sidecar_values_free(&kept[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_value_follows_the_one_that_changed),
        cmocka_unit_test(what_cannot_be_read_is_said_only_where_it_is_new),
        cmocka_unit_test(additions_and_removals_of_both_hold),
        cmocka_unit_test(what_is_not_settled_is_compared_with_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
