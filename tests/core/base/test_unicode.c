/* Characters as UTF-8 and UTF-16: each there and back, and what is none. */
#include "tests/support/check.h"

#include "core/base/unicode.h"

#include <string.h>

static void each_character_is_read_as_it_was_written(void **state)
{
    (void)state;
    for (unsigned code = 0; code <= 0x10ffff; code++) {
        char bytes[4];
        unsigned read = 0;
        size_t length = vt_utf8_encode(code, bytes);
        assert_int_equal(vt_utf8_decode(bytes, length, &read), length);
        assert_int_equal(read, vt_utf16_is_half(code) ? VT_REPLACEMENT : code);
        assert_int_equal(length, code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
    }
}

static void what_is_no_character_is_replaced(void **state)
{
    (void)state;
    static const unsigned none[] = {0xd800, 0xdfff, 0x110000, 0xffffffff};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char bytes[4];
        assert_int_equal(vt_utf8_encode(none[i], bytes), 3);
        assert_memory_equal(bytes, "\xef\xbf\xbd", 3);
    }
}

static void utf_16_is_read_in_both_orders(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t count, taken;
        bool big_endian;
        unsigned code;
    } cases[] = {
        {"A\0", 2, 2, false, 'A'},
        {"\0A", 2, 2, true, 'A'},
        {"\xac\x20", 2, 2, false, 0x20ac},
        {"\x3d\xd8\x00\xde", 4, 4, false, 0x1f600},
        {"\xd8\x3d\xde\x00", 4, 4, true, 0x1f600},
        {"\xd8\x00\xdc\x00", 4, 4, true, 0x10000},
        {"\xdb\xff\xdf\xff", 4, 4, true, 0x10ffff},
        {"\xd8\x3d\x00\x41", 4, 2, true, 0xd83d}, /* half of a pair, and another character */
        {"\xde\x00\xd8\x3d", 4, 2, true, 0xde00}, /* the halves the wrong way round */
        {"\xd8\x3d\xde", 3, 2, true, 0xd83d},     /* cut off */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned code = 0;
        assert_int_equal(vt_utf16_decode(cases[i].bytes, cases[i].count, cases[i].big_endian, &code),
                         cases[i].taken);
        assert_int_equal(code, cases[i].code);
    }
    unsigned code = 7;
    assert_int_equal(vt_utf16_decode("A", 1, false, &code), 0);
    assert_int_equal(vt_utf16_decode("", 0, false, &code), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_character_is_read_as_it_was_written),
        cmocka_unit_test(what_is_no_character_is_replaced),
        cmocka_unit_test(utf_16_is_read_in_both_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
