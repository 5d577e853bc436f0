/* Edits that are undone and redone. */
#include "core/catalog/fixture.h"

#include "core/catalog/change.h"
#include "tests/core/catalog/edits.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;
static int64_t ids[100];

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    fixture_fill(writer, 100);
    for (int i = 0; i < 100; i++) {
        ids[i] = i + 1;
    }
    return 0;
}

static int tear_down(void **state)
{
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return fixture_tear_down(state);
}

#define change_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static int64_t number(const char *sql)
{
    return fixture_number(fixture_path, sql);
}

static vt_change *make(const vt_item_edit *edit, const int64_t *items, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    vt_change *change = vt_change_make(writer, edit, items, count, &error);
    if (!change) {
        fail_msg("%s", error.message);
    }
    return change;
}

static size_t apply(const vt_change *change, vt_change_direction direction)
{
    vt_error error = VT_ERROR_INIT;
    size_t skipped = 99;
    if (!vt_change_apply(writer, change, direction, &skipped, &error)) {
        fail_msg("%s", error.message);
    }
    return skipped;
}

static void expect_refused(const vt_item_edit *edit, const int64_t *items, size_t count, vt_error_code code)
{
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_change_make(writer, edit, items, count, &error));
    assert_string_equal(vt_error_code_name(error.code), vt_error_code_name(code));
    assert_true(error.message[0] != '\0');
}

static void ratings_come_back_as_they_were(void **state)
{
    (void)state;
    assert_true(edits_set_rating(writer, ids, 10, 2, NULL));
    assert_true(edits_set_rating(writer, ids + 10, 10, 5, NULL));
    const vt_item_edit edit = {.kind = VT_EDIT_RATING, .number = 5};
    const int64_t mixed[] = {3, 1, 1, 50, 11, 2, 777}; /* one twice, one has it already, one is not there */
    vt_change *change = make(&edit, mixed, 7);
    assert_int_equal(vt_change_count(change), 4);
    assert_int_equal(vt_change_run_count(change), 2); /* those that had 0, and those that had 2 */
    assert_int_equal(number("SELECT count(*) FROM item WHERE rating = 5"), 14);
    int value = 0;
    assert_true(vt_change_number(change, VT_CHANGE_BACK, 2, &value));
    assert_int_equal(value, 2);
    assert_true(vt_change_number(change, VT_CHANGE_FORTH, 50, &value));
    assert_int_equal(value, 5);
    assert_false(vt_change_number(change, VT_CHANGE_BACK, 11, &value));

    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT sum(rating) FROM item"), 70);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 3"), 2);
    assert_int_equal(apply(change, VT_CHANGE_FORTH), 0);
    assert_int_equal(number("SELECT count(*) FROM item WHERE rating = 5"), 14);
    vt_change_free(change);
}

static void what_changed_since_stays_and_is_counted(void **state)
{
    (void)state;
    vt_change *change = make(&(vt_item_edit){.kind = VT_EDIT_RATING, .number = 3}, ids, 5);
    assert_true(edits_set_rating(writer, ids + 1, 2, 4, NULL));
    assert_true(vt_catalog_writer_remove(writer, ids + 4, 1, NULL));
    assert_int_equal(apply(change, VT_CHANGE_BACK), 3);
    assert_int_equal(number("SELECT sum(rating) FROM item"), 8);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 2"), 4);
    assert_int_equal(apply(change, VT_CHANGE_FORTH), 3);
    assert_int_equal(number("SELECT sum(rating) FROM item"), 14);
    vt_change_free(change);
}

static void a_rating_of_another_program_can_be_overwritten(void **state)
{
    (void)state;
    fixture_sql(fixture_path, "UPDATE item SET rating = 9 WHERE id = 1");
    vt_change *change = make(&(vt_item_edit){.kind = VT_EDIT_RATING, .number = 1}, ids, 1);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 1"), 1);
    vt_change_free(change);
}

static void labels_titles_and_notes(void **state)
{
    (void)state;
    assert_true(edits_set_title(writer, ids, 2, "old", NULL));
    assert_true(edits_set_note(writer, ids, 1, "first\nnote", NULL));
    vt_change *label = make(&(vt_item_edit){.kind = VT_EDIT_LABEL, .number = 4}, ids, 3);
    vt_change *title = make(&(vt_item_edit){.kind = VT_EDIT_TITLE, .text = "new"}, ids, 4);
    vt_change *note = make(&(vt_item_edit){.kind = VT_EDIT_NOTE, .text = "other"}, ids, 2);
    vt_change *none = make(&(vt_item_edit){.kind = VT_EDIT_NOTE, .text = ""}, ids, 2);
    assert_int_equal(vt_change_run_count(title), 2);
    assert_int_equal(number("SELECT count(*) FROM item WHERE title = 'new'"), 4);
    assert_int_equal(number("SELECT count(*) FROM note"), 0);
    assert_int_equal(number("SELECT count(*) FROM item WHERE label = 4"), 3);
    assert_int_equal(apply(none, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT count(*) FROM note WHERE text = 'other'"), 2);
    assert_true(edits_set_note(writer, ids + 1, 1, "a third", NULL));
    assert_int_equal(apply(note, VT_CHANGE_BACK), 1);
    assert_int_equal(number("SELECT count(*) FROM note WHERE item_id = 1 AND text LIKE 'first%note'"), 1);
    assert_int_equal(number("SELECT count(*) FROM note WHERE item_id = 2 AND text = 'a third'"), 1);
    assert_int_equal(apply(title, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT count(*) FROM item WHERE title = 'old'"), 2);
    assert_int_equal(number("SELECT count(*) FROM item WHERE title IS NOT NULL"), 2);
    assert_int_equal(apply(label, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT count(*) FROM item WHERE label IS NOT NULL"), 0);
    vt_change_free(label);
    vt_change_free(title);
    vt_change_free(note);
    vt_change_free(none);
}

static void tags_are_given_and_go_again(void **state)
{
    (void)state;
    const char *first[] = {"place/italy"};
    const char *both[] = {"place/italy/rome", "place"};
    assert_true(edits_add_tags(writer, ids, 2, first, 1, NULL));
    vt_change *added = make(&(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = both, .tag_count = 2}, ids, 3);
    assert_int_equal(vt_change_count(added), 6);
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 8);
    assert_int_equal(number("SELECT count(*) FROM tag"), 3);
    vt_change *removed =
        make(&(vt_item_edit){.kind = VT_EDIT_REMOVE_TAGS, .tags = first, .tag_count = 1}, ids, 100);
    assert_int_equal(vt_change_count(removed), 5); /* with those below it */
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 3);
    assert_int_equal(number("SELECT count(*) FROM tag"), 3);
    assert_int_equal(apply(removed, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 8);
    assert_int_equal(apply(added, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 2);
    assert_int_equal(number("SELECT count(*) FROM tag"),
                     2); /* what it had made has gone, what was used stays */
    assert_int_equal(apply(added, VT_CHANGE_FORTH), 0);
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 8);
    assert_int_equal(number("SELECT count(*) FROM tag"), 3);
    vt_change_free(removed);

    /* A tag that got another name since is not the one that was given. */
    assert_true(edits_rename_tag(writer, "place/italy/rome", "place/italy/roma", NULL));
    assert_int_equal(apply(added, VT_CHANGE_BACK), 3);
    assert_int_equal(number("SELECT count(*) FROM item_tag"), 5);
    vt_change_free(added);
}

static void albums_keep_their_order(void **state)
{
    (void)state;
    int64_t album = 0;
    assert_true(edits_create_album(writer, "Best", &album, NULL));
    const int64_t order[] = {7, 3, 9};
    vt_change *added = make(&(vt_item_edit){.kind = VT_EDIT_ADD_TO_ALBUM, .album = album}, order, 3);
    const char *in_order =
        "SELECT group_concat(item_id, '') FROM (SELECT item_id FROM album_item ORDER BY position)";
    assert_int_equal(number(in_order), 739);
    vt_change *moved =
        make(&(vt_item_edit){.kind = VT_EDIT_ORDER_ALBUM, .album = album, .before = 7}, order + 2, 1);
    assert_int_equal(number(in_order), 973);
    vt_change *removed = make(&(vt_item_edit){.kind = VT_EDIT_REMOVE_FROM_ALBUM, .album = album}, order, 1);
    assert_int_equal(number(in_order), 93);
    assert_int_equal(apply(removed, VT_CHANGE_BACK), 0);
    assert_int_equal(number(in_order), 973);
    assert_int_equal(apply(moved, VT_CHANGE_BACK), 0);
    assert_int_equal(number(in_order), 739);
    assert_int_equal(apply(moved, VT_CHANGE_FORTH), 0);
    assert_int_equal(apply(moved, VT_CHANGE_BACK), 0);
    assert_int_equal(apply(added, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT count(*) FROM album_item"), 0);
    assert_true(edits_delete_album(writer, album, NULL));
    assert_int_equal(apply(added, VT_CHANGE_FORTH), 3);
    const int64_t twice[] = {1, 1};
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_ADD_TO_ALBUM, .album = album}, twice, 2, VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_ADD_TO_ALBUM, .album = album}, ids, 1, VT_ERROR_NOT_FOUND);
    vt_change_free(added);
    vt_change_free(moved);
    vt_change_free(removed);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    const int64_t gone = 4711;
    const char *bad[] = {"a//b"};
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_RATING, .number = 6}, ids, 1, VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_RATING, .number = -1}, ids, 1, VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_LABEL, .number = 16}, ids, 1, VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_TITLE, .text = "a\nb"}, ids, 1, VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_NOTE, .text = "\xff"}, ids, 1, VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = bad, .tag_count = 1}, ids, 1,
                   VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_KIND_COUNT}, ids, 1, VT_ERROR_USAGE);
    expect_refused(&(vt_item_edit){.kind = VT_EDIT_RATING, .number = 1}, &gone, 1, VT_ERROR_NOT_FOUND);
    assert_int_equal(number("SELECT sum(rating) FROM item"), 0);
}

/* In turns, so that no two neighbours have the same value: the worst there is. */
static void an_item_costs_at_most_16_bytes(void **state)
{
    (void)state;
    enum { ITEMS = 20000 };
    vt_item *items = calloc(ITEMS, sizeof *items);
    char(*paths)[32] = calloc(ITEMS, sizeof *paths);
    int64_t *all = calloc(ITEMS, sizeof *all);
    for (int i = 0; i < ITEMS; i++) {
        snprintf(paths[i], sizeof paths[i], "/many/%d.jpg", i);
        items[i] = fixture_item(paths[i], i);
    }
    fixture_commit(writer, (vt_batch){.items = items, .item_count = ITEMS});
    for (int i = 0; i < ITEMS; i++) {
        all[i] = items[i].id;
    }
    fixture_sql(fixture_path, "UPDATE item SET rating = id % 5");
    vt_change *change = make(&(vt_item_edit){.kind = VT_EDIT_RATING, .number = 5}, all, ITEMS);
    assert_int_equal(vt_change_count(change), ITEMS);
    assert_true(vt_change_bytes(change) <= (size_t)16 * ITEMS);
    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    assert_int_equal(number("SELECT count(*) FROM item WHERE rating <> id % 5"), 0);
    vt_change_free(change);
    free(items);
    free(paths);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        change_test(ratings_come_back_as_they_were),
        change_test(what_changed_since_stays_and_is_counted),
        change_test(a_rating_of_another_program_can_be_overwritten),
        change_test(labels_titles_and_notes),
        change_test(tags_are_given_and_go_again),
        change_test(albums_keep_their_order),
        change_test(what_cannot_be_is_refused),
        change_test(an_item_costs_at_most_16_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
