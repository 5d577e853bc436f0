#include "tests/support/check.h"

#include "core/sequence/sequence_ranges.h"
#include "tests/support/failing_memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static vt_sequence_ranges read_list(const char *text)
{
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sequence_ranges_parse(text, strlen(text), &ranges, NULL, &error)) {
        fail_msg("\"%s\": %s", text, error.message);
    }
    return ranges;
}

static void check_list(const vt_sequence_ranges *ranges, const char *expected)
{
    vt_str out = VT_STR_INIT;
    vt_sequence_ranges_append(ranges, &out);
    assert_false(out.failed);
    assert_string_equal(out.data, expected);
    vt_str_free(&out);
}

static void check_read(const char *text, const char *expected)
{
    vt_sequence_ranges ranges = read_list(text);
    check_list(&ranges, expected);
    vt_sequence_ranges_clear(&ranges);
}

static void reads_and_writes_lists(void **state)
{
    (void)state;
    check_read("1-120,124-240", "1-120,124-240");
    check_read("7", "7");
    check_read("0", "0");
    check_read(" 1 - 3 , 5 ", "1-3,5");
    check_read("0001-0240", "1-240");
    check_read("9223372036854775806-9223372036854775807", "9223372036854775806-9223372036854775807");
    check_read("0-9223372036854775807", "0-9223372036854775807");
}

static void brings_lists_into_one_form(void **state)
{
    (void)state;
    check_read("5,1-3", "1-3,5");
    check_read("1,2,3", "1-3");
    check_read("1-10,5-20", "1-20");
    check_read("1-10,2-3", "1-10");
    check_read("4-4", "4");
    check_read("3,1,2,1", "1-3");
    check_read("0,0-9223372036854775807,5", "0-9223372036854775807");
    check_read("9223372036854775807,9223372036854775805", "9223372036854775805,9223372036854775807");
}

static void check_refused(const char *text, vt_error_code code, size_t position, const char *words)
{
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    vt_error error = VT_ERROR_INIT;
    size_t at = 99;
    assert_false(vt_sequence_ranges_parse(text, strlen(text), &ranges, &at, &error));
    assert_int_equal(error.code, code);
    assert_int_equal(at, position);
    assert_int_equal(ranges.count, 0);
    if (!strstr(error.message, words)) {
        fail_msg("\"%s\": \"%s\" says nothing of \"%s\"", text, error.message, words);
    }
}

static void names_the_place_of_what_it_cannot_read(void **state)
{
    (void)state;
    check_refused("", VT_ERROR_USAGE, 0, "a frame number at character 1");
    check_refused("  ", VT_ERROR_USAGE, 2, "a frame number at character 3");
    check_refused("one", VT_ERROR_USAGE, 0, "a frame number at character 1");
    check_refused("1-", VT_ERROR_USAGE, 2, "a frame number at character 3");
    check_refused("1,", VT_ERROR_USAGE, 2, "a frame number at character 3");
    check_refused("1,,2", VT_ERROR_USAGE, 2, "a frame number at character 3");
    check_refused("-5", VT_ERROR_USAGE, 0, "a frame number at character 1");
    check_refused("1-5-9", VT_ERROR_USAGE, 3, "a comma or the end at character 4");
    check_refused("1 2", VT_ERROR_USAGE, 2, "a comma or the end at character 3");
    check_refused("1-5x2", VT_ERROR_USAGE, 3, "a comma or the end at character 4");
    check_refused("1,9-3", VT_ERROR_USAGE, 2, "ends before it begins; write 3-9");
    check_refused("1,9223372036854775808", VT_ERROR_LIMIT, 2, "character 3 is larger");
    check_refused("1-99999999999999999999999", VT_ERROR_LIMIT, 2, "character 3 is larger");
}

static void refuses_more_ranges_than_its_limit(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    for (size_t i = 0; i <= VT_SEQUENCE_RANGES_MAX; i++) {
        vt_str_append_cstr(&text, i > 0 ? ",1" : "1");
    }
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_sequence_ranges_parse(text.data, text.length, &ranges, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_true(vt_sequence_ranges_parse(text.data, text.length - 2, &ranges, NULL, &error));
    check_list(&ranges, "1");
    vt_sequence_ranges_clear(&ranges);
    vt_str_free(&text);
}

static void grows_at_its_end_only(void **state)
{
    (void)state;
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    vt_error error = VT_ERROR_INIT;
    assert_true(vt_sequence_ranges_extend(&ranges, 1, 1, NULL));
    assert_true(vt_sequence_ranges_extend(&ranges, 2, 5, NULL));
    assert_true(vt_sequence_ranges_extend(&ranges, 7, 7, NULL));
    check_list(&ranges, "1-5,7");
    static const vt_sequence_range wrong[] = {{7, 8}, {0, 0}, {6, 9}, {9, 8}, {-1, 9}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(vt_sequence_ranges_extend(&ranges, wrong[i].first, wrong[i].last, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    check_list(&ranges, "1-5,7");
    vt_sequence_ranges_clear(&ranges);
}

static void counts_and_finds_frames(void **state)
{
    (void)state;
    vt_sequence_ranges ranges = read_list("1-120,124-240,250");
    assert_int_equal(vt_sequence_ranges_frames(&ranges), 238);
    static const int64_t there[] = {1, 60, 120, 124, 240, 250}, lacking[] = {0, 121, 123, 241, 249, 251, -1};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
        assert_true(vt_sequence_ranges_contain(&ranges, there[i]));
    }
    for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) {
        assert_false(vt_sequence_ranges_contain(&ranges, lacking[i]));
    }
    int64_t frame = -1;
    assert_true(vt_sequence_ranges_at(&ranges, 0, &frame) && frame == 1);
    assert_true(vt_sequence_ranges_at(&ranges, 119, &frame) && frame == 120);
    assert_true(vt_sequence_ranges_at(&ranges, 120, &frame) && frame == 124);
    assert_true(vt_sequence_ranges_at(&ranges, 237, &frame) && frame == 250);
    assert_false(vt_sequence_ranges_at(&ranges, 238, &frame));
    vt_sequence_ranges_clear(&ranges);
    vt_sequence_ranges all = read_list("0-9223372036854775807");
    assert_true(vt_sequence_ranges_frames(&all) == UINT64_C(1) << 63);
    assert_true(vt_sequence_ranges_at(&all, INT64_MAX, &frame) && frame == INT64_MAX);
    vt_sequence_ranges_clear(&all);
}

static void tells_what_is_missing(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"1-120,124-240", "121-123"},
                                           {"5-9", ""},
                                           {"1,3,5", "2,4"},
                                           {"0,9223372036854775807", "1-9223372036854775806"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_sequence_ranges ranges = read_list(cases[i][0]), missing = VT_SEQUENCE_RANGES_INIT;
        assert_true(vt_sequence_ranges_missing(&ranges, &missing, NULL));
        check_list(&missing, cases[i][1]);
        vt_sequence_ranges_clear(&missing);
        vt_sequence_ranges_clear(&ranges);
    }
}

static void check_clip(const char *text, int64_t first, int64_t last, const char *expected)
{
    vt_sequence_ranges ranges = read_list(text), part = VT_SEQUENCE_RANGES_INIT;
    assert_true(vt_sequence_ranges_clip(&ranges, (vt_sequence_range){first, last}, &part, NULL));
    check_list(&part, expected);
    vt_sequence_ranges_clear(&part);
    vt_sequence_ranges_clear(&ranges);
}

static void clips_to_a_piece(void **state)
{
    (void)state;
    check_clip("1-10,20-30", 5, 25, "5-10,20-25");
    check_clip("1-10,20-30", 11, 19, "");
    check_clip("1-10,20-30", 10, 20, "10,20");
    check_clip("1-10,20-30", 0, 99, "1-10,20-30");
    check_clip("1-10,20-30", 31, 99, "");
}

/* The pieces as "1-5 7 9-10". */
static void check_split(const char *text, vt_sequence_cut cut, int64_t frame, const char *expected)
{
    vt_sequence_ranges ranges = read_list(text);
    vt_sequence_range *pieces = NULL;
    size_t count = 0;
    vt_error error = VT_ERROR_INIT;
    if (!vt_sequence_ranges_split(&ranges, cut, frame, &pieces, &count, &error)) {
        fail_msg("%s at %" PRId64 ": %s", text, frame, error.message);
    }
    vt_str out = VT_STR_INIT;
    for (size_t i = 0; i < count; i++) {
        vt_str_appendf(&out, "%s%" PRId64 "-%" PRId64, i > 0 ? " " : "", pieces[i].first, pieces[i].last);
    }
    assert_string_equal(out.data, expected);
    vt_str_free(&out);
    free(pieces);
    vt_sequence_ranges_clear(&ranges);
}

static void splits_before_a_frame(void **state)
{
    (void)state;
    check_split("1-240", VT_SEQUENCE_CUT_BEFORE, 100, "1-99 100-240");
    check_split("1-240", VT_SEQUENCE_CUT_BEFORE, 2, "1-1 2-240");
    check_split("1-240", VT_SEQUENCE_CUT_BEFORE, 240, "1-239 240-240");
    check_split("1-120,124-240", VT_SEQUENCE_CUT_BEFORE, 122, "1-120 124-240");
    check_split("1-120,124-240", VT_SEQUENCE_CUT_BEFORE, 124, "1-120 124-240");
    check_split("1-120,124-240", VT_SEQUENCE_CUT_BEFORE, 121, "1-120 124-240");
    check_split("1-120,124-240", VT_SEQUENCE_CUT_BEFORE, 125, "1-124 125-240");
    check_split("0,9223372036854775807", VT_SEQUENCE_CUT_BEFORE, INT64_MAX,
                "0-0 9223372036854775807-9223372036854775807");
}

static void splits_at_gaps_and_into_single_files(void **state)
{
    (void)state;
    check_split("1-120,124-240,250", VT_SEQUENCE_CUT_GAPS, 0, "1-120 124-240 250-250");
    check_split("1-120", VT_SEQUENCE_CUT_GAPS, 0, "1-120");
    check_split("1-2,5", VT_SEQUENCE_CUT_SINGLES, 0, "1-1 2-2 5-5");
    check_split("5", VT_SEQUENCE_CUT_SINGLES, 0, "5-5");
}

static void check_split_refused(const char *text, vt_sequence_cut cut, int64_t frame, vt_error_code code,
                                const char *words)
{
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    if (text) {
        ranges = read_list(text);
    }
    vt_sequence_range *pieces = NULL;
    size_t count = 0;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_sequence_ranges_split(&ranges, cut, frame, &pieces, &count, &error));
    assert_int_equal(error.code, code);
    assert_non_null(strstr(error.message, words));
    vt_sequence_ranges_clear(&ranges);
}

static void refuses_cuts_that_cut_nothing_off(void **state)
{
    (void)state;
    check_split_refused("1-9", VT_SEQUENCE_CUT_BEFORE, 1, VT_ERROR_USAGE,
                        "nothing before it; the frames are 1 to 9");
    check_split_refused("1-9", VT_SEQUENCE_CUT_BEFORE, -4, VT_ERROR_USAGE, "nothing before");
    check_split_refused("1-9", VT_SEQUENCE_CUT_BEFORE, 10, VT_ERROR_USAGE, "nothing behind");
    check_split_refused(NULL, VT_SEQUENCE_CUT_GAPS, 0, VT_ERROR_USAGE, "without frames");
    check_split_refused("1-9", (vt_sequence_cut)3, 0, VT_ERROR_USAGE, "way 3");
    check_split_refused("0-9223372036854775807", VT_SEQUENCE_CUT_SINGLES, 0, VT_ERROR_LIMIT,
                        "9223372036854775808 pieces");
}

static void joins_parts_of_one_sequence(void **state)
{
    (void)state;
    static const char *const cases[][3] = {{"1-99", "100-240", "1-240"},
                                           {"124-240", "1-120", "1-120,124-240"},
                                           {"1-3,8-10", "5-6", "1-3,5-6,8-10"},
                                           {"1,3", "2", "1-3"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_sequence_ranges a = read_list(cases[i][0]), b = read_list(cases[i][1]);
        vt_sequence_ranges joined = VT_SEQUENCE_RANGES_INIT;
        assert_true(vt_sequence_ranges_join(&a, &b, &joined, NULL));
        check_list(&joined, cases[i][2]);
        vt_sequence_ranges_clear(&joined);
        vt_sequence_ranges_clear(&a);
        vt_sequence_ranges_clear(&b);
    }
}

static void refuses_to_join_what_overlaps(void **state)
{
    (void)state;
    static const char *const cases[][3] = {{"1-10", "10-20", "frame 10 "},
                                           {"10-20", "1-10", "frame 10 "},
                                           {"1-3", "1-3", "frame 1 "},
                                           {"1-3,5-9", "4,7", "frame 7 "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_sequence_ranges a = read_list(cases[i][0]), b = read_list(cases[i][1]);
        vt_sequence_ranges joined = VT_SEQUENCE_RANGES_INIT;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_sequence_ranges_join(&a, &b, &joined, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
        assert_non_null(strstr(error.message, cases[i][2]));
        assert_int_equal(joined.count, 0);
        vt_sequence_ranges_clear(&a);
        vt_sequence_ranges_clear(&b);
    }
}

/* Random sets of frames: written and read, split and rejoined, they stay the same. */
static void splitting_and_rejoining_gives_the_same(void **state)
{
    (void)state;
    uint64_t random = 20240105;
    for (int round = 0; round < 2000; round++) {
        vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
        int64_t frame = (int64_t)(random % 5);
        for (int i = 0; i < 1 + round % 40; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407U;
            frame += 1 + (int64_t)(random >> 33) % (round % 3 == 0 ? 1 : 4);
            assert_true(vt_sequence_ranges_extend(&ranges, frame, frame, NULL));
        }
        vt_str text = VT_STR_INIT;
        vt_sequence_ranges_append(&ranges, &text);
        check_read(text.data, text.data);
        vt_sequence_cut cut = (vt_sequence_cut)(round % 3);
        int64_t at = ranges.items[0].first + 1 + (int64_t)(random >> 40) % 50;
        vt_sequence_range *pieces;
        size_t count;
        if (vt_sequence_ranges_split(&ranges, cut, at, &pieces, &count, NULL)) {
            vt_sequence_ranges joined = VT_SEQUENCE_RANGES_INIT;
            uint64_t frames = 0;
            for (size_t i = count; i-- > 0;) {
                vt_sequence_ranges part = VT_SEQUENCE_RANGES_INIT, more = VT_SEQUENCE_RANGES_INIT;
                assert_true(vt_sequence_ranges_clip(&ranges, pieces[i], &part, NULL));
                frames += vt_sequence_ranges_frames(&part);
                assert_int_equal(part.items[0].first, pieces[i].first);
                assert_int_equal(part.items[part.count - 1].last, pieces[i].last);
                assert_true(vt_sequence_ranges_join(&joined, &part, &more, NULL));
                vt_sequence_ranges_clear(&part);
                vt_sequence_ranges_clear(&joined);
                joined = more;
            }
            assert_int_equal(frames, vt_sequence_ranges_frames(&ranges));
            check_list(&joined, text.data);
            vt_sequence_ranges_clear(&joined);
            free(pieces);
        } else {
            assert_int_equal(cut, VT_SEQUENCE_CUT_BEFORE);
            assert_true(at > ranges.items[ranges.count - 1].last);
        }
        vt_str_free(&text);
        vt_sequence_ranges_clear(&ranges);
    }
}

typedef bool (*operation)(const vt_sequence_ranges *ranges, vt_error *error);

static bool parse_again(const vt_sequence_ranges *ranges, vt_error *error)
{
    (void)ranges;
    vt_sequence_ranges out = VT_SEQUENCE_RANGES_INIT;
    bool done = vt_sequence_ranges_parse("1,3,5,7,9,11", 12, &out, NULL, error);
    vt_sequence_ranges_clear(&out);
    return done;
}

static bool find_missing(const vt_sequence_ranges *ranges, vt_error *error)
{
    vt_sequence_ranges out = VT_SEQUENCE_RANGES_INIT;
    bool done = vt_sequence_ranges_missing(ranges, &out, error);
    vt_sequence_ranges_clear(&out);
    return done;
}

static bool clip(const vt_sequence_ranges *ranges, vt_error *error)
{
    vt_sequence_ranges out = VT_SEQUENCE_RANGES_INIT;
    bool done = vt_sequence_ranges_clip(ranges, (vt_sequence_range){2, 10}, &out, error);
    vt_sequence_ranges_clear(&out);
    return done;
}

static bool join(const vt_sequence_ranges *ranges, vt_error *error)
{
    vt_sequence_range beyond[] = {{100, 100}};
    vt_sequence_ranges more = {beyond, 1, 0}, out = VT_SEQUENCE_RANGES_INIT;
    bool done = vt_sequence_ranges_join(ranges, &more, &out, error);
    vt_sequence_ranges_clear(&out);
    return done;
}

static bool split(const vt_sequence_ranges *ranges, vt_error *error)
{
    vt_sequence_range *pieces = NULL;
    size_t count;
    bool done = true;
    for (int cut = VT_SEQUENCE_CUT_BEFORE; cut <= VT_SEQUENCE_CUT_SINGLES && done; cut++) {
        pieces = NULL;
        done = vt_sequence_ranges_split(ranges, (vt_sequence_cut)cut, 4, &pieces, &count, error);
        free(pieces);
    }
    return done;
}

static void survives_memory_running_out(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("skipped: memory cannot be made to fail under a sanitizer\n");
        skip();
    }
    static const operation operations[] = {parse_again, find_missing, clip, join, split};
    vt_sequence_ranges ranges = read_list("1,3,5,7,9,11");
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        long before = memory_in_use(), failures = 0;
        vt_error error = VT_ERROR_INIT;
        bool done = false;
        for (long n = 0; !done; n++) {
            memory_fails_after(n);
            done = operations[i](&ranges, &error);
            memory_recovers();
            assert_int_equal(memory_in_use(), before);
            if (!done) {
                assert_int_equal(error.code, VT_ERROR_MEMORY);
                failures++;
            }
        }
        assert_true(failures > 0);
    }
    vt_sequence_ranges_clear(&ranges);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_lists),
        cmocka_unit_test(brings_lists_into_one_form),
        cmocka_unit_test(names_the_place_of_what_it_cannot_read),
        cmocka_unit_test(refuses_more_ranges_than_its_limit),
        cmocka_unit_test(grows_at_its_end_only),
        cmocka_unit_test(counts_and_finds_frames),
        cmocka_unit_test(tells_what_is_missing),
        cmocka_unit_test(clips_to_a_piece),
        cmocka_unit_test(splits_before_a_frame),
        cmocka_unit_test(splits_at_gaps_and_into_single_files),
        cmocka_unit_test(refuses_cuts_that_cut_nothing_off),
        cmocka_unit_test(joins_parts_of_one_sequence),
        cmocka_unit_test(refuses_to_join_what_overlaps),
        cmocka_unit_test(splitting_and_rejoining_gives_the_same),
        cmocka_unit_test(survives_memory_running_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
