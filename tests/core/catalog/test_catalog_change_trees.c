/* Albums and tags themselves: made, renamed, moved, joined and deleted, undone and redone. */
#include "core/catalog/fixture.h"

#include "core/base/str.h"
#include "core/catalog/change.h"
#include "core/catalog/db.h"
#include "tests/core/catalog/edits.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;
static int64_t ids[20];

enum { ITEMS = 20 };

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    fixture_fill(writer, ITEMS);
    for (int i = 0; i < ITEMS; i++) {
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

#define tree_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* ---- what is there ---- */

static void read_texts(const char *sql, vt_str *text)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &select, NULL), SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW) {
        vt_str_appendf(text, "%s%s", text->length ? " " : "", (const char *)sqlite3_column_text(select, 0));
    }
    sqlite3_finalize(select);
    sqlite3_close(db);
}

/* "a a/b=1,2": paths with the items that have them. */
static const char tags_sql[] =
    "WITH RECURSIVE path (id, path) AS (SELECT id, name FROM tag WHERE parent_id IS NULL UNION ALL "
    "SELECT tag.id, path.path || '/' || tag.name FROM path JOIN tag ON tag.parent_id = path.id) "
    "SELECT path || coalesce('=' || (SELECT group_concat(item_id) FROM (SELECT item_id FROM item_tag "
    "WHERE tag_id = path.id ORDER BY item_id)), '') FROM path ORDER BY path";

/* "2:Best=3,1": albums in their order, and what they hold in its. */
static const char albums_sql[] =
    "SELECT id || ':' || name || coalesce('=' || (SELECT group_concat(item_id) FROM (SELECT item_id FROM "
    "album_item WHERE album_id = album.id ORDER BY position)), '') FROM album ORDER BY position, id";

static void expect(const char *sql, const char *wanted)
{
    vt_str found = VT_STR_INIT;
    read_texts(sql, &found);
    assert_string_equal(found.data, wanted);
    vt_str_free(&found);
}

/* ---- edits ---- */

static vt_change *try_edit(const vt_item_edit *edit, const int64_t *items, size_t count, vt_error *error)
{
    return vt_change_make(writer, edit, items, count, error);
}

static vt_change *make(const vt_item_edit *edit, const int64_t *items, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    vt_change *change = try_edit(edit, items, count, &error);
    if (!change) {
        fail_msg("%s", error.message);
    }
    return change;
}

static vt_change *try_tag(const char *from, const char *to, vt_error *error)
{
    const char *tags[] = {from};
    const vt_item_edit edit = {
        .kind = to ? VT_EDIT_MOVE_TAG : VT_EDIT_DELETE_TAG, .tags = tags, .tag_count = 1, .text = to};
    return try_edit(&edit, NULL, 0, error);
}

/* `to` NULL: it is deleted. */
static vt_change *edit_tag(const char *from, const char *to)
{
    vt_error error = VT_ERROR_INIT;
    vt_change *change = try_tag(from, to, &error);
    if (!change) {
        fail_msg("%s: %s", from, error.message);
    }
    return change;
}

static void give(const char *tag, size_t first, size_t count)
{
    assert_true(edits_add_tags(writer, ids + first, count, &tag, 1, NULL));
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

/* There, back, and there again. */
static void go_round(vt_change *change, const char *sql, const char *before, const char *after)
{
    expect(sql, after);
    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    expect(sql, before);
    assert_int_equal(apply(change, VT_CHANGE_FORTH), 0);
    expect(sql, after);
    assert_int_equal(apply(change, VT_CHANGE_BACK), 0);
    expect(sql, before);
    vt_change_free(change);
}

/* ---- albums ---- */

static void an_album_is_made_with_its_items(void **state)
{
    (void)state;
    const int64_t order[] = {9, 2, 777, 5}; /* one is not there */
    vt_change *change = make(&(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "Trip"}, order, 4);
    assert_int_equal(vt_change_album(change), 1);
    assert_string_equal(vt_change_name(change), "Trip");
    assert_int_equal(vt_change_count(change), 4);
    go_round(change, albums_sql, "", "1:Trip=9,2,5");
    change = make(&(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "Empty"}, NULL, 0);
    assert_int_equal(vt_change_count(change), 1);
    go_round(change, albums_sql, "", "1:Empty");
}

static void make_three_albums(void)
{
    vt_change_free(make(&(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "a"}, (int64_t[]){3, 1, 2}, 3));
    vt_change_free(make(&(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "b"}, (int64_t[]){7, 4}, 2));
    vt_change_free(make(&(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "c"}, NULL, 0));
    expect(albums_sql, "1:a=3,1,2 2:b=7,4 3:c");
}

static void albums_are_renamed_moved_and_deleted(void **state)
{
    (void)state;
    static const char three[] = "1:a=3,1,2 2:b=7,4 3:c";
    make_three_albums();
    go_round(make(&(vt_item_edit){.kind = VT_EDIT_RENAME_ALBUM, .album = 2, .text = "B"}, NULL, 0),
             albums_sql, three, "1:a=3,1,2 2:B=7,4 3:c");
    go_round(make(&(vt_item_edit){.kind = VT_EDIT_MOVE_ALBUM, .album = 3, .before = 1}, NULL, 0), albums_sql,
             three, "3:c 1:a=3,1,2 2:b=7,4");
    go_round(make(&(vt_item_edit){.kind = VT_EDIT_DELETE_ALBUM, .album = 1}, NULL, 0), albums_sql, three,
             "2:b=7,4 3:c");
    go_round(make(&(vt_item_edit){.kind = VT_EDIT_DELETE_ALBUM, .album = 3}, NULL, 0), albums_sql, three,
             "1:a=3,1,2 2:b=7,4");
    vt_change *same = make(&(vt_item_edit){.kind = VT_EDIT_RENAME_ALBUM, .album = 2, .text = "b"}, NULL, 0);
    assert_int_equal(vt_change_count(same), 0); /* nothing to be undone */
    vt_change_free(same);
}

static void an_album_that_something_else_changed_stays(void **state)
{
    (void)state;
    make_three_albums();
    vt_change *made = make(&(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = "d"}, ids, 1);
    assert_true(edits_add_to_album(writer, 4, ids + 5, 1, NULL));
    assert_int_equal(apply(made, VT_CHANGE_BACK), 2); /* it would take the newcomer with it */
    expect(albums_sql, "1:a=3,1,2 2:b=7,4 3:c 4:d=1,6");
    vt_change *renamed =
        make(&(vt_item_edit){.kind = VT_EDIT_RENAME_ALBUM, .album = 3, .text = "C"}, NULL, 0);
    assert_true(edits_rename_album(writer, 3, "other", NULL));
    assert_int_equal(apply(renamed, VT_CHANGE_BACK), 1);
    expect(albums_sql, "1:a=3,1,2 2:b=7,4 3:other 4:d=1,6");
    vt_change *deleted = make(&(vt_item_edit){.kind = VT_EDIT_DELETE_ALBUM, .album = 4}, NULL, 0);
    int64_t taken = 0;
    assert_true(edits_create_album(writer, "new", &taken, NULL));
    assert_int_equal(taken, 4);
    assert_int_equal(apply(deleted, VT_CHANGE_BACK), 3); /* its number is another's */
    expect(albums_sql, "1:a=3,1,2 2:b=7,4 3:other 4:new");
    vt_change_free(made);
    vt_change_free(renamed);
    vt_change_free(deleted);
}

static void items_that_went_do_not_come_back_with_an_album(void **state)
{
    (void)state;
    make_three_albums();
    vt_change *deleted = make(&(vt_item_edit){.kind = VT_EDIT_DELETE_ALBUM, .album = 1}, NULL, 0);
    assert_true(vt_catalog_writer_remove(writer, (int64_t[]){1}, 1, NULL));
    assert_int_equal(apply(deleted, VT_CHANGE_BACK), 1);
    expect(albums_sql, "1:a=3,2 2:b=7,4 3:c");
    vt_change_free(deleted);
}

static void what_cannot_be_of_albums_is_refused(void **state)
{
    (void)state;
    static const struct {
        vt_item_edit edit;
        vt_error_code code;
    } wrong[] = {
        {{.kind = VT_EDIT_CREATE_ALBUM}, VT_ERROR_USAGE},
        {{.kind = VT_EDIT_CREATE_ALBUM, .text = "a\nb"}, VT_ERROR_USAGE},
        {{.kind = VT_EDIT_RENAME_ALBUM, .album = 1, .text = ""}, VT_ERROR_USAGE},
        {{.kind = VT_EDIT_RENAME_ALBUM, .album = 77, .text = "x"}, VT_ERROR_NOT_FOUND},
        {{.kind = VT_EDIT_MOVE_ALBUM, .album = 77}, VT_ERROR_NOT_FOUND},
        {{.kind = VT_EDIT_DELETE_ALBUM, .album = 77}, VT_ERROR_NOT_FOUND},
    };
    make_three_albums();
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_null(try_edit(&wrong[i].edit, NULL, 0, &error));
        assert_int_equal(error.code, wrong[i].code);
        assert_true(error.message[0] != '\0');
    }
    expect(albums_sql, "1:a=3,1,2 2:b=7,4 3:c");
}

/* ---- tags ---- */

static const char some[] = "animals animals/cat=1,2 animals/cat/black=3 animals/dog=4 pets=5";

static void make_some_tags(void)
{
    give("animals/cat", 0, 2);
    give("animals/cat/black", 2, 1);
    give("animals/dog", 3, 1);
    give("pets", 4, 1);
    expect(tags_sql, some);
}

static void a_tag_is_renamed_and_moved_with_what_lies_below(void **state)
{
    (void)state;
    make_some_tags();
    go_round(edit_tag("animals/cat", "animals/Cat"), tags_sql, some,
             "animals animals/Cat=1,2 animals/Cat/black=3 animals/dog=4 pets=5");
    go_round(edit_tag("animals/cat", "pets/cat"), tags_sql, some,
             "animals animals/dog=4 pets=5 pets/cat=1,2 pets/cat/black=3");
    go_round(edit_tag("animals/cat", "cat"), tags_sql, some,
             "animals animals/dog=4 cat=1,2 cat/black=3 pets=5");
    go_round(edit_tag("animals", "a/b/c"), tags_sql, some,
             "a a/b a/b/c a/b/c/cat=1,2 a/b/c/cat/black=3 a/b/c/dog=4 pets=5");
    vt_change *same = edit_tag("animals/cat", "animals/cat");
    assert_string_equal(vt_change_name(same), "animals/cat");
    assert_int_equal(vt_change_count(same), 0);
    vt_change_free(same);
}

static void a_tag_is_joined_with_its_namesake(void **state)
{
    (void)state;
    make_some_tags();
    give("pets/cat", 1, 5); /* item 2 has both */
    give("pets/cat/black/old", 8, 1);
    static const char before[] = "animals animals/cat=1,2 animals/cat/black=3 animals/dog=4 pets=5 "
                                 "pets/cat=2,3,4,5,6 pets/cat/black pets/cat/black/old=9";
    go_round(edit_tag("animals/cat", "pets/cat"), tags_sql, before,
             "animals animals/dog=4 pets=5 pets/cat=1,2,3,4,5,6 pets/cat/black=3 pets/cat/black/old=9");
    go_round(edit_tag("animals/cat/black", "animals/cat"), tags_sql, before,
             "animals animals/cat=1,2,3 animals/dog=4 pets=5 pets/cat=2,3,4,5,6 pets/cat/black "
             "pets/cat/black/old=9");
}

/* What lies below takes the name, and the place, of what it lay below. */
static void a_tag_is_joined_with_one_above_it(void **state)
{
    (void)state;
    give("a/b/b/c", 0, 1);
    give("a/b", 1, 1);
    go_round(edit_tag("a/b", "a"), tags_sql, "a a/b=2 a/b/b a/b/b/c=1", "a=2 a/b a/b/c=1");
    give("x/y/x/y", 2, 2);
    go_round(edit_tag("x/y/x", "x"), tags_sql, "a a/b=2 a/b/b a/b/b/c=1 x x/y x/y/x x/y/x/y=3,4",
             "a a/b=2 a/b/b a/b/b/c=1 x x/y=3,4");
}

static void a_tag_is_deleted_with_what_lies_below(void **state)
{
    (void)state;
    make_some_tags();
    go_round(edit_tag("animals", NULL), tags_sql, some, "pets=5");
    go_round(edit_tag("animals/cat/black", NULL), tags_sql, some,
             "animals animals/cat=1,2 animals/dog=4 pets=5");
}

static void what_came_to_a_tag_since_stays(void **state)
{
    (void)state;
    make_some_tags();
    vt_change *moved = edit_tag("pets", "new/pets");
    give("new", 9, 1);
    assert_int_equal(apply(moved, VT_CHANGE_BACK), 1); /* the level that was made is somebody's now */
    expect(tags_sql, "animals animals/cat=1,2 animals/cat/black=3 animals/dog=4 new=10 pets=5");
    assert_int_equal(apply(moved, VT_CHANGE_FORTH), 0);
    expect(tags_sql, "animals animals/cat=1,2 animals/cat/black=3 animals/dog=4 new=10 new/pets=5");
    vt_change_free(moved);

    vt_change *deleted = edit_tag("animals/cat", NULL);
    give("animals/cat", 6, 1); /* another one of that name */
    assert_int_equal(apply(deleted, VT_CHANGE_BACK), vt_change_count(deleted));
    expect(tags_sql, "animals animals/cat=7 animals/dog=4 new=10 new/pets=5");
    vt_change_free(deleted);

    vt_change *renamed = edit_tag("animals/dog", "animals/Dog");
    assert_true(edits_rename_tag(writer, "animals/Dog", "animals/hound", NULL));
    assert_int_equal(apply(renamed, VT_CHANGE_BACK), 1);
    expect(tags_sql, "animals animals/cat=7 animals/hound=4 new=10 new/pets=5");
    vt_change_free(renamed);
}

static void what_cannot_be_of_tags_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        vt_error_code code;
        const char *says;
    } wrong[] = {
        {"animals", "animals/cat/animals", VT_ERROR_USAGE, "below itself"},
        {"animals", "animals/new/deep", VT_ERROR_USAGE, "below itself"},
        {"animals", "animals/cat", VT_ERROR_USAGE, "below itself"},
        {"nothing", "x", VT_ERROR_NOT_FOUND, "no tag"},
        {"nothing", NULL, VT_ERROR_NOT_FOUND, "no tag"},
        {"animals", "", VT_ERROR_USAGE, "no name"},
        {"animals", "a//b", VT_ERROR_USAGE, "no name"},
        {"animals", "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15", VT_ERROR_USAGE, "16 levels"},
    };
    make_some_tags();
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_null(try_tag(wrong[i].from, wrong[i].to, &error));
        if (error.code != wrong[i].code || !strstr(error.message, wrong[i].says)) {
            fail_msg("%s to %s: %s", wrong[i].from, wrong[i].to ? wrong[i].to : "-", error.message);
        }
    }
    vt_error error = VT_ERROR_INIT;
    assert_null(try_edit(&(vt_item_edit){.kind = VT_EDIT_DELETE_TAG}, NULL, 0, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    expect(tags_sql, some);
}

/* ---- anything at all ---- */

static unsigned luck = 1;

static unsigned draw(unsigned below)
{
    luck = luck * 1103515245U + 12345U;
    return luck / 65536U % below;
}

static const char *draw_path(char *path)
{
    static const char *const names[] = {"a", "b", "c"};
    path[0] = '\0';
    for (unsigned level = 1 + draw(3); level > 0; level--) {
        snprintf(path + strlen(path), 8, "%s%s", path[0] ? "/" : "", names[draw(3)]);
    }
    return path;
}

/* A line of edits that is undone to its beginning, and redone to its end. */
static void a_line_of_edits_is_undone_and_redone(void **state)
{
    (void)state;
    enum { STEPS = 60, ROUNDS = 5 };
    for (int round = 0; round < ROUNDS; round++) {
        vt_change *line[STEPS];
        vt_str states[STEPS + 1];
        int count = 0;
        states[0] = (vt_str)VT_STR_INIT;
        read_texts(tags_sql, &states[0]);
        while (count < STEPS) {
            char from[64];
            char to[64];
            draw_path(from);
            draw_path(to);
            if (draw(2)) {
                const char *tags[] = {to};
                line[count] = make(&(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = tags, .tag_count = 1},
                                   ids + draw(ITEMS - 3), 1 + draw(3));
            } else {
                line[count] = try_tag(from, draw(8) ? to : NULL, NULL);
            }
            if (line[count]) {
                states[++count] = (vt_str)VT_STR_INIT;
                read_texts(tags_sql, &states[count]);
            }
        }
        for (int i = count; i-- > 0;) {
            assert_int_equal(apply(line[i], VT_CHANGE_BACK), 0);
            expect(tags_sql, states[i].data);
        }
        for (int i = 0; i < count; i++) {
            assert_int_equal(apply(line[i], VT_CHANGE_FORTH), 0);
            expect(tags_sql, states[i + 1].data);
            vt_change_free(line[i]);
        }
        for (int i = 0; i <= count; i++) {
            vt_str_free(&states[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        tree_test(an_album_is_made_with_its_items),
        tree_test(albums_are_renamed_moved_and_deleted),
        tree_test(an_album_that_something_else_changed_stays),
        tree_test(items_that_went_do_not_come_back_with_an_album),
        tree_test(what_cannot_be_of_albums_is_refused),
        tree_test(a_tag_is_renamed_and_moved_with_what_lies_below),
        tree_test(a_tag_is_joined_with_its_namesake),
        tree_test(a_tag_is_joined_with_one_above_it),
        tree_test(a_tag_is_deleted_with_what_lies_below),
        tree_test(what_came_to_a_tag_since_stays),
        tree_test(what_cannot_be_of_tags_is_refused),
        tree_test(a_line_of_edits_is_undone_and_redone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
