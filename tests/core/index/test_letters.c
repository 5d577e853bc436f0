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
    for (int number = 0; number < 100; number++) { /* and pairs of digits some more, together */
        char pair[3] = {(char)('0' + number / 10), (char)('0' + number % 10), '\0'};
        assert_int_equal(__builtin_popcountll(of(pair)), pair[0] == pair[1] ? 2 : 3);
        all |= of(pair);
    }
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
    assert_true((of("2110") & of("12")) != of("12")); /* its digits, and not side by side */
}

/* As they were put, whichever way: 64 at a time, one by one, changed. */
static void slices_keep_what_each_row_has(void **state)
{
    (void)state;
    static vt_letter_slices slices;
    static uint64_t sets[VT_LETTERS_ROWS];
    uint64_t random = 1, square[64];
    for (uint32_t row = 0; row < VT_LETTERS_ROWS; row++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        sets[row] = random | random >> 21;
        square[row % 64] = sets[row];
        if (row % 64 == 63 && row < VT_LETTERS_ROWS / 2) {
            vt_letters_fill(&slices, row - 63, square);
        } else if (row >= VT_LETTERS_ROWS / 2) {
            vt_letters_change(&slices, row, 0, sets[row]);
        }
    }
    for (uint32_t row = 0; row < VT_LETTERS_ROWS; row += 5) {
        vt_letters_change(&slices, row, sets[row], ~sets[row]);
        sets[row] = ~sets[row];
    }
    static const uint64_t asked[] = {0, 1, UINT64_C(1) << 63, 0x30, UINT64_C(0x8000000100000010)};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        uint64_t rows[VT_LETTERS_WORDS];
        memset(rows, 0xFF, sizeof rows);
        rows[3] = 5; /* those that matter */
        vt_letters_keep(&slices, asked[i], rows);
        for (uint32_t row = 0; row < VT_LETTERS_ROWS; row++) {
            bool matters = row / 64 != 3 || row % 64 == 0 || row % 64 == 2;
            assert_int_equal(rows[row / 64] >> (row % 64) & 1, matters && (sets[row] & asked[i]) == asked[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_byte_has_one_bit),
        cmocka_unit_test(who_says_all_shares_with_nobody),
        cmocka_unit_test(a_part_has_no_letter_that_the_whole_lacks),
        cmocka_unit_test(slices_keep_what_each_row_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
