/* Edits of albums and tags themselves through the whole engine: shown by the index, undone and redone. */
#include "tests/support/check.h"

#include "core/base/str.h"
#include "core/index/albums.h"
#include "tests/core/import/edit_session.h"

#include <unistd.h>

enum { ITEMS = 30 };

static int set_up(void **state)
{
    engine_session *session = session_create();
    edit_session_fill(session->catalog, ITEMS);
    session_open(session, 2, 1, NULL);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

#define tree_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* The engine anew, from what is on the disk: until it has read enough that the filter finds so many. */
static void open_again(engine_session *session, const char *filter, uint32_t items)
{
    enum { PATIENCE = 20000 };
    session_close(session);
    session_open(session, 2, 1, NULL);
    for (int i = 0; i < PATIENCE && edit_session_found(session, filter) != items; i++) {
        vt_engine_deliver(session->engine, 0);
        usleep(1000);
    }
    assert_int_equal(edit_session_found(session, filter), items);
}

/* ---- albums ---- */

/* The ids of the items of an album in its order; "-": there is none. */
static void expect_album(engine_session *session, int64_t id, const char *wanted)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t number = vt_snapshot_find_album(snapshot, id);
    vt_str text = VT_STR_INIT;
    vt_index_album album = {.removed = true};
    if (number != VT_INDEX_NO_ALBUM) {
        vt_snapshot_album(snapshot, number, &album);
    }
    for (uint32_t i = 0; i < album.row_count && !album.removed; i++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, album.rows[i], &item);
        vt_str_appendf(&text, i ? " %d" : "%d", (int)item.id);
    }
    assert_string_equal(album.removed ? "-" : text.data, wanted);
    vt_str_free(&text);
    vt_snapshot_release(snapshot);
}

static int64_t place_of(engine_session *session, int64_t id)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_index_album album;
    vt_snapshot_album(snapshot, vt_snapshot_find_album(snapshot, id), &album);
    vt_snapshot_release(snapshot);
    return album.place;
}

static void edit_items(engine_session *session, vt_edit_kind kind, int64_t album, int64_t before,
                       const int64_t *ids, size_t count)
{
    edit_session_edit(session, &(vt_item_edit){.kind = kind, .album = album, .before = before},
                      vt_edit_target_of_items(ids, count));
}

static void create_album(engine_session *session, const char *name, const int64_t *ids, size_t count)
{
    edit_session_edit(session, &(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM, .text = name},
                      vt_edit_target_of_items(ids, count));
}

static void albums_and_what_they_hold_are_shown_at_once(void **state)
{
    engine_session *session = *state;
    const int64_t ids[] = {9, 2, 5};
    const int64_t more[] = {5, 1, 7};
    create_album(session, "Trip", ids, 3);
    expect_album(session, 1, "9 2 5");
    assert_int_equal(edit_session_found(session, "album:Trip"), 3);
    edit_items(session, VT_EDIT_ADD_TO_ALBUM, 1, 0, more, 3);
    expect_album(session, 1, "9 2 5 1 7"); /* what was in it stays where it was */
    edit_items(session, VT_EDIT_ORDER_ALBUM, 1, 9, more, 3);
    expect_album(session, 1, "5 1 7 9 2");
    edit_items(session, VT_EDIT_REMOVE_FROM_ALBUM, 1, 0, ids, 2);
    expect_album(session, 1, "5 1 7");
    edit_session_undo(session);
    expect_album(session, 1, "5 1 7 9 2"); /* at their places */
    edit_session_undo(session);
    expect_album(session, 1, "9 2 5 1 7");
    edit_session_undo(session);
    expect_album(session, 1, "9 2 5");
    edit_session_redo(session);
    expect_album(session, 1, "9 2 5 1 7");
}

static void albums_themselves_are_undone_and_redone(void **state)
{
    engine_session *session = *state;
    const vt_history *history = vt_engine_history(session->engine);
    const int64_t ids[] = {9, 2, 5};
    create_album(session, "Trip", ids, 3);
    create_album(session, "Best", NULL, 0);
    edit_session_edit_itself(session,
                             &(vt_item_edit){.kind = VT_EDIT_RENAME_ALBUM, .album = 1, .text = "Holiday"});
    assert_int_equal(edit_session_found(session, "album:Holiday"), 3);
    edit_session_edit_itself(session, &(vt_item_edit){.kind = VT_EDIT_MOVE_ALBUM, .album = 2, .before = 1});
    assert_true(place_of(session, 2) < place_of(session, 1));
    edit_session_edit_itself(session, &(vt_item_edit){.kind = VT_EDIT_DELETE_ALBUM, .album = 1});
    expect_album(session, 1, "-");
    assert_int_equal(edit_session_found(session, "album:none"), ITEMS);
    assert_int_equal(vt_history_count(history), 5);

    edit_session_undo(session);
    expect_album(session, 1, "9 2 5");
    assert_int_equal(edit_session_found(session, "album:Holiday"), 3);
    edit_session_undo(session);
    assert_true(place_of(session, 1) < place_of(session, 2));
    edit_session_undo(session);
    assert_int_equal(edit_session_found(session, "album:Trip"), 3);
    edit_session_undo(session);
    expect_album(session, 2, "-");
    edit_session_undo(session);
    expect_album(session, 1, "-");
    assert_null(vt_history_to_undo(history));
    for (int i = 0; i < 4; i++) {
        edit_session_redo(session);
    }
    expect_album(session, 1, "9 2 5");
    assert_true(place_of(session, 2) < place_of(session, 1));
    /* What is undone is so on the disk. */
    open_again(session, "album:Holiday", 3);
    expect_album(session, 1, "9 2 5");
}

static void faults_of_albums_are_told(void **state)
{
    engine_session *session = *state;
    static const vt_edit_kind kinds[] = {VT_EDIT_RENAME_ALBUM, VT_EDIT_MOVE_ALBUM, VT_EDIT_DELETE_ALBUM};
    edit_answer answer = edit_session_try(session, &(vt_item_edit){.kind = VT_EDIT_CREATE_ALBUM});
    assert_int_equal(answer.error.code, VT_ERROR_USAGE);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        answer = edit_session_try(session, &(vt_item_edit){.kind = kinds[i], .album = 77, .text = "x"});
        assert_int_equal(answer.error.code, VT_ERROR_NOT_FOUND);
    }
    assert_int_equal(vt_history_count(vt_engine_history(session->engine)), 0);
}

/* ---- tags ---- */

static void give(engine_session *session, const char *tag, int64_t first, int64_t last)
{
    edit_session_edit_rows(session, &(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = &tag, .tag_count = 1},
                           first, last);
}

/* `to` NULL: deletes it. */
static void move_tag(engine_session *session, const char *tag, const char *to)
{
    const vt_item_edit edit = {
        .kind = to ? VT_EDIT_MOVE_TAG : VT_EDIT_DELETE_TAG, .tags = &tag, .tag_count = 1, .text = to};
    edit_session_edit_itself(session, &edit);
}

typedef struct wanted_items {
    const char *filter;
    uint32_t items;
} wanted_items;

static void expect_found(engine_session *session, const wanted_items *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t items = edit_session_found(session, wanted[i].filter);
        if (items != wanted[i].items) {
            fail_msg("%s: %u, not %u", wanted[i].filter, items, wanted[i].items);
        }
    }
}

static void make_tags(engine_session *session)
{
    give(session, "animals/cat", 0, 4);
    give(session, "animals/cat/black", 4, 6);
    give(session, "pets/cat", 2, 8);
}

static const wanted_items at_first[] = {
    {"tag:/animals", 6}, {"tag:/animals/cat", 6}, {"tag:/animals/cat/black", 2},
    {"tag:/pets", 6},    {"tag:/pets/cat", 6},    {"tag:black", 2},
};
enum { AT_FIRST = sizeof at_first / sizeof at_first[0] };

static void a_tag_moves_with_all_below_it(void **state)
{
    engine_session *session = *state;
    static const wanted_items moved[] = {
        {"tag:/animals", 0}, {"tag:/wild/cat", 6}, {"tag:/wild/cat/black", 2}, {"tag:/pets/cat", 6}};
    make_tags(session);
    expect_found(session, at_first, AT_FIRST);
    move_tag(session, "animals/cat", "wild/cat");
    expect_found(session, moved, 4);
    edit_session_undo(session);
    expect_found(session, at_first, AT_FIRST);
    edit_session_redo(session);
    expect_found(session, moved, 4);
}

static void a_tag_is_joined_with_its_namesake(void **state)
{
    engine_session *session = *state;
    static const wanted_items joined[] = {
        {"tag:/animals", 0}, {"tag:/pets/cat", 8}, {"tag:/pets/cat/black", 2}, {"tag:none", ITEMS - 8}};
    make_tags(session);
    move_tag(session, "animals/cat", "pets/cat");
    expect_found(session, joined, 4);
    edit_session_undo(session);
    expect_found(session, at_first, AT_FIRST);
    edit_session_redo(session);
    expect_found(session, joined, 4);
    open_again(session, "tag:/pets/cat", 8);
    expect_found(session, joined, 4); /* the same as the catalog has it */
}

static void a_deleted_tag_comes_back_with_its_items(void **state)
{
    engine_session *session = *state;
    static const wanted_items deleted[] = {
        {"tag:/animals", 0}, {"tag:cat", 6}, {"tag:/pets/cat", 6}, {"tag:black", 0}};
    make_tags(session);
    move_tag(session, "animals", NULL);
    expect_found(session, deleted, 4);
    edit_session_undo(session);
    expect_found(session, at_first, AT_FIRST);
    edit_session_redo(session);
    expect_found(session, deleted, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        tree_test(albums_and_what_they_hold_are_shown_at_once),
        tree_test(albums_themselves_are_undone_and_redone),
        tree_test(faults_of_albums_are_told),
        tree_test(a_tag_moves_with_all_below_it),
        tree_test(a_tag_is_joined_with_its_namesake),
        tree_test(a_deleted_tag_comes_back_with_its_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
