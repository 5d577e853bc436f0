#include "core/index/sort.h"

#include "core/index/albums.h"
#include "core/index/attributes.h"

#include "tests/core/index/library.h"
#include "tests/support/check.h"

#include <stdlib.h>

static uint32_t *all_rows(uint32_t count)
{
    uint32_t *rows = malloc((count ? count : 1) * sizeof *rows);
    for (uint32_t i = 0; i < count; i++) {
        rows[i] = i;
    }
    return rows;
}

static void names_its_keys(void **state)
{
    (void)state;
    for (int i = 0; i < VT_SORT_KEY_COUNT; i++) {
        vt_sort_key key = VT_SORT_KEY_COUNT;
        assert_true(vt_sort_key_from_name(vt_sort_key_name((vt_sort_key)i), &key));
        assert_int_equal(key, i);
    }
    vt_sort_key key = VT_SORT_NAME;
    assert_false(vt_sort_key_from_name("colour", &key));
    assert_string_equal(vt_sort_key_name(VT_SORT_KEY_COUNT), "id");
}

/* Ascending by natural order. */
static const char *const ordered[] = {
    "",
    "-",
    ".hidden",
    "0",
    "1",
    "9",
    "10",
    "12345678",
    "123456789",
    "123456790",
    "1000000000",
    "99999999999999999999998",
    "99999999999999999999999",
    "100000000000000000000000",
    "a",
    "a/b",
    "a/b/c",
    "a b",
    "a-b",
    "a1",
    "a1b",
    "a1b2",
    "a1b10",
    "a2",
    "a10",
    "ab",
    "b",
    "img_9.jpg",
    "img_10.jpg",
    "img_0100.jpg",
    "img_101.jpg",
    "photo of a long day at the sea 9",
    "photo of a long day at the sea 10",
    "z",
    "\xC3\xA4",
    "\xC3\xA9",
    "\xD0\xB0",
    "\xFF",
};
enum { ORDERED = sizeof ordered / sizeof ordered[0] };

static void compares_naturally(void **state)
{
    (void)state;
    for (int i = 0; i < ORDERED; i++) {
        for (int j = 0; j < ORDERED; j++) {
            int order = vt_natural_compare(ordered[i], strlen(ordered[i]), ordered[j], strlen(ordered[j]));
            if ((order > 0) - (order < 0) != (i > j) - (i < j)) {
                fail_msg("\"%s\" and \"%s\": %d", ordered[i], ordered[j], order);
            }
        }
    }
    static const char *const equal[][2] = {
        {"IMG_1.JPG", "img_1.jpg"}, {"a01", "a1"}, {"a000", "a0"}, {"\xC3\x84", "\xC3\xA4"}};
    for (size_t i = 0; i < sizeof equal / sizeof equal[0]; i++) {
        assert_int_equal(
            vt_natural_compare(equal[i][0], strlen(equal[i][0]), equal[i][1], strlen(equal[i][1])), 0);
    }
}

static void sorts_names(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    /* Backwards, and then again the same in capitals: those are equal and come after the first. */
    int64_t id = 0;
    for (int round = 0; round < 2; round++) {
        for (int i = ORDERED - 1; i >= 0; i--) {
            char name[64];
            size_t length = strlen(ordered[i]);
            memcpy(name, ordered[i], length + 1);
            for (size_t c = 0; c < length && round; c++) {
                name[c] = name[c] >= 'a' && name[c] <= 'z' ? (char)(name[c] - 32) : name[c];
            }
            library_put(index, library_item(++id, 1, name));
        }
    }
    const vt_snapshot *snapshot = library_publish(index);
    uint32_t *rows = all_rows(2 * ORDERED);
    assert_true(vt_sort_rows(snapshot, VT_SORT_NAME, rows, 2 * ORDERED, NULL, NULL));
    for (uint32_t i = 0; i < ORDERED; i++) {
        assert_int_equal(rows[2 * i], ORDERED - 1 - i);
        assert_int_equal(rows[2 * i + 1], 2 * ORDERED - 1 - i);
    }
    free(rows);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static unsigned next_random(unsigned *random)
{
    *random = *random * 1103515245U + 12345U;
    return *random >> 16;
}

static void check_names(const vt_snapshot *snapshot, const uint32_t *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        vt_item_brief a;
        vt_item_brief b;
        vt_snapshot_item(snapshot, rows[i - 1], &a);
        vt_snapshot_item(snapshot, rows[i], &b);
        int order = vt_natural_compare(a.name, a.name_length, b.name, b.name_length);
        if (order > 0 || (order == 0 && rows[i - 1] > rows[i])) {
            fail_msg("\"%s\" (%u) before \"%s\" (%u)", a.name, rows[i - 1], b.name, rows[i]);
        }
    }
}

/* The radix sort by parts of names and the comparison of whole names are two ways to one order. */
static void agrees_with_the_comparison(void **state)
{
    (void)state;
    /* Pieces that names have in common, of which some are digits, folded, or no UTF-8. */
    static const char *const pieces[] = {"a",        "B",    "0",        "1",        "00",        "12",
                                         "99999999", ".jpg", "\xC3\x84", "\xC3\xA4", "\xC3",      "\xE1\xBA",
                                         "_",        "img",  "photo of", "/",        "5555555555"};
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    const uint32_t count = 20000;
    unsigned random = 7;
    for (uint32_t id = 1; id <= count; id++) {
        vt_str name = VT_STR_INIT;
        unsigned parts = id % 100 == 0 ? 20 : next_random(&random) % 5;
        for (unsigned i = 0; i < parts; i++) {
            vt_str_append_cstr(&name, pieces[next_random(&random) % (sizeof pieces / sizeof pieces[0])]);
        }
        library_put(index, library_item(id, 1, name.data));
        vt_str_free(&name);
    }
    const vt_snapshot *snapshot = library_publish(index);
    uint32_t *rows = all_rows(count);
    assert_true(vt_sort_rows(snapshot, VT_SORT_NAME, rows, count, NULL, NULL));
    check_names(snapshot, rows, count);
    free(rows);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

/* Names that only differ after hundreds of bytes. */
static void sorts_names_with_long_beginnings(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    const uint32_t count = 500;
    char name[400];
    memset(name, 'n', sizeof name);
    for (uint32_t id = 1; id <= count; id++) {
        (void)snprintf(name + 300, 100, "%u.png", (count - id) / 2);
        library_put(index, library_item(id, 1, name));
    }
    const vt_snapshot *snapshot = library_publish(index);
    uint32_t *rows = all_rows(count);
    assert_true(vt_sort_rows(snapshot, VT_SORT_NAME, rows, count, NULL, NULL));
    check_names(snapshot, rows, count);
    assert_int_equal(rows[0], count - 2);
    assert_int_equal(rows[1], count - 1);
    free(rows);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void sorts_paths_folder_by_folder(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    static const char *const folders[] = {"/cars-old", "/cars/red", "/cars 2", "/Cars", "/cars 10"};
    for (int i = 0; i < 5; i++) {
        library_folder(index, i + 1, folders[i]);
    }
    for (int id = 1; id <= 10; id++) {
        library_put(index, library_item(id, (id - 1) % 5 + 1, id <= 5 ? "b" : "a"));
    }
    const vt_snapshot *snapshot = library_publish(index);
    uint32_t *rows = all_rows(10);
    assert_true(vt_sort_rows(snapshot, VT_SORT_PATH, rows, 10, NULL, NULL));
    /* /Cars, /cars/red, /cars 2, /cars 10, /cars-old; in each a, then b */
    const uint32_t expected[] = {8, 3, 6, 1, 7, 2, 9, 4, 5, 0};
    assert_memory_equal(rows, expected, sizeof expected);
    free(rows);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static int64_t value_of(const vt_item_brief *item, vt_sort_key key)
{
    switch (key) {
    case VT_SORT_KIND:
        return item->kind * 256 + item->format;
    case VT_SORT_FORMAT:
        return item->format;
    case VT_SORT_SIZE:
        return item->size;
    case VT_SORT_DATE: /* none was taken, and the clock here shows UTC */
    case VT_SORT_MODIFIED:
        return item->mtime_ns;
    case VT_SORT_WIDTH:
        return item->width;
    case VT_SORT_HEIGHT:
        return item->height;
    case VT_SORT_PIXELS:
        return (int64_t)item->width * item->height;
    case VT_SORT_TRIANGLES:
        return item->kind == VT_KIND_SEQUENCE ? 0 : (int64_t)item->triangles;
    case VT_SORT_FRAMES:
        return item->kind == VT_KIND_SEQUENCE ? (int64_t)item->triangles : 0;
    case VT_SORT_TAKEN:  /* none was */
    case VT_SORT_ALBUMS: /* there is none */
        return 0;
    case VT_SORT_WATERTIGHT:
        return item->watertight;
    case VT_SORT_RATING:
        return item->rating;
    case VT_SORT_STATE:
        return item->state;
    default:
        return item->id;
    }
}

/* Every number, few and many distinct values, with equal ones in the order of their ids. */
static void sorts_numbers(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    const uint32_t count = 10000;
    unsigned random = 3;
    for (uint32_t id = 1; id <= count; id++) {
        vt_item_brief item = library_item(id, 1, "x");
        item.kind = (uint8_t)(next_random(&random) % 4);
        item.format = (uint8_t)(next_random(&random) % VT_FORMAT_COUNT);
        item.size = (int64_t)next_random(&random) << (next_random(&random) % 30);
        /* Before and after 1970; a thousand of them within a microsecond, equal in the upper half. */
        item.mtime_ns = id % 10 == 0 ? (int64_t)(next_random(&random) % 500)
                                     : ((int64_t)next_random(&random) - 8000) * INT64_C(1000000000000);
        item.width = next_random(&random) * 1000;
        item.height = next_random(&random) % 3;
        item.triangles = next_random(&random) % 100;
        item.watertight = (uint8_t)(next_random(&random) % 3);
        item.rating = (uint8_t)(next_random(&random) % 6);
        item.state = (uint8_t)(next_random(&random) % VT_ITEM_STATE_COUNT);
        library_put(index, item);
    }
    const vt_snapshot *snapshot = library_publish(index);
    for (int key = VT_SORT_ID; key < VT_SORT_KEY_COUNT; key++) {
        if (key == VT_SORT_NAME || key == VT_SORT_PATH) {
            continue;
        }
        uint32_t *rows = all_rows(count);
        /* Every second row, as after a filter. */
        uint32_t half = count / 2;
        for (uint32_t i = 0; i < half; i++) {
            rows[i] = 2 * i;
        }
        assert_true(vt_sort_rows(snapshot, (vt_sort_key)key, rows, half, NULL, NULL));
        for (uint32_t i = 1; i < half; i++) {
            vt_item_brief a;
            vt_item_brief b;
            vt_snapshot_item(snapshot, rows[i - 1], &a);
            vt_snapshot_item(snapshot, rows[i], &b);
            int64_t left = value_of(&a, (vt_sort_key)key);
            int64_t right = value_of(&b, (vt_sort_key)key);
            if (left > right || (left == right && rows[i - 1] >= rows[i])) {
                fail_msg("%s: row %u before %u", vt_sort_key_name((vt_sort_key)key), rows[i - 1], rows[i]);
            }
        }
        free(rows);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void what_was_not_taken_by_a_camera_comes_last(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    for (int id = 1; id <= 5; id++) {
        library_put(index, library_item(id, 1, "x"));
    }
    const vt_item_attributes taken[] = {
        {.item_id = 2, .which = VT_ATTRIBUTE_TAKEN, .taken_ns = INT64_C(1700000000000000000)},
        {.item_id = 4, .which = VT_ATTRIBUTE_TAKEN, .taken_ns = INT64_C(-1700000000000000000)}};
    assert_true(vt_index_put_attributes(index, taken, 2, NULL));
    const vt_snapshot *snapshot = library_publish(index);
    uint32_t *rows = all_rows(5);
    assert_true(vt_sort_rows(snapshot, VT_SORT_TAKEN, rows, 5, NULL, NULL));
    const uint32_t expected[] = {3, 1, 0, 2, 4};
    assert_memory_equal(rows, expected, sizeof expected);
    free(rows);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void sorts_by_how_many_albums(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    for (int id = 1; id <= 3; id++) {
        library_put(index, library_item(id, 1, "x"));
    }
    const int64_t items[] = {1, 2};
    for (int64_t album = 1; album <= 3; album++) {
        assert_true(vt_index_put_album(index, album, album, "a", 1, NULL));
        /* The first has all three, of which one will be gone; the second one has one. */
        assert_true(vt_index_add_to_album(index, album, items, album == 3 ? 2 : 1, NULL));
    }
    assert_true(vt_index_remove_album(index, 1, NULL));
    const vt_snapshot *snapshot = library_publish(index);
    uint32_t *rows = all_rows(3);
    assert_true(vt_sort_rows(snapshot, VT_SORT_ALBUMS, rows, 3, NULL, NULL));
    const uint32_t expected[] = {2, 1, 0};
    assert_memory_equal(rows, expected, sizeof expected);
    free(rows);
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void can_be_cancelled(void **state)
{
    (void)state;
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/x");
    for (int id = 1; id <= 1000; id++) {
        vt_item_brief item = library_item(id, 1, id % 2 ? "a" : "b");
        item.size = id % 300;
        library_put(index, item);
    }
    const vt_snapshot *snapshot = library_publish(index);
    static const vt_sort_key keys[] = {VT_SORT_NAME, VT_SORT_PATH, VT_SORT_SIZE};
    for (int i = 0; i < 3; i++) {
        uint32_t *rows = all_rows(1000);
        atomic_bool cancelled = true;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_sort_rows(snapshot, keys[i], rows, 1000, &cancelled, &error));
        assert_int_equal(error.code, VT_ERROR_CANCELLED);
        cancelled = false;
        free(rows);
        rows = all_rows(1000);
        assert_true(vt_sort_rows(snapshot, keys[i], rows, 1000, &cancelled, &error));
        assert_true(vt_sort_rows(snapshot, keys[i], rows, 0, &cancelled, &error));
        free(rows);
    }
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

int main(void)
{
    setenv("TZ", "UTC", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_its_keys),
        cmocka_unit_test(compares_naturally),
        cmocka_unit_test(sorts_names),
        cmocka_unit_test(agrees_with_the_comparison),
        cmocka_unit_test(sorts_names_with_long_beginnings),
        cmocka_unit_test(sorts_paths_folder_by_folder),
        cmocka_unit_test(sorts_numbers),
        cmocka_unit_test(what_was_not_taken_by_a_camera_comes_last),
        cmocka_unit_test(sorts_by_how_many_albums),
        cmocka_unit_test(can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
