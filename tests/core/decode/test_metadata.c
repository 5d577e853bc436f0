#include "support/check.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/decode/metadata.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set(vt_metadata *m, vt_metadata_text field, const char *text)
{
    vt_metadata_set(m, field, text, strlen(text));
}

static void add(vt_metadata *m, vt_metadata_text field, const char *text)
{
    vt_metadata_add(m, field, text, strlen(text));
}

static void check_text(const vt_metadata *m, vt_metadata_text field, const char *expected)
{
    assert_string_equal(vt_metadata_get(m, field), expected);
}

static void fill(vt_metadata *m)
{
    memset(m, 0, sizeof *m);
    assert_true(vt_metadata_set_taken(m, "1905-02-03T04:05:06.789-03:30", 29));
    vt_metadata_set_number(m, VT_METADATA_EXPOSURE, 1.0 / 8000);
    vt_metadata_set_number(m, VT_METADATA_F_NUMBER, 1.4);
    vt_metadata_set_number(m, VT_METADATA_ISO, 102400);
    vt_metadata_set_number(m, VT_METADATA_FOCAL, 85);
    vt_metadata_set_position(m, -33.5, 151.25);
    vt_metadata_set_number(m, VT_METADATA_ALTITUDE, -4);
    vt_metadata_set_number(m, VT_METADATA_RATING, -1);
    for (int i = 0; i < VT_METADATA_TEXT_COUNT; i++) {
        char text[16];
        snprintf(text, sizeof text, "t\xc3\xa4xt %d", i);
        set(m, (vt_metadata_text)i, text);
    }
    add(m, VT_METADATA_KEYWORDS, "second");
    set(m, VT_METADATA_DESCRIPTION, "two\nlines");
}

static void test_text_is_cleaned(void **state)
{
    (void)state;
    vt_metadata m = {0};
    set(&m, VT_METADATA_TITLE, "  a\tb\x1b[31m\x7f c\n ");
    check_text(&m, VT_METADATA_TITLE, "a b [31m  c");
    set(&m, VT_METADATA_TITLE, " \r\n\t"); /* nothing: what was there stays */
    check_text(&m, VT_METADATA_TITLE, "a b [31m  c");
    static const char turned[] = {'x', '\xe2', '\x80', '\xae', 't', 'x', 't', '.', 'e', 'x', 'e', '\0'};
    set(&m, VT_METADATA_TITLE, turned); /* a mark that turns the writing direction */
    check_text(&m, VT_METADATA_TITLE, "x txt.exe");
    set(&m, VT_METADATA_TITLE, "\xc3\xa4\xff"); /* no UTF-8: each byte a letter of Latin-1 */
    check_text(&m, VT_METADATA_TITLE, "\xc3\x83\xc2\xa4\xc3\xbf");
    vt_metadata_set(&m, VT_METADATA_TITLE, "ab\0cd", 5);
    check_text(&m, VT_METADATA_TITLE, "ab");
    set(&m, VT_METADATA_DESCRIPTION, "a\r\nb");
    check_text(&m, VT_METADATA_DESCRIPTION, "a \nb");
    vt_metadata_set(&m, (vt_metadata_text)99, "x", 1); /* of a field that is none: nothing */
    check_text(&m, (vt_metadata_text)99, "");
}

static void test_text_is_cut_between_characters(void **state)
{
    (void)state;
    static const char face[4] = {'\xf0', '\x9f', '\x98', '\x80'};
    char *text = malloc(20000);
    assert_non_null(text);
    for (int i = 0; i < VT_METADATA_TEXT_COUNT; i++) {
        for (size_t shift = 0; shift < 4; shift++) {
            vt_metadata m = {0};
            memset(text, 'x', shift);
            memcpy(text + shift, face, 4);
            for (size_t at = shift + 4; at < 19996; at += 4) {
                memcpy(text + at, text + shift, 4);
            }
            vt_metadata_set(&m, (vt_metadata_text)i, text, 19996 + shift);
            const char *kept = vt_metadata_get(&m, (vt_metadata_text)i);
            size_t length = strlen(kept);
            size_t limit = vt_metadata_text_limit((vt_metadata_text)i);
            assert_true(length <= limit && length + 4 > limit);
            assert_int_equal(length % 4, shift);
            assert_true(vt_utf8_valid(kept, length));
        }
    }
    free(text);
}

static void test_several_values(void **state)
{
    (void)state;
    vt_metadata m = {0};
    add(&m, VT_METADATA_KEYWORDS, "sea");
    add(&m, VT_METADATA_KEYWORDS, "seal");
    add(&m, VT_METADATA_KEYWORDS, "sea");
    add(&m, VT_METADATA_KEYWORDS, "a\nb");
    check_text(&m, VT_METADATA_KEYWORDS, "sea\nseal\na b");
    add(&m, VT_METADATA_CREATOR, "A");
    add(&m, VT_METADATA_CREATOR, "B");
    add(&m, VT_METADATA_CREATOR, "A");
    check_text(&m, VT_METADATA_CREATOR, "A; B");
    char word[200];
    memset(word, 'w', sizeof word);
    for (int i = 0; i < 100; i++) {
        word[0] = (char)('A' + i % 50);
        vt_metadata_add(&m, VT_METADATA_KEYWORDS, word, sizeof word);
    }
    size_t length = strlen(vt_metadata_get(&m, VT_METADATA_KEYWORDS));
    assert_int_equal((length - strlen("sea\nseal\na b")) % (sizeof word + 1), 0); /* whole ones only */
    assert_true(length + sizeof word + 1 > vt_metadata_text_limit(VT_METADATA_KEYWORDS));
}

static void test_dates(void **state)
{
    (void)state;
    /* `date -u -d "..." +%s` */
    static const struct {
        const char *text;
        int64_t seconds;
        int offset; /* 9999: none */
    } good[] = {
        {"1970:01:01 00:00:00", 0, 9999},
        {"2000-02-29", 951782400, 9999},
        {"2000-03-01T00:00Z", 951868800, 0},
        {"1969-12-31T23:59:59", -1, 9999},
        {"2038-01-19T03:14:08+14:00", 2147483648, 840},
        {"1826-06-01T12:00:00", -4531118400, 9999},
        {"2261-12-31T23:59:60-00:30", 9214646400, -30},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        vt_metadata m = {0};
        assert_true(vt_metadata_set_taken(&m, good[i].text, strlen(good[i].text)));
        assert_int_equal(m.taken_ns / VT_NS_PER_S, good[i].seconds);
        assert_int_equal((m.known & VT_METADATA_OFFSET) != 0, good[i].offset != 9999);
        assert_int_equal(m.offset_minutes, good[i].offset == 9999 ? 0 : good[i].offset);
    }
    static const char *const bad[] = {
        "",           "0000:00:00 00:00:00", "    :  :     :  :  ", "2001-02-29",
        "2001-13-01", "2001-00-10",          "1799-12-31",          "2262-01-01",
        "2001-1-1",   "2001-01-01 24:00:00", "2001-01-01 10:60",    "20010101"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        vt_metadata m = {0};
        assert_false(vt_metadata_set_taken(&m, bad[i], strlen(bad[i])));
        assert_true(vt_metadata_is_empty(&m));
    }
    vt_metadata m = {0};
    vt_metadata_set_subseconds(&m, "5", 1); /* of no date */
    vt_metadata_set_offset(&m, "+01:00", 6);
    assert_true(vt_metadata_is_empty(&m));
    assert_true(vt_metadata_set_taken(&m, "1969-12-31T23:59:59", 19));
    vt_metadata_set_subseconds(&m, "25", 2);
    assert_int_equal(m.taken_ns, -750 * VT_NS_PER_MS);
    vt_metadata_set_subseconds(&m, "1234567899", 10);
    assert_int_equal(m.taken_ns, -VT_NS_PER_S + 123456789);
}

static void test_merging(void **state)
{
    (void)state;
    vt_metadata exif = {0};
    vt_metadata iptc = {0};
    vt_metadata xmp = {0};
    vt_metadata m;
    set(&exif, VT_METADATA_DESCRIPTION, "exif");
    set(&iptc, VT_METADATA_DESCRIPTION, "iptc");
    set(&exif, VT_METADATA_CREATOR, "exif");
    set(&xmp, VT_METADATA_CAMERA, "xmp");
    set(&exif, VT_METADATA_CAMERA, "exif");
    set(&xmp, VT_METADATA_LENS, "xmp");
    add(&iptc, VT_METADATA_KEYWORDS, "iptc");
    add(&xmp, VT_METADATA_KEYWORDS, "xmp");
    vt_metadata_set_number(&exif, VT_METADATA_RATING, 1);
    vt_metadata_set_number(&xmp, VT_METADATA_RATING, 5);
    vt_metadata_set_number(&exif, VT_METADATA_ISO, 100);
    vt_metadata_set_number(&xmp, VT_METADATA_ISO, 200);
    vt_metadata_set_number(&xmp, VT_METADATA_EXPOSURE, 2);
    assert_true(vt_metadata_set_taken(&exif, "2001-01-01", 10));
    assert_true(vt_metadata_set_taken(&xmp, "2002-01-01T00:00+01:00", 22));
    vt_metadata_set_position(&iptc, 1, 2);
    vt_metadata_merge(&m, &exif, &iptc, &xmp);
    check_text(&m, VT_METADATA_DESCRIPTION, "iptc");
    check_text(&m, VT_METADATA_CREATOR, "exif");
    check_text(&m, VT_METADATA_CAMERA, "exif");
    check_text(&m, VT_METADATA_LENS, "xmp");
    check_text(&m, VT_METADATA_KEYWORDS, "xmp");
    assert_int_equal(m.rating, 5);
    assert_int_equal(m.iso, 100);
    assert_true(m.exposure == 2 && m.latitude == 1 && m.longitude == 2);
    assert_int_equal(m.taken_ns / VT_NS_PER_S, 978307200);
    assert_false(m.known & VT_METADATA_OFFSET); /* the zone of another date is none of this one's */
}

static void test_packed_and_back(void **state)
{
    (void)state;
    uint8_t bytes[VT_METADATA_PACKED_MAX];
    vt_metadata m;
    vt_metadata back;
    fill(&m);
    assert_int_equal(m.known, VT_METADATA_ALL_FACTS);
    size_t size = vt_metadata_pack(&m, bytes);
    assert_true(vt_metadata_unpack(&back, bytes, size));
    assert_memory_equal(&back, &m, sizeof m);
    memset(&m, 0, sizeof m);
    assert_int_equal(vt_metadata_pack(&m, bytes), 0);
    assert_true(vt_metadata_unpack(&back, bytes, 0));
    assert_true(vt_metadata_is_empty(&back));
    /* the most there can be */
    char longest[4096];
    memset(longest, 'x', sizeof longest);
    fill(&m);
    for (int i = 0; i < VT_METADATA_TEXT_COUNT; i++) {
        vt_metadata_set(&m, (vt_metadata_text)i, longest, sizeof longest);
    }
    size = vt_metadata_pack(&m, bytes);
    assert_true(size <= sizeof bytes && size > VT_METADATA_TEXT_BYTES);
    assert_true(vt_metadata_unpack(&back, bytes, size));
    assert_memory_equal(&back, &m, sizeof m);
}

/* Whatever is damaged, what is accepted is what would have been written. */
static void test_packed_bytes_that_were_damaged(void **state)
{
    (void)state;
    uint8_t bytes[VT_METADATA_PACKED_MAX];
    uint8_t again[VT_METADATA_PACKED_MAX];
    vt_metadata m;
    fill(&m);
    size_t size = vt_metadata_pack(&m, bytes);
    size_t accepted = 0;
    for (size_t cut = 1; cut < size; cut++) {
        uint8_t *exact = malloc(cut);
        assert_non_null(exact);
        memcpy(exact, bytes, cut);
        if (vt_metadata_unpack(&m, exact, cut)) {
            accepted++; /* between two texts */
            assert_int_equal(vt_metadata_pack(&m, again), cut);
        } else {
            assert_true(vt_metadata_is_empty(&m));
        }
        free(exact);
    }
    assert_int_equal(accepted, VT_METADATA_TEXT_COUNT);
    for (size_t at = 0; at < size; at++) {
        for (int bit = 0; bit < 8; bit++) {
            bytes[at] ^= (uint8_t)(1 << bit);
            if (vt_metadata_unpack(&m, bytes, size)) {
                assert_int_equal(vt_metadata_pack(&m, again), size);
                assert_memory_equal(again, bytes, size);
            }
            bytes[at] ^= (uint8_t)(1 << bit);
        }
    }
}

static void test_packed_lies(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } lies[] = {
        {"VM\2\0\0", 5},                     /* another version */
        {"VM\1\0\0", 5},                     /* nothing at all */
        {"VM\1\2\0\0\0", 7},                 /* an offset of no date */
        {"VM\1\0\x02", 5},                   /* a fact that is none */
        {"VM\1\0\1\x06", 6},                 /* a rating of 6 */
        {"VM\1\0\0\x09\1\0x", 9},            /* a field that is none */
        {"VM\1\0\0\0\0\0", 8},               /* an empty text */
        {"VM\1\0\0\0\2\0x", 9},              /* longer than what is there */
        {"VM\1\0\0\0\1\0\xff", 9},           /* no UTF-8 */
        {"VM\1\0\0\0\1\0\n", 9},             /* a control character */
        {"VM\1\0\0\1\1\0x\0\1\0y", 13},      /* fields out of order */
        {"VM\1\0\0\1\1\0x\1\1\0y", 13},      /* a field twice */
        {"VM\1\0\0\6\3\0a\na", 11},          /* a keyword twice */
        {"VM\1\0\0\6\3\0a\n\n", 11},         /* an empty one */
        {"VM\1\0\0\x08\3\0a\na", 11},        /* a tag twice */
        {"VM\1\4\0\0\0\0\0\0\0\xf8\x7f", 13} /* a time that is no number */
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        vt_metadata m;
        assert_false(vt_metadata_unpack(&m, lies[i].bytes, lies[i].size));
        assert_true(vt_metadata_is_empty(&m));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_is_cleaned),
        cmocka_unit_test(test_text_is_cut_between_characters),
        cmocka_unit_test(test_several_values),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_merging),
        cmocka_unit_test(test_packed_and_back),
        cmocka_unit_test(test_packed_bytes_that_were_damaged),
        cmocka_unit_test(test_packed_lies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
