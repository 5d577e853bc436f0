#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/tags.h"

#include "core/index/index_private.h"
#include "tests/core/catalog/edits.h"
#include "tests/core/catalog/fixture.h"
#include "tests/core/index/library.h"
#include "tests/support/check.h"

static vt_index *make_library(int rows)
{
    vt_index *index = vt_index_create();
    library_folder(index, 1, "/a");
    for (int64_t id = 1; id <= rows; id++) {
        library_put(index, library_item(id, 1, "x"));
    }
    return index;
}

static void put_tag(vt_index *index, int64_t id, int64_t parent, const char *name)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_index_put_tag(index, id, parent, name, strlen(name), &error)) {
        fail_msg("%s", error.message);
    }
}

/* The paths of the tags of a row, in order of their numbers. */
static void expect_tags(const vt_snapshot *snapshot, uint32_t row, const char *expected)
{
    vt_str found = VT_STR_INIT;
    uint32_t count = 0;
    const uint32_t *tags = vt_snapshot_tags_of(snapshot, row, &count);
    for (uint32_t i = 0; i < count; i++) {
        vt_index_tag tag;
        vt_snapshot_tag(snapshot, tags[i], &tag);
        if (!tag.removed) {
            vt_str_append_cstr(&found, found.length ? " " : "");
            vt_snapshot_tag_path(snapshot, tags[i], &found);
        }
    }
    assert_string_equal(found.data, expected);
    vt_str_free(&found);
}

static void expect_order(const vt_snapshot *snapshot, const char *expected)
{
    const vt_tag_order *order = vt_snapshot_tag_order(snapshot);
    vt_str found = VT_STR_INIT;
    for (uint32_t i = 0; i < order->count; i++) {
        vt_index_tag tag;
        vt_snapshot_tag(snapshot, order->tags[i], &tag);
        vt_str_appendf(&found, "%s%u%s+%u", i ? " " : "", (unsigned)order->levels[i], tag.name,
                       (unsigned)(order->ends[i] - i - 1));
        assert_int_equal(order->places[order->tags[i]], i);
    }
    assert_string_equal(found.data, expected);
    vt_str_free(&found);
}

static void items_have_tags(void **state)
{
    (void)state;
    vt_index *index = make_library(3);
    put_tag(index, 10, 0, "place");
    put_tag(index, 5, 10, "italy");
    put_tag(index, 70, 5, "Rome");
    put_tag(index, 3, 0, "car");
    assert_true(vt_index_set_tags(index, 1, (int64_t[]){3, 70, 3, 999}, 4, NULL));
    assert_true(vt_index_set_tags(index, 2, (int64_t[]){70, 3}, 2, NULL));
    assert_true(vt_index_set_tags(index, 99, (int64_t[]){3}, 1, NULL));
    const vt_snapshot *first = library_publish(index);
    expect_tags(first, 0, "place/italy/Rome car");
    expect_tags(first, 1, "place/italy/Rome car");
    expect_tags(first, 2, "");
    uint32_t count = 0;
    assert_ptr_equal(vt_snapshot_tags_of(first, 0, &count), vt_snapshot_tags_of(first, 1, &count));
    assert_int_equal(vt_snapshot_find_tag(first, 70), 2);
    assert_int_equal(vt_snapshot_find_tag(first, 71), VT_INDEX_NO_TAG);
    expect_order(first, "0car+0 0place+2 1italy+1 2Rome+0");

    put_tag(index, 5, 3, "Fiat"); /* renamed and moved, with what lies below it */
    assert_true(vt_index_set_tags(index, 1, NULL, 0, NULL));
    const vt_snapshot *second = library_publish(index);
    expect_tags(second, 0, "");
    expect_tags(second, 1, "car/Fiat/Rome car");
    expect_order(second, "0car+2 1Fiat+1 2Rome+0 0place+0");
    assert_true(vt_index_remove_tag(index, 5, NULL));
    assert_true(vt_index_remove_tag(index, 12345, NULL));
    const vt_snapshot *third = library_publish(index);
    expect_tags(third, 1, "car");
    expect_order(third, "0car+0 0place+0");
    assert_int_equal(vt_snapshot_find_tag(third, 70), VT_INDEX_NO_TAG);
    expect_tags(first, 0, "place/italy/Rome car"); /* as it was */
    expect_order(first, "0car+0 0place+2 1italy+1 2Rome+0");
    assert_ptr_equal(vt_snapshot_tag_order(first), vt_snapshot_tag_order(first));
    vt_snapshot_release(first);
    vt_snapshot_release(second);
    vt_snapshot_release(third);
    vt_index_free(index);
}

static void the_order_is_natural(void **state)
{
    (void)state;
    vt_index *index = make_library(0);
    const char *const names[] = {"part 10", "Part 2", "b", "part 1", "A"};
    for (int i = 0; i < 5; i++) {
        put_tag(index, i + 1, 0, names[i]);
    }
    put_tag(index, 20, 2, "z");
    put_tag(index, 21, 2, "y");
    const vt_snapshot *snapshot = library_publish(index);
    expect_order(snapshot, "0A+0 0b+0 0part 1+0 0Part 2+2 1y+0 1z+0 0part 10+0");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
}

static void wrong_tags_are_refused(void **state)
{
    (void)state;
    vt_index *index = make_library(1);
    put_tag(index, 1, 0, "a");
    put_tag(index, 2, 1, "b");
    put_tag(index, 3, 2, "c");
    const struct {
        int64_t id, parent;
        size_t length;
        vt_error_code code;
        const char *says;
    } faults[] = {
        {1, 3, 1, VT_ERROR_USAGE, "below itself"},
        {2, 2, 1, VT_ERROR_USAGE, "below itself"},
        {4, 77, 1, VT_ERROR_USAGE, "tag 77"},
        {4, 0, 40000, VT_ERROR_LIMIT, "too long"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_index_put_tag(index, faults[i].id, faults[i].parent, "x", faults[i].length, &error));
        assert_int_equal(error.code, faults[i].code);
        assert_non_null(strstr(error.message, faults[i].says));
    }
    for (int64_t id = 4; id <= VT_INDEX_TAG_LEVELS; id++) {
        put_tag(index, id, id - 1, "deep");
    }
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_index_put_tag(index, 900, VT_INDEX_TAG_LEVELS, "x", 1, &error));
    assert_non_null(strstr(error.message, "deeper"));
    vt_index_free(index);
}

/* However often sets change, those of no use do not pile up; old snapshots keep theirs. */
static void sets_are_bounded_by_rows(void **state)
{
    (void)state;
    enum { ROWS = 5000, TAGS = 40, ROUNDS = 20 };
    vt_index *index = make_library(ROWS);
    char name[16];
    for (int i = 0; i < TAGS; i++) {
        (void)snprintf(name, sizeof name, "t%d", i);
        put_tag(index, i + 1, 0, name);
    }
    unsigned random = 1;
    static uint64_t given[ROWS];
    const vt_snapshot *early = NULL;
    static uint64_t early_given[ROWS];
    for (int round = 0; round < ROUNDS; round++) {
        for (int row = 0; row < ROWS; row++) {
            int64_t tags[TAGS];
            size_t count = 0;
            given[row] = 0;
            for (int i = 0; i < TAGS; i++) {
                random = random * 1103515245U + 12345U;
                if ((random >> 16) % 3 == 0) {
                    tags[count++] = i + 1;
                    given[row] |= UINT64_C(1) << i;
                }
            }
            assert_true(vt_index_set_tags(index, row + 1, tags, count, NULL));
        }
        if (round == 1) {
            early = library_publish(index);
            memcpy(early_given, given, sizeof given);
        }
        assert_true(index->tag_sets->count <= 2 * ROWS + 2);
    }
    const vt_snapshot *late = library_publish(index);
    for (uint32_t row = 0; row < ROWS; row++) {
        const vt_snapshot *const snapshots[] = {early, late};
        for (int s = 0; s < 2; s++) {
            uint32_t count = 0;
            const uint32_t *tags = vt_snapshot_tags_of(snapshots[s], row, &count);
            uint64_t found = 0;
            for (uint32_t i = 0; i < count; i++) {
                found |= UINT64_C(1) << tags[i];
            }
            assert_true(found == (s ? given : early_given)[row]);
        }
    }
    vt_snapshot_release(early);
    vt_snapshot_release(late);
    vt_index_free(index);
}

static void expect_album(const vt_snapshot *snapshot, uint32_t album, const char *name, const char *rows)
{
    vt_index_album of;
    vt_snapshot_album(snapshot, album, &of);
    assert_string_equal(of.name, name);
    vt_str found = VT_STR_INIT;
    for (uint32_t i = 0; i < of.row_count; i++) {
        vt_str_appendf(&found, "%s%u", i ? " " : "", of.rows[i]);
        uint32_t count = 0;
        const uint32_t *albums = vt_snapshot_albums_of(snapshot, of.rows[i], &count);
        bool in = false;
        for (uint32_t k = 0; k < count; k++) {
            in |= albums[k] == album;
        }
        assert_true(in);
    }
    assert_string_equal(found.data, rows);
    vt_str_free(&found);
}

static void albums_have_an_order(void **state)
{
    (void)state;
    vt_index *index = make_library(6);
    assert_true(vt_index_put_album(index, 7, 1, "Trip", 4, NULL));
    assert_true(vt_index_put_album(index, 8, 2, "Best", 4, NULL));
    assert_true(vt_index_add_to_album(index, 7, (int64_t[]){5, 2, 5, 99, 4}, 5, NULL));
    assert_true(vt_index_add_to_album(index, 8, (int64_t[]){4}, 1, NULL));
    const vt_snapshot *first = library_publish(index);
    assert_true(vt_index_add_to_album(index, 7, (int64_t[]){1, 2}, 2, NULL));
    const vt_snapshot *second = library_publish(index);
    assert_true(vt_index_set_album_items(index, 7, (int64_t[]){4, 6, 4}, 3, NULL));
    assert_true(vt_index_put_album(index, 7, 9, "Journey", 7, NULL));
    const vt_snapshot *third = library_publish(index);
    assert_true(vt_index_remove_album(index, 7, NULL));
    assert_true(vt_index_remove_album(index, 7, NULL));
    const vt_snapshot *fourth = library_publish(index);

    expect_album(first, 0, "Trip", "4 1 3");
    expect_album(second, 0, "Trip", "4 1 3 0");
    expect_album(third, 0, "Journey", "3 5");
    expect_album(third, 1, "Best", "3");
    uint32_t count = 9;
    vt_snapshot_albums_of(third, 4, &count);
    assert_int_equal(count, 0);
    vt_snapshot_albums_of(third, 3, &count);
    assert_int_equal(count, 2);
    vt_snapshot_albums_of(fourth, 3, &count);
    assert_int_equal(count, 1);
    assert_int_equal(vt_snapshot_find_album(third, 7), 0);
    assert_int_equal(vt_snapshot_find_album(fourth, 7), VT_INDEX_NO_ALBUM);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_index_add_to_album(index, 7, (int64_t[]){1}, 1, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_index_set_album_items(index, 77, NULL, 0, &error));
    assert_false(vt_index_put_album(index, 9, 1, "x", 40000, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_snapshot_release(first);
    vt_snapshot_release(second);
    vt_snapshot_release(third);
    vt_snapshot_release(fourth);
    vt_index_free(index);
}

/* ---- loading ---- */

static void tags_and_albums_are_loaded(void **state)
{
    (void)state;
    vt_catalog *catalog = fixture_open(VT_CATALOG_READ_WRITE);
    vt_catalog_writer *writer = fixture_writer(catalog);
    fixture_fill(writer, 5);
    const int64_t ids[] = {4, 2, 5};
    const char *const tags[] = {"place/italy/rome", "car"};
    int64_t album = 0;
    vt_error error = VT_ERROR_INIT;
    assert_true(edits_add_tags(writer, ids, 2, tags, 2, &error));
    assert_true(edits_add_tags(writer, &ids[2], 1, &tags[1], 1, &error));
    assert_true(edits_rename_tag(writer, "car", "place/car", &error)); /* its parent has a greater id */
    assert_true(edits_create_album(writer, "First", &album, &error));
    assert_true(edits_create_album(writer, "Second", &album, &error));
    assert_true(edits_add_to_album(writer, album, ids, 3, &error));
    vt_catalog_writer_free(writer);
    /* A ring, which only a damaged catalog has, and a name with an escape. */
    fixture_sql(fixture_path, "INSERT INTO tag VALUES (900, NULL, 'x'), (901, 900, 'y');"
                              "UPDATE tag SET parent_id = 901 WHERE id = 900;"
                              "INSERT INTO tag VALUES (902, NULL, 'a' || char(27));"
                              "INSERT INTO item_tag (item_id, tag_id) VALUES (1, 901), (1, 902)");
    vt_catalog_reader *reader = fixture_reader(catalog);
    vt_index *index = vt_index_create();
    assert_true(vt_index_load(index, reader, NULL, NULL, &error));
    if (!vt_index_load_attributes(index, reader, NULL, &error)) {
        fail_msg("%s", error.message);
    }
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    expect_tags(snapshot, 0, "a\xEF\xBF\xBD");
    uint32_t count = 0;
    vt_snapshot_tags_of(snapshot, 2, &count);
    assert_int_equal(count, 0);
    expect_tags(snapshot, 4, "place/car");
    const vt_tag_order *order = vt_snapshot_tag_order(snapshot);
    assert_int_equal(order->count, 5);
    expect_album(snapshot, 0, "First", "");
    expect_album(snapshot, 1, "Second", "3 1 4");
    vt_snapshot_release(snapshot);
    vt_index_free(index);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_have_tags),        cmocka_unit_test(the_order_is_natural),
        cmocka_unit_test(wrong_tags_are_refused), cmocka_unit_test(sets_are_bounded_by_rows),
        cmocka_unit_test(albums_have_an_order),   fixture_test(tags_and_albums_are_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
