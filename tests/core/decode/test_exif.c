#include "support/check.h"

#include "tiff_block.h"

#include "core/base/clock.h"
#include "core/decode/exif.h"

#include <math.h>
#include <stdlib.h>

static void check_text(const vt_metadata *m, vt_metadata_text field, const char *expected)
{
    assert_string_equal(vt_metadata_get(m, field), expected);
}

static void check_number(double value, double expected)
{
    if (fabs(value - expected) > 1e-9 * fabs(expected)) {
        fail_msg("%.17g is not %.17g", value, expected);
    }
}

static void test_a_camera_in_both_byte_orders(void **state)
{
    (void)state;
    for (int big = 0; big <= 1; big++) {
        tiff_block t;
        vt_metadata m = {0};
        tiff_camera(&t, big, NULL, 0);
        assert_int_equal(vt_exif_orientation(t.bytes, t.size), 6);
        vt_exif_read(t.bytes, t.size, &m);
        check_text(&m, VT_METADATA_CAMERA, "NIKON D850");
        check_text(&m, VT_METADATA_LENS, "NIKKOR Z 50mm f/1.8 S");
        check_text(&m, VT_METADATA_DESCRIPTION, "A red boat");
        check_text(&m, VT_METADATA_CREATOR, "Jo\xc3\xa3o Silva");
        check_text(&m, VT_METADATA_COPYRIGHT, "(c) 2024");
        check_text(&m, VT_METADATA_TITLE, "T\xc3\xa4\xef\xbf\xbd");
        check_text(&m, VT_METADATA_KEYWORDS, "a\nb");
        assert_int_equal(m.known, VT_METADATA_ALL_FACTS);
        check_number(m.exposure, 0.005);
        check_number(m.f_number, 2.8);
        check_number(m.focal_mm, 50);
        assert_int_equal(m.iso, 400);
        assert_int_equal(m.rating, 4);
        check_number(m.latitude, 52.51);
        check_number(m.longitude, -13.4);
        check_number(m.altitude, -34.5);
        /* date -u -d '2024-05-17 13:01:02' +%s */
        assert_int_equal(m.taken_ns, INT64_C(1715950862) * VT_NS_PER_S + 250 * VT_NS_PER_MS);
        assert_int_equal(m.offset_minutes, 120);
    }
}

/* In a block of the exact size, so that a sanitizer sees every step beyond its end. */
static void read_exactly(const uint8_t *bytes, size_t size, vt_metadata *m)
{
    uint8_t *exact = malloc(size ? size : 1);
    size_t preview_bytes = 0;
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    memset(m, 0, sizeof *m);
    vt_exif_read(exact, size, m);
    int orientation = vt_exif_orientation(exact, size);
    assert_true(orientation >= 0 && orientation <= 8);
    const uint8_t *preview = vt_exif_preview(exact, size, &preview_bytes);
    assert_true(!preview || (preview >= exact && preview_bytes <= size - (size_t)(preview - exact)));
    free(exact);
}

static void test_every_length(void **state)
{
    (void)state;
    for (int big = 0; big <= 1; big++) {
        tiff_block t;
        vt_metadata m;
        size_t lost = 0;
        tiff_camera(&t, big, "\xff\xd8xxxx\xff\xd9", 8);
        for (size_t size = 0; size < t.size; size++) {
            read_exactly(t.bytes, size, &m);
            lost += m.known != VT_METADATA_ALL_FACTS;
            if (size < 400) { /* the main directory and nothing of what it points to */
                assert_int_equal(m.known & ~(uint32_t)VT_METADATA_RATING, 0);
            }
        }
        assert_true(lost > 2048 && lost < t.size);
        read_exactly(t.bytes, t.size, &m);
        assert_int_equal(m.known, VT_METADATA_ALL_FACTS);
    }
}

/* Directories that point to themselves, to each other and behind the end. */
static void test_loops_and_wild_pointers(void **state)
{
    (void)state;
    static const uint32_t places[] = {0, 1, 7, 8, 400, 1000, 2040, 0x7fffffff, 0xfffffffe, 0xffffffff};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        tiff_block t;
        vt_metadata m;
        tiff_begin(&t, i % 2);
        size_t exif = tiff_number(&t, 0x8769, 4, places[i], 0);
        tiff_number(&t, 0x8825, 4, places[i], 0);
        tiff_put(&t, t.directory + 2 + 12 * (size_t)t.entries, places[i], 4);
        tiff_number(&t, 0x0112, 3, 3, 0);
        read_exactly(t.bytes, t.size, &m);
        assert_int_equal(vt_exif_orientation(t.bytes, t.size), 3);
        tiff_put(&t, exif + 4, 0xffffffff, 4); /* so many pointers */
        tiff_put(&t, 4, places[i], 4);
        read_exactly(t.bytes, t.size, &m);
        assert_int_equal(m.known, 0);
    }
}

static void test_counts_that_wrap(void **state)
{
    (void)state;
    static const uint32_t counts[] = {0, 0x20000001, 0x40000000, 0x7fffffff, 0xffffffff};
    for (uint32_t type = 0; type < 16; type++) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            tiff_block t;
            vt_metadata m;
            tiff_begin(&t, type % 2);
            size_t at = tiff_number(&t, 0x4746, 3, 4, 0);
            tiff_put(&t, at + 2, type, 2);
            tiff_put(&t, at + 4, counts[i], 4);
            at = tiff_number(&t, 0x010e, 4, 16, 0);
            tiff_put(&t, at + 2, type, 2);
            tiff_put(&t, at + 4, counts[i], 4);
            read_exactly(t.bytes, t.size, &m);
            assert_true(vt_metadata_is_empty(&m));
        }
    }
    tiff_block t;
    vt_metadata m;
    tiff_begin(&t, true);
    tiff_put(&t, 8, 0xffff, 2); /* 65535 entries, of which 170 are there */
    read_exactly(t.bytes, t.size, &m);
    assert_true(vt_metadata_is_empty(&m));
}

static void test_numbers_that_make_no_sense_are_unknown(void **state)
{
    (void)state;
    tiff_block t;
    vt_metadata m;
    tiff_begin(&t, false);
    tiff_number(&t, 0x8769, 4, 400, 0);
    tiff_number(&t, 0x8825, 4, 800, 0);
    tiff_number(&t, 0x4746, 3, 99, 0);
    tiff_directory(&t, 400);
    tiff_number(&t, 0x829a, 5, 1, 0);
    tiff_number(&t, 0x829d, 5, 0, 10);
    tiff_number(&t, 0x8827, 3, 0, 0);
    tiff_number(&t, 0x920a, 10, (uint32_t)-50, 1);
    tiff_text(&t, 0x9003, "2024:02:30 13:01:02");
    tiff_directory(&t, 800);
    tiff_text(&t, 1, "N");
    tiff_numbers(&t, 2, 5, 3, (uint32_t[]){91, 1, 0, 1, 0, 1});
    tiff_text(&t, 3, "X");
    tiff_numbers(&t, 4, 5, 3, (uint32_t[]){13, 1, 24, 1, 0, 1});
    read_exactly(t.bytes, t.size, &m);
    assert_true(vt_metadata_is_empty(&m));
}

static void test_other_ways_to_say_it(void **state)
{
    (void)state;
    tiff_block t;
    vt_metadata m;
    tiff_begin(&t, true);
    tiff_text(&t, 0x010f, "Leica");
    tiff_text(&t, 0x0110, "M10");
    tiff_text(&t, 0x010e, "caf\xe9  "); /* Latin-1 */
    tiff_text(&t, 0x0132, "2001:01:01 00:00:00");
    tiff_number(&t, 0x8769, 4, 400, 0);
    tiff_directory(&t, 400);
    tiff_number(&t, 0x9201, 10, 5, 1); /* APEX: 2^-5 */
    tiff_number(&t, 0x8827, 3, 65535, 0);
    tiff_number(&t, 0x8832, 4, 204800, 0);
    read_exactly(t.bytes, t.size, &m);
    check_text(&m, VT_METADATA_CAMERA, "Leica M10");
    check_text(&m, VT_METADATA_DESCRIPTION, "caf\xc3\xa9");
    check_number(m.exposure, 1.0 / 32);
    assert_int_equal(m.iso, 204800);
    assert_int_equal(m.taken_ns, INT64_C(978307200) * VT_NS_PER_S);
    assert_false(m.known & VT_METADATA_OFFSET);
}

static void test_previews(void **state)
{
    (void)state;
    tiff_block t;
    size_t size = 0;
    const uint8_t picture[] = {0xff, 0xd8, 1, 2, 3, 0xff, 0xd9};
    for (int big = 0; big <= 1; big++) {
        tiff_camera(&t, big, picture, sizeof picture);
        const uint8_t *preview = vt_exif_preview(t.bytes, t.size, &size);
        assert_non_null(preview);
        assert_int_equal(size, sizeof picture);
        assert_memory_equal(preview, picture, size);
        assert_null(vt_exif_preview(t.bytes, t.size - 1, &size)); /* not all of it is there */
        tiff_camera(&t, big, "no picture", 10);
        assert_null(vt_exif_preview(t.bytes, t.size, &size));
        tiff_camera(&t, big, NULL, 0);
        assert_null(vt_exif_preview(t.bytes, t.size, &size));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_camera_in_both_byte_orders),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_loops_and_wild_pointers),
        cmocka_unit_test(test_counts_that_wrap),
        cmocka_unit_test(test_numbers_that_make_no_sense_are_unknown),
        cmocka_unit_test(test_other_ways_to_say_it),
        cmocka_unit_test(test_previews),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
