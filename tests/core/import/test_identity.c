/* Files that move keep their item: id, tags, rating, notes, albums. Real files, a real engine. */
#include "tests/support/check.h"

#include "core/catalog/marks.h"
#include "core/import/engine_private.h"
#include "core/import/origin.h"
#include "core/index/filter.h"
#include "tests/core/catalog/edits.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int set_up(void **state)
{
    *state = session_create();
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

/* The number of the item at `name` below the pictures, 0 if there is none; its facts go to `item`. */
static int64_t id_at(engine_session *session, const char *name, vt_item *item)
{
    vt_item found = {0};
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_non_null(reader);
    char *path = strdup(files_path(session->pictures, name));
    if (!vt_catalog_reader_item_at(reader, path, strlen(path), &found, NULL)) {
        found.id = 0;
    }
    found.path = NULL;
    free(path);
    vt_catalog_reader_free(reader);
    if (item) {
        *item = found;
    }
    return found.id;
}

/* Gives an item something of everything the user can give. */
static void mark(engine_session *session, int64_t id)
{
    vt_catalog_writer *writer = session_writer(session);
    const char *tags[] = {"place/rome"};
    int64_t album = 0;
    assert_true(edits_set_rating(writer, &id, 1, 4, NULL));
    assert_true(edits_set_note(writer, &id, 1, "a note", NULL));
    assert_true(edits_set_title(writer, &id, 1, "a title", NULL));
    assert_true(edits_add_tags(writer, &id, 1, tags, 1, NULL));
    assert_true(edits_create_album(writer, "best", &album, NULL));
    assert_true(edits_add_to_album(writer, album, &id, 1, NULL));
}

static bool count_item(void *user, int64_t item_id)
{
    (void)item_id;
    ++*(int *)user;
    return true;
}

static bool count_tag(void *user, const vt_tag *tag)
{
    (void)tag;
    ++*(int *)user;
    return true;
}

static void assert_marked(engine_session *session, int64_t id)
{
    vt_item item;
    vt_item_marks marks;
    int tags = 0, places = 0;
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_catalog_reader_item(reader, id, &item, NULL));
    assert_int_equal(item.rating, 4);
    assert_true(vt_marks_item(reader, id, &marks, NULL));
    assert_string_equal(marks.note, "a note");
    assert_string_equal(marks.title, "a title");
    vt_item_marks_free(&marks);
    assert_true(vt_marks_each_tag_of(reader, id, count_tag, &tags, NULL));
    assert_int_equal(tags, 1);
    assert_true(vt_marks_each_in_album(reader, 1, count_item, &places, NULL));
    assert_int_equal(places, 1);
    vt_catalog_reader_free(reader);
}

static void move(engine_session *session, const char *from, const char *to)
{
    char *old_path = strdup(files_path(session->pictures, from));
    char *new_path = strdup(files_path(session->pictures, to));
    assert_int_equal(rename(old_path, new_path), 0);
    free(old_path);
    free(new_path);
}

static void import(engine_session *session, import_record *record)
{
    session_import(session, session->pictures, NULL, record);
    assert_int_equal(record->error.code, VT_ERROR_NONE);
}

/* What the index shows of an item, as a path below the pictures; "" if its row is removed. */
static void assert_shown(engine_session *session, int64_t id, const char *name)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t row = vt_snapshot_find(snapshot, id);
    assert_int_not_equal(row, VT_INDEX_NO_ROW);
    assert_int_equal(vt_snapshot_removed(snapshot, row), *name == '\0');
    if (*name) {
        vt_str path = VT_STR_INIT;
        vt_snapshot_path(snapshot, row, &path);
        assert_string_equal(path.data, files_path(session->pictures, name));
        vt_str_free(&path);
    }
    vt_snapshot_release(snapshot);
}

static void renamed_while_nobody_looked(void **state)
{
    engine_session *session = *state;
    import_record record;
    session_pictures(session->pictures, 5, 20, 10);
    session_open(session, 4, 2, NULL);
    import(session, &record);
    int64_t id = id_at(session, "0002.ppm", NULL);
    mark(session, id);
    session_close(session);

    move(session, "0002.ppm", "renamed.ppm");
    session_open(session, 4, 2, NULL);
    import(session, &record);
    assert_int_equal(record.figures.moved, 1);
    assert_int_equal(record.figures.imported, 0);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(record.figures.unchanged, 4);
    assert_int_equal(record.figures.decoded, 0); /* it is known by its inode, nobody reads it */
    vt_item item;
    assert_int_equal(id_at(session, "renamed.ppm", &item), id);
    assert_int_equal(item.state, VT_ITEM_OK);
    assert_int_equal(item.media.width, 20);
    assert_int_equal(id_at(session, "0002.ppm", NULL), 0);
    assert_int_equal(session_items(session), 5);
    assert_marked(session, id);
    assert_shown(session, id, "renamed.ppm");
    import(session, &record); /* and that is all */
    assert_int_equal(record.figures.unchanged, 5);
    assert_int_equal(record.batches, 0);
}

static void folder_moves_as_a_whole(void **state)
{
    engine_session *session = *state;
    enum { COUNT = 300 };
    import_record record;
    char *old_folder = strdup(files_folder(session->pictures, "old"));
    session_pictures(old_folder, COUNT, 12, 8);
    session_open(session, 4, 2, NULL);
    import(session, &record);
    int64_t id = id_at(session, "old/0123.ppm", NULL);
    mark(session, id);
    move(session, "old", "aaa"); /* met before the folder that is gone, */
    import(session, &record);
    assert_int_equal(record.figures.moved, COUNT);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(record.figures.decoded, 0);
    assert_int_equal(id_at(session, "aaa/0123.ppm", NULL), id);
    move(session, "aaa", "zzz"); /* and after it */
    import(session, &record);
    assert_int_equal(record.figures.moved, COUNT);
    assert_int_equal(id_at(session, "zzz/0123.ppm", NULL), id);
    assert_int_equal(session_items(session), COUNT);
    assert_marked(session, id);
    assert_shown(session, id, "zzz/0123.ppm");
    free(old_folder);
}

/* Another inode and another time: only the content tells. */
static void move_by_copy(engine_session *session, const char *from, const char *to)
{
    char *old_path = strdup(files_path(session->pictures, from));
    char *new_path = strdup(files_path(session->pictures, to));
    files_copy(old_path, new_path, 0);
    unlink(old_path);
    free(old_path);
    free(new_path);
}

static void known_again_by_content(void **state)
{
    engine_session *session = *state;
    import_record record;
    session_pictures(session->pictures, 3, 200, 150);
    session_open(session, 4, 2, NULL);
    import(session, &record);
    int64_t id = id_at(session, "0001.ppm", NULL);
    mark(session, id);
    move_by_copy(session, "0001.ppm", "elsewhere.ppm");
    import(session, &record);
    assert_int_equal(record.figures.moved, 1);
    assert_int_equal(record.figures.imported, 0);
    assert_int_equal(id_at(session, "elsewhere.ppm", NULL), id);
    assert_int_equal(session_items(session), 3);
    assert_marked(session, id);
    assert_shown(session, id, "elsewhere.ppm");
}

/* Missing for a while, then back under another name and inode, and taken in by name before it is read. */
static void newcomer_gives_way(void **state)
{
    engine_session *session = *state;
    import_record record;
    const vt_import_options listed = {.read_limit = VT_IMPORT_READ_NONE};
    session_pictures(session->pictures, 3, 200, 150);
    session_open(session, 4, 2, NULL);
    import(session, &record);
    int64_t id = id_at(session, "0001.ppm", NULL);
    mark(session, id);
    char *kept = strdup(files_path(session->root, "kept"));
    files_copy(files_path(session->pictures, "0001.ppm"), kept, 0);
    unlink(files_path(session->pictures, "0001.ppm"));
    import(session, &record);
    assert_int_equal(record.figures.missing, 1);

    files_copy(kept, files_path(session->pictures, "back.ppm"), 0);
    session_import(session, session->pictures, &listed, &record);
    assert_int_equal(record.figures.deferred, 1);
    int64_t newcomer = id_at(session, "back.ppm", NULL);
    assert_int_not_equal(newcomer, id);
    assert_shown(session, newcomer, "back.ppm");
    import(session, &record);
    assert_int_equal(record.figures.moved, 1);
    assert_int_equal(record.figures.waiting, 0);
    assert_int_equal(id_at(session, "back.ppm", NULL), id);
    assert_int_equal(session_items(session), 3);
    assert_marked(session, id);
    assert_shown(session, id, "back.ppm");
    assert_shown(session, newcomer, "");
    free(kept);
}

static void copies_and_links_are_items_of_their_own(void **state)
{
    engine_session *session = *state;
    import_record record;
    session_pictures(session->pictures, 2, 40, 30);
    session_open(session, 4, 2, NULL);
    import(session, &record);
    int64_t id = id_at(session, "0000.ppm", NULL);
    mark(session, id);
    char *first = strdup(files_path(session->pictures, "0000.ppm"));
    files_copy(first, files_path(session->pictures, "copy.ppm"), 0);
    assert_int_equal(link(first, files_path(session->pictures, "link.ppm")), 0);
    import(session, &record);
    assert_int_equal(record.figures.moved, 0);
    assert_int_equal(record.figures.imported, 2);
    assert_int_equal(id_at(session, "0000.ppm", NULL), id);
    assert_int_equal(session_items(session), 4);

    /* The first name of the two goes: the item moves to the name that is new, not to the one that was there.
     */
    assert_int_equal(rename(first, files_path(session->pictures, "moved.ppm")), 0);
    import(session, &record);
    assert_int_equal(record.figures.moved, 1);
    assert_int_equal(id_at(session, "moved.ppm", NULL), id);
    assert_int_equal(session_items(session), 4);
    free(first);
}

static void two_that_cannot_be_told_apart_are_not_guessed(void **state)
{
    engine_session *session = *state;
    import_record record;
    char *one = strdup(files_path(session->pictures, "one.ppm"));
    char *two = strdup(files_path(session->pictures, "two.ppm"));
    files_write_picture(one, 60, 40, 1);
    files_copy(one, two, 0);
    session_open(session, 4, 2, NULL);
    import(session, &record);
    char *kept = strdup(files_path(session->root, "kept"));
    files_copy(one, kept, 0);
    unlink(one);
    unlink(two);
    files_copy(kept, files_path(session->pictures, "three.ppm"), 0);
    import(session, &record);
    assert_int_equal(record.figures.moved, 0);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(record.figures.missing, 2);

    /* But one that has the name of one of them is that one. */
    char *folder = strdup(files_folder(session->pictures, "sub"));
    files_copy(kept, files_path(folder, "two.ppm"), 0);
    import(session, &record);
    assert_int_equal(record.figures.moved, 1);
    free(folder);
    free(kept);
    free(one);
    free(two);
}

/* What somebody saw counts, also for items that were never read and so have no other evidence. */
static void seen_renames_move_unread_items(void **state)
{
    engine_session *session = *state;
    import_record record;
    const vt_import_options listed = {.read_limit = VT_IMPORT_READ_NONE};
    char *folder = strdup(files_folder(session->pictures, "a"));
    session_pictures(folder, 4, 20, 10);
    session_open(session, 4, 2, NULL);
    session_import(session, session->pictures, &listed, &record);
    int64_t id = id_at(session, "a/0002.ppm", NULL);
    mark(session, id);
    move(session, "a", "b");
    char *to = strdup(files_path(session->pictures, "b"));
    const vt_rename rename = {folder, to};
    const vt_import_options seen = {.read_limit = VT_IMPORT_READ_NONE, .renames = &rename, .rename_count = 1};
    session_import(session, session->pictures, &seen, &record);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(record.figures.found, 4);
    vt_item item;
    assert_int_equal(id_at(session, "b/0002.ppm", &item), id);
    assert_int_equal(item.state, VT_ITEM_UNREAD);
    assert_int_equal(session_items(session), 4);
    assert_marked(session, id);
    import(session, &record); /* now they are read */
    assert_int_equal(id_at(session, "b/0002.ppm", &item), id);
    assert_int_equal(item.state, VT_ITEM_OK);
    free(to);
    free(folder);
}

/* A name search finds what is renamed by its new name only, and its neighbours as before. */
static void search_follows_a_rename(void **state)
{
    engine_session *session = *state;
    import_record record;
    session_pictures(session->pictures, 120, 12, 8);
    session_open(session, 4, 2, NULL);
    import(session, &record);
    move(session, "0050.ppm", "blossom.ppm");
    import(session, &record);
    const struct {
        const char *text;
        uint32_t rows;
    } searches[] = {{"blossom", 1}, {"0050", 0}, {"0049", 1}, {"0051", 1}, {"ppm", 120}};
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        vt_filter *filter = vt_filter_compile(searches[i].text, strlen(searches[i].text), NULL, NULL);
        assert_non_null(filter);
        uint32_t *rows = NULL;
        uint32_t count = 0;
        assert_true(vt_filter_run(filter, snapshot, NULL, &rows, &count, NULL));
        assert_int_equal(count, searches[i].rows);
        free(rows);
        vt_filter_free(filter);
    }
    vt_snapshot_release(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(renamed_while_nobody_looked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folder_moves_as_a_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(known_again_by_content, set_up, tear_down),
        cmocka_unit_test_setup_teardown(newcomer_gives_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(copies_and_links_are_items_of_their_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_that_cannot_be_told_apart_are_not_guessed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(seen_renames_move_unread_items, set_up, tear_down),
        cmocka_unit_test_setup_teardown(search_follows_a_rename, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
