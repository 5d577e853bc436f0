#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/sequence/sequence.h"

#include <stdlib.h>
#include <string.h>

#define DAY 86400

/* A series of files numbered alike, and what is thought of it. */
typedef struct series {
    const char *format; /* takes the number */
    int first, count;
    int64_t step_s; /* between the times of neighbours */
    /* The size of the file at `index`; NULL: all equal. */
    int64_t (*size)(int index);
} series;

static vt_sequence_verdict verdict_of(const series *given)
{
    vt_scan_file *files = calloc((size_t)given->count, sizeof *files);
    char(*names)[96] = calloc((size_t)given->count, sizeof *names);
    assert_non_null(files);
    assert_non_null(names);
    for (int i = 0; i < given->count; i++) {
        int length = snprintf(names[i], sizeof *names, given->format, given->first + i);
        files[i] = (vt_scan_file){.name = names[i],
                                  .name_length = (uint32_t)length,
                                  .size = given->size ? given->size(i) : 250000,
                                  .mtime_ns = (1700000000 + given->step_s * i) * VT_NS_PER_S};
    }
    vt_sequence_options options = {.mode = VT_SEQUENCE_CAREFUL};
    vt_sequences *list = vt_sequences_group(files, (size_t)given->count, &options, NULL);
    assert_non_null(list);
    vt_sequence_verdict verdict = VT_SEQUENCE_TAKEN;
    uint32_t refused = 0;
    for (int i = VT_SEQUENCE_TAKEN + 1; i < VT_SEQUENCE_VERDICT_COUNT; i++) {
        if (vt_sequences_refused(list, (vt_sequence_verdict)i) > 0) {
            verdict = (vt_sequence_verdict)i;
            refused++;
        }
    }
    assert_int_equal(vt_sequences_count(list) + refused, 1);
    vt_sequences_free(list);
    /* Whatever was refused, eager grouping takes. */
    options.mode = VT_SEQUENCE_EAGER;
    list = vt_sequences_group(files, (size_t)given->count, &options, NULL);
    assert_int_equal(vt_sequences_count(list), verdict != VT_SEQUENCE_NO_IMAGES);
    vt_sequences_free(list);
    free(names);
    free(files);
    return verdict;
}

static void check(series given, vt_sequence_verdict expected)
{
    vt_sequence_verdict verdict = verdict_of(&given);
    if (verdict != expected) {
        fail_msg("%d of %s: %s, not %s", given.count, given.format, vt_sequence_verdict_name(verdict),
                 vt_sequence_verdict_name(expected));
    }
}

/* All that is known of the files speaks for a sequence, but for their names. */
static void check_name(const char *format, int first, vt_sequence_verdict expected)
{
    check((series){.format = format, .first = first, .count = 40, .step_s = 1}, expected);
}

static void names_of_cameras_are_no_frames(void **state)
{
    (void)state;
    check_name("IMG_%04d.JPG", 1234, VT_SEQUENCE_CAMERA);
    check_name("DSC_%04d.JPG", 12, VT_SEQUENCE_CAMERA);
    check_name("DSC%05d.JPG", 12, VT_SEQUENCE_CAMERA);
    check_name("P101%04d.JPG", 1, VT_SEQUENCE_CAMERA);
    check_name("_MG_%04d.JPG", 1, VT_SEQUENCE_CAMERA);
    check_name("_DSC%04d.JPG", 1, VT_SEQUENCE_CAMERA);
    check_name("JHN_%04d.JPG", 1, VT_SEQUENCE_CAMERA); /* initials: what Nikon lets the user choose */
    check_name("GOPR%04d.jpg", 1, VT_SEQUENCE_CAMERA);
    check_name("G001%04d.JPG", 1, VT_SEQUENCE_CAMERA);
    check_name("run_%04d.jpg", 1, VT_SEQUENCE_CAMERA);
}

static void names_like_those_of_cameras_may_be_frames(void **state)
{
    (void)state;
    check_name("run_%04d.png", 1, VT_SEQUENCE_TAKEN);  /* DCF is JPEG */
    check_name("Run_%04d.jpg", 1, VT_SEQUENCE_TAKEN);  /* and of one case */
    check_name("walk_%04d.jpg", 1, VT_SEQUENCE_TAKEN); /* and of eight characters */
    check_name("wal.%04d.jpg", 1, VT_SEQUENCE_TAKEN);  /* and without a dot */
    check_name("%08d.jpg", 1, VT_SEQUENCE_TAKEN);      /* and no number alone */
    check_name("run_%04dx.jpg", 1, VT_SEQUENCE_TAKEN); /* and ends with it */
}

static void words_of_cameras_scanners_and_screens_are_no_frames(void **state)
{
    (void)state;
    static const char *const formats[] = {"IMG_%04d.PNG",
                                          "img-%03d.png",
                                          "img%03d.png",
                                          "IMG_E%04d.JPG",
                                          "IMG-20240105-WA%04d.jpg",
                                          "PXL_20240105_%04d.png",
                                          "Scan %04d.png",
                                          "scan_%04d.bmp",
                                          "Scan-2024-%04d.png",
                                          "book page %04d.png",
                                          "Screenshot_%04d.png",
                                          "Bildschirmfoto-%04d.png",
                                          "WP_20130101_%03d.png",
                                          "picture%04d.png",
                                          "boat - Copy %03d.png",
                                          "Untitled_%03d.png",
                                          "DJI_%04d.PNG",
                                          "photo_%04d_large.png"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        check_name(formats[i], 1, VT_SEQUENCE_WORD);
    }
    check_name("imgur_%04d.png", 1, VT_SEQUENCE_TAKEN);       /* the word is another */
    check_name("page turner_%04d.png", 1, VT_SEQUENCE_TAKEN); /* the last word counts */
    check_name("scanner_%04d.png", 1, VT_SEQUENCE_TAKEN);
    check_name("\xC3\xA4scan_%04d.png", 1, VT_SEQUENCE_TAKEN); /* letters beyond ASCII are part of words */
}

static void dates_and_times_are_no_frames(void **state)
{
    (void)state;
    check((series){"report 2024-01-%02d.png", 1, 31, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"2024_01_%02d.png", 1, 31, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"at 10.22.%02d.png", 10, 40, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"%d.png", 20240101, 31, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"cam_%d.png", 20240101, 31, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"20240105_1022%02d.png", 10, 40, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"cam_20240105-1022%02d.png", 10, 40, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"cam_202401051022%02d.png", 10, 40, 60, NULL}, VT_SEQUENCE_DATE);
    check((series){"05.01.%d.png", 1980, 40, 60, NULL}, VT_SEQUENCE_DATE);
}

static void numbers_beside_a_date_may_be_frames(void **state)
{
    (void)state;
    check_name("20240105_%04d.png", 1, VT_SEQUENCE_TAKEN);
    check_name("2024-01-05_%04d.png", 1, VT_SEQUENCE_TAKEN);
    check_name("lab_01_02.%04d.png", 1, VT_SEQUENCE_TAKEN);
    check_name("1234-01-%02d.png", 1, VT_SEQUENCE_TAKEN);      /* no year of ours */
    check_name("99999999_1022%02d.png", 1, VT_SEQUENCE_TAKEN); /* no day of ours */
    check_name("lab_%08d.png", 1, VT_SEQUENCE_TAKEN);
    check_name("lab_%d.png", 20241301, VT_SEQUENCE_TAKEN); /* no thirteenth month */
    check_name("lab_%d.png", 20241241, VT_SEQUENCE_TAKEN); /* no day 41 */
}

static void copies_in_brackets_are_no_frames(void **state)
{
    (void)state;
    check_name("boat (%d).png", 1, VT_SEQUENCE_BRACKETS);
    check_name("boat(%04d).png", 1, VT_SEQUENCE_BRACKETS);
    check_name("boat[%04d].png", 1, VT_SEQUENCE_BRACKETS);
    check_name("boat (take_%04d).png", 1, VT_SEQUENCE_TAKEN);
    check_name("(%04d.png", 1, VT_SEQUENCE_TAKEN);
}

static void counts_of_something_are_no_frames(void **state)
{
    (void)state;
    check_name("star_37pt%02dstep.png", 3, VT_SEQUENCE_COUNTED);
    check_name("%04dmetres.png", 3, VT_SEQUENCE_COUNTED);
    check_name("walk_%04dL.png", 3, VT_SEQUENCE_TAKEN);
    check_name("walk_%04d-left.png", 3, VT_SEQUENCE_TAKEN);
}

static void bare_numbers_are_no_frames(void **state)
{
    (void)state;
    check_name("boat%d.png", 1, VT_SEQUENCE_BARE);
    check_name("boat%d.png", 1001, VT_SEQUENCE_BARE);
    check_name("%d.png", 1, VT_SEQUENCE_BARE);
    check_name("%03d.png", 1, VT_SEQUENCE_BARE); /* pages of a comic */
    check_name("%d.png", 5000, VT_SEQUENCE_BARE);
    check_name("%04d.png", 1, VT_SEQUENCE_TAKEN);
    check_name("boat%03d.png", 1, VT_SEQUENCE_TAKEN);
    check_name("boat-%d.png", 1001, VT_SEQUENCE_TAKEN);
}

/* Frames 1 to `count` without every `nth`. */
static vt_sequence_verdict verdict_without_every(int nth, int count)
{
    vt_scan_file files[64];
    char names[64][16];
    uint32_t kept = 0;
    for (int i = 1; i <= count; i++) {
        if (i % nth != 0) {
            int length = snprintf(names[kept], sizeof *names, "a.%04d.png", i);
            files[kept] = (vt_scan_file){.name = names[kept], .name_length = (uint32_t)length, .size = 9};
            kept++;
        }
    }
    vt_sequence_options options = {.mode = VT_SEQUENCE_CAREFUL};
    vt_sequences *list = vt_sequences_group(files, kept, &options, NULL);
    assert_non_null(list);
    bool scattered = vt_sequences_refused(list, VT_SEQUENCE_SCATTERED) == 1;
    assert_int_equal(vt_sequences_count(list), !scattered);
    vt_sequences_free(list);
    return scattered ? VT_SEQUENCE_SCATTERED : VT_SEQUENCE_TAKEN;
}

static void many_gaps_are_what_choosing_leaves(void **state)
{
    (void)state;
    assert_int_equal(verdict_without_every(2, 60), VT_SEQUENCE_SCATTERED);
    assert_int_equal(verdict_without_every(4, 60), VT_SEQUENCE_SCATTERED);
    assert_int_equal(verdict_without_every(5, 61), VT_SEQUENCE_TAKEN);
    assert_int_equal(verdict_without_every(10, 60), VT_SEQUENCE_TAKEN);
    assert_int_equal(verdict_without_every(3, 5), VT_SEQUENCE_TAKEN); /* 1-2,4-5: one gap in four frames */
    assert_int_equal(verdict_without_every(2, 7), VT_SEQUENCE_SCATTERED);
}

/* Growing slowly, from nothing: a picture that fades in. */
static int64_t fading_in(int index)
{
    return 200 + (int64_t)index * index * 400;
}

static int64_t jumping(int index)
{
    return index % 2 ? 100000 : 2000000;
}

static int64_t jumping_seldom(int index)
{
    return index / 8 % 2 ? 100000 : 2000000;
}

static int64_t as_small_as_headers(int index)
{
    return index % 2 ? 0 : 8000;
}

/* What 40 photographs of a holiday weigh, in kB. */
static int64_t holiday(int index)
{
    static const int kilobytes[] = {3120, 4410, 2280, 2950, 5120, 4930, 1890, 3340, 3510, 6020,
                                    2710, 2590, 4480, 3870, 1720, 3950, 5340, 2880, 3010, 4760};
    return INT64_C(1000) * kilobytes[index % 20];
}

static int64_t video(int index)
{
    return 80000 + 900 * (int64_t)(index % 7);
}

static void sizes_of_neighbours_are_alike(void **state)
{
    (void)state;
    check((series){"a.%04d.png", 1, 40, 1, fading_in}, VT_SEQUENCE_TAKEN);
    check((series){"a.%04d.png", 1, 40, 1, jumping}, VT_SEQUENCE_SIZES);
    check((series){"a.%04d.png", 1, 40, 1, jumping_seldom}, VT_SEQUENCE_TAKEN);
    check((series){"a.%04d.png", 1, 40, 1, as_small_as_headers}, VT_SEQUENCE_TAKEN);
}

static void times_of_neighbours_are_near(void **state)
{
    (void)state;
    check((series){"drawing.%04d.png", 1, 40, 3 * DAY, NULL}, VT_SEQUENCE_TIMES);
    check((series){"drawing.%04d.png", 1, 40, -3 * DAY, NULL}, VT_SEQUENCE_TIMES);
    check((series){"drawing.%04d.png", 1, 40, DAY, NULL}, VT_SEQUENCE_TAKEN);
    check((series){"drawing.%04d.png", 1, 40, 0, NULL}, VT_SEQUENCE_TAKEN);
}

static void weak_evidence_asks_for_more(void **state)
{
    (void)state;
    /* Photographs that were exported with a number, and the frames of a video, have equal names. */
    check((series){"holiday-%03d.jpg", 1, 40, 1, holiday}, VT_SEQUENCE_WEAK);
    check((series){"holiday-%03d.webp", 1, 40, 1, holiday}, VT_SEQUENCE_WEAK);
    check((series){"frame_%04d.jpg", 1, 40, 1, video}, VT_SEQUENCE_TAKEN);
    check((series){"frame_%04d.jpg", 1, 23, 1, video}, VT_SEQUENCE_WEAK);
    check((series){"frame_%04d.jpg", 1, 24, 1, video}, VT_SEQUENCE_TAKEN);
    check((series){"holiday.%03d.jpg", 1, 15, 1, holiday}, VT_SEQUENCE_TAKEN); /* a dot is of renderers */
    check((series){"figure_%d.png", 1, 12, 1, NULL}, VT_SEQUENCE_WEAK);
    check((series){"figure_%d.png", 1, 40, 1, holiday}, VT_SEQUENCE_WEAK);
    check((series){"figure_%d.png", 1, 40, 1, video}, VT_SEQUENCE_TAKEN);
    check((series){"tile_%02d.png", 1, 12, 1, NULL}, VT_SEQUENCE_WEAK);
    check((series){"tile.%02d.png", 1, 12, 1, NULL}, VT_SEQUENCE_WEAK);
    check((series){"tile.%03d.png", 1, 12, 1, NULL}, VT_SEQUENCE_TAKEN);
    check((series){"smiley%03d.png", 1, 31, 1, holiday}, VT_SEQUENCE_WEAK);
    check((series){"tile_%04d.png", 1, 12, 1, NULL}, VT_SEQUENCE_TAKEN);
    check((series){"part.%04d.stl", 1, 40, 1, NULL}, VT_SEQUENCE_NO_IMAGES);
}

static void icons_of_several_sizes_are_no_frames(void **state)
{
    (void)state;
    static const char *const names[] = {"icon_016.png", "icon_032.png", "icon_048.png",
                                        "icon_064.png", "icon_128.png", "icon_256.png"};
    vt_scan_file files[6] = {{0}};
    for (size_t i = 0; i < 6; i++) {
        files[i].name = names[i];
        files[i].name_length = (uint32_t)strlen(names[i]);
    }
    vt_sequence_options options = {.mode = VT_SEQUENCE_CAREFUL};
    vt_sequences *list = vt_sequences_group(files, 6, &options, NULL);
    assert_int_equal(vt_sequences_count(list), 0);
    assert_int_equal(vt_sequences_refused(list, VT_SEQUENCE_SCATTERED), 1);
    vt_sequences_free(list);
}

static void times_of_any_value_do_no_harm(void **state)
{
    (void)state;
    static const char *const names[] = {"a.0001.png", "a.0002.png", "a.0003.png", "a.0004.png"};
    vt_scan_file files[4] = {{0}};
    for (size_t i = 0; i < 4; i++) {
        files[i] = (vt_scan_file){.name = names[i],
                                  .name_length = 10,
                                  .size = i % 2 ? INT64_MAX : 0,
                                  .mtime_ns = i % 2 ? INT64_MAX : INT64_MIN};
    }
    vt_sequence_options options = {.mode = VT_SEQUENCE_CAREFUL};
    vt_sequences *list = vt_sequences_group(files, 4, &options, NULL);
    assert_int_equal(vt_sequences_refused(list, VT_SEQUENCE_SIZES), 1);
    vt_sequences_free(list);
    for (size_t i = 0; i < 4; i++) {
        files[i].size = INT64_MAX;
    }
    list = vt_sequences_group(files, 4, &options, NULL);
    assert_int_equal(vt_sequences_refused(list, VT_SEQUENCE_TIMES), 1);
    vt_sequences_free(list);
}

/* What one name tells, before there is a second one. */
static void single_names_are_judged(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        vt_sequence_verdict verdict;
    } cases[] = {
        {"shot.0001.png", VT_SEQUENCE_TAKEN},
        {"boat3.png", VT_SEQUENCE_TAKEN}, /* boat0003.png may come */
        {"12.png", VT_SEQUENCE_TAKEN},
        {"part0001.stl", VT_SEQUENCE_NO_IMAGES},
        {"DSC_0012.jpg", VT_SEQUENCE_CAMERA},
        {"IMG_0012.png", VT_SEQUENCE_WORD},
        {"2024-01-05.png", VT_SEQUENCE_DATE},
        {"walk (2).png", VT_SEQUENCE_BRACKETS},
        {"star_12step.png", VT_SEQUENCE_COUNTED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        vt_sequence_name parts;
        assert_true(vt_sequence_name_parse(cases[i].name, strlen(cases[i].name), &parts, NULL));
        vt_sequence_verdict verdict = vt_sequence_judge_name(cases[i].name, &parts);
        if (verdict != cases[i].verdict) {
            fail_msg("%s: %s", cases[i].name, vt_sequence_verdict_name(verdict));
        }
    }
}

static void verdicts_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < VT_SEQUENCE_VERDICT_COUNT; i++) {
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(vt_sequence_verdict_name((vt_sequence_verdict)i),
                                    vt_sequence_verdict_name((vt_sequence_verdict)k));
        }
    }
    assert_string_equal(vt_sequence_verdict_name(VT_SEQUENCE_SIZES), "sizes");
    assert_string_equal(vt_sequence_verdict_name(VT_SEQUENCE_VERDICT_COUNT), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_cameras_are_no_frames),
        cmocka_unit_test(names_like_those_of_cameras_may_be_frames),
        cmocka_unit_test(words_of_cameras_scanners_and_screens_are_no_frames),
        cmocka_unit_test(dates_and_times_are_no_frames),
        cmocka_unit_test(numbers_beside_a_date_may_be_frames),
        cmocka_unit_test(copies_in_brackets_are_no_frames),
        cmocka_unit_test(counts_of_something_are_no_frames),
        cmocka_unit_test(bare_numbers_are_no_frames),
        cmocka_unit_test(many_gaps_are_what_choosing_leaves),
        cmocka_unit_test(sizes_of_neighbours_are_alike),
        cmocka_unit_test(times_of_neighbours_are_near),
        cmocka_unit_test(weak_evidence_asks_for_more),
        cmocka_unit_test(icons_of_several_sizes_are_no_frames),
        cmocka_unit_test(times_of_any_value_do_no_harm),
        cmocka_unit_test(single_names_are_judged),
        cmocka_unit_test(verdicts_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
