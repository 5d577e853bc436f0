/* Keys in one form, lists of them, and what is in conflict where. */
#include "tests/support/check.h"

#include "app/ui/keys/keymap.h"

#include <string.h>

enum { OPEN, LARGER, NEXT, PLAY, COUNT };

static const vt_keymap_entry entries[COUNT] = {
    [OPEN] = {"item.open", VT_KEYS_LIBRARY, "Return; Enter"},
    [LARGER] = {"view.larger", VT_KEYS_CARDS, "Ctrl++; Ctrl+="},
    [NEXT] = {"viewer.next", VT_KEYS_IMAGE | VT_KEYS_MODEL, "Right; Space"},
    [PLAY] = {"sequence.play", VT_KEYS_SEQUENCE, "Space"},
};

static vt_keymap *make(void)
{
    vt_error error = VT_ERROR_INIT;
    vt_keymap *map = vt_keymap_create(entries, COUNT, &error);
    if (!map) {
        fail_msg("%s", error.message);
    }
    return map;
}

static void equal_keys_are_written_alike(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"ctrl+shift+p", "Ctrl+Shift+P"},
        {"Shift+Ctrl+P", "Ctrl+Shift+P"},
        {"F11", "F11"},
        {"f35", "F35"},
        {"pgdown", "PgDown"},
        {"+", "+"},
        {"Ctrl++", "Ctrl++"},
        {"Ctrl+;", "Ctrl+;"},
        {"shift+alt+ctrl+meta+volume mute", "Meta+Ctrl+Alt+Shift+Volume Mute"},
        {"\u00e4", "\u00e4"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char key[VT_KEY_SIZE];
        assert_true(vt_key_normalize(pairs[i][0], strlen(pairs[i][0]), key, NULL));
        assert_string_equal(key, pairs[i][1]);
    }
}

static void what_is_no_key_is_refused_with_what_to_write(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "Crtl+X", "Ctrl+", "F36", "F0", "Ctrl+Foo", " ", "+X", "Ctrl+Ctrl"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_error error = VT_ERROR_INIT;
        char key[VT_KEY_SIZE];
        if (vt_key_normalize(bad[i], strlen(bad[i]), key, &error)) {
            fail_msg("'%s' was taken for '%s'", bad[i], key);
        }
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_non_null(strstr(error.message, "Ctrl+Shift+P"));
    }
}

static void lists_are_parted_even_around_a_semicolon(void **state)
{
    (void)state;
    vt_keymap *map = make();
    assert_true(vt_keymap_set(map, OPEN, "Ctrl+;; a;  ;", NULL));
    assert_string_equal(vt_keymap_keys(map, OPEN), "Ctrl+;; A; ;");
    assert_true(vt_keymap_set(map, OPEN, "", NULL));
    assert_string_equal(vt_keymap_keys(map, OPEN), "");
    vt_keymap_free(map);
}

static void keys_are_added_removed_and_reset(void **state)
{
    (void)state;
    vt_keymap *map = make();
    assert_true(vt_keymap_is_standard(map, LARGER));
    assert_true(vt_keymap_add(map, LARGER, "F7", NULL));
    assert_true(vt_keymap_add(map, LARGER, "f7", NULL));
    assert_string_equal(vt_keymap_keys(map, LARGER), "Ctrl++; Ctrl+=; F7");
    assert_false(vt_keymap_is_standard(map, LARGER));
    vt_keymap_remove(map, LARGER, "ctrl++");
    vt_keymap_remove(map, LARGER, "F12");
    assert_string_equal(vt_keymap_keys(map, LARGER), "Ctrl+=; F7");
    vt_keymap_reset(map, LARGER);
    assert_string_equal(vt_keymap_keys(map, LARGER), "Ctrl++; Ctrl+=");
    vt_keymap_free(map);
}

static void a_fifth_key_and_nonsense_change_nothing(void **state)
{
    (void)state;
    vt_keymap *map = make();
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_keymap_set(map, OPEN, "A; B; C; D", NULL));
    assert_false(vt_keymap_add(map, OPEN, "E", &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_keymap_set(map, OPEN, "F; Crtl+X", NULL));
    assert_string_equal(vt_keymap_keys(map, OPEN), "A; B; C; D");
    vt_keymap_free(map);
}

/* All keys at their longest. */
static void the_longest_keys_fit(void **state)
{
    (void)state;
    vt_keymap *map = make();
    assert_true(vt_keymap_set(map, OPEN,
                              "Meta+Ctrl+Alt+Shift+Media Previous; Meta+Ctrl+Alt+Shift+Volume Down; "
                              "Meta+Ctrl+Alt+Shift+Media Pause; Meta+Ctrl+Alt+Shift+Media Next",
                              NULL));
    assert_non_null(strstr(vt_keymap_keys(map, OPEN), "Shift+Media Next"));
    vt_keymap_free(map);
}

static void the_same_key_conflicts_only_where_both_hold(void **state)
{
    (void)state;
    vt_keymap *map = make();
    assert_int_equal(vt_keymap_conflict(map, NEXT, "Space", 0), -1);
    assert_int_equal(vt_keymap_conflict(map, OPEN, "Space", 0), -1);
    assert_int_equal(vt_keymap_conflict(map, LARGER, "return", 0), OPEN);
    assert_int_equal(vt_keymap_conflict(map, LARGER, "return", OPEN + 1), -1);
    assert_int_equal(vt_keymap_find(map, VT_KEYS_SEQUENCE, "Space"), PLAY);
    assert_int_equal(vt_keymap_find(map, VT_KEYS_MODEL, "Space"), NEXT);
    assert_int_equal(vt_keymap_find(map, VT_KEYS_TABLE, "Space"), -1);
    vt_keymap_free(map);
}

static void taking_over_leaves_no_conflict(void **state)
{
    (void)state;
    vt_keymap *map = make();
    assert_true(vt_keymap_take_over(map, LARGER, "Return", NULL));
    assert_string_equal(vt_keymap_keys(map, OPEN), "Enter");
    assert_string_equal(vt_keymap_keys(map, LARGER), "Ctrl++; Ctrl+=; Return");
    assert_int_equal(vt_keymap_conflict(map, LARGER, "Return", 0), -1);
    vt_keymap_free(map);
}

static void entries_are_found_by_name(void **state)
{
    (void)state;
    vt_keymap *map = make();
    assert_int_equal(vt_keymap_named(map, "sequence.play"), PLAY);
    assert_int_equal(vt_keymap_named(map, "sequence"), -1);
    assert_int_equal(vt_keymap_count(map), COUNT);
    vt_keymap_free(map);
}

static void a_table_with_a_wrong_key_is_refused(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const vt_keymap_entry bad = {"x", VT_KEYS_EVERYWHERE, "Controll+A"};
    assert_null(vt_keymap_create(&bad, 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_keys_are_written_alike),
        cmocka_unit_test(what_is_no_key_is_refused_with_what_to_write),
        cmocka_unit_test(lists_are_parted_even_around_a_semicolon),
        cmocka_unit_test(keys_are_added_removed_and_reset),
        cmocka_unit_test(a_fifth_key_and_nonsense_change_nothing),
        cmocka_unit_test(the_longest_keys_fit),
        cmocka_unit_test(the_same_key_conflicts_only_where_both_hold),
        cmocka_unit_test(taking_over_leaves_no_conflict),
        cmocka_unit_test(entries_are_found_by_name),
        cmocka_unit_test(a_table_with_a_wrong_key_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
