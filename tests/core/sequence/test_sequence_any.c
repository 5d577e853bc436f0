/* Any listing: every file once, whatever the order and the names. */
#include "tests/support/check.h"

#include "tests/core/sequence/made_listing.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grouping_is_a_partition_whatever_the_order),
        cmocka_unit_test(names_with_equal_hashes_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
