/* Edits of items through the whole engine: written behind, shown by the index, undone and redone. */
#include "tests/support/check.h"

#include "core/catalog/marks.h"
#include "core/import/item_edit.h"
#include "tests/core/catalog/edits.h"
#include "tests/core/import/edit_session.h"
#include "tests/support/files.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ITEMS = 3000 };

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

#define edit_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static int rating_shown(engine_session *session, int64_t id)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_item_brief item;
    vt_snapshot_item(snapshot, vt_snapshot_find(snapshot, id), &item);
    vt_snapshot_release(snapshot);
    return item.rating;
}

static int64_t rated(engine_session *session, int rating)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    int64_t count = 0;
    for (uint32_t row = 0; row < vt_snapshot_count(snapshot); row++) {
        vt_item_brief item;
        vt_snapshot_item(snapshot, row, &item);
        count += item.rating == rating;
    }
    vt_snapshot_release(snapshot);
    return count;
}

static void rate(engine_session *session, vt_edit_target *target, int rating, edit_answer *to)
{
    vt_error error = VT_ERROR_INIT;
    const vt_item_edit edit = {.kind = VT_EDIT_RATING, .number = rating};
    if (!vt_engine_edit(session->engine, &edit, target, edit_session_ready, to, &error)) {
        fail_msg("%s", error.message);
    }
}

static void an_edit_is_written_shown_and_undone(void **state)
{
    engine_session *session = *state;
    const vt_history *history = vt_engine_history(session->engine);
    edit_answer done = {0};
    rate(session, edit_session_rows(session, 0, ITEMS), 4, &done);
    assert_int_equal(done.came, 0); /* not by the caller's thread */
    assert_int_equal(vt_history_count(history), 1);
    session_wait_for(session, &done.came);
    assert_int_equal(done.changed, ITEMS);
    assert_true(session->rows_changed > 0);
    assert_int_equal(rated(session, 4), ITEMS);
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    assert_true(done.version > 0 && vt_snapshot_version(snapshot) >= done.version);
    vt_snapshot_release(snapshot);
    assert_true(vt_history_bytes(history) > 0);
    assert_true(vt_history_bytes(history) <= (size_t)16 * ITEMS);

    edit_answer undone = {0};
    assert_true(vt_engine_undo(session->engine, edit_session_ready, &undone, NULL));
    session_wait_for(session, &undone.came);
    assert_int_equal(undone.changed, ITEMS);
    assert_int_equal(undone.skipped, 0);
    assert_int_equal(rated(session, 0), ITEMS);
    edit_answer redone = {0};
    assert_true(vt_engine_redo(session->engine, edit_session_ready, &redone, NULL));
    session_wait_for(session, &redone.came);
    assert_int_equal(rated(session, 4), ITEMS);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_engine_redo(session->engine, edit_session_ready, &redone, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
}

static void labels_titles_and_tags_are_found_at_once(void **state)
{
    engine_session *session = *state;
    const char *const tags[] = {"place/italy"};
    edit_session_edit_rows(session, &(vt_item_edit){.kind = VT_EDIT_LABEL, .number = 3}, 0, 2);
    assert_int_equal(edit_session_found(session, "label:3"), 2);
    edit_session_edit_rows(session, &(vt_item_edit){.kind = VT_EDIT_TITLE, .text = "Evening in Rome"}, 0, 3);
    assert_int_equal(edit_session_found(session, "title:rome"), 3);
    edit_session_edit_rows(session, &(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = tags, .tag_count = 1},
                           1, 5);
    assert_int_equal(edit_session_found(session, "tag:place"), 4);
    assert_int_equal(edit_session_found(session, "tag:place/italy"), 4);
    edit_session_edit_rows(session,
                           &(vt_item_edit){.kind = VT_EDIT_REMOVE_TAGS, .tags = tags, .tag_count = 1}, 1, 2);
    assert_int_equal(edit_session_found(session, "tag:italy"), 3);
    edit_session_undo(session);
    assert_int_equal(edit_session_found(session, "tag:italy"), 4);
    edit_session_undo(session);
    assert_int_equal(edit_session_found(session, "tag:none"), ITEMS);
    edit_session_undo(session);
    assert_int_equal(edit_session_found(session, "title:none"), ITEMS);
    edit_session_undo(session);
    assert_int_equal(edit_session_found(session, "label:none"), ITEMS);
}

/* More than one statement takes, some with tags and some without. */
static void tags_of_many_are_found_at_once(void **state)
{
    engine_session *session = *state;
    const char *const first[] = {"place/italy", "red"};
    const char *const second[] = {"place"};
    edit_session_edit_rows(session, &(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = first, .tag_count = 2},
                           0, 1500);
    edit_session_edit_rows(session, &(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = second, .tag_count = 1},
                           1000, 2600);
    edit_session_edit_rows(
        session, &(vt_item_edit){.kind = VT_EDIT_REMOVE_TAGS, .tags = first, .tag_count = 2}, 500, ITEMS);
    assert_int_equal(edit_session_found(session, "tag:red"), 500);
    assert_int_equal(edit_session_found(session, "tag:place"), 500 + 1600);
    assert_int_equal(edit_session_found(session, "tag:none"), ITEMS - 500 - 1600);
    edit_session_undo(session);
    assert_int_equal(edit_session_found(session, "tag:red"), 1500);
    edit_session_edit_rows(session, &(vt_item_edit){.kind = VT_EDIT_TITLE, .text = "Rome"}, 100, 2900);
    assert_int_equal(edit_session_found(session, "title:rome"), 2800);
}

/* Faster than the disk: all three are under way when the first is asked for. */
static void undo_may_come_before_the_edit_is_written(void **state)
{
    engine_session *session = *state;
    const int64_t id = 7;
    edit_answer first = {0};
    edit_answer second = {0};
    edit_answer third = {0};
    rate(session, vt_edit_target_of_items(&id, 1), 2, &first);
    rate(session, vt_edit_target_of_items(&id, 1), 5, &second);
    assert_true(vt_engine_undo(session->engine, edit_session_ready, &third, NULL));
    session_wait_for(session, &third.came);
    assert_int_equal(first.came, 1);
    assert_int_equal(second.came, 1);
    assert_int_equal(third.changed, 1);
    assert_int_equal(rating_shown(session, id), 2);
    edit_answer fourth = {0};
    rate(session, vt_edit_target_of_items(&id, 1), 2, &fourth); /* changes nothing: nothing to undo */
    session_wait_for(session, &fourth.came);
    assert_int_equal(vt_history_count(vt_engine_history(session->engine)), 1);
}

static void what_changed_since_is_left_alone(void **state)
{
    engine_session *session = *state;
    edit_answer done = {0};
    edit_answer undone = {0};
    const int64_t three[] = {1, 2, 3};
    rate(session, vt_edit_target_of_items(three, 3), 3, &done);
    session_wait_for(session, &done.came);
    assert_true(edits_set_rating(session_writer(session), three + 1, 1, 5, NULL));
    assert_true(vt_engine_undo(session->engine, edit_session_ready, &undone, NULL));
    session_wait_for(session, &undone.came);
    assert_int_equal(undone.changed, 2);
    assert_int_equal(undone.skipped, 1);
    assert_int_equal(rating_shown(session, 1), 0);
    assert_int_equal(rating_shown(session, 3), 0);
}

static bool count_tag(void *user, const vt_tag *tag)
{
    *(int64_t *)user += tag->items;
    return true;
}

static void what_is_no_column_is_written_too(void **state)
{
    engine_session *session = *state;
    const char *tags[] = {"a/b", "c"};
    edit_answer done = {0};
    vt_item_edit edit = {.kind = VT_EDIT_ADD_TAGS, .tags = tags, .tag_count = 2};
    assert_true(vt_engine_edit(session->engine, &edit, edit_session_rows(session, 10, 20), edit_session_ready,
                               &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.changed, 20);
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    int64_t pairs = 0;
    assert_true(vt_marks_each_tag(reader, count_tag, &pairs, NULL));
    assert_int_equal(pairs, 20);
    done = (edit_answer){0};
    assert_true(vt_engine_undo(session->engine, edit_session_ready, &done, NULL));
    session_wait_for(session, &done.came);
    pairs = 0;
    assert_true(vt_marks_each_tag(reader, count_tag, &pairs, NULL));
    assert_int_equal(pairs, 0);
    vt_catalog_reader_free(reader);
}

static void what_cannot_be_done_is_told(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    edit_answer done = {0};
    const int64_t gone = 99999;
    const vt_item_edit six = {.kind = VT_EDIT_RATING, .number = 6};
    assert_false(vt_engine_edit(session->engine, &six, vt_edit_target_of_items(&gone, 1), edit_session_ready,
                                &done, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_engine_undo(session->engine, edit_session_ready, &done, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(done.came, 0);
    rate(session, vt_edit_target_of_items(&gone, 1), 1, &done);
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(vt_history_count(vt_engine_history(session->engine)), 0);

    session_close(session);
    session_open(session, 2, 1, &(vt_engine_options){.read_only = true});
    const vt_item_edit one = {.kind = VT_EDIT_RATING, .number = 1};
    assert_false(vt_engine_edit(session->engine, &one, vt_edit_target_of_items(&gone, 1), edit_session_ready,
                                &done, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
    assert_null(vt_engine_history(session->engine));
}

/* Somebody else writes to the catalog, against all rules, and does not end. */
static sqlite3 *hold_catalog(const engine_session *session)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(session->catalog, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void let_go(sqlite3 *db)
{
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void what_cannot_be_written_changes_nothing(void **state)
{
    engine_session *session = *state;
    const vt_history *history = vt_engine_history(session->engine);
    const int64_t id = 9;
    edit_answer first = {0};
    edit_answer second = {0};
    edit_answer undone = {0};
    edit_answer again = {0};
    rate(session, vt_edit_target_of_items(&id, 1), 2, &first);
    session_wait_for(session, &first.came);
    sqlite3 *other = hold_catalog(session);
    rate(session, vt_edit_target_of_items(&id, 1), 5, &second);
    session_wait_for(session, &second.came);
    assert_int_equal(second.error.code, VT_ERROR_BUSY);
    assert_int_equal(second.changed, 0);
    assert_int_equal(rating_shown(session, id), 2);
    assert_int_equal(vt_history_count(history), 1); /* there is nothing of it to undo */
    assert_true(vt_engine_undo(session->engine, edit_session_ready, &undone, NULL));
    assert_null(vt_history_to_undo(history));
    session_wait_for(session, &undone.came);
    assert_int_equal(undone.error.code, VT_ERROR_BUSY);
    assert_non_null(vt_history_to_undo(history)); /* as before: it can be tried again */
    let_go(other);
    assert_true(vt_engine_undo(session->engine, edit_session_ready, &again, NULL));
    session_wait_for(session, &again.came);
    assert_int_equal(again.changed, 1);
    assert_int_equal(rating_shown(session, id), 0);
}

/* The window is closed right after the key. */
static void what_was_asked_for_is_written_at_the_end(void **state)
{
    engine_session *session = *state;
    edit_answer done = {0};
    rate(session, edit_session_rows(session, 0, ITEMS), 1, &done);
    session_close(session);
    assert_int_equal(done.came, 0);
    session_open(session, 2, 1, NULL);
    assert_int_equal(rated(session, 1), ITEMS);
}

/* ---- a program that is killed ---- */

typedef struct teller {
    int pipe;
    unsigned char round;
} teller;

static void tell_ready(void *user, const vt_edit_result *result)
{
    const teller *to = user;
    if (result->error || write(to->pipe, &to->round, 1) != 1) {
        _exit(2);
    }
}

/* Rates one item after the other, round after round, and says which rating has been answered. */
static void rate_for_ever(engine_session *session, int pipe)
{
    session_open(session, 2, 1, NULL);
    static teller tellers[250];
    for (unsigned char i = 0; i < 250; i++) {
        vt_error error = VT_ERROR_INIT;
        const int64_t id = i + 1;
        tellers[i] = (teller){pipe, i};
        const vt_item_edit edit = {.kind = VT_EDIT_RATING, .number = 1 + i % 5};
        if (!vt_engine_edit(session->engine, &edit, vt_edit_target_of_items(&id, 1), tell_ready, &tellers[i],
                            &error)) {
            _exit(3);
        }
        vt_engine_deliver(session->engine, 0);
        usleep(500);
    }
    for (;;) {
        vt_engine_deliver(session->engine, 0);
        usleep(500);
    }
}

static void what_was_answered_survives_a_kill(void **state)
{
    (void)state;
    int answered_in_all = 0;
    for (int round = 0; round < 6; round++) {
        engine_session *session = session_create();
        edit_session_fill(session->catalog, 300);
        int pipes[2];
        assert_int_equal(pipe(pipes), 0);
        fflush(NULL);
        pid_t child = fork();
        assert_int_not_equal(child, -1);
        if (child == 0) {
            close(pipes[0]);
            rate_for_ever(session, pipes[1]);
        }
        close(pipes[1]);
        unsigned char answered[250];
        int count = 0;
        /* Killed in the middle: after some answers, a different number each time. */
        while (count < 1 + round * 20 && read(pipes[0], answered + count, 1) == 1) {
            count++;
        }
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        while (count < 250 && read(pipes[0], answered + count, 1) == 1) {
            count++;
        }
        close(pipes[0]);
        answered_in_all += count;
        session_open(session, 2, 1, NULL);
        for (int i = 0; i < count; i++) {
            assert_int_equal(rating_shown(session, answered[i] + 1), 1 + answered[i] % 5);
        }
        session_free(session);
    }
    assert_true(answered_in_all >= 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_answered_survives_a_kill), /* first: it forks */
        edit_test(an_edit_is_written_shown_and_undone),
        edit_test(labels_titles_and_tags_are_found_at_once),
        edit_test(tags_of_many_are_found_at_once),
        edit_test(undo_may_come_before_the_edit_is_written),
        edit_test(what_changed_since_is_left_alone),
        edit_test(what_is_no_column_is_written_too),
        edit_test(what_cannot_be_done_is_told),
        edit_test(what_cannot_be_written_changes_nothing),
        edit_test(what_was_asked_for_is_written_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
