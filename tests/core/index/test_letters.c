/* Which characters are in a name, and that no name which has a text is passed over for them. */
#include "tests/support/check.h"

#include "core/index/letters.h"

#include <string.h>

static uint64_t of(const char *text)
{
    return vt_letters(text, strlen(text));
}

static void each_byte_has_one_bit(void **state)
{
    (void)state;
    uint64_t all = 0;
    for (int byte = 0; byte < 256; byte++) {
        char text = (char)byte;
        uint64_t letters = vt_letters(&text, 1);
        assert_int_equal(__builtin_popcountll(letters), 1);
        all |= letters;
    }
    assert_true(all == UINT64_MAX);
    assert_true(of("") == 0);
}

/* What is said of one byte alone is true: no other has its bit. */
static void who_says_all_shares_with_nobody(void **state)
{
    (void)state;
    int alone = 0;
    for (int byte = 0; byte < 256; byte++) {
        char text = (char)byte;
        if (!vt_letters_say_all(&text, 1)) {
            continue;
        }
        alone++;
        for (int other = 0; other < 256; other++) {
            char same = (char)other;
            assert_true(other == byte || vt_letters(&text, 1) != vt_letters(&same, 1));
        }
    }
    assert_int_equal(alone, 26 + 10 + 6);
    assert_false(vt_letters_say_all("ab", 2));
    assert_false(vt_letters_say_all("", 0));
    assert_false(vt_letters_say_all("\xc3", 1));
}

static void a_part_has_no_letter_that_the_whole_lacks(void **state)
{
    (void)state;
    static const char *const names[] = {"img_0001 (2).jpg", "stra\303\237e-\346\227\245.png", "a", "..",
                                        "\377\376\001"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);
        uint64_t whole = vt_letters(names[i], length);
        for (size_t from = 0; from < length; from++) {
            for (size_t count = 0; from + count <= length; count++) {
                uint64_t part = vt_letters(names[i] + from, count);
                assert_true((whole & part) == part);
            }
        }
    }
    assert_true((of("img_0001.jpg") & of("sun")) != of("sun"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_byte_has_one_bit),
        cmocka_unit_test(who_says_all_shares_with_nobody),
        cmocka_unit_test(a_part_has_no_letter_that_the_whole_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
