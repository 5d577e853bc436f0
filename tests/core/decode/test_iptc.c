#include "support/check.h"

#include "core/base/clock.h"
#include "core/decode/iptc.h"

#include <stdlib.h>
#include <string.h>

typedef struct segment {
    uint8_t bytes[4096];
    size_t size;
    size_t length_at; /* of the resource */
} segment;

static void put(segment *s, const void *bytes, size_t count)
{
    memcpy(s->bytes + s->size, bytes, count);
    s->size += count;
}

static void begin(segment *s)
{
    s->size = 0;
    put(s, "Photoshop 3.0", 14);
    put(s, "8BIM\x04\x25\x03odd\0\0\0\x03xyz", 17); /* some other resource, of odd length and name */
    s->bytes[s->size++] = 0;
    put(s, "8BIM\x04\x04\0\0\0\0\0\0", 12);
    s->length_at = s->size - 4;
}

static void set_length(segment *s)
{
    size_t length = s->size - s->length_at - 4;
    s->bytes[s->length_at + 2] = (uint8_t)(length >> 8);
    s->bytes[s->length_at + 3] = (uint8_t)length;
}

static void data_set(segment *s, uint8_t record, uint8_t number, const char *text)
{
    size_t length = strlen(text);
    const uint8_t head[] = {0x1c, record, number, (uint8_t)(length >> 8), (uint8_t)length};
    put(s, head, sizeof head);
    put(s, text, length);
    set_length(s);
}

static void fill(segment *s)
{
    begin(s);
    data_set(s, 1, 90, "\x1b%G");
    data_set(s, 2, 5, "Boats");
    data_set(s, 2, 25, "sea");
    data_set(s, 2, 25, "h\xc3\xa4lsa");
    data_set(s, 2, 25, "sea");
    data_set(s, 2, 55, "20240517");
    data_set(s, 2, 60, "130102-0330");
    data_set(s, 2, 80, "A. Writer");
    data_set(s, 2, 80, "B. Other");
    data_set(s, 2, 116, "caf\xe9");
    data_set(s, 2, 120, "One\rtwo\nthree");
}

static vt_metadata read(const segment *s, size_t size)
{
    vt_metadata m = {0};
    uint8_t *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, s->bytes, size);
    vt_iptc_read(exact, size, &m);
    free(exact);
    return m;
}

static void test_all_fields(void **state)
{
    (void)state;
    segment s;
    fill(&s);
    vt_metadata m = read(&s, s.size);
    assert_string_equal(vt_metadata_get(&m, VT_METADATA_TITLE), "Boats");
    assert_string_equal(vt_metadata_get(&m, VT_METADATA_KEYWORDS), "sea\nh\xc3\xa4lsa");
    assert_string_equal(vt_metadata_get(&m, VT_METADATA_CREATOR), "A. Writer; B. Other");
    assert_string_equal(vt_metadata_get(&m, VT_METADATA_COPYRIGHT), "caf\xc3\xa9");
    assert_string_equal(vt_metadata_get(&m, VT_METADATA_DESCRIPTION), "One two\nthree");
    assert_int_equal(m.taken_ns, INT64_C(1715950862) * VT_NS_PER_S);
    assert_int_equal(m.offset_minutes, -210);
}

/* Cut anywhere, the resource is not whole: nothing is known. */
static void test_every_length(void **state)
{
    (void)state;
    segment s;
    fill(&s);
    for (size_t size = 0; size < s.size; size++) {
        vt_metadata m = read(&s, size);
        assert_true(vt_metadata_is_empty(&m));
    }
}

/* Lengths within the resource that lie: what stood before them is known, nothing else. */
static void test_lengths_that_lie(void **state)
{
    (void)state;
    static const uint8_t heads[][9] = {{0x1c, 2, 25, 0x7f, 0xff},
                                       {0x1c, 2, 25, 0x80, 0x04, 0xff, 0xff, 0xff, 0xff},
                                       {0x1c, 2, 25, 0x80, 0x00},
                                       {0x1c, 2, 25, 0xff, 0xff}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        segment s;
        begin(&s);
        data_set(&s, 2, 5, "Boats");
        put(&s, heads[i], sizeof heads[i]);
        set_length(&s);
        vt_metadata m = read(&s, s.size);
        assert_string_equal(vt_metadata_get(&m, VT_METADATA_TITLE), "Boats");
        assert_string_equal(vt_metadata_get(&m, VT_METADATA_KEYWORDS), "");
    }
    segment s;
    begin(&s);
    put(&s, "\x1c\x02\x19\x80\x02\0\x03sea", 10); /* an extended set, rightly */
    set_length(&s);
    vt_metadata m = read(&s, s.size);
    assert_string_equal(vt_metadata_get(&m, VT_METADATA_KEYWORDS), "sea");
    s.bytes[s.length_at] = 0xff; /* a resource of 4 GiB */
    m = read(&s, s.size);
    assert_true(vt_metadata_is_empty(&m));
}

static void test_more_keywords_than_fit(void **state)
{
    (void)state;
    segment s;
    begin(&s);
    for (int i = 0; i < 400; i++) {
        char word[8];
        snprintf(word, sizeof word, "w%d", i);
        data_set(&s, 2, 25, word);
    }
    vt_metadata m = read(&s, s.size);
    size_t length = strlen(vt_metadata_get(&m, VT_METADATA_KEYWORDS));
    assert_true(length > vt_metadata_text_limit(VT_METADATA_KEYWORDS) - 8);
    assert_true(length <= vt_metadata_text_limit(VT_METADATA_KEYWORDS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_fields),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_lengths_that_lie),
        cmocka_unit_test(test_more_keywords_than_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
