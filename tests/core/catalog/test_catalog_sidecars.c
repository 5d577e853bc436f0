/* Marks for side-cars, what is stored of them, and conflicts that the user settles. */
#include "core/catalog/fixture.h"

#include "core/catalog/change.h"
#include "core/catalog/sidecars.h"
#include "tests/core/catalog/edits.h"

static vt_catalog *catalog;
static vt_catalog_writer *writer;
static vt_catalog_reader *reader;

static int set_up(void **state)
{
    if (fixture_set_up(state) != 0) {
        return -1;
    }
    catalog = fixture_open(VT_CATALOG_READ_WRITE);
    writer = fixture_writer(catalog);
    fixture_fill(writer, 10);
    reader = fixture_reader(catalog);
    return 0;
}

static int tear_down(void **state)
{
    vt_catalog_reader_free(reader);
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    return fixture_tear_down(state);
}

#define sidecar_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static int64_t number(const char *sql)
{
    return fixture_number(fixture_path, sql);
}

static vt_change *edit(const vt_item_edit *what, int64_t id)
{
    vt_error error = VT_ERROR_INIT;
    vt_change *change = vt_change_make(writer, what, &id, 1, &error);
    if (!change) {
        fail_msg("%s", error.message);
    }
    return change;
}

static void rate(int64_t id, int rating)
{
    vt_change_free(edit(&(vt_item_edit){.kind = VT_EDIT_RATING, .number = rating}, id));
}

static vt_sidecar_state state_of(int64_t id)
{
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_state state = {0};
    if (!vt_sidecars_state(reader, id, &state, &error)) {
        fail_msg("%s", error.message);
    }
    return state;
}

/* What a side-car with a rating is found to say; `conflict` if both have changed it. */
static bool put(int64_t id, const vt_sidecar_state *before, int rating, bool conflict)
{
    vt_error error = VT_ERROR_INIT;
    const vt_sidecar_values theirs = {.rating = rating};
    vt_sidecar_outcome outcome = {.id = id,
                                  .before = before,
                                  .now = conflict ? &before->ours : &theirs,
                                  .agreed = conflict ? &before->agreed : &theirs,
                                  .theirs = &theirs,
                                  .taken = conflict ? 0 : VT_SIDECAR_RATING,
                                  .conflicts = conflict ? VT_SIDECAR_RATING : 0,
                                  .seen = {.size = {100, -1}, .mtime_ns = {7, 0}}};
    if (!vt_sidecars_put(writer, &outcome, 1, &error)) {
        fail_msg("%s", error.message);
    }
    return outcome.stored;
}

static void edits_leave_marks_only_where_they_should(void **state)
{
    (void)state;
    rate(1, 3);
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 0);
    vt_sidecars_mark_edits(writer, true);
    rate(1, 4);
    assert_int_equal(number("SELECT count(*) FROM sidecar_due WHERE item_id = 1 AND wish = 0"), 1);
    const char *tag = "place/rome";
    vt_change_free(edit(&(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = &tag, .tag_count = 1}, 2));
    int64_t album = 0;
    assert_true(edits_create_album(writer, "Best", &album, NULL));
    vt_change_free(edit(&(vt_item_edit){.kind = VT_EDIT_ADD_TO_ALBUM, .album = album}, 3));
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 2); /* albums are in no side-car */
    fixture_sql(fixture_path, "UPDATE item SET kind = 3 WHERE id = 4");
    rate(4, 5);
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 2); /* nor are sequences */
    fixture_sql(fixture_path, "DELETE FROM sidecar_due");
    assert_true(edits_rename_tag(writer, "place", "where", NULL)); /* all that have it, or one below */
    assert_int_equal(number("SELECT item_id FROM sidecar_due"), 2);
    fixture_sql(fixture_path, "DELETE FROM sidecar_due");
    assert_true(edits_delete_tag(writer, "where", NULL));
    assert_int_equal(number("SELECT item_id FROM sidecar_due"), 2);
}

static void an_undo_leaves_its_mark_too(void **state)
{
    (void)state;
    size_t skipped = 0;
    vt_sidecars_mark_edits(writer, true);
    vt_change *change = edit(&(vt_item_edit){.kind = VT_EDIT_TITLE, .text = "Mine"}, 1);
    fixture_sql(fixture_path, "DELETE FROM sidecar_due");
    assert_true(vt_change_apply(writer, change, VT_CHANGE_BACK, &skipped, NULL));
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 1);
    vt_change_free(change);
}

static void what_is_found_is_stored_and_the_mark_goes(void **state)
{
    (void)state;
    vt_sidecars_mark_edits(writer, true);
    vt_change_free(edit(&(vt_item_edit){.kind = VT_EDIT_TITLE, .text = "Mine"}, 1));
    vt_sidecar_state before = state_of(1);
    assert_string_equal(before.path.data, "/photos/0.jpg");
    assert_true(before.due && !before.known);
    assert_int_equal(before.seen.size[VT_SIDECAR_LONG], -1);
    assert_true(put(1, &before, 4, false));
    vt_sidecar_state_free(&before);
    vt_sidecar_state now = state_of(1);
    assert_true(now.known && !now.due);
    assert_int_equal(now.ours.rating, 4);
    assert_int_equal(now.agreed.rating, 4);
    assert_int_equal(now.seen.size[VT_SIDECAR_LONG], 100);
    assert_int_equal(now.seen.size[VT_SIDECAR_SHORT], -1);
    vt_sidecar_state_free(&now);
}

/* Between the look and the commit: nothing is overwritten, and it is looked at again. */
static void an_edit_that_comes_between_wins(void **state)
{
    (void)state;
    vt_sidecars_mark_edits(writer, true);
    vt_sidecar_state before = state_of(1);
    rate(1, 2);
    assert_false(put(1, &before, 4, false));
    vt_sidecar_state_free(&before);
    vt_sidecar_state now = state_of(1);
    assert_true(now.due && !now.known);
    assert_int_equal(now.ours.rating, 2);
    vt_sidecar_state_free(&now);
    before = state_of(1); /* of another field: what was found holds, and the mark stays */
    vt_change_free(edit(&(vt_item_edit){.kind = VT_EDIT_TITLE, .text = "Mine"}, 1));
    assert_true(put(1, &before, 4, false));
    vt_sidecar_state_free(&before);
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 1);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 1"), 4);
}

static void conflicts_are_settled_by_the_user(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    int64_t *ids = NULL;
    size_t count = 0;
    for (int64_t id = 1; id <= 3; id++) {
        rate(id, 5);
        vt_sidecar_state before = state_of(id);
        assert_true(put(id, &before, 1, true));
        vt_sidecar_state_free(&before);
    }
    assert_int_equal(number("SELECT count(*) FROM sidecar_conflict"), 3);
    const vt_sidecar_choice first = {1, VT_SIDECAR_RATING}, second = {2, VT_SIDECAR_RATING}, all = {0, 0};
    assert_true(vt_sidecars_decide(writer, &first, 1, true, &ids, &count, &error));
    assert_int_equal(count, 1);
    free(ids);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 1"), 5);
    assert_int_equal(number("SELECT rating FROM sidecar WHERE item_id = 1"), 1);
    assert_int_equal(number("SELECT wish FROM sidecar_due WHERE item_id = 1"), VT_SIDECAR_WRITE);
    fixture_sql(fixture_path, "UPDATE sidecar_conflict SET theirs = '99' WHERE item_id = 2"); /* nobody's */
    assert_true(vt_sidecars_decide(writer, &second, 1, false, &ids, &count, &error));
    free(ids);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 2"), 5);
    assert_true(vt_sidecars_decide(writer, &all, 1, false, &ids, &count, &error));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], 3);
    free(ids);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 3"), 1);
    assert_int_equal(number("SELECT count(*) FROM sidecar_conflict"), 0);
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 1);
}

/* Each field as it was, and what the user has given since stays. */
static void what_was_taken_can_be_undone(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    size_t skipped = 0;
    for (int64_t id = 1; id <= 3; id++) {
        rate(id, 5);
        vt_sidecar_state before = state_of(id);
        assert_true(put(id, &before, 1, true));
        vt_sidecar_state_free(&before);
    }
    fixture_sql(fixture_path, "INSERT INTO sidecar_conflict (item_id, field, theirs) VALUES "
                              "(1, 2, '3'), (1, 4, 'Theirs'), (2, 8, 'A note')");
    const vt_sidecar_choice all = {0, 0};
    vt_change *change = vt_change_take_sidecars(writer, &all, 1, &error);
    assert_non_null(change);
    assert_int_equal(vt_change_kind(change), VT_EDIT_TAKE_SIDECAR);
    assert_int_equal(vt_change_count(change), 6);
    assert_int_equal(number("SELECT sum(rating) FROM item WHERE id <= 3"), 3);
    assert_int_equal(number("SELECT label FROM item WHERE id = 1 AND title = 'Theirs'"), 3);
    assert_int_equal(number("SELECT count(*) FROM note WHERE item_id = 2"), 1);
    rate(3, 2); /* since then */
    assert_true(vt_change_apply(writer, change, VT_CHANGE_BACK, &skipped, &error));
    assert_int_equal(skipped, 1);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 1 AND label IS NULL AND title IS NULL"), 5);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 2"), 5);
    assert_int_equal(number("SELECT count(*) FROM note WHERE item_id = 2"), 0);
    assert_int_equal(number("SELECT rating FROM item WHERE id = 3"), 2);
    assert_true(vt_change_apply(writer, change, VT_CHANGE_FORTH, &skipped, &error));
    assert_int_equal(number("SELECT rating FROM item WHERE id = 2"), 1);
    vt_change_free(change);
    change = vt_change_take_sidecars(writer, &all, 1, &error); /* none is left */
    assert_int_equal(vt_change_count(change), 0);
    vt_change_free(change);
}

static void what_is_asked_for_comes_first(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    const int64_t ids[] = {5, 6, 77};
    int64_t due[4];
    size_t count = 0;
    int64_t next = 0;
    vt_sidecars_mark_edits(writer, true);
    rate(1, 3);
    assert_true(vt_sidecars_ask(writer, ids, 3, VT_SIDECAR_READ, &error));
    assert_true(vt_sidecars_due(reader, 0, true, due, 4, &count, &next, &error));
    assert_int_equal(count, 2); /* one of them is no item */
    assert_int_equal(due[0], 5);
    assert_true(next > 0 && next != INT64_MAX); /* the edit's time has not come */
    assert_true(vt_sidecars_due(reader, INT64_MAX, false, due, 4, &count, &next, &error));
    assert_int_equal(count, 2);
    assert_true(vt_sidecars_due(reader, INT64_MAX, true, due, 4, &count, &next, &error));
    assert_int_equal(count, 3);
    rate(5, 1); /* an edit of what is to be read is to be written, too */
    assert_int_equal(number("SELECT wish FROM sidecar_due WHERE item_id = 5"), VT_SIDECAR_EDITED);
    assert_true(vt_sidecars_ask(writer, ids, 1, VT_SIDECAR_READ, &error)); /* and stays so */
    assert_int_equal(number("SELECT wish FROM sidecar_due WHERE item_id = 5"), VT_SIDECAR_EDITED);
    assert_true(vt_sidecars_forget_due(writer, &error));
    assert_int_equal(number("SELECT count(*) FROM sidecar_due"), 0);
}

static void failures_are_kept_until_they_are_tried_again(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT, reason = VT_ERROR_INIT;
    vt_sidecar_counts counts;
    vt_sidecars_mark_edits(writer, true);
    rate(1, 3);
    vt_sidecar_state before = state_of(1);
    vt_error_set(&reason, VT_ERROR_NO_SPACE, "the disk is full");
    vt_sidecar_outcome outcome = {
        .id = 1, .before = &before, .agreed = &before.agreed, .seen = {.size = {-1, -1}}, .failure = &reason};
    assert_true(vt_sidecars_put(writer, &outcome, 1, &error));
    assert_true(vt_sidecars_count(reader, &counts, &error));
    assert_int_equal(counts.failures, 1);
    assert_int_equal(counts.due, 0); /* not by itself */
    assert_true(vt_sidecars_retry(writer, &error));
    assert_true(vt_sidecars_count(reader, &counts, &error));
    assert_int_equal(counts.failures, 0);
    assert_int_equal(counts.asked, 1);
    vt_sidecar_state_free(&before);
}

static void items_that_are_gone_have_none(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    vt_sidecar_state none = {0};
    const int64_t id = 1;
    vt_sidecar_state before = state_of(1);
    assert_true(put(1, &before, 4, false));
    assert_true(vt_catalog_writer_remove(writer, &id, 1, &error));
    assert_int_equal(number("SELECT count(*) FROM sidecar"), 0);
    assert_false(put(1, &before, 4, false));
    vt_sidecar_state_free(&before);
    assert_false(vt_sidecars_state(reader, 1, &none, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_sidecar_state_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sidecar_test(edits_leave_marks_only_where_they_should),
        sidecar_test(an_undo_leaves_its_mark_too),
        sidecar_test(what_is_found_is_stored_and_the_mark_goes),
        sidecar_test(an_edit_that_comes_between_wins),
        sidecar_test(conflicts_are_settled_by_the_user),
        sidecar_test(what_was_taken_can_be_undone),
        sidecar_test(what_is_asked_for_comes_first),
        sidecar_test(failures_are_kept_until_they_are_tried_again),
        sidecar_test(items_that_are_gone_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
