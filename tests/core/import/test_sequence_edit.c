/* Sequences that are split, joined and given a rate, through the whole engine. */
#include "tests/core/import/sequence_session.h"

#include "core/import/sequence_facts.h"

static void split_frames_stay_split_and_lose_nothing(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    import(session, &careful);
    known sequence = shot(session);
    edit(session, give_everything, &sequence.item.id, 1);
    answer done = {0};
    assert_true(vt_engine_set_frame_rate(session->engine, sequence.item.id, (vt_frame_rate){30000, 1001},
                                         on_edited, &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NONE);
    assert_int_equal(shot(session).row.rate_numerator, 30000);
    assert_int_equal(shot(session).row.rate_denominator, 1001);

    split(session, sequence.item.id);
    assert_int_equal(session_items(session), 6);
    vt_item_brief brief = {0};
    assert_int_equal(rows(session, "shot.0003.ppm", &brief), 6); /* shown at once, before any import */
    assert_int_equal(brief.state, VT_ITEM_UNREAD);
    assert_int_equal(brief.rating, 4);
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.decoded, 6);
    assert_int_equal(session_items(session), 6);
    for (int frame = 1; frame <= 6; frame++) {
        char name[32];
        known item;
        snprintf(name, sizeof name, "shot.%04d.ppm", frame);
        assert_true(read_item(session, name, &item));
        assert_int_equal(item.item.state, VT_ITEM_OK);
        assert_int_equal(item.item.media.width, 32);
        assert_has_everything(session, item.item.id);
    }
    assert_int_equal(in_album(session), 6);
    write_frames(session, 7, 7); /* one more is a single file, too */
    import(session, &careful);
    assert_int_equal(session_items(session), 7);
    assert_untouched(session);

    /* And back: what all carry, but for the newcomer, which carries nothing and is no reason to lose it. */
    assert_int_equal(unlink(frame_path(session, 7)), 0);
    import(session, &careful);
    join(session, frame_path(session, 2));
    import(session, NULL);
    known again = shot(session);
    assert_string_equal(again.ranges, "1-6");
    assert_has_everything(session, again.item.id);
    assert_int_equal(again.row.rate_numerator, 30000);
    assert_int_equal(session_items(session),
                     2); /* and the file that is gone, with what it carried: nothing */
    assert_int_equal(in_album(session), 1);
    assert_int_equal(rows(session, "shot.####.ppm", &brief), 2);
    import_record none = import(session, NULL);
    assert_int_equal(none.batches, 0);
}

/* Photographs, two of them: no rule would take them for frames. */
static void whatever_is_numbered_can_be_joined(void **state)
{
    engine_session *session = *state;
    files_write_picture(files_path(session->pictures, "IMG_1.ppm"), 20, 20, 1);
    files_write_picture(files_path(session->pictures, "IMG_2.ppm"), 20, 20, 2);
    import(session, &careful);
    assert_int_equal(session_items(session), 2);
    join(session, files_path(session->pictures, "IMG_2.ppm"));
    import(session, &careful);
    known joined;
    assert_true(read_item(session, "IMG_#.ppm", &joined));
    assert_string_equal(joined.ranges, "1-2");
    assert_int_equal(session_items(session), 1);
    split(session, joined.item.id);
    import(session, &(vt_import_options){.sequences = VT_SEQUENCE_EAGER});
    assert_int_equal(session_items(session), 2);
    assert_false(read_item(session, "IMG_#.ppm", &joined));
}

static void what_cannot_be_done_is_told(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    answer done = {0};
    files_write_picture(files_path(session->pictures, "cover.ppm"), 8, 8, 1);
    import(session, &careful);
    known cover;
    assert_true(read_item(session, "cover.ppm", &cover));
    assert_false(vt_engine_join_sequence(session->engine, files_path(session->pictures, "cover.ppm"),
                                         on_edited, &done, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "no frame number"));
    assert_false(vt_engine_join_sequence(session->engine, "shot.0001.ppm", on_edited, &done, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_int_equal(done.came, 0);

    assert_true(vt_engine_split_sequence(session->engine, cover.item.id, on_edited, &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(done.error.message, "is no sequence"));
    done = (answer){0};
    assert_true(vt_engine_set_frame_rate(session->engine, cover.item.id, VT_FRAME_RATE_DEFAULT, on_edited,
                                         &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_USAGE);
    done = (answer){0};
    assert_true(vt_engine_join_sequence(session->engine, "/nowhere/a.0001.png", on_edited, &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(done.error.message, "import it first"));

    int sent = 0;
    done = (answer){0};
    while (vt_engine_split_sequence(session->engine, 99, on_edited, &done, &error)) {
        sent++;
    }
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_int_equal(sent, VT_SEQUENCE_EDITS_MAX);
    session_close(session); /* with answers under way */
    session_open(session, 2, 1, &(vt_engine_options){.read_only = true});
    assert_false(vt_engine_split_sequence(session->engine, 1, on_edited, &done, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
}

/* ---- what a view asks ---- */

typedef struct told {
    int came;
    vt_sequence_facts *facts;
    vt_error error;
} told;

static void on_facts(void *user, vt_sequence_facts *facts, const vt_error *error)
{
    told *to = user;
    to->came++;
    to->facts = facts;
    if (error) {
        to->error = *error;
    }
}

static void a_view_is_told_of_the_frames(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 4);
    write_frames(session, 8, 9);
    import(session, &careful);
    told answer = {0};
    assert_non_null(vt_engine_request_facts(session->engine, shot(session).item.id, on_facts, &answer, NULL));
    session_wait_for(session, &answer.came);
    const vt_sequence_facts *facts = answer.facts;
    assert_non_null(facts);
    assert_int_equal(facts->frames, 6);
    assert_int_equal(facts->rate.numerator, 24);
    assert_false(facts->rate_is_set);
    assert_int_equal(facts->poster, 4);
    vt_str path = VT_STR_INIT;
    assert_true(vt_sequence_facts_path(facts, 4, &path));
    assert_string_equal(path.data, frame_path(session, 8));
    assert_false(vt_sequence_facts_path(facts, 6, &path));
    vt_str_free(&path);
    assert_int_equal(vt_sequence_facts_index(facts, 4), 3);
    assert_int_equal(vt_sequence_facts_index(facts, 6), 4); /* the next that is there */
    assert_int_equal(vt_sequence_facts_index(facts, 0), 0);
    assert_int_equal(vt_sequence_facts_index(facts, 99), 5);
    vt_sequence_facts_free(answer.facts);

    answer = (told){0};
    assert_non_null(vt_engine_request_facts(session->engine, 4711, on_facts, &answer, NULL));
    session_wait_for(session, &answer.came);
    assert_null(answer.facts);
    assert_int_equal(answer.error.code, VT_ERROR_NOT_FOUND);
}

static void whoever_lost_interest_is_not_told(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 4);
    import(session, &careful);
    told cancelled = {0}, answer = {0};
    int64_t id = shot(session).item.id;
    vt_facts_request_cancel(vt_engine_request_facts(session->engine, id, on_facts, &cancelled, NULL));
    assert_non_null(vt_engine_request_facts(session->engine, id, on_facts, &answer, NULL));
    session_wait_for(session, &answer.came);
    vt_sequence_facts_free(answer.facts);
    while (vt_engine_deliver(session->engine, 0)) {
    }
    vt_error error = VT_ERROR_INIT;
    int sent = 0;
    while (vt_engine_request_facts(session->engine, id, on_facts, &cancelled, &error)) {
        sent++;
    }
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_true(sent >= VT_FACTS_REQUESTS_MAX - 1); /* the one that was cancelled may be on its way */
    session_close(session);                         /* with answers under way */
    assert_int_equal(cancelled.came, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sequence_test(split_frames_stay_split_and_lose_nothing),
        sequence_test(whatever_is_numbered_can_be_joined),
        sequence_test(what_cannot_be_done_is_told),
        sequence_test(a_view_is_told_of_the_frames),
        sequence_test(whoever_lost_interest_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
