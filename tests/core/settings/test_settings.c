/* The table of settings: complete, consistent, and the same as the limits it stands for. */
#include "tests/support/check.h"

#include "core/settings/settings.h"

#include <string.h>

static void the_table_is_complete_and_its_values_lie_in_their_ranges(void **state)
{
    (void)state;
    const char *group = "";
    int groups = 0;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        const vt_setting_info *info = vt_setting_get((vt_setting)i);
        vt_setting found;
        int64_t value;
        char text[VT_SETTING_TEXT_SIZE];
        assert_non_null(info->name);
        assert_true(strlen(info->title) > 3 && strlen(info->help) > 10 && info->unit);
        assert_true(info->least <= info->standard && info->standard <= info->most);
        assert_true(vt_setting_find(info->name, &found, NULL));
        assert_int_equal(found, i);
        vt_setting_format((vt_setting)i, info->standard, text);
        assert_true(vt_setting_parse((vt_setting)i, text, &value, NULL));
        assert_int_equal(value, info->standard);
        assert_int_equal(info->type == VT_SETTING_CHOICE, info->words != NULL);
        groups += strcmp(group, info->group) != 0;
        group = info->group;
    }
    assert_int_equal(groups, 6); /* each stands together */
    const vt_settings settings = vt_settings_default();
    assert_true(vt_settings_check(&settings, NULL, NULL, NULL));
}

static void standard_values_are_those_of_the_parts_they_are_for(void **state)
{
    (void)state;
    const vt_settings settings = vt_settings_default();
    const vt_limits limits = vt_settings_limits(&settings);
    const vt_limits *standard = &vt_limits_default;
    assert_int_equal(limits.max_side, standard->max_side);
    assert_int_equal(limits.max_scans, standard->max_scans);
    assert_int_equal(limits.max_pixels, standard->max_pixels);
    assert_int_equal(limits.max_pixels_scaled, standard->max_pixels_scaled);
    assert_int_equal(limits.max_image_bytes, standard->max_image_bytes);
    assert_int_equal(limits.max_model_bytes, standard->max_model_bytes);
    assert_int_equal(limits.max_triangles, standard->max_triangles);
    assert_int_equal(limits.max_memory, standard->max_memory);
    assert_int_equal(limits.wall_ns, standard->wall_ns);
    assert_int_equal(limits.wall_ns_per_mib, standard->wall_ns_per_mib);
    assert_int_equal(limits.wall_ns_cap, standard->wall_ns_cap);
    const vt_memory_limits memory = vt_settings_memory(&settings);
    assert_int_equal(memory.soft, VT_MEMORY_SOFT_LIMIT);
    assert_int_equal(memory.hard, VT_MEMORY_HARD_LIMIT);
    vt_settings least = settings;
    for (int i = VT_SETTING_MEMORY_SOFT; i <= VT_SETTING_MEMORY_HARD; i++) {
        least.values[i] = vt_setting_get((vt_setting)i)->least;
    }
    const vt_memory_limits smallest = vt_settings_memory(&least);
    assert_true(vt_memory_limits_check(&smallest, NULL)); /* what is in range is taken */
}

static void names_that_are_none_are_refused(void **state)
{
    (void)state;
    vt_setting which;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_setting_find("limits.pixel", &which, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "'limits.pixel'"));
    assert_non_null(strstr(error.message, "config list"));
}

static void texts_that_are_no_value_are_refused_with_the_range(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    "x",     "12x", "1.5",  "-1", " 5",
                                      "0x9", "99999", "0",   "5 MB", "+5", "99999999999999999999",
                                      "yes", "1e3",   "\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_setting_parse(VT_SETTING_LIMIT_PIXELS, bad[i], &value, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_non_null(strstr(error.message, "limits.pixels"));
        assert_non_null(strstr(error.message, "from 1 to 4000, in megapixels"));
    }
    int64_t value;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_setting_parse(VT_SETTING_LOAD_AHEAD, "1", &value, &error));
    assert_non_null(strstr(error.message, "yes or no"));
    assert_true(vt_setting_parse(VT_SETTING_LOAD_AHEAD, "no", &value, &error));
    assert_int_equal(value, 0);
}

static void a_choice_is_one_of_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        const vt_setting_info *info = vt_setting_get((vt_setting)i);
        int64_t count = 0;
        while (info->words && info->words[count]) {
            char text[VT_SETTING_TEXT_SIZE];
            int64_t value = -1;
            vt_setting_format((vt_setting)i, count, text);
            assert_string_equal(text, info->words[count]);
            assert_true(vt_setting_parse((vt_setting)i, text, &value, NULL));
            assert_int_equal(value, count++);
        }
        if (info->type == VT_SETTING_CHOICE) {
            assert_int_equal(info->least, 0);
            assert_int_equal(info->most, count - 1);
        }
    }
}

static void words_that_are_no_choice_are_refused_with_those_that_are(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "Read", "rea", "reads", "1", " read", "yes", "\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value = 7;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_setting_parse(VT_SETTING_SHARED_THUMBS, bad[i], &value, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_int_equal(value, 7);
        assert_non_null(strstr(error.message, "thumbnails.shared takes off, read or write, not '"));
    }
    static const int64_t beyond[] = {-1, 3, INT64_MAX, INT64_MIN}; /* no word: and none that would be taken */
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
        char text[VT_SETTING_TEXT_SIZE];
        int64_t value;
        vt_setting_format(VT_SETTING_SHARED_THUMBS, beyond[i], text);
        assert_false(vt_setting_parse(VT_SETTING_SHARED_THUMBS, text, &value, NULL));
    }
}

static void values_that_contradict_each_other_are_found(void **state)
{
    (void)state;
    vt_settings settings = vt_settings_default();
    vt_setting low = VT_SETTING_COUNT, high = VT_SETTING_COUNT;
    vt_error error = VT_ERROR_INIT;
    settings.values[VT_SETTING_LIMIT_TIME] = 61;
    assert_false(vt_settings_check(&settings, &low, &high, &error));
    assert_int_equal(low, VT_SETTING_LIMIT_TIME);
    assert_int_equal(high, VT_SETTING_LIMIT_TIME_MAX);
    assert_non_null(strstr(error.message, "limits.time (61 s)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete_and_its_values_lie_in_their_ranges),
        cmocka_unit_test(standard_values_are_those_of_the_parts_they_are_for),
        cmocka_unit_test(names_that_are_none_are_refused),
        cmocka_unit_test(texts_that_are_no_value_are_refused_with_the_range),
        cmocka_unit_test(a_choice_is_one_of_its_words),
        cmocka_unit_test(words_that_are_no_choice_are_refused_with_those_that_are),
        cmocka_unit_test(values_that_contradict_each_other_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
