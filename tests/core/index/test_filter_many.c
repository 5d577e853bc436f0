/* Filters over many rows find what a plain loop finds. */
#include "core/index/filter.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>

/* Rows over several chunks and name blocks, long and short names mixed, against a plain loop. */
static void agrees_with_a_plain_search(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    const int64_t rows = 10000;
    char name[600];
    unsigned random = 1;
    for (int64_t id = 1; id <= rows; id++) {
        size_t length = id % 50 == 0 ? 599 : (size_t)(id % 20);
        for (size_t i = 0; i < length; i++) {
            random = random * 1103515245U + 12345U;
            name[i] = (char)('a' + (random >> 16) % 4);
        }
        name[length] = '\0';
        library_put(index, library_item(id, 1, name));
        if (id % 7 == 0) {
            assert_true(vt_index_remove(index, id, NULL));
        }
    }
    const vt_snapshot *snapshot = library_publish(index);
    static const char *const texts[] = {
        "a", "ab", "abc", "abcd", "dcbaa", "aaaaaaaaaaaaaaaaaa", "bb id:..3000 cc"};
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        vt_filter *filter = vt_filter_compile(texts[t], strlen(texts[t]), NULL, NULL);
        uint32_t *found = NULL;
        uint32_t count = 0;
        assert_true(vt_filter_run(filter, snapshot, NULL, &found, &count, NULL));
        uint32_t at = 0;
        for (uint32_t row = 0; row < (uint32_t)rows; row++) {
            vt_item_brief item;
            vt_snapshot_item(snapshot, row, &item);
            bool matches = t == 6 ? item.id <= 3000 && strstr(item.name, "bb") && strstr(item.name, "cc")
                                  : strstr(item.name, texts[t]) != NULL;
            if (matches && item.id % 7 != 0) {
                assert_true(at < count);
                assert_int_equal(found[at++], row);
            }
        }
        assert_int_equal(at, count);
        free(found);
        vt_filter_free(filter);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Checks `name:"text"` against strstr of each name. */
static void check_in_names(const vt_snapshot *snapshot, const char *text)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "name:\"%s\"", text);
    vt_filter *filter = vt_filter_compile(quoted, strlen(quoted), NULL, NULL);
    assert_non_null(filter);
    uint64_t *bits = NULL;
    uint32_t count = 0, expected = 0;
    assert_true(vt_filter_match(filter, snapshot, NULL, &bits, &count, NULL));
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        bool matches = strstr(item.name, text) != NULL;
        if ((bits[row / 64] >> (row % 64) & 1) != matches) {
            fail_msg("'%s' is %sin '%s'", text, matches ? "" : "not ", item.name);
        }
        expected += matches;
    }
    assert_int_equal(count, expected);
    free(bits);
    vt_filter_free(filter);
}

/* Names as cameras give them, runs of one kind and then of another. */
static void names_that_are_alike_hide_none(void **state)
{
    (void)state;
    enum { ROWS = 9000, RUN = 11 };
    static const char *const texts[] = {
        "img_",          ".jpg",     "g",       "_00",      "img_000",
        ".tar.gz",       "1.",       "mg_00",   "holiday ", "holiday at the sea",
        "at the sea 77", "00.tar.g", ".jpgimg", "\x01"};
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    char name[64];
    unsigned random = 7;
    for (int64_t id = 1; id <= ROWS; id++) {
        random = random * 1103515245U + 12345U;
        int kind = id / RUN % 5;
        unsigned number = kind == 4 ? (random >> 16) % 100000 : (unsigned)id;
        snprintf(name, sizeof name,
                 kind == 0   ? "img_%06u.jpg"
                 : kind == 1 ? "holiday at the sea %u.jpg"
                 : kind == 2 ? "%u.tar.gz"
                             : "%x img_%u",
                 number, number);
        library_put(index, library_item(id, 1, name));
    }
    const vt_snapshot *snapshot = library_publish(index);
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        check_in_names(snapshot, texts[t]);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Something that is in most names, whole or nearly, is looked for in each: at every place of a name, short
   and long ones. */
static void what_most_names_have_is_found_in_each(void **state)
{
    (void)state;
    enum { ROWS = 8000, IN_FRONT = 45, BEHIND = 7 };
    static const char *const middles[] = {"needle-in-it", "needle-in-i", "needle-in-needle-in-it", "n-it",
                                          "-"};
    static const char *const texts[] = {"n",     "t",         "ne",         "-i",           "edl",
                                        "in-it", "needle-in", "needle-in-", "needle-in-it", "-needle-"};
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    unsigned random = 3;
    for (int64_t id = 1; id <= ROWS; id++) {
        char name[96];
        random = random * 1103515245U + 12345U;
        int front = (int)((random >> 16) % IN_FRONT);
        int behind = (int)((random >> 24) % BEHIND);
        snprintf(name, sizeof name, "%.*s%s%.*s", front, "ixxxtdxeixxxtdxeixxxtdxeixxxtdxeixxxtdxeixxxtdxe",
                 middles[(random >> 20) % 5], behind, "xdxexix");
        library_put(index, library_item(id, 1, name));
    }
    const vt_snapshot *snapshot = library_publish(index);
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        check_in_names(snapshot, texts[t]);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static uint32_t count_found(const vt_snapshot *snapshot, const char *text)
{
    vt_filter *filter = vt_filter_compile(text, strlen(text), NULL, NULL);
    uint64_t *bits = NULL;
    uint32_t count = 0;
    assert_non_null(filter);
    assert_true(vt_filter_match(filter, snapshot, NULL, &bits, &count, NULL));
    free(bits);
    vt_filter_free(filter);
    return count;
}

/* Among few and among many whose names have the same letters; with bytes that are no letters of English. */
static void a_renamed_row_is_found_by_its_new_name(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    for (int64_t id = 1; id <= ROWS; id++) {
        library_put(index, library_item(id, 1, id % 2 ? "abc" : "cab"));
    }
    library_put(index, library_item(7, 1, "Quartz-\xc3\x84"));
    library_put(index, library_item(9, 1, "bca"));
    const vt_snapshot *snapshot = library_publish(index);
    assert_int_equal(count_found(snapshot, "q"), 1);
    assert_int_equal(count_found(snapshot, "quart"), 1);
    assert_int_equal(count_found(snapshot, "z-\xc3\xa4"), 1);
    assert_int_equal(count_found(snapshot, "\xc3\x84"), 1);
    assert_int_equal(count_found(snapshot, "bca"), 1);
    assert_int_equal(count_found(snapshot, "cab"), ROWS / 2);
    assert_int_equal(count_found(snapshot, "abc"), ROWS / 2 - 2);
    assert_int_equal(count_found(snapshot, "b"), ROWS - 1);
    assert_int_equal(count_found(snapshot, "y"), 0);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* No filter is all rows but those that were removed; behind the last row no bit is set. */
static void all_rows_are_a_bit_each(void **state)
{
    (void)state;
    enum { ROWS = 5000, GONE = 4100 };
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    for (int64_t id = 1; id <= ROWS; id++) {
        library_put(index, library_item(id, 1, "a"));
    }
    assert_true(vt_index_remove(index, GONE + 1, NULL));
    const vt_snapshot *snapshot = library_publish(index);
    uint64_t *bits = NULL;
    uint32_t count = 0;
    assert_true(vt_filter_match(NULL, snapshot, NULL, &bits, &count, NULL));
    assert_int_equal(count, ROWS - 1);
    for (uint32_t row = 0; row < 8192; row++) {
        assert_int_equal(bits[row / 64] >> (row % 64) & 1, row < ROWS && row != GONE);
    }
    uint32_t *rows = vt_filter_rows(bits, count);
    assert_non_null(rows);
    assert_int_equal(rows[GONE - 1], GONE - 1);
    assert_int_equal(rows[GONE], GONE + 1);
    assert_int_equal(rows[count - 1], ROWS - 1);
    free(rows);
    free(bits);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_a_plain_search),
        cmocka_unit_test(names_that_are_alike_hide_none),
        cmocka_unit_test(what_most_names_have_is_found_in_each),
        cmocka_unit_test(a_renamed_row_is_found_by_its_new_name),
        cmocka_unit_test(all_rows_are_a_bit_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
