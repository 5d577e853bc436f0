/* Whom a value follows, by what both had when they were last the same. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_merge.h"

#include <stdlib.h>
#include <string.h>

static vt_sidecar_values make(int rating, int label, const char *title, const char *tag, const char *other)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_values values = {.rating = rating, .label = label, .title = title ? strdup(title) : NULL};
    assert_true(!tag || vt_sidecar_tags_add(&values.tags, tag, &error));
    assert_true(!other || vt_sidecar_tags_add(&values.tags, other, &error));
    return values;
}

static vt_sidecar_merged merge(vt_sidecar_values agreed, vt_sidecar_values ours, vt_sidecar_values theirs,
                               uint32_t readable)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_merged merged;
    assert_true(vt_sidecar_merge(&agreed, &ours, &theirs, readable, &merged, &error));
    vt_sidecar_values_free(&agreed);
    vt_sidecar_values_free(&ours);
    vt_sidecar_values_free(&theirs);
    return merged;
}

/* All that two of three values can be, against the rule in words. */
static void a_single_value_follows_who_changed_it(void **state)
{
    (void)state;
    for (int agreed = 0; agreed < 4; agreed++) {
        for (int ours = 0; ours < 4; ours++) {
            for (int theirs = 0; theirs < 4; theirs++) {
                vt_sidecar_merged m =
                    merge((vt_sidecar_values){.rating = agreed}, (vt_sidecar_values){.rating = ours},
                          (vt_sidecar_values){.rating = theirs}, VT_SIDECAR_ALL_FIELDS);
                bool conflict = ours != agreed && theirs != agreed && ours != theirs;
                int now = ours == agreed ? theirs : ours;
                assert_int_equal(m.conflicts, conflict ? VT_SIDECAR_RATING : 0);
                assert_int_equal(m.now.rating, now);
                assert_int_equal(m.taken, now != ours ? VT_SIDECAR_RATING : 0);
                assert_int_equal(m.ahead, now != theirs && !conflict ? VT_SIDECAR_RATING : 0);
                assert_int_equal(m.agreed.rating, conflict ? agreed : theirs);
                vt_sidecar_merged_free(&m);
            }
        }
    }
}

static void fields_are_judged_one_by_one(void **state)
{
    (void)state;
    vt_sidecar_merged m = merge(make(3, 1, "First", NULL, NULL), make(5, 1, "First", NULL, NULL),
                                make(3, 2, "Second", NULL, NULL), VT_SIDECAR_ALL_FIELDS);
    assert_int_equal(m.conflicts, 0);
    assert_int_equal(m.taken, VT_SIDECAR_LABEL | VT_SIDECAR_TITLE);
    assert_int_equal(m.ahead, VT_SIDECAR_RATING);
    assert_int_equal(m.now.rating, 5);
    assert_int_equal(m.now.label, 2);
    assert_string_equal(m.now.title, "Second");
    vt_sidecar_merged_free(&m);
}

static void of_tags_both_sides_additions_and_removals_hold(void **state)
{
    (void)state;
    vt_sidecar_merged m =
        merge(make(0, 0, NULL, "kept", "gone there"), make(0, 0, NULL, "gone there", "new here"),
              make(0, 0, NULL, "kept", "new there"), VT_SIDECAR_ALL_FIELDS);
    assert_int_equal(m.conflicts, 0);
    assert_int_equal(m.now.tags.count, 2); /* "kept" was taken away here, "gone there" in the side-car */
    assert_true(vt_sidecar_tags_has(&m.now.tags, "new here"));
    assert_true(vt_sidecar_tags_has(&m.now.tags, "new there"));
    assert_int_equal(m.taken, VT_SIDECAR_TAGS);
    assert_int_equal(m.ahead, VT_SIDECAR_TAGS);
    assert_true(vt_sidecar_tags_has(&m.agreed.tags, "kept")); /* as the file says, until it is written */
    vt_sidecar_merged_free(&m);
}

static void what_cannot_be_read_is_overwritten_by_the_user_alone(void **state)
{
    (void)state;
    const uint32_t readable = VT_SIDECAR_ALL_FIELDS & ~(uint32_t)VT_SIDECAR_RATING;
    vt_sidecar_merged m = merge(make(0, 0, NULL, NULL, NULL), make(0, 0, "Mine", NULL, NULL),
                                make(0, 0, NULL, NULL, NULL), readable);
    assert_int_equal(m.ahead, VT_SIDECAR_TITLE);
    vt_sidecar_merged_free(&m);
    m = merge(make(0, 0, NULL, NULL, NULL), make(2, 0, NULL, NULL, NULL), make(0, 0, NULL, NULL, NULL),
              readable);
    assert_int_equal(m.ahead, VT_SIDECAR_RATING);
    assert_int_equal(m.conflicts, 0);
    vt_sidecar_merged_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_value_follows_who_changed_it),
        cmocka_unit_test(fields_are_judged_one_by_one),
        cmocka_unit_test(of_tags_both_sides_additions_and_removals_hold),
        cmocka_unit_test(what_cannot_be_read_is_overwritten_by_the_user_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
