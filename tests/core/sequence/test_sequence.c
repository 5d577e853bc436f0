#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/sequence/sequence.h"
#include "core/sequence/sequence_private.h"
#include "tests/support/failing_memory.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A listing made by hand. */
typedef struct listing {
    vt_scan_file files[4096];
    char names[4096][64];
    size_t count;
} listing;

static listing *listing_create(void)
{
    listing *made = calloc(1, sizeof *made);
    assert_non_null(made);
    return made;
}

static void add(listing *to, const char *name, int64_t size, int64_t mtime_s)
{
    assert_true(to->count < 4096 && strlen(name) < 64);
    memcpy(to->names[to->count], name, strlen(name) + 1);
    to->files[to->count] = (vt_scan_file){.name = to->names[to->count],
                                          .name_length = (uint32_t)strlen(name),
                                          .size = size,
                                          .mtime_ns = mtime_s * VT_NS_PER_S};
    to->count++;
}

/* Frames `first` to `last`: files of equal size, written a second apart. `format` takes the number. */
static void add_frames(listing *to, const char *format, int first, int last)
{
    for (int frame = first; frame <= last; frame++) {
        char name[64];
        snprintf(name, sizeof name, format, frame);
        add(to, name, 100000, 1700000000 + frame);
    }
}

static vt_sequences *group(const listing *from, vt_sequence_mode mode)
{
    vt_error error = VT_ERROR_INIT;
    vt_sequence_options options = {.mode = mode};
    vt_sequences *list = vt_sequences_group(from->files, from->count, &options, &error);
    if (!list) {
        fail_msg("%s", error.message);
    }
    return list;
}

/* Each file once; members are the frames of their sequence, in order. */
static void check_partition(const vt_sequences *list, const vt_scan_file *files, size_t count)
{
    unsigned char *seen = calloc(count + 1, 1);
    assert_non_null(seen);
    size_t singles, members = 0;
    const uint32_t *single = vt_sequences_singles(list, &singles);
    for (size_t i = 0; i < singles; i++) {
        assert_true(single[i] < count && (i == 0 || single[i] > single[i - 1]));
        seen[single[i]]++;
    }
    for (size_t i = 0; i < vt_sequences_count(list); i++) {
        const vt_sequence *sequence = vt_sequences_get(list, i);
        assert_int_equal(vt_sequence_ranges_frames(&sequence->ranges), sequence->count);
        for (uint32_t k = 0; k < sequence->count; k++) {
            assert_true(sequence->members[k] < count);
            const vt_scan_file *file = &files[sequence->members[k]];
            int64_t there = -1, named = -2;
            assert_true(vt_sequence_ranges_at(&sequence->ranges, k, &there));
            assert_true(
                vt_sequence_pattern_matches(&sequence->pattern, file->name, file->name_length, &named));
            assert_true(there == named);
            seen[sequence->members[k]]++;
        }
        members += sequence->count;
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(seen[i], 1);
    }
    assert_int_equal(members + singles, count);
    free(seen);
}

/* All that was found, as "name.####.png 1-4; single singles". */
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

/* A number that follows from the ones before. */
static uint32_t next_random(uint64_t *random)
{
    *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*random >> 33);
}

static void fill_at_random(listing *files, uint64_t *random)
{
    static const char *const formats[] = {"a.%04d.png", "a.%d.png",   "a.%02d.png",       "a_%03d-left.png",
                                          "%d.png",     "%04d.tga",   "shot_v%02d.7.png", "IMG_%04d.JPG",
                                          "b%d.webp",   "note%d.txt", "%019d.png",        "x%dx%%d.png"};
    files->count = 0;
    size_t wanted = next_random(random) % 300;
    while (files->count < wanted) {
        char name[64];
        snprintf(name, sizeof name, formats[next_random(random) % (sizeof formats / sizeof *formats)],
                 (int)(next_random(random) % 120));
        bool known = false;
        for (size_t i = 0; i < files->count && !known; i++) {
            known = strcmp(files->names[i], name) == 0;
        }
        if (!known) {
            add(files, name, next_random(random) % 1000000, next_random(random));
        } else if (next_random(random) % 8 == 0) {
            wanted--; /* the formats have but so many names */
        }
    }
}

static void shuffle(listing *files, uint64_t *random)
{
    for (size_t i = files->count; i > 1; i--) {
        size_t other = next_random(random) % i;
        vt_scan_file swapped = files->files[i - 1];
        files->files[i - 1] = files->files[other];
        files->files[other] = swapped;
    }
}

static void check_same(const vt_sequences *one, const vt_scan_file *files, const vt_sequences *two,
                       const vt_scan_file *shuffled)
{
    assert_int_equal(vt_sequences_count(one), vt_sequences_count(two));
    for (size_t i = 0; i < vt_sequences_count(one); i++) {
        const vt_sequence *a = vt_sequences_get(one, i), *b = vt_sequences_get(two, i);
        assert_int_equal(a->count, b->count);
        assert_int_equal(a->pattern.width, b->pattern.width);
        for (uint32_t k = 0; k < a->count; k++) {
            assert_ptr_equal(files[a->members[k]].name, shuffled[b->members[k]].name);
        }
    }
}

/* Any listing: every file once, whatever the order. */
static void grouping_is_a_partition_whatever_the_order(void **state)
{
    (void)state;
    uint64_t random = 7;
    listing *files = listing_create();
    vt_scan_file *before = malloc(sizeof files->files);
    assert_non_null(before);
    size_t sequences = 0, refused = 0;
    for (int round = 0; round < 400; round++) {
        fill_at_random(files, &random);
        vt_sequence_mode mode = round % 2 ? VT_SEQUENCE_EAGER : VT_SEQUENCE_CAREFUL;
        memcpy(before, files->files, sizeof files->files);
        vt_sequences *list = group(files, mode);
        check_partition(list, files->files, files->count);
        shuffle(files, &random);
        vt_sequences *again = group(files, mode);
        check_partition(again, files->files, files->count);
        check_same(list, before, again, files->files);
        sequences += vt_sequences_count(list);
        for (int i = 0; i < VT_SEQUENCE_VERDICT_COUNT; i++) {
            assert_int_equal(vt_sequences_refused(list, (vt_sequence_verdict)i),
                             vt_sequences_refused(again, (vt_sequence_verdict)i));
            refused += vt_sequences_refused(list, (vt_sequence_verdict)i);
        }
        vt_sequences_free(again);
        vt_sequences_free(list);
    }
    assert_true(sequences > 100 && refused > 100); /* else the listings try nothing */
    free(before);
    free(files);
}

/* True if `word` can be eight bytes of a name, before its number. */
static bool is_part_of_a_name(uint64_t word)
{
    unsigned char bytes[sizeof word];
    memcpy(bytes, &word, sizeof word);
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (bytes[i] == '\0' || bytes[i] == '/' || bytes[i] == '%' || (bytes[i] >= '0' && bytes[i] <= '9')) {
            return false;
        }
    }
    return true;
}

/* Formats of names whose prefixes differ and have equal hashes: the second word takes back what the first
   one changed. */
static void make_colliding(char formats[][32], size_t count)
{
    uint64_t random = 11, wanted = 0, end;
    size_t made = 0;
    memcpy(&end, "abcdefgh", sizeof end);
    while (made < count) {
        uint64_t first = (uint64_t)next_random(&random) << 33 ^ next_random(&random);
        uint64_t state = vt_sequence_hash_word(0, first);
        wanted = made == 0 ? state ^ end : wanted;
        uint64_t second = state ^ wanted;
        if (is_part_of_a_name(first) && is_part_of_a_name(second)) {
            memcpy(formats[made], &first, sizeof first);
            memcpy(formats[made] + 8, &second, sizeof second);
            memcpy(formats[made] + 16, ".%04d.png", sizeof ".%04d.png");
            assert_true(vt_sequence_hash(0, formats[made], 17) == vt_sequence_hash(0, formats[0], 17));
            made++;
        }
    }
}

static void names_with_equal_hashes_are_told_apart(void **state)
{
    (void)state;
    enum { SERIES = 50 };
    char formats[SERIES][32];
    uint64_t random = 3;
    make_colliding(formats, SERIES);
    listing *files = listing_create();
    for (size_t i = 0; i < SERIES; i++) {
        add_frames(files, formats[i], 1, 6);
    }
    add_frames(files, "other.%04d.png", 1, 3);
    shuffle(files, &random);
    vt_sequences *list = group(files, VT_SEQUENCE_CAREFUL);
    check_partition(list, files->files, files->count);
    assert_int_equal(vt_sequences_count(list), SERIES);
    for (size_t i = 0; i < SERIES; i++) {
        assert_int_equal(vt_sequences_get(list, i)->count, 6);
    }
    vt_sequences_free(list);
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
        cmocka_unit_test(grouping_is_a_partition_whatever_the_order),
        cmocka_unit_test(names_with_equal_hashes_are_told_apart),
        cmocka_unit_test(survives_memory_running_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
