#include "support/check.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/decode/xmp.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                 \
    "<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"     \
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"                                       \
    " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/'"                  \
    " xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/'"                 \
    " xmlns:aux='http://ns.adobe.com/exif/1.0/aux/' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'"    \
    " xmlns:h='http://ns.adobe.com/xap/1.0/mm/'>"
#define TAIL "</rdf:RDF></x:xmpmeta>   <?xpacket end='w'?>"

static const char whole[] = HEAD
    "<rdf:Description xmp:Rating='-1' xmp:CreateDate='2001-01-01' tiff:Make='Canon' tiff:Model='Canon EOS R5'"
    " aux:Lens='RF50mm F1.2' exif:GPSLatitude='52,30.6N' exif:GPSLongitude='13,24,0W'>"
    "<dc:title><rdf:Alt><rdf:li xml:lang='de'>Boote</rdf:li><rdf:li xml:lang='x-default'>Boats &amp; "
    "sea</rdf:li>"
    "</rdf:Alt></dc:title>"
    "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>One\ntwo</rdf:li></rdf:Alt></dc:description>"
    "<dc:creator><rdf:Seq><rdf:li>A. Writer</rdf:li><rdf:li>B. Other</rdf:li></rdf:Seq></dc:creator>"
    "<dc:rights><rdf:Alt><rdf:li>(c) all</rdf:li></rdf:Alt></dc:rights>"
    "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>h\xc3\xa4lsa</rdf:li><rdf:li/></rdf:Bag></dc:subject>"
    "<h:History><rdf:Seq><rdf:li><rdf:Description xmp:Label='not ours'><dc:title>nor this</dc:title>"
    "</rdf:Description></rdf:li></rdf:Seq></h:History>"
    "</rdf:Description><rdf:Description xmp:Label='Red'>"
    "<exif:DateTimeOriginal>2024-05-17T13:01:02.25+02:00</exif:DateTimeOriginal>"
    "<exif:ExposureTime>1/200</exif:ExposureTime><exif:FNumber>28/10</exif:FNumber>"
    "<exif:FocalLength>50.5</exif:FocalLength>"
    "<exif:ISOSpeedRatings><rdf:Seq><rdf:li>400</rdf:li></rdf:Seq></exif:ISOSpeedRatings>"
    "<exif:GPSAltitude>345/10</exif:GPSAltitude><exif:GPSAltitudeRef>1</exif:GPSAltitudeRef>"
    "</rdf:Description>" TAIL;

static bool read(const char *text, size_t size, vt_metadata *m)
{
    char *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, text, size);
    bool done = vt_xmp_read(exact, size, m);
    free(exact);
    assert_true(done || vt_metadata_is_empty(m));
    return done;
}

static void check_text(const vt_metadata *m, vt_metadata_text field, const char *expected)
{
    assert_string_equal(vt_metadata_get(m, field), expected);
}

static void test_all_properties(void **state)
{
    (void)state;
    vt_metadata m;
    assert_true(read(whole, sizeof whole, &m)); /* with its NUL, as some writers do */
    check_text(&m, VT_METADATA_TITLE, "Boats & sea");
    check_text(&m, VT_METADATA_DESCRIPTION, "One\ntwo");
    check_text(&m, VT_METADATA_CREATOR, "A. Writer; B. Other");
    check_text(&m, VT_METADATA_COPYRIGHT, "(c) all");
    check_text(&m, VT_METADATA_KEYWORDS, "sea\nh\xc3\xa4lsa");
    check_text(&m, VT_METADATA_LABEL, "Red");
    check_text(&m, VT_METADATA_CAMERA, "Canon EOS R5");
    check_text(&m, VT_METADATA_LENS, "RF50mm F1.2");
    assert_int_equal(m.known, VT_METADATA_ALL_FACTS);
    assert_int_equal(m.rating, -1);
    assert_int_equal(m.iso, 400);
    assert_true(fabs(m.exposure - 0.005) < 1e-12 && fabs(m.f_number - 2.8) < 1e-12 && m.focal_mm == 50.5);
    assert_true(fabs(m.latitude - 52.51) < 1e-9 && fabs(m.longitude + 13.4) < 1e-9);
    assert_true(m.altitude == -34.5);
    assert_int_equal(m.taken_ns, INT64_C(1715950862) * VT_NS_PER_S + 250 * VT_NS_PER_MS);
    assert_int_equal(m.offset_minutes, 120);
}

static void test_every_length(void **state)
{
    (void)state;
    size_t end = (size_t)(strstr(whole, "</x:xmpmeta>") - whole) + strlen("</x:xmpmeta>");
    vt_metadata m;
    for (size_t size = 0; size < end; size++) {
        assert_false(read(whole, size, &m));
    }
    assert_true(read(whole, end, &m));
}

static void test_no_doctype(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "<!DOCTYPE x>",
        "<!DOCTYPE x SYSTEM '/etc/passwd'>",
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
    };
    const char *body = strstr(whole, "<x:xmpmeta");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char text[8192];
        vt_metadata m;
        int size = snprintf(text, sizeof text, "%s%s", heads[i], body);
        assert_false(read(text, (size_t)size, &m));
        assert_true(read(text + strlen(heads[i]), (size_t)size - strlen(heads[i]), &m));
    }
}

/* ASCII but for what `tail` says in units, after a byte order mark; the length. */
static size_t widen(const char *text, const unsigned *tail, size_t tail_count, bool big_endian, char *wide)
{
    size_t length = 0;
    size_t count = 1 + strlen(text) + tail_count;
    for (size_t i = 0; i < count; i++) {
        unsigned unit = i == 0                 ? 0xfeff
                        : i - 1 < strlen(text) ? (unsigned char)text[i - 1]
                                               : tail[i - 1 - strlen(text)];
        wide[length++] = (char)(big_endian ? unit >> 8 : unit);
        wide[length++] = (char)(big_endian ? unit : unit >> 8);
    }
    return length;
}

static void test_utf16(void **state)
{
    (void)state;
    static const char text[] =
        "<?xml version='1.0' encoding='UTF-16'?><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><r:Description><dc:creator><r:Seq><r:li>";
    /* U+0041 U+00E9 U+4E2D U+1F4F7, and the end tags. */
    static const char ends[] = "</r:li></r:Seq></dc:creator></r:Description></r:RDF>";
    unsigned tail[8 + sizeof ends] = {0x41, 0xe9, 0x4e2d, 0xd83d, 0xdcf7};
    for (size_t i = 0; i + 1 < sizeof ends; i++) {
        tail[5 + i] = (unsigned char)ends[i];
    }
    char wide[4 * sizeof text];
    vt_metadata m;
    for (int big_endian = 0; big_endian < 2; big_endian++) {
        size_t length = widen(text, tail, 5 + sizeof ends - 1, big_endian, wide);
        assert_true(read(wide, length, &m));
        check_text(&m, VT_METADATA_CREATOR, "A\xc3\xa9\xe4\xb8\xad\xf0\x9f\x93\xb7");
        assert_false(read(wide, length - 1, &m)); /* half of a unit */
        memset(wide + length, 0, 4);
        assert_true(read(wide, length + 4, &m)); /* padding of some writers */
        tail[4] = 0x41;
        length = widen(text, tail, 5 + sizeof ends - 1, big_endian, wide);
        assert_false(read(wide, length, &m)); /* the first half of a character alone */
        tail[4] = 0xdcf7;
        tail[3] = 0xdcf7;
        length = widen(text, tail, 5 + sizeof ends - 1, big_endian, wide);
        assert_false(read(wide, length, &m)); /* the second half alone */
        tail[3] = 0xd83d;
    }
    assert_false(read("\xff\xfe", 2, &m));
    assert_false(read("\xff\xfe\0\0<\0\0\0", 8, &m)); /* UTF-32 */
}

static void test_depth(void **state)
{
    (void)state;
    for (int depth = VT_XMP_DEPTH_MAX - 1; depth <= VT_XMP_DEPTH_MAX + 1; depth++) {
        vt_str text = VT_STR_INIT;
        vt_metadata m;
        for (int i = 0; i < 2 * depth; i++) {
            vt_str_append_cstr(&text, i < depth ? "<a>" : "</a>");
        }
        assert_int_equal(read(text.data, text.length, &m), depth <= VT_XMP_DEPTH_MAX);
        vt_str_free(&text);
    }
}

static void test_nonsense_in_numbers(void **state)
{
    (void)state;
    static const char *const values[] = {"",     "x",    "1/0",  "-1/2", "1/200 s", "1e9",
                                         "6,0N", "nan",  "--1",  "1/",   "/2",      "99999999999999999999",
                                         "1,2",  "0x10", "1..2", "+"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[2048];
        vt_metadata m;
        int size = snprintf(text, sizeof text,
                            HEAD "<rdf:Description exif:FNumber='%s' exif:GPSLatitude='%s'"
                                 " exif:GPSLongitude='%s' exif:DateTimeOriginal='%s'/>" TAIL,
                            values[i], values[i], values[i], values[i]);
        assert_true(read(text, (size_t)size, &m));
        assert_true(vt_metadata_is_empty(&m));
    }
}

/* A value longer than anything kept is cut, and the next one is whole. */
static void test_long_values(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_metadata m;
    vt_str_append_cstr(&text, HEAD "<rdf:Description><dc:description><rdf:Alt><rdf:li>");
    for (int i = 0; i < 90000; i++) {
        vt_str_append_char(&text, 'x');
    }
    vt_str_append_cstr(
        &text, "</rdf:li></rdf:Alt></dc:description><xmp:Label>Red</xmp:Label></rdf:Description>" TAIL);
    assert_true(read(text.data, text.length, &m));
    assert_int_equal(strlen(vt_metadata_get(&m, VT_METADATA_DESCRIPTION)),
                     vt_metadata_text_limit(VT_METADATA_DESCRIPTION));
    check_text(&m, VT_METADATA_LABEL, "Red");
    vt_str_free(&text);
}

#define ADOBE                                                                                                \
    " xmlns:lr='http://ns.adobe.com/lightroom/1.0/' xmlns:digiKam='http://www.digikam.org/ns/1.0/'"          \
    " xmlns:MicrosoftPhoto='http://ns.microsoft.com/photo/1.0/'"
#define LI(text) "<rdf:li>" text "</rdf:li>"

static void test_tags_with_levels(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "<rdf:Description" ADOBE "><dc:subject><rdf:Bag>" LI("Rome") LI("AC/DC") LI("Places") LI("a|b")
            LI("Rome") "</rdf:Bag></dc:subject><lr:hierarchicalSubject><rdf:Bag>" LI("Places|Italy|Rome")
                LI("darktable|exported")
                    LI("People| Ann |") "</rdf:Bag></lr:hierarchicalSubject><digiKam:TagsList><rdf:Seq>" LI(
                        "Places/Italy/Rome") LI("_Digikam_Internal_Tags_/Scanned")
                        LI("Night/Sky") "</rdf:Seq></digiKam:TagsList></rdf:Description>" TAIL;
    vt_metadata m;
    assert_true(read(text, strlen(text), &m));
    check_text(&m, VT_METADATA_TAGS,
               "Places/Italy/Rome\nPeople/Ann\nNight/Sky\nAC\xe2\x88\x95"
               "DC\na|b");
    check_text(&m, VT_METADATA_KEYWORDS, "Rome\nAC/DC\nPlaces\na|b");
}

static void test_ratings_of_windows(void **state)
{
    (void)state;
    static const struct {
        const char *attributes;
        int rating; /* -2: none */
    } cases[] = {
        {"MicrosoftPhoto:Rating='1'", 1},
        {"MicrosoftPhoto:Rating='25'", 2},
        {"MicrosoftPhoto:Rating='50'", 3},
        {"MicrosoftPhoto:Rating='75'", 4},
        {"MicrosoftPhoto:Rating='99'", 5},
        {"MicrosoftPhoto:Rating='0'", 0},
        {"MicrosoftPhoto:Rating='101'", -2},
        {"MicrosoftPhoto:Rating='-1'", -2},
        {"MicrosoftPhoto:Rating='many'", -2},
        {"MicrosoftPhoto:Rating='99' xmp:Rating='2'", 2}, /* whichever comes first */
        {"xmp:Rating='-1' MicrosoftPhoto:Rating='99'", -1},
        {"xmp:Rating='nonsense' MicrosoftPhoto:Rating='75'", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048];
        vt_metadata m;
        snprintf(text, sizeof text, HEAD "<rdf:Description" ADOBE " %s/>" TAIL, cases[i].attributes);
        assert_true(read(text, strlen(text), &m));
        assert_int_equal(m.known & VT_METADATA_RATING, cases[i].rating > -2 ? VT_METADATA_RATING : 0);
        assert_int_equal(m.rating, cases[i].rating > -2 ? cases[i].rating : 0);
    }
}

/* Keywords of a megabyte, a hundred thousand of them, and what is no text. */
static void test_hostile_tags(void **state)
{
    (void)state;
    vt_str text = VT_STR_INIT;
    vt_metadata m;
    vt_str_append_cstr(&text, HEAD "<rdf:Description><dc:subject><rdf:Bag><rdf:li>");
    for (int i = 0; i < 1 << 20; i++) {
        vt_str_append_char(&text, 'x');
    }
    vt_str_append_cstr(&text, "</rdf:li>" LI("two\nlines\there") LI("&#x202e;turned") LI(" "));
    for (int i = 0; i < 100000; i++) {
        char item[64];
        snprintf(item, sizeof item, LI("word %d"), i);
        vt_str_append_cstr(&text, item);
    }
    vt_str_append_cstr(&text, "</rdf:Bag></dc:subject></rdf:Description>" TAIL);
    assert_true(read(text.data, text.length, &m));
    const char *tags = vt_metadata_get(&m, VT_METADATA_TAGS);
    assert_true(strncmp(tags, "two lines here\nturned\nword 0\nword 1\n", 36) == 0);
    size_t length = strlen(tags);
    assert_true(length <= vt_metadata_text_limit(VT_METADATA_TAGS) && length > 4000);
    const char *last = strrchr(tags, '\n') + 1; /* none is cut */
    char whole_item[64];
    snprintf(whole_item, sizeof whole_item, LI("%s"), last);
    assert_non_null(strstr(text.data, whole_item));
    uint8_t packed[VT_METADATA_PACKED_MAX]; /* it leaves the helper, and comes back as it was */
    vt_metadata again;
    assert_true(vt_metadata_unpack(&again, packed, vt_metadata_pack(&m, packed)));
    assert_memory_equal(&again, &m, sizeof m);
    vt_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_properties),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_no_doctype),
        cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_nonsense_in_numbers),
        cmocka_unit_test(test_long_values),
        cmocka_unit_test(test_tags_with_levels),
        cmocka_unit_test(test_ratings_of_windows),
        cmocka_unit_test(test_hostile_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
