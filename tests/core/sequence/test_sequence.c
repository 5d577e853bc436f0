#include "tests/support/check.h"

#include "tests/core/sequence/made_listing.h"
#include "tests/support/failing_memory.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is in the list, in words: "name.####.png 1-8; 2" has a sequence and two single files. */
static void check_list(const vt_sequences *list, const listing *from, const char *expected)
{
    check_partition(list, from->files, from->count);
    vt_str out = VT_STR_INIT;
    for (size_t i = 0; i < vt_sequences_count(list); i++) {
        const vt_sequence *sequence = vt_sequences_get(list, i);
        vt_sequence_pattern_append_hashes(&sequence->pattern, &out);
        vt_str_append_char(&out, ' ');
        vt_sequence_ranges_append(&sequence->ranges, &out);
        vt_str_append_cstr(&out, "; ");
    }
    size_t singles;
    vt_sequences_singles(list, &singles);
    vt_str_appendf(&out, "%zu", singles);
    assert_string_equal(out.data, expected);
    vt_str_free(&out);
}

static void check_groups(const listing *from, vt_sequence_mode mode, const char *expected)
{
    vt_sequences *list = group(from, mode);
    check_list(list, from, expected);
    vt_sequences_free(list);
}

static void frames_become_one_item_with_gaps(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "name.%04d.png", 124, 240);
    add_frames(files, "name.%04d.png", 1, 120);
    add(files, "poster.png", 1000, 0);
    check_groups(files, VT_SEQUENCE_CAREFUL, "name.####.png 1-120,124-240; 1");
    check_groups(files, VT_SEQUENCE_EAGER, "name.####.png 1-120,124-240; 1");
    check_groups(files, VT_SEQUENCE_OFF, "238");
    free(files);
}

static void all_ways_to_write_frames_are_seen(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"name.%04d.png", "name.####.png 1-8; 0"},
                                           {"name_%04d.png", "name_####.png 1-8; 0"},
                                           {"name-%04d.tga", "name-####.tga 1-8; 0"},
                                           {"name %04d.bmp", "name ####.bmp 1-8; 0"},
                                           {"walk%04d.png", "walk####.png 1-8; 0"},
                                           {"%04d.png", "####.png 1-8; 0"},
                                           {"name-%04d-left.png", "name-####-left.png 1-8; 0"},
                                           {"shot_v002.%03d.png", "shot_v002.###.png 1-8; 0"},
                                           {"name.%04d.jpg", "name.####.jpg 1-8; 0"},
                                           {"s01_02.%04d.png", "s01_02.####.png 1-8; 0"},
                                           {"20240105_%04d.png", "20240105_####.png 1-8; 0"},
                                           {"\xFF.%04d.png", "\xFF.####.png 1-8; 0"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        listing *files = listing_create();
        add_frames(files, cases[i][0], 1, 8);
        check_groups(files, VT_SEQUENCE_CAREFUL, cases[i][1]);
        free(files);
    }
}

static void numbers_may_begin_anywhere(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "shot.%d.png", 1001, 1040);
    check_groups(files, VT_SEQUENCE_CAREFUL, "shot.####.png 1001-1040; 0");
    files->count = 0;
    add_frames(files, "shot.%04d.png", 9990, 10010); /* printf goes on with five digits */
    add_frames(files, "shot.%04d.png", 1, 4);
    check_groups(files, VT_SEQUENCE_CAREFUL, "shot.####.png 1-4,9990-10010; 0");
    free(files);
}

static void padding_tells_series_apart(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "a.%d.png", 6, 12); /* 6 ... 9, 10, 11, 12 */
    check_groups(files, VT_SEQUENCE_EAGER, "a.#.png 6-12; 0");
    files->count = 0;
    add_frames(files, "a.%02d.png", 6, 12);
    check_groups(files, VT_SEQUENCE_EAGER, "a.##.png 6-12; 0");
    files->count = 0;
    add_frames(files, "a.%d.png", 1, 9); /* beside a.06.png to a.12.png, which own 10, 11, 12 */
    add_frames(files, "a.%02d.png", 6, 12);
    check_groups(files, VT_SEQUENCE_EAGER, "a.#.png 1-9; a.##.png 6-12; 0");
    files->count = 0;
    add_frames(files, "a.%03d.png", 1, 9);
    add_frames(files, "a.%04d.png", 1, 9);
    add_frames(files, "a.%d.png", 10, 13); /* written by neither */
    check_groups(files, VT_SEQUENCE_EAGER, "a.##.png 10-13; a.###.png 1-9; a.####.png 1-9; 0");
    files->count = 0;
    add_frames(files, "a.%02d.png", 0, 3);
    add(files, "a.000.png", 100000, 0);
    check_groups(files, VT_SEQUENCE_EAGER, "a.##.png 0-3; 1");
    free(files);
}

static void other_stems_and_extensions_are_other_series(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "a.%04d.png", 1, 4);
    add_frames(files, "b.%04d.png", 1, 4);
    add_frames(files, "A.%04d.png", 1, 4);
    add_frames(files, "a.%04d.PNG", 1, 4);
    add_frames(files, "a.%04d.tga", 1, 4);
    add_frames(files, "a.%04d-left.png", 1, 4);
    add_frames(files, "a.%04d-right.png", 1, 3);
    check_groups(files, VT_SEQUENCE_CAREFUL,
                 "A.####.png 1-4; a.####-left.png 1-4; a.####.PNG 1-4; a.####.png 1-4; a.####.tga 1-4; "
                 "b.####.png 1-4; 3");
    free(files);
}

static void only_the_frame_number_varies(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "shot_v%03d.png", 1, 9); /* versions of one picture */
    check_groups(files, VT_SEQUENCE_EAGER, "9");
    add_frames(files, "shot_v001.%04d.png", 1, 4);
    add_frames(files, "shot_v002.%04d.png", 1, 4);
    check_groups(files, VT_SEQUENCE_CAREFUL, "shot_v001.####.png 1-4; shot_v002.####.png 1-4; 9");
    free(files);
}

static void four_files_are_the_least(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "a.%04d.png", 1, 3);
    check_groups(files, VT_SEQUENCE_EAGER, "3");
    add_frames(files, "a.%04d.png", 4, 4);
    check_groups(files, VT_SEQUENCE_CAREFUL, "a.####.png 1-4; 0");
    vt_sequence_options options = {.mode = VT_SEQUENCE_CAREFUL, .members_min = 5};
    vt_sequences *list = vt_sequences_group(files->files, files->count, &options, NULL);
    assert_int_equal(vt_sequences_count(list), 0);
    vt_sequences_free(list);
    options.members_min = 2;
    list = vt_sequences_group(files->files, 2, &options, NULL);
    assert_int_equal(vt_sequences_count(list), 1);
    vt_sequences_free(list);
    free(files);
}

static void models_and_devices_are_no_frames(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "part.%04d.stl", 1, 8);
    add_frames(files, "notes.%04d.txt", 1, 8);
    add_frames(files, "pipe.%04d.png", 1, 8);
    for (size_t i = 16; i < 20; i++) {
        files->files[i].special = true;
    }
    check_groups(files, VT_SEQUENCE_EAGER, "pipe.####.png 5-8; 20");
    vt_sequences *list = group(files, VT_SEQUENCE_EAGER);
    assert_int_equal(vt_sequences_refused(list, VT_SEQUENCE_NO_IMAGES), 2);
    vt_sequences_free(list);
    free(files);
}

static void a_name_given_twice_is_a_frame_once(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "a.%04d.png", 1, 4);
    add_frames(files, "a.%04d.png", 2, 3);
    check_groups(files, VT_SEQUENCE_EAGER, "a.####.png 1-4; 2");
    files->count = 0;
    for (int i = 0; i < 4; i++) {
        add_frames(files, "a.%04d.png", 1, 1);
    }
    check_groups(files, VT_SEQUENCE_EAGER, "4");
    free(files);
}

static void names_that_cannot_be_frames_are_single_files(void **state)
{
    (void)state;
    listing *files = listing_create();
    static const char *const names[] = {"", "a/0001.png", "readme.png", "a.99999999999999999999.png", ".png"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        add(files, names[i], 1, 1);
    }
    check_groups(files, VT_SEQUENCE_EAGER, "5");
    files->count = 0;
    check_groups(files, VT_SEQUENCE_EAGER, "0");
    check_groups(files, VT_SEQUENCE_OFF, "0");
    free(files);
}

static void options_are_checked(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_sequence_options options = {.members_min = 1};
    assert_null(vt_sequences_group(NULL, 0, &options, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    options = (vt_sequence_options){.mode = (vt_sequence_mode)3};
    assert_null(vt_sequences_group(NULL, 0, &options, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "way 3"));
    options = (vt_sequence_options){0};
    assert_null(vt_sequences_group(NULL, (size_t)UINT32_MAX + 1, &options, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
}

/* ---- what is settled already ---- */

static vt_sequence_claim claim(const char *prefix, const char *suffix, uint32_t width,
                               vt_sequence_verdict_kept kept)
{
    return (vt_sequence_claim){{prefix, suffix, (uint32_t)strlen(prefix), (uint32_t)strlen(suffix), width},
                               kept};
}

static void check_claimed(const listing *files, vt_sequence_mode mode, const vt_sequence_claim *claims,
                          size_t count, const char *expected)
{
    vt_sequence_options options = {.mode = mode, .claims = claims, .claim_count = count};
    vt_sequences *list = vt_sequences_group(files->files, files->count, &options, NULL);
    assert_non_null(list);
    check_list(list, files, expected);
    vt_sequences_free(list);
}

static void claims_come_before_rules(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "IMG_%04d.jpg", 1, 9);
    add_frames(files, "a.%04d.png", 1, 3);
    add_frames(files, "b.%04d.png", 1, 9);
    add(files, "c.0007.png", 100, 1);
    const vt_sequence_claim claims[] = {
        claim("IMG_", ".jpg", 0, VT_SEQUENCE_KEPT_JOINED), claim("a.", ".png", 4, VT_SEQUENCE_KEPT_KNOWN),
        claim("b.", ".png", 0, VT_SEQUENCE_KEPT_SPLIT),    claim("c.", ".png", 0, VT_SEQUENCE_KEPT_JOINED),
        claim("d.", ".png", 4, VT_SEQUENCE_KEPT_KNOWN),
    };
    /* Photographs that were joined, three frames that were more, frames that were split; one is no sequence.
     */
    check_claimed(files, VT_SEQUENCE_CAREFUL, claims, 5, "IMG_####.jpg 1-9; a.####.png 1-3; 10");
    check_claimed(files, VT_SEQUENCE_EAGER, claims, 5, "IMG_####.jpg 1-9; a.####.png 1-3; 10");
    check_claimed(files, VT_SEQUENCE_OFF, claims, 5, "IMG_####.jpg 1-9; a.####.png 1-3; 10");
    check_claimed(files, VT_SEQUENCE_OFF, claims, 0, "22");
    free(files);
}

static void a_known_sequence_keeps_its_padding(void **state)
{
    (void)state;
    listing *files = listing_create();
    add_frames(files, "a.%d.png", 998, 1003); /* nothing shows any more that it was two digits at least */
    add(files, "a.7.png", 100000, 1);
    const vt_sequence_claim claims[] = {claim("a.", ".png", 2, VT_SEQUENCE_KEPT_KNOWN),
                                        claim("a.", ".png", 5, VT_SEQUENCE_KEPT_KNOWN)};
    check_claimed(files, VT_SEQUENCE_EAGER, claims, 2, "a.##.png 998-1003; 1");
    check_claimed(files, VT_SEQUENCE_EAGER, claims + 1, 1, "a.#.png 7,998-1003; 0");
    free(files);
}

/* The sample library's own frames, as they lie on the disk. */
static void the_turning_planet_is_one_sequence(void **state)
{
    (void)state;
    DIR *folder = opendir(files_sample("Turning planet"));
    assert_non_null(folder);
    listing *files = listing_create();
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct stat facts;
        if (entry->d_name[0] != '.' && fstatat(dirfd(folder), entry->d_name, &facts, 0) == 0) {
            add(files, entry->d_name, facts.st_size, facts.st_mtim.tv_sec);
        }
    }
    closedir(folder);
    check_groups(files, VT_SEQUENCE_CAREFUL, "render.####.png 1-24; 0");
    free(files);
}

static void survives_memory_running_out(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("skipped: memory cannot be made to fail under a sanitizer\n");
        skip();
    }
    listing *files = listing_create();
    for (int i = 0; i < 26; i++) {
        char format[] = "a.%04d.png";
        format[0] = (char)('a' + i);
        add_frames(files, format, 1, 4);
        add_frames(files, format, 6, 9);
    }
    long before = memory_in_use(), failures = 0;
    vt_sequence_options options = {.mode = VT_SEQUENCE_CAREFUL};
    vt_sequences *list = NULL;
    for (long n = 0; !list; n++) {
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(n);
        list = vt_sequences_group(files->files, files->count, &options, &error);
        memory_recovers();
        if (!list) { /* the sort works in place when there is no memory */
            assert_int_equal(error.code, VT_ERROR_MEMORY);
            assert_int_equal(memory_in_use(), before);
            failures++;
        }
    }
    assert_true(failures >= 9); /* for the list, its places, the sort, the ranges, the sequences */
    assert_int_equal(vt_sequences_count(list), 26);
    vt_sequences_free(list);
    vt_sequences_free(NULL);
    assert_int_equal(memory_in_use(), before);
    free(files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_come_before_rules),
        cmocka_unit_test(a_known_sequence_keeps_its_padding),
        cmocka_unit_test(frames_become_one_item_with_gaps),
        cmocka_unit_test(all_ways_to_write_frames_are_seen),
        cmocka_unit_test(numbers_may_begin_anywhere),
        cmocka_unit_test(padding_tells_series_apart),
        cmocka_unit_test(other_stems_and_extensions_are_other_series),
        cmocka_unit_test(only_the_frame_number_varies),
        cmocka_unit_test(four_files_are_the_least),
        cmocka_unit_test(models_and_devices_are_no_frames),
        cmocka_unit_test(a_name_given_twice_is_a_frame_once),
        cmocka_unit_test(names_that_cannot_be_frames_are_single_files),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(the_turning_planet_is_one_sequence),
        cmocka_unit_test(survives_memory_running_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
